"""What the closer look made of a guide's sentences, kept on disk: a check costs what changed.

A file holds, for each pair that was read, a hash and four numbers; of the sentences themselves
nothing. It is a cache: it may be deleted, and a disk that refuses costs time alone.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from copilot.events import ModelRef
from copilot.matching.cross_encoder import CLASSES, LogProbabilities, Pair, PassageReader
from copilot.paths import cache_folder

#: More pairs than these are of guides that have long changed: those not asked for again go.
_MOST = 30_000


class KeptReadings:
    """A reader of guide texts that reads each pair once, whatever program asks."""

    def __init__(self, reader: PassageReader, name: str, folder: Path | None = None) -> None:
        """Look on disk first; ``reader`` reads the rest.

        Args:
            reader: Does the work.
            name: Of the file, without suffix; one a guide and language.
            folder: Where it lies; by default in the cache.
        """
        self._reader = reader
        self._path = (folder or cache_folder() / "readiness") / f"{name}.npz"
        self._known = _stored(self._path)
        self._asked: set[int] = set()
        self._new = False

    @property
    def model(self) -> ModelRef:
        """The model of the reader behind it."""
        return self._reader.model

    def read(self, pairs: Sequence[Pair]) -> LogProbabilities:
        """As ``PassageReader.read``."""
        keys = [self._key(pair) for pair in pairs]
        self._asked.update(keys)
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self._reader.read(list(new.values())), strict=True))
            self._new = True
        if not keys:
            return np.zeros((0, len(CLASSES)), np.float32)
        return np.stack([self._known[key] for key in keys])

    def keep(self) -> None:
        """Write down what is new."""
        if not self._new:
            return
        if len(self._known) > _MOST:
            self._known = {key: self._known[key] for key in self._asked}
        beside = self._path.with_name(f".{self._path.stem}.{os.getpid()}.npz")
        keys = np.array(list(self._known), np.uint64)
        rows = np.stack(list(self._known.values()))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                np.savez(file, keys=keys, rows=rows)
            beside.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
        self._new = False

    def _key(self, pair: Pair) -> int:
        parts = (self.model.sha256, pair.passage, pair.target, pair.example)
        return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:8], "big")


def _stored(path: Path) -> dict[int, LogProbabilities]:
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            keys, rows = arrays["keys"].tolist(), arrays["rows"].astype(np.float32)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return {}  # not there yet, or damaged: read again
    if rows.shape != (len(keys), len(CLASSES)):
        return {}
    return dict(zip(keys, rows, strict=True))
