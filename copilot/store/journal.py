"""The event stream on disk: append-only JSON lines, each carrying the hash of the one before.

A line is ``{"prev":"<sha256 of the line before>","event":{…}}``. A line that was changed, removed
or inserted breaks the chain. A program killed while writing leaves at most one torn last line,
which readers leave out; everything before it is whole.
"""

import contextlib
import errno
import hashlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from copilot.errors import SessionError, StorageError
from copilot.events import Event, SessionEnded, event_from_json, event_to_json
from copilot.i18n import _
from copilot.private_file import check_in_place, create_private

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
    reading, broken = read_journal_so_far(path)
    if broken is not None:
        raise broken
    return reading


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SessionError(
            f"{path}: {error.strerror}.", _("interview-copilot sessions list shows what is stored.")
        ) from error


def read_journal_so_far(path: Path) -> tuple[JournalReading, SessionError | None]:
    """Read a journal as far as its chain is whole, and say what is wrong with the rest.

    Raises:
        SessionError: It is missing.
    """
    data = _bytes_of(path)
    *lines, torn = data.split(b"\n")
    events: list[Event] = []
    head = GENESIS
    for number, line in enumerate(lines, start=1):
        try:
            events.append(_read_line(path, number, line, head))
        except SessionError as error:
            return JournalReading(tuple(events), head, 0), error
        head = line_hash(line)
    return JournalReading(tuple(events), head, len(torn)), None


def head_after(path: Path, events: int) -> str:
    """The hash of a journal's line of that number, ``GENESIS`` for 0; empty where it has fewer.

    Raises:
        SessionError: It is missing.
    """
    *lines, _rest = _bytes_of(path).split(b"\n")
    if events == 0:
        return GENESIS
    return line_hash(lines[events - 1]) if events <= len(lines) else ""


def _read_line(path: Path, number: int, line: bytes, head: str) -> Event:
    begin = b"".join((_PREFIX, head.encode(), _MIDDLE))
    if line.startswith(begin) and line.endswith(b"}"):
        # As we write it: the event is read as it stands, and parsed once.
        with contextlib.suppress(SessionError):
            return event_from_json(line[len(begin) : -1])
    try:
        record = json.loads(line)
        prev, event = record["prev"], record["event"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SessionError(
            _("{path}:{number}: this line is not a journal line.", path=path, number=number),
            _("The journal was changed after it was written; restore it from a backup."),
        ) from error
    if prev != head:
        raise SessionError(
            _(
                "{path}:{number}: the chain is broken: this line does not follow the one "
                "before it.",
                path=path,
                number=number,
            ),
            _("A line was changed, removed or inserted; restore the journal from a backup."),
        )
    try:
        return event_from_json(json.dumps(event))
    except SessionError as error:
        raise SessionError(f"{path}:{number}: {error.message}", error.remedy) from error


class Journal:
    """Appends events to a journal file.

    Each append reaches the operating system before it returns, so a killed program loses none;
    the disk itself is forced at most once a second, and on ``sync`` and ``close``.

    A journal that is ``holding`` goes on while the disk refuses: lines wait in memory, where the
    chain goes on, and are written once the disk takes them. As every line of the session is kept
    there, even a file that vanished is written anew.

    Attributes:
        path: The file.
        head: Hash of the last line, be it written or waiting.
        earlier: The events it held already when it was resumed.
        trouble: What is wrong with the disk at present, or None.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        holding: bool = False,
        resume: bool = False,
    ) -> None:
        """Create ``path``, readable by its owner alone; or, to ``resume``, as the method says.

        Args:
            path: The file.
            clock: Seconds on a monotonic clock.
            holding: Whether an event that the disk refuses waits in memory; else ``append``
                raises and the event is not part of the journal.
            resume: Whether to go on with an earlier journal.

        Raises:
            StorageError: It cannot be created; an existing file is never overwritten.
        """
        self.path = path
        self.head = GENESIS
        self.earlier: tuple[Event, ...] = ()
        self.trouble: StorageError | None = None
        self._clock = clock
        self._holding = holding
        self._closed = False
        self._lines: list[bytes] = []  # with their newlines
        self._written = self._synced = _Extent(0, 0)
        self._synced_at = clock()
        self._doubtful = False  # whether the disk failed to keep what it had taken
        self._file = self._resumed() if resume else create_private(path)

    @classmethod
    def resume(cls, path: Path, *, holding: bool = False) -> Self:
        """Go on with the journal of an interrupted session, whose torn last line is cut off.

        Raises:
            SessionError: It is missing, a line breaks the chain, or the session has an end.
            StorageError: It cannot be written.
        """
        return cls(path, holding=holding, resume=True)

    def _resumed(self) -> io.FileIO:
        reading = read_journal(self.path)
        if reading.events and isinstance(reading.events[-1], SessionEnded):
            raise SessionError(
                _("{path}: this session has ended.", path=self.path),
                _("Begin a new one; an end is for good."),
            )
        try:
            whole, _sep, _rest = self.path.read_bytes().rpartition(b"\n")
            self._lines = [line + b"\n" for line in whole.split(b"\n")] if whole else []
            self._synced = _Extent(len(self._lines), sum(map(len, self._lines)))
            self.earlier, self.head = reading.events, reading.head
            return self._found_again()
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error

    @property
    def count(self) -> int:
        """How many events there are, be they written or waiting."""
        return len(self._lines)

    @property
    def pending(self) -> int:
        """How many events wait in memory for the disk."""
        return len(self._lines) - self._written.lines

    def append(self, event: Event) -> None:
        """Add one event.

        Raises:
            StorageError: The disk refused, and the journal is not holding. The journal still ends
                with a whole line.
        """
        line = b"".join((_PREFIX, self.head.encode(), _MIDDLE, event_to_json(event), b"}"))
        head_before, had_trouble = self.head, self.trouble is not None
        self._lines.append(line + b"\n")
        self.head = line_hash(line)
        try:
            self._write()
        except StorageError:
            if self._holding:
                return
            self._lines.pop()
            self.head = head_before
            raise
        if had_trouble or self._clock() - self._synced_at >= 1.0:
            try:
                self._force()
            except StorageError:
                if not self._holding:
                    raise

    def retry(self) -> bool:
        """Try the disk again where it refused.

        Returns:
            Whether everything is on disk now.
        """
        if self.trouble is None:
            return True
        try:
            self.sync()
        except StorageError:
            return False
        return True

    def sync(self) -> None:
        """Write what waits and force all of it to disk.

        Raises:
            StorageError: The disk refused.
        """
        self._write()
        self._force()

    def _write(self) -> None:
        with self._asking_the_disk():
            if self._file.closed:
                self._file = self._found_again()
            data = b"".join(self._lines[self._written.lines :])
            self._file.seek(self._written.size)
            taken = self._file.write(data)
            whole = data.rfind(b"\n", 0, taken) + 1
            self._written = self._written.and_more(data[:whole])
            if taken < len(data):
                # A short write is a full disk; the torn line must not stay.
                self._file.truncate(self._written.size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.trouble = None

    def _force(self) -> None:
        self._doubtful = True
        with self._asking_the_disk():
            os.fsync(self._file.fileno())
            check_in_place(self._file, self.path)
        self._doubtful = False
        self._synced = self._written
        self._synced_at = self._clock()

    @contextlib.contextmanager
    def _asking_the_disk(self) -> Iterator[None]:
        """What the disk refuses here is the present trouble; the file is let go until it is over.

        Only a file that nobody holds open lets its disk be mended, and only one that is opened
        anew is found on a disk that went away and came back.
        """
        try:
            yield
        except OSError as error:
            with contextlib.suppress(OSError):
                self._file.close()
            self.trouble = StorageError.from_os_error(error, self.path)
            raise self.trouble from error
        except StorageError as error:
            self.trouble = error
            raise

    def _found_again(self) -> io.FileIO:
        """The file, with whole lines only; a new one where it is gone.

        Where the disk could not keep what it had taken, all lines since the last sync are written
        again, over those that are there.
        """
        try:
            file = self.path.open("r+b", buffering=0)
        except FileNotFoundError:
            self._written = self._synced = _Extent(0, 0)
            return create_private(self.path)
        try:
            there = self._recognised(file.readall())
            file.truncate(there.size)
        except OSError:
            file.close()
            raise
        self._written = min(there, self._synced) if self._doubtful else there
        return file

    def _recognised(self, data: bytes) -> "_Extent":
        there = _Extent(0, 0).and_more(data[: data.rfind(b"\n") + 1])
        if b"".join(self._lines[: there.lines]) != data[: there.size]:
            raise OSError(errno.ESTALE, "Another program changed it")
        return there

    def close(self) -> None:
        """Write what waits, sync and close; safe to call again.

        Raises:
            StorageError: The disk refused to the last; the journal ends with a whole line.
        """
        if self._closed:
            return
        self._closed = True
        try:
            self.sync()
        except StorageError as error:
            if not self.pending:
                raise
            raise StorageError(
                _(
                    "{message} {pending} of {count} events could not be written.",
                    message=error.message,
                    pending=self.pending,
                    count=self.count,
                ),
                error.remedy,
            ) from error
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, order=True, slots=True)
class _Extent:
    """How far a journal reaches: whole lines, and their size in bytes."""

    lines: int
    size: int

    def and_more(self, data: bytes) -> "_Extent":
        """With the whole lines of ``data`` added."""
        return _Extent(self.lines + data.count(b"\n"), self.size + len(data))
