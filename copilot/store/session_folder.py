"""A stored session: one folder, private to its owner."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import filelock
from pydantic import ValidationError

from copilot.errors import SessionError, StorageError
from copilot.events import CaptureKind, Channel
from copilot.i18n import _
from copilot.private_file import write_private
from copilot.store.encryption.marker import marker_in, needs_key, read_marker
from copilot.store.journal import Journal, JournalReading, read_journal
from copilot.store.record import SessionRecord
from copilot.store.recordings import AudioForm, Recordings

if TYPE_CHECKING:
    from copilot.audio.tape import DiskTrouble, Tape

State = Literal["running", "interrupted", "ended"]

RECORD = "session.json"
_JOURNAL = "journal.jsonl"
_LOCK = ".lock"
_REVIEW = "review.jsonl"
_END = b'"type":"session_ended"'


@dataclass(frozen=True, slots=True)
class Resumed:
    """What an interrupted session goes on with.

    Attributes:
        journal: Open at its end; ``earlier`` holds the events until then.
        tape: Open at its end, ``length`` telling where that is; None where only text was kept.
    """

    journal: Journal
    tape: "Tape | None"


class SessionFolder:
    """One session's folder and the files in it.

    Attributes:
        path: The folder.
        is_opened_copy: Whether this is the copy of an encrypted session that goes away once it is
            closed, so that no path in it is worth telling.
    """

    def __init__(self, path: Path, *, is_opened_copy: bool = False) -> None:
        self.path = path
        self.is_opened_copy = is_opened_copy
        self._recordings = Recordings(path)

    @property
    def id(self) -> str:
        """The session's id."""
        return self.path.name

    @property
    def journal_path(self) -> Path:
        """The event journal."""
        return self.path / _JOURNAL

    @property
    def review_path(self) -> Path:
        """The journal of what reviewers changed; the session's own is never touched again."""
        return self.path / _REVIEW

    @property
    def reports_path(self) -> Path:
        """Where reports of this session are written."""
        return self.path / "reports"

    def audio_path(self, channel: str) -> Path:
        """Where one channel is recorded; it may not exist, or be packed by now."""
        return self.path / f"{channel}.wav"

    def audio_paths(self) -> dict[Channel, Path]:
        """Where each channel is recorded: what ``Tape`` wants."""
        return {channel: self.audio_path(channel) for channel in Channel}

    def recording(self, channel: str) -> Path | None:
        """The recording of one channel, as WAV or packed as FLAC, or None where there is none.

        An exchange of the channels that was cut off is finished before.

        Raises:
            StorageError: It has to be finished, but the disk refused.
        """
        self._settle_exchange()
        return self._recordings.find(channel)

    def audio_form(self) -> AudioForm:
        """How the sound is stored."""
        return self._recordings.form()

    def audio_bytes(self) -> int:
        """Size of the recordings on disk."""
        return sum(path.stat().st_size for path in self._recordings.all())

    @property
    def is_encrypted(self) -> bool:
        """Whether nothing of it can be read without its key; see ``copilot.store.encryption``.

        Raises:
            SessionError: A newer version encrypted it.
        """
        return read_marker(self.path) is not None

    def record(self) -> SessionRecord:
        """Read ``session.json``.

        Raises:
            SessionError: It is missing or broken, or the session is encrypted.
        """
        path = self.path / RECORD
        try:
            data = path.read_bytes()
            if marker_in(data, path) is not None:
                raise needs_key(self.id)
            return SessionRecord.model_validate_json(data)
        except OSError as error:
            raise SessionError(
                f"{path}: {error.strerror}.", _("This folder is no session, or it was damaged.")
            ) from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise SessionError(
                f"{path}: {where or 'the file'}: {first['msg']}.",
                _(
                    "The file was damaged or written by another version; the journal beside it "
                    "still holds the session."
                ),
            ) from error

    def write_record(self, record: SessionRecord) -> None:
        """Replace ``session.json`` in one step, so that it is never half written.

        Raises:
            StorageError: The disk refused; the earlier file stays.
        """
        write_private(self.path / RECORD, record.model_dump_json(indent=2).encode() + b"\n")

    def end(self, record: SessionRecord, *, exchange_audio: bool = False) -> None:
        """Write the record of a clean end; the recordings are closed, and we hold the folder.

        Args:
            record: With its end.
            exchange_audio: Whether the channels were the wrong way round, so that each channel's
                recording becomes the other's. A program killed at any moment leaves either an
                interrupted session with its recordings as they were, or an ended one whose
                exchange is finished at the next look.

        Raises:
            StorageError: The disk refused; the session may be ended again.
        """
        if exchange_audio:
            self._recordings.begin_exchange()
        else:
            self._finish_exchange()
        self.write_record(record)
        self._finish_exchange()

    def exchange_audio(self) -> None:
        """Let the recordings of an ended session change places; we hold the folder.

        Raises:
            SessionError: The session has not ended.
            StorageError: The disk refused; what is half done is finished at the next look.
        """
        if self.record().ended is None:
            raise SessionError(
                _("session {session} has not ended.", session=self.id), _("End it first.")
            )
        self._finish_exchange()
        self._recordings.begin_exchange()
        self._finish_exchange()

    def _finish_exchange(self) -> None:
        """Finish what was begun at the end of the session, or undo it where that never came."""
        if self._recordings.is_exchanging:
            self._recordings.finish_exchange(undo=self.record().ended is None)

    def _settle_exchange(self) -> None:
        if self._recordings.is_exchanging and not self._is_locked():
            self._finish_exchange()

    def state(self) -> State:
        """Whether the session runs, ended cleanly, or was interrupted."""
        if self.record().ended is not None:
            return "ended"
        return "running" if self._is_locked() else "interrupted"

    def _lock(self) -> filelock.BaseFileLock:
        # Not bound to a thread: a screen opens a session on one and closes it on another.
        return filelock.FileLock(self.path / _LOCK, timeout=0, mode=0o600, thread_local=False)

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
        """Hold the folder for the time of a recording, or while its files change their form.

        Raises:
            SessionError: Another program holds it.
            StorageError: The folder cannot be written.
        """
        lock = self._lock()
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise self._in_use() from error
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        try:
            yield
        finally:
            lock.release()

    def _in_use(self) -> SessionError:
        return SessionError(
            _("session {session} is in use by another program.", session=self.id),
            _("Close that program first."),
        )

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
                _(
                    "{journal_path}: {events} events with head {head}…, but the session ended with "
                    "{events_2} and {journal_head}….",
                    journal_path=self.journal_path,
                    events=len(reading.events),
                    head=reading.head[:12],
                    events_2=ended.events,
                    journal_head=ended.journal_head[:12],
                ),
                _("The journal was changed after the session; restore it from a backup."),
            )
        return reading

    def is_resumable(self) -> bool:
        """Whether ``resumed`` would go on with it, as far as can be told without reading it all."""
        try:
            self._check_resumable()
        except SessionError:
            return False
        return True

    def _check_resumable(self) -> None:
        state = self.state()
        if state == "running":
            raise self._in_use()
        if state == "ended":
            raise SessionError(
                _("session {session} has ended.", session=self.id), _("Begin a new one.")
            )
        if self._recordings.is_any_packed:
            raise SessionError(
                _(
                    "the sound of session {session} was packed, so that it cannot be resumed.",
                    session=self.id,
                ),
                _("Begin a new one."),
            )
        last_line = _last_line(self.journal_path)
        if not last_line:
            raise SessionError(
                _("session {session} was interrupted before anything happened.", session=self.id),
                _("Begin a new one."),
            )
        if _END in last_line:
            raise SessionError(
                _(
                    "session {session} came to its end, though its record does not say so.",
                    session=self.id,
                ),
                _("Nothing is missing; interview-copilot sessions resume completes the record."),
            )
        if self.record().capture is CaptureKind.RECORDING:
            raise SessionError(
                _(
                    "session {session} replayed a recording, which a call cannot go on with.",
                    session=self.id,
                ),
                _("Replay the recording again: interview-copilot replay."),
            )

    @contextlib.contextmanager
    def resumed(
        self, *, on_trouble: "Callable[[DiskTrouble], None] | None" = None
    ) -> Iterator["Resumed"]:
        """Hold an interrupted session's folder, with its journal and tape open to go on.

        Args:
            on_trouble: Told by the tape what is wrong with the disk.

        Raises:
            SessionError: It cannot be resumed: it runs, has ended, or a file is broken.
            StorageError: A file cannot be opened, or on leaving, the disk refused to the last.
        """
        # Here and not at the top: it loads numpy, which listing sessions does not need.
        from copilot.audio.tape import Tape  # noqa: PLC0415

        self._check_resumable()
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.locked())
            self._finish_exchange()
            journal = stack.enter_context(Journal.resume(self.journal_path, holding=True))
            tape = None
            if self.audio_form() == "wav":
                tape = stack.enter_context(Tape.resume(self.audio_paths(), on_trouble=on_trouble))
            yield Resumed(journal, tape)

    def delete(self) -> None:
        """Remove the folder with everything in it.

        Raises:
            SessionError: The session is running.
            StorageError: The disk refused.
        """
        if self._is_locked():
            raise SessionError(
                _("session {session} is running.", session=self.id),
                _("End it first, then delete it."),
            )
        try:
            shutil.rmtree(self.path)
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error


def open_journal(folder: SessionFolder, *, holding: bool = False) -> Journal:
    """Create the journal of a new session; ``holding`` as the journal says.

    Raises:
        StorageError: The disk refused, or there is one already.
    """
    return Journal(folder.journal_path, holding=holding)


def _last_line(path: Path) -> bytes:
    """The last whole line of a journal; empty where there is none."""
    try:
        *_before, last, _rest = [b"", *path.read_bytes().split(b"\n")]
    except OSError:
        return b""
    return last
