"""An embedder that embeds each text once, however often training asks for it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from copilot.matching.embedding import DIMENSIONS, Vectors


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
