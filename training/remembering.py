"""Models that work once for each text or pair, however often training asks."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from copilot.matching.cross_encoder import Pair, PassageReader
from copilot.matching.embedding import DIMENSIONS, Vectors
from copilot.matching.features import Array


class Embeds(Protocol):
    """Whatever makes vectors of texts."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""


class RememberingEmbedder:
    """Keeps every vector in memory; meant for training, where texts are no secret."""

    def __init__(self, embedder: Embeds) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As ``Embedder.embed``."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        return np.stack([self._known[text] for text in texts])

    def remember(self, text: str, vector: Vectors) -> None:
        """Take ``vector`` for that of ``text`` from now on, where there is none yet."""
        self._known.setdefault(text, vector)


class RememberingReader:
    """Reads each pair once, however often fitting asks for it."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader
        self._known: dict[Pair, Array] = {}

    @property
    def model(self) -> Any:
        """The model of the reader behind it."""
        return self._reader.model

    def read(self, pairs: Sequence[Pair]) -> Array:
        """As ``PassageReader.read``."""
        new = list(dict.fromkeys(pair for pair in pairs if pair not in self._known))
        if new:
            self._known.update(zip(new, self._reader.read(new), strict=True))
        rows = [self._known[pair] for pair in pairs]
        return np.stack(rows) if rows else np.zeros((0, 4), np.float32)
