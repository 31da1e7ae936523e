"""The one seam to speech recognition: sound in, words with times out."""

from dataclasses import dataclass
from typing import Protocol

from copilot.audio import Waveform
from copilot.events import ModelRef


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One recognised word; times in seconds from the start of the sound it was heard in."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class Transcription:
    """What a stretch of sound says.

    Attributes:
        words: The words in order; empty where nothing was said that can be trusted.
        uncertain: True where the words are doubtful.
        reason: Why the words are missing or doubtful, in words for people.
    """

    words: tuple[HeardWord, ...]
    uncertain: bool = False
    reason: str = ""

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean word probability, 0 to 1; 0 without words."""
        if not self.words:
            return 0.0
        return sum(word.probability for word in self.words) / len(self.words)


class Transcriber(Protocol):
    """Turns a stretch of speech into words."""

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def transcribe(self, samples: Waveform, *, language: str, context: str = "") -> Transcription:
        """The words of one stretch.

        Args:
            samples: float32 mono at 16 kHz, shape (n,), n up to 30 s.
            language: ISO 639-1 code.
            context: What the same speaker said just before, or nothing.
        """
