"""Transcribing one conversation: each speaker's last words help to recognise the next ones."""

from copilot.events import Channel
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import Transcriber, Transcription

#: How much of a speaker's last words is passed on, in characters.
_CONTEXT_CHARS = 160
#: In a stretch shorter than this the recogniser hears little and goes on from the context instead,
#: which makes whole sentences of a noise; in seconds.
_SHORTEST_WITH_CONTEXT_S = 1.0
#: From this share of echo on, a stretch holds the other speaker's words rather than this one's.
_OTHERS_WORDS = 0.5


class InContext:
    """Feeds a transcriber the stretches of one conversation."""

    def __init__(self, transcriber: Transcriber, language: str) -> None:
        self._transcriber = transcriber
        self._language = language
        self._last_words: dict[Channel, str] = {}

    def forget(self) -> None:
        """The speakers have changed sides: what was last heard of one was the other's."""
        self._last_words = {}

    def transcribe(self, stretch: Stretch) -> Transcription:
        """The words of the conversation's next stretch."""
        context = self._last_words.get(stretch.channel, "")
        if stretch.end_s - stretch.start_s < _SHORTEST_WITH_CONTEXT_S:
            context = ""
        heard = self._transcriber.transcribe(
            stretch.samples, language=self._language, context=context
        )
        if heard.words and not heard.uncertain and stretch.echo < _OTHERS_WORDS:
            self._last_words[stretch.channel] = heard.text[-_CONTEXT_CHARS:]
        return heard
