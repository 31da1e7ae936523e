"""A file of results, one JSON line each: only ever added to, whole up to its last line break."""

import io
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from copilot.errors import StorageError
from copilot.lab.errors import RunError
from copilot.lab.results import Result
from copilot.private_file import write_all

#: How long after the last time a line may wait until it is forced to disk with the next ones.
_SYNC_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in a file of results.

    Attributes:
        results: Line by line; of the same item the last one counts.
        whole_bytes: How long the file is up to the end of its last whole line.
        torn: Whether a half-written line follows.
    """

    results: tuple[Result, ...]
    whole_bytes: int
    torn: bool


def read_lines(path: Path) -> Read:
    """Read a file of results; one that is not there yet is empty.

    Raises:
        RunError: A whole line is damaged, or the file cannot be read; it names the line.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise RunError(f"{path}: {error.strerror}.", "Check the folder.") from error
    whole = data.rfind(b"\n") + 1
    results = tuple(
        _read(path, number, line)
        for number, line in enumerate(data[:whole].splitlines(), start=1)
        if line.strip()
    )
    return Read(results, whole, torn=whole < len(data))


class Lines:
    """Adds results to a file.

    A line is with the operating system as soon as ``add`` returns, so that a killed program loses
    none. It is forced to disk at once where the last time was half a second ago, and otherwise with
    the lines that follow: a power cut costs at most those, which are then done again.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Open the file, or make it; what is half written at its end is cut off.

        Args:
            path: The file.
            clock: Seconds on a monotonic clock.

        Raises:
            RunError: A whole line is damaged; it names the line.
            StorageError: The disk refused.
        """
        self.path = path
        self.before = read_lines(path)
        self._clock = clock
        self._synced_at = -_SYNC_EVERY_S
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._file = io.FileIO(os.open(path, flags, 0o600), "ab")
            if self.before.torn:
                self._file.truncate(self.before.whole_bytes)
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error

    def add(self, result: Result) -> None:
        """Add a line.

        Raises:
            StorageError: The disk refused; the line may be half written, and is then cut off when
                the run goes on.
        """
        try:
            write_all(self._file, result.model_dump_json().encode() + b"\n")
            now = self._clock()
            if now - self._synced_at >= _SYNC_EVERY_S:
                os.fsync(self._file.fileno())
                self._synced_at = now
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error

    def close(self) -> None:
        """Force all of it to disk.

        Raises:
            StorageError: The disk refused.
        """
        if self._file.closed:
            return
        try:
            with self._file:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error


def _read(path: Path, number: int, line: bytes) -> Result:
    try:
        return Result.model_validate_json(line)
    except ValidationError as error:
        raise RunError(
            f"{path}:{number}: the line is damaged.",
            "Take the line out; where the run was not done, --resume RUN does its item again.",
        ) from error
