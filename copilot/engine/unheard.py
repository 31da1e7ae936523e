"""What stands in for hearing where consent was declined: nothing is opened, nothing transcribed."""

from collections.abc import Iterator, Sequence

from copilot.audio import Block, Source, Waveform
from copilot.audio.blocks import LiveSource
from copilot.audio.clock_source import ClockSource
from copilot.speech.transcriber import HeardWord, Transcription
from copilot.speech.voice import VOICE_MODEL


def unheard(source: Source) -> Source:
    """A source of which nothing may be heard: time alone where it was to be live, else nothing."""
    live = isinstance(source, LiveSource | ClockSource)
    return ClockSource() if live else _NoSound(source)


class _NoSound:
    """A recording of which nothing may be heard."""

    def __init__(self, source: Source) -> None:
        self.description = source.description
        self.duration_s = 0.0

    def blocks(self) -> Iterator[Block]:
        """Nothing."""
        return iter(())

    def stop(self) -> None:
        """There is nothing to stop."""


class Nobody:
    """Transcribes where nothing is heard: never."""

    model = VOICE_MODEL

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """Nothing was said."""
        del samples, language, context, said
        return Transcription(())

    draft = transcribe
