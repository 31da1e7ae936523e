"""Whisper through faster-whisper (https://github.com/SYSTRAN/faster-whisper, MIT)."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from copilot.audio import Waveform
from copilot.events import ModelRef
from copilot.speech.models import SpeechModel, check_knows, speech_model, verified_folder
from copilot.speech.transcriber import HeardWord, Transcription

if TYPE_CHECKING:
    from copilot.speech.decoding import Decoded

#: Silence behind the sound, in seconds: enough for the decoder to find the end. With 2 s it runs
#: on about once in ten clips, with 4 s hardly ever; more gave no fewer errors.
_MARGIN_S = 4.0
#: A draft that runs on is thrown away, and the next one is due soon.
_DRAFT_MARGIN_S = 1.5


def whisper_ref(model: SpeechModel) -> ModelRef:
    """How a session names a Whisper model."""
    return ModelRef(
        purpose="transcription",
        name=f"Whisper {model.name} (int8)",
        version=model.revision,
        sha256=model.sha256,
    )


class WhisperTranscriber:
    """A Whisper model on this machine's processor, int8."""

    def __init__(
        self,
        name: str = "base",
        *,
        hotwords: Sequence[str] = (),
        beam_size: int = 5,
        threads: int = 0,
        callers: int = 1,
    ) -> None:
        """Verify the model's files and load it.

        Args:
            name: A model of ``copilot.speech.models``.
            hotwords: Names and acronyms to expect, the most useful first; only so many are used
                as leave room for what was said before.
            beam_size: Width of the search for final words.
            threads: Processor threads a call takes; 0 for a share of as many as there are cores,
                4 at most.
            callers: How many threads may call it at a time.

        Raises:
            ModelError: The model is missing, not genuine, or cannot be loaded.
        """
        self._spec: SpeechModel = speech_model(name)
        folder = verified_folder(self._spec)
        # Here and not at the top: it takes a while to import, and fronts import this module.
        from copilot.speech import judging  # noqa: PLC0415
        from copilot.speech.decoding import Decoder, Search  # noqa: PLC0415

        self._judging = judging
        self._decoder = Decoder(
            folder,
            remedy=(
                "Name a folder that holds a Whisper model in CTranslate2 format."
                if self._spec.folder is not None
                else f"Remove it and run: interview-copilot models fetch {self._spec.name}"
            ),
            threads=threads or max(1, min(4, os.cpu_count() or 1) // callers),
            callers=callers,
            hotwords=hotwords,
        )
        self._quick = Search(_DRAFT_MARGIN_S, 1)
        self._thorough = Search(_MARGIN_S, beam_size)
        # Where that goes astray: the window Whisper was trained on, then by lot.
        self._remedies = (
            Search(None, beam_size),
            Search(None, 1, temperature=0.4),
            Search(None, 1, temperature=0.8),
        )

    @property
    def model(self) -> ModelRef:
        """Which Whisper it is."""
        return whisper_ref(self._spec)

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words of one stretch; see ``Transcriber``.

        Raises:
            UsageError: The model does not know the language.
        """
        check_knows(self._spec, language)
        best: Decoded | None = None
        attempts = [(self._thorough, context, said)]
        # What was said before may lead it astray as well, so it is not told that again.
        if context or said:
            attempts.append((self._thorough, "", ()))
        attempts += [(search, "", ()) for search in self._remedies]
        for search, before, given in attempts:
            found = self._decoder.decode(
                samples, language=language, search=search, context=before, said=given
            )
            if said and not given:
                found = found.after(said)
            if not self._judging.went_astray(found):
                return self._judging.judged(found)
            if best is None or self._judging.better(found, best):
                best = found
        assert best is not None  # noqa: S101 - there is a search
        return self._judging.judged(best)

    def draft(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words so far of a stretch that goes on; see ``Transcriber``.

        Raises:
            UsageError: The model does not know the language.
        """
        check_knows(self._spec, language)
        found = self._decoder.decode(
            samples, language=language, search=self._quick, context=context, said=said
        )
        return self._judging.judged(found)
