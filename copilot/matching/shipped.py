"""Vectors of the shipped guides' sentences, made beforehand so that nobody waits for them.

``vectors.npz`` holds one row a sentence, 8 bits a number, found by a hash of model and text.
``python -m training.embed_guides`` makes it; a sentence it lacks is embedded when needed.
"""

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from copilot.events import ModelRef
from copilot.matching.embedding import DIMENSIONS, CachedEmbedder, Embedder, Vectors
from copilot.matching.plain import plain
from copilot.matching.weights import damaged, shipped_arrays

FILE = "vectors.npz"


class ShippedVectors:
    """An embedder for guide texts that looks them up first."""

    def __init__(self, embedder: Embedder) -> None:
        """Look up what ships; ``embedder`` makes the rest."""
        self._embedder = embedder

    @property
    def model(self) -> ModelRef:
        """The model of the embedder behind it."""
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As ``Embedder.embed``."""
        rows, stored = _stored()
        found = [rows.get(key(self.model, text), -1) for text in texts]
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        known = [place for place, row in enumerate(found) if row >= 0]
        missing = [place for place, row in enumerate(found) if row < 0]
        if known:
            vectors[known] = unpacked(stored[[found[place] for place in known]])
        if missing:
            vectors[missing] = self._embedder.embed([texts[place] for place in missing])
        return vectors


def guide_embedder(embedder: Embedder) -> Embedder:
    """The embedder for guide texts: what ships, then what was kept on disk, then ``embedder``."""
    return ShippedVectors(CachedEmbedder(embedder))


def key(model: ModelRef, text: str) -> int:
    """What a sentence is found by: 64 bits of a hash of model and text as it is read."""
    digest = hashlib.sha256(f"{model.sha256}\0{plain(text)}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def packed(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Unit vectors as whole numbers, each row scaled so that its largest becomes 127."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    return np.asarray(np.round(vectors / largest * 127), np.int8)


def unpacked(rows: npt.NDArray[np.int8]) -> Vectors:
    """Unit vectors again; their cosine with the originals is above 0.9999."""
    vectors = rows.astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@cache
def _stored() -> tuple[dict[int, int], npt.NDArray[np.int8]]:
    stored = shipped_arrays(FILE)
    try:
        keys: list[int] = stored["keys"].tolist()
        return {value: row for row, value in enumerate(keys)}, stored["rows"]
    except KeyError as error:
        raise damaged(FILE, error) from error
