"""What a review needs of a session's folder: to be alone, and to read what can still be read."""

import contextlib
from collections.abc import Iterator

import filelock

from copilot.errors import CopilotError, SessionError, StorageError
from copilot.i18n import _
from copilot.store.journal import JournalReading, head_after, read_journal_so_far
from copilot.store.session_folder import SessionFolder

_LOCK = ".review.lock"


@contextlib.contextmanager
def held_for_review(folder: SessionFolder) -> Iterator[None]:
    """Hold the folder for the time of a review, which only one program does at a time.

    Raises:
        SessionError: Another program reviews it.
        StorageError: The folder cannot be written.
    """
    lock = filelock.FileLock(folder.path / _LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise SessionError(
            _("session {folder} is being reviewed by another program.", folder=folder.id),
            _("Close the review there first."),
        ) from error
    except OSError as error:
        raise StorageError.from_os_error(error, folder.path) from error
    try:
        yield
    finally:
        lock.release()


def read_so_far(folder: SessionFolder) -> tuple[JournalReading, tuple[CopilotError, ...]]:
    """A session's journal as far as it is whole, and what is wrong with the rest of it.

    Raises:
        SessionError: The session is running, or there is no journal.
    """
    problems: list[CopilotError] = []
    ended = None
    try:
        ended = folder.record().ended
    except SessionError as error:
        problems.append(error)
    else:
        if folder.state() == "running":
            raise SessionError(
                _("session {folder} is running.", folder=folder.id),
                _("End it first, then review it."),
            )
    reading, broken = read_journal_so_far(folder.journal_path)
    if broken is not None:
        problems.append(broken)
    elif ended is not None and (
        (len(reading.events), reading.head) != (ended.events, ended.journal_head)
    ):
        problems.append(
            SessionError(
                _(
                    "{journal_path}: {events} events, but the session ended with {events_2}.",
                    journal_path=folder.journal_path,
                    events=len(reading.events),
                    events_2=ended.events,
                ),
                _("The journal was changed after the session; restore it from a backup."),
            )
        )
    return reading, tuple(problems)


def belongs_to(folder: SessionFolder, events: int, head: str) -> bool:
    """Whether the session's journal still has the line of that number with that hash.

    Raises:
        SessionError: There is no journal.
    """
    return head_after(folder.journal_path, events) == head
