"""The recordings in a session's folder: which there are, and how they change places."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from copilot.errors import StorageError
from copilot.events import Channel
from copilot.private_file import sync_folder

#: How a session's sound is stored: not at all, as it was recorded, or packed without loss.
AudioForm = Literal["none", "wav", "flac"]

_SUFFIXES = (".wav", ".flac")  # while a packing is cut off there are both, and the first is whole
_HALF = ".exchange"


class Recordings:
    """One recording a channel, as WAV or packed as FLAC."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, channel: str) -> Path | None:
        """A channel's recording, or None where there is none."""
        paths = [self._folder / f"{channel}{suffix}" for suffix in _SUFFIXES]
        return next((path for path in paths if path.is_file()), None)

    def all(self) -> list[Path]:
        """Those there are, the interviewer's first."""
        return [path for channel in Channel if (path := self.find(channel)) is not None]

    def form(self) -> AudioForm:
        """How they are stored; ``flac`` once every one is packed."""
        found = self.all()
        if not found:
            return "none"
        return "flac" if all(path.suffix == ".flac" for path in found) else "wav"

    @property
    def is_any_packed(self) -> bool:
        """Whether there is a packed one that cannot be recorded on."""
        return any(path.suffix == ".flac" for path in self.all())

    @property
    def is_exchanging(self) -> bool:
        """Whether an exchange has begun."""
        return self._half() is not None

    def _half(self) -> Path | None:
        """The interviewer's recording while it has neither name."""
        return next(self._folder.glob(f"{_HALF}.*"), None)

    def begin_exchange(self) -> None:
        """Take the first step of an exchange, where every channel has a recording.

        Raises:
            StorageError: The disk refused; nothing has begun.
        """
        files = self.all()
        if self.is_exchanging or len(files) < len(Channel):
            return
        with self._renaming():
            for file in files:
                if file.suffix == ".wav":
                    # Half a packing: the WAV is whole, and only one file may change its name.
                    file.with_suffix(".flac").unlink(missing_ok=True)
            _rename(files[0], self._folder / f"{_HALF}{files[0].suffix}")

    def finish_exchange(self, *, undo: bool = False) -> None:
        """Take the other steps of an exchange that has begun, or take the first one back.

        Only an exchange that never got beyond its first step can be undone.

        Raises:
            StorageError: The disk refused; it can be finished later.
        """
        half = self._half()
        if half is None:
            return
        first, second = Channel
        with self._renaming():
            other = self.find(second)
            if undo:
                _rename(half, self._folder / f"{first}{half.suffix}")
                return
            if other is not None and self.find(first) is None:
                _rename(other, self._folder / f"{first}{other.suffix}")
            _rename(half, self._folder / f"{second}{half.suffix}")

    @contextlib.contextmanager
    def _renaming(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StorageError.from_os_error(error, error.filename or self._folder) from error
        finally:
            sync_folder(self._folder)


def _rename(source: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)
