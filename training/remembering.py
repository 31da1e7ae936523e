"""An embedder that embeds each text once, however often training asks for it."""

from collections.abc import Sequence

import numpy as np

from copilot.events import ModelRef
from copilot.matching.embedding import DIMENSIONS, Embedder, Vectors


class RememberingEmbedder:
    """Keeps every vector in memory; meant for training, where texts are no secret."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}

    @property
    def model(self) -> ModelRef:
        """The model of the embedder behind it."""
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As ``Embedder.embed``."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        return np.stack([self._known[text] for text in texts])
