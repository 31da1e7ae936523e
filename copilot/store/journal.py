"""The event stream on disk: append-only JSON lines, each carrying the hash of the one before.

A line is ``{"prev":"<sha256 of the line before>","event":{…}}``. A line that was changed, removed
or inserted breaks the chain. A program killed while writing leaves at most one torn last line,
which readers leave out; everything before it is whole.
"""

import errno
import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from copilot.errors import SessionError, StorageError
from copilot.events import Event, event_from_json, event_to_json
from copilot.private_file import create_private

#: What the first line carries, there being none before it.
GENESIS = "0" * 64

_PREFIX = b'{"prev":"'
_MIDDLE = b'","event":'


def line_hash(line: bytes) -> str:
    """SHA-256 of a journal line without its newline, hexadecimal."""
    return hashlib.sha256(line).hexdigest()


@dataclass(frozen=True, slots=True)
class JournalReading:
    """What a journal holds.

    Attributes:
        events: The events, in order.
        head: Hash of the last whole line; ``GENESIS`` for an empty journal.
        torn_bytes: Length of an unfinished last line, left out of ``events``; 0 when there is none.
    """

    events: tuple[Event, ...]
    head: str
    torn_bytes: int


def read_journal(path: Path) -> JournalReading:
    """Read a journal and verify its chain.

    Raises:
        SessionError: It is missing, or a line breaks the chain; the message names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SessionError(
            f"{path}: {error.strerror}.", "interview-copilot sessions list shows what is stored."
        ) from error
    *lines, torn = data.split(b"\n")
    events: list[Event] = []
    head = GENESIS
    for number, line in enumerate(lines, start=1):
        events.append(_read_line(path, number, line, head))
        head = line_hash(line)
    return JournalReading(tuple(events), head, len(torn))


def _read_line(path: Path, number: int, line: bytes, head: str) -> Event:
    try:
        record = json.loads(line)
        prev, event = record["prev"], record["event"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SessionError(
            f"{path}:{number}: this line is not a journal line.",
            "The journal was changed after it was written; restore it from a backup.",
        ) from error
    if prev != head:
        raise SessionError(
            f"{path}:{number}: the chain is broken: this line does not follow the one before it.",
            "A line was changed, removed or inserted; restore the journal from a backup.",
        )
    try:
        return event_from_json(json.dumps(event))
    except SessionError as error:
        raise SessionError(f"{path}:{number}: {error.message}", error.remedy) from error


class Journal:
    """Appends events to a journal file.

    Each append reaches the operating system before it returns, so a killed program loses none;
    the disk itself is forced at most once a second, and on ``sync`` and ``close``.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Create ``path``, readable by its owner alone.

        Raises:
            StorageError: It cannot be created; an existing file is never overwritten.
        """
        self.path = path
        self.head = GENESIS
        self.count = 0
        self._clock = clock
        self._size = 0
        self._synced_at = clock()
        self._file = create_private(path)

    def append(self, event: Event) -> None:
        """Add one event.

        Raises:
            StorageError: The disk refused; the journal still ends with a whole line.
        """
        line = b"".join((_PREFIX, self.head.encode(), _MIDDLE, event_to_json(event), b"}"))
        data = line + b"\n"
        self._write(data)
        self._size += len(data)
        self.head = line_hash(line)
        self.count += 1
        if self._clock() - self._synced_at >= 1.0:
            self.sync()

    def _write(self, data: bytes) -> None:
        try:
            written = self._file.write(data)
            if written == len(data):
                return
            # A short write is a full disk; the torn line must not stay.
            self._file.truncate(self._size)
            self._file.seek(self._size)
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise StorageError.from_os_error(full, self.path)

    def sync(self) -> None:
        """Force what was appended to disk.

        Raises:
            StorageError: The disk refused.
        """
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        self._synced_at = self._clock()

    def close(self) -> None:
        """Sync and close; safe to call again."""
        if self._file.closed:
            return
        try:
            self.sync()
        finally:
            self._file.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
