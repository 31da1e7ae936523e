"""Whisper through faster-whisper (https://github.com/SYSTRAN/faster-whisper, MIT)."""

import itertools
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.errors import ModelError
from copilot.events import ModelRef
from copilot.speech.models import SpeechModel, check_knows, speech_model, verified_folder
from copilot.speech.transcriber import HeardWord, Transcription

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment

#: Nobody says more words a second than this for a whole utterance; a decoder that invents does.
_MOST_WORDS_PER_S = 8.0
_DOUBTFUL_LOGPROB = -1.0
_DOUBTFUL_CONFIDENCE = 0.45
#: Below this, words that come too fast are not doubtful but made up.
_INVENTED_CONFIDENCE = 0.3
_NO_SPEECH = 0.6
_SEED = 1
#: Pieces of nothing else are no words, but what the recogniser makes of silence.
_PUNCTUATION = frozenset(".,;:!?…-\u2013\u2014'\"“”«»")


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
    ) -> None:
        """Verify the model's files and load it.

        Args:
            name: A model of ``copilot.speech.models``.
            hotwords: Names and acronyms to expect.
            beam_size: Width of the search.
            threads: Processor threads; 0 for as many as there are cores, 4 at most.

        Raises:
            ModelError: The model is missing, not genuine, or cannot be loaded.
        """
        self._spec: SpeechModel = speech_model(name)
        folder = verified_folder(self._spec)
        # Here and not at the top: it takes a while to import, and fronts import this module.
        import ctranslate2  # noqa: PLC0415
        from faster_whisper import WhisperModel  # noqa: PLC0415

        # What is hard to understand is sampled; the same recording shall give the same words.
        ctranslate2.set_random_seed(_SEED)
        try:
            self._whisper = WhisperModel(
                str(folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads or min(4, os.cpu_count() or 1),
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"{folder} cannot be loaded ({error}).",
                f"Remove the folder and run: interview-copilot models fetch {name}",
            ) from error
        self._hotwords = ", ".join(hotwords) or None
        self._beam_size = beam_size

    @property
    def model(self) -> ModelRef:
        """Which Whisper it is."""
        return whisper_ref(self._spec)

    def transcribe(self, samples: Waveform, *, language: str, context: str = "") -> Transcription:
        """The words of one stretch; see ``Transcriber``.

        Raises:
            UsageError: The model does not know the language.
        """
        check_knows(self._spec, language)
        segments, _ = self._whisper.transcribe(
            samples,
            language=language,
            beam_size=self._beam_size,
            temperature=(0.0, 0.4, 0.8),
            condition_on_previous_text=False,
            initial_prompt=context or None,
            hotwords=self._hotwords,
            word_timestamps=True,
            log_prob_threshold=_DOUBTFUL_LOGPROB,
            no_speech_threshold=_NO_SPEECH,
        )
        return _judged(list(segments), len(samples) / SAMPLE_RATE_HZ)


def _judged(segments: list["Segment"], duration_s: float) -> Transcription:
    """Keep what can be trusted, mark what is doubtful, drop what was invented."""
    kept = [
        segment
        for segment in segments
        if not (segment.no_speech_prob > _NO_SPEECH and segment.avg_logprob < _DOUBTFUL_LOGPROB)
    ]
    words = tuple(
        word for word in _whole_words(kept, duration_s) if not _PUNCTUATION.issuperset(word.text)
    )
    if not words:
        return Transcription((), reason="no words recognised")
    texts = [word.text.casefold().strip(".,;:!?…\"'") for word in words]
    if is_loop(texts):
        return Transcription((), reason="the recogniser repeated itself")
    heard = Transcription(words)
    voiced_s = max(words[-1].end_s - words[0].start_s, 0.1)
    if len(words) > 4 and len(words) / voiced_s > _MOST_WORDS_PER_S:
        reason = "more words than the time allows"
        invented = heard.confidence < _INVENTED_CONFIDENCE
        return Transcription(() if invented else words, uncertain=not invented, reason=reason)
    logprob = float(np.mean([segment.avg_logprob for segment in kept]))
    if logprob < _DOUBTFUL_LOGPROB or heard.confidence < _DOUBTFUL_CONFIDENCE:
        return Transcription(words, uncertain=True, reason="hard to understand")
    return heard


def _whole_words(segments: Iterable["Segment"], duration_s: float) -> Iterable[HeardWord]:
    """Words as people write them: pieces without a space before them belong to the one before."""
    pieces = itertools.chain.from_iterable(segment.words or () for segment in segments)
    open_word: HeardWord | None = None
    for piece in pieces:
        start_s = min(max(float(piece.start), 0.0), duration_s)
        end_s = min(max(float(piece.end), start_s), duration_s)
        text = piece.word.strip()
        if not text:
            continue
        if open_word is not None and not piece.word.startswith(" "):
            open_word = HeardWord(
                open_word.text + text,
                open_word.start_s,
                end_s,
                min(open_word.probability, float(piece.probability)),
            )
            continue
        if open_word is not None:
            yield open_word
        open_word = HeardWord(text, start_s, end_s, float(piece.probability))
    if open_word is not None:
        yield open_word


def is_loop(words: Sequence[str]) -> bool:
    """Whether some run of one to eight words is repeated like no speaker would.

    A run of two or more words has to stand four times in a row, a single word seven times.
    """
    for length in range(1, 9):
        equal = 0
        for before, after in zip(words, words[length:], strict=False):
            equal = equal + 1 if before == after else 0
            if equal >= max(3 * length, 6):
                return True
    return False
