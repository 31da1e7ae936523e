"""The one seam to speech recognition: sound in, words with times out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def moved(self, by_s: float) -> "HeardWord":
        """The same word with its times counted from elsewhere."""
        return replace(self, start_s=self.start_s + by_s, end_s=self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class Transcription:
    """What a stretch of sound says.

    Attributes:
        words: The words in order; empty where nothing was said that can be trusted.
        uncertain: True where the words are doubtful.
        reason: Why the words are missing or doubtful, in words for people.
        firm: Whether the recogniser was sure enough to be believed even where there may have been
            no voice at all.
    """

    words: tuple[HeardWord, ...]
    uncertain: bool = False
    reason: str = ""
    firm: bool = True

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
    """Turns sound into words: the one seam to a recogniser."""

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words of one stretch, as good as can be.

        Args:
            samples: float32 mono at 16 kHz, shape (n,), n up to 30 s.
            language: ISO 639-1 code.
            context: What the same speaker said just before, or nothing.
            said: Words the sound begins with that are settled already; what is returned begins
                with them.
        """

    def draft(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words so far of a stretch that goes on, as soon as can be; as ``transcribe``.

        The last of them may be cut, and what they say may change as more is heard.
        """
