"""Stored sessions: one folder each, private to their owner."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import filelock
from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import SessionError, StorageError, nearest
from copilot.paths import data_folder
from copilot.private_file import write_private
from copilot.store.journal import Journal, JournalReading, read_journal

State = Literal["running", "interrupted", "ended"]

_RECORD = "session.json"
_JOURNAL = "journal.jsonl"
_LOCK = ".lock"


class SessionRecord(BaseModel):
    """``session.json``: what the list of sessions shows without reading a journal.

    Attributes:
        format: Version of the folder's layout.
        id: The session's id, which is also the folder's name.
        role: The guide's id.
        title: The role's name.
        language: Language of the interview.
        source: Where the sound came from, in words for people.
        started_at: Wall-clock start, ISO 8601.
        app_version: Version that recorded it.
        ended: How it ended; None while it runs or when it was interrupted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    class End(BaseModel):
        """A clean end.

        Attributes:
            ended_at: Wall-clock end, ISO 8601.
            duration_s: Length of the session in seconds.
            events: How many events the journal holds.
            journal_head: Hash of the journal's last line, so that a missing tail shows.
        """

        model_config = ConfigDict(extra="forbid", frozen=True)

        ended_at: str
        duration_s: float
        events: int
        journal_head: str

    format: Literal[1] = 1
    id: str
    role: str
    title: str
    language: str
    source: str
    started_at: str
    app_version: str
    ended: End | None = None


class SessionFolder:
    """One session's folder and the files in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        """The session's id."""
        return self.path.name

    @property
    def journal_path(self) -> Path:
        """The event journal."""
        return self.path / _JOURNAL

    @property
    def reports_path(self) -> Path:
        """Where reports of this session are written."""
        return self.path / "reports"

    def audio_path(self, channel: str) -> Path:
        """The recording of one channel; it may not exist."""
        return self.path / f"{channel}.wav"

    def record(self) -> SessionRecord:
        """Read ``session.json``.

        Raises:
            SessionError: It is missing or broken.
        """
        path = self.path / _RECORD
        try:
            return SessionRecord.model_validate_json(path.read_bytes())
        except OSError as error:
            raise SessionError(
                f"{path}: {error.strerror}.", "This folder is no session, or it was damaged."
            ) from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise SessionError(
                f"{path}: {where or 'the file'}: {first['msg']}.",
                "The file was damaged or written by another version; the journal beside it "
                "still holds the session.",
            ) from error

    def write_record(self, record: SessionRecord) -> None:
        """Replace ``session.json`` in one step, so that it is never half written.

        Raises:
            StorageError: The disk refused; the earlier file stays.
        """
        write_private(self.path / _RECORD, record.model_dump_json(indent=2).encode() + b"\n")

    def state(self) -> State:
        """Whether the session runs, ended cleanly, or was interrupted."""
        if self.record().ended is not None:
            return "ended"
        return "running" if self._is_locked() else "interrupted"

    def _lock(self) -> filelock.BaseFileLock:
        return filelock.FileLock(self.path / _LOCK, timeout=0, mode=0o600)

    def _is_locked(self) -> bool:
        lock = self._lock()
        try:
            with lock:
                return False
        except filelock.Timeout:
            return True
        except OSError:
            return False  # a folder we cannot write is not being recorded by us

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for the time of a recording.

        Raises:
            SessionError: Another program records into it.
        """
        lock = self._lock()
        try:
            with lock:
                yield
        except filelock.Timeout as error:
            raise SessionError(
                f"session {self.id} is in use by another program.", "Close that program first."
            ) from error

    def read_journal(self) -> JournalReading:
        """Read and verify the journal.

        Raises:
            SessionError: It is missing, its chain is broken, or its tail is missing.
        """
        reading = read_journal(self.journal_path)
        ended = self.record().ended
        if ended is not None and (reading.head, len(reading.events)) != (
            ended.journal_head,
            ended.events,
        ):
            raise SessionError(
                f"{self.journal_path}: {len(reading.events)} events with head "
                f"{reading.head[:12]}…, but the session ended with {ended.events} and "
                f"{ended.journal_head[:12]}….",
                "The journal was changed after the session; restore it from a backup.",
            )
        return reading

    def delete(self) -> None:
        """Remove the folder with everything in it.

        Raises:
            SessionError: The session is running.
            StorageError: The disk refused.
        """
        if self._is_locked():
            raise SessionError(f"session {self.id} is running.", "End it first, then delete it.")
        try:
            shutil.rmtree(self.path)
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error


class SessionStore:
    """All stored sessions of this user."""

    def __init__(self, root: Path | None = None) -> None:
        """Use ``root``, by default the ``sessions`` folder of the data folder."""
        self.root = root or data_folder() / "sessions"

    def create(self, record: SessionRecord) -> SessionFolder:
        """Make the folder of a new session, with its record.

        Raises:
            StorageError: The disk refused; nothing is left behind.
        """
        folder = SessionFolder(self.root / record.id)
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.path.mkdir(mode=0o700)
        except OSError as error:
            raise StorageError.from_os_error(error, folder.path) from error
        try:
            folder.write_record(record)
        except StorageError:
            shutil.rmtree(folder.path, ignore_errors=True)
            raise
        return folder

    def folders(self) -> list[SessionFolder]:
        """All sessions, newest first."""
        if not self.root.is_dir():
            return []
        found = [SessionFolder(path.parent) for path in self.root.glob(f"*/{_RECORD}")]
        return sorted(found, key=lambda folder: folder.id, reverse=True)

    def find(self, session_id: str) -> SessionFolder:
        """The session of that id; the beginning of an id, or ``last``, will do.

        Raises:
            SessionError: There is none, or several begin so.
        """
        folders = self.folders()
        if session_id == "last" and folders:
            return folders[0]
        matching = [folder for folder in folders if folder.id.startswith(session_id)]
        exact = [folder for folder in matching if folder.id == session_id]
        if len(exact or matching) == 1 and session_id:
            return (exact or matching)[0]
        if len(matching) > 1 and session_id:
            raise SessionError(
                f"{len(matching)} sessions begin with {session_id!r}.",
                "Give more of the id: " + ", ".join(folder.id for folder in matching[:5]),
            )
        raise SessionError(
            f"there is no session {session_id!r}.",
            nearest(session_id, [folder.id for folder in folders])
            if folders
            else "Nothing is stored yet.",
        )


def new_session_id(now: datetime | None = None) -> str:
    """An id that sorts by time and is hard to collide with: ``20261121-140512-3f9a``."""
    moment = now or datetime.now(UTC)
    return f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def open_journal(folder: SessionFolder) -> Journal:
    """Create the journal of a new session.

    Raises:
        StorageError: The disk refused, or there is one already.
    """
    return Journal(folder.journal_path)
