"""Sentence embeddings: the seam, the model that ships, and a cache of what guides need."""

import contextlib
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.events import ModelRef
from copilot.matching.encoders import SENTENCE_ENCODER, TextEncoder, model_ref
from copilot.matching.plain import plain, word_count
from copilot.paths import cache_folder

#: float32, shape (n, 384); every row has length 1.
Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how alike they are.

    It reads them ``plain``.
    """

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape ``(len(texts), 384)``."""


def pooled(vectors: Sequence[Vectors] | Vectors, texts: Sequence[str]) -> Vectors:
    """The vector of several texts in a row: the mean of theirs, weighted by words, of length 1."""
    mean = np.average(vectors, axis=0, weights=[max(1, word_count(text)) for text in texts])
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


class E5Embedder:
    """The sentence encoder that ships: multilingual-e5-small for English and French."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Verify and load it.

        Args:
            folder: Where its files are; by default in this package.
            threads: Processor threads.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._encoder = TextEncoder(SENTENCE_ENCODER, folder, threads=threads)
        self._model = model_ref(SENTENCE_ENCODER, folder)

    @property
    def model(self) -> ModelRef:
        """The model's name and hash."""
        return self._model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text; about 10 ms for a sentence on one core."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        # The model was trained with this word before every text that is compared with its like.
        return np.stack([self._encoder.run(f"query: {plain(text)}") for text in texts])


class CachedEmbedder:
    """An embedder that keeps the vectors of guide texts on disk, a file for each set of texts.

    Meant for texts that come again with every session. What a candidate says must never pass
    through it.
    """

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        self._embedder = embedder
        self._folder = folder or cache_folder() / "vectors"

    @property
    def model(self) -> ModelRef:
        """The model of the embedder behind it."""
        return self._embedder.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As ``Embedder.embed``, from disk where the same texts were embedded before."""
        path = self._folder / f"{self._key(texts)}.npy"
        try:
            vectors: Vectors = np.load(path).astype(np.float32)
            if vectors.shape == (len(texts), DIMENSIONS):
                return vectors
        except (OSError, ValueError, EOFError):
            pass  # not there yet, or damaged: make it again
        vectors = self._embedder.embed(texts)
        self._keep(path, vectors)
        return vectors

    def _key(self, texts: Sequence[str]) -> str:
        digest = hashlib.sha256(self.model.sha256.encode())
        for text in texts:
            digest.update(b"\0" + plain(text).encode())
        return digest.hexdigest()[:32]

    def _keep(self, path: Path, vectors: Vectors) -> None:
        draft = path.with_suffix(f".{threading.get_ident()}.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                np.save(file, vectors)
            draft.replace(path)
        except OSError:
            # Only a cache: a full or read-only disk costs time, not results.
            with contextlib.suppress(OSError):
                draft.unlink()
