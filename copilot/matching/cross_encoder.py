"""A closer look: a small model that reads a passage and a target together.

Similarity cannot tell "we tested the way back" from "we meant to test the way back". This model
reads the passage, the target's label and description, and the sentence of the guide that is most
like the passage, all at once, and says which of four things the passage does. It is the first
layers of multilingual-e5-small with most of its vocabulary left out, trained further on examples
written for this project (``python -m training.fit_cross_encoder``), in 8 bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.events import ModelRef
from copilot.matching.encoders import CROSS_ENCODER, TextEncoder, model_ref
from copilot.matching.plain import plain

#: float32, shape (n, 4).
LogProbabilities = npt.NDArray[np.float32]

#: What a passage does to a target, in the order of the columns.
CLASSES = ("nothing", "says", "denies", "near")

#: The model's sign for the end of a text.
_SEPARATOR = "</s>"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and what it may say.

    Attributes:
        passage: Without fillers.
        target: Label and description, as ``target_text`` puts them.
        example: The guide's sentence for the target that is most like the passage, or "".
    """

    passage: str
    target: str
    example: str

    def parts(self) -> tuple[str, ...]:
        """As the model reads them: ``plain``, and without what it takes for a separator."""
        parts = (self.passage, self.target, self.example)
        passage, *rest = (plain(part).replace(_SEPARATOR, " ") for part in parts if part)
        # The encoder was first trained with this word before every text.
        return f"query: {passage}", *rest


class PassageReader(Protocol):
    """Tells what passages do to targets."""

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """For each pair the logarithms of the probabilities of ``CLASSES``."""


def target_text(label: str, description: str) -> str:
    """What of a target the model reads."""
    return f"{label}: {description}"


class CrossEncoder:
    """The model that ships."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Verify and load it.

        Args:
            folder: Where its files are; by default in this package.
            threads: Processor threads.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._encoder = TextEncoder(CROSS_ENCODER, folder, threads=threads)
        self._model = model_ref(CROSS_ENCODER, folder)

    @property
    def model(self) -> ModelRef:
        """The model's name and hash."""
        return self._model

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """As ``PassageReader.read``; about 10 ms a pair on one core."""
        if not pairs:
            return np.zeros((0, len(CLASSES)), np.float32)
        # The passage comes first in a pair, so that it is never what is cut off.
        logits = np.stack([self._encoder.run(*pair.parts()) for pair in pairs])
        peak = logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits - peak).sum(axis=1, keepdims=True)) + peak
        return np.asarray(logits - total, np.float32)


@cache
def load_cross_encoder() -> CrossEncoder:
    """The model that ships, loaded once.

    Raises:
        ModelError: A file is missing or damaged.
    """
    return CrossEncoder()
