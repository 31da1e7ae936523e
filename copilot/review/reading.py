"""Reading a stored session together with what its reviewers changed."""

from dataclasses import dataclass
from pathlib import Path

from copilot.errors import CopilotError, EventError, SessionError
from copilot.events import Event, ReviewOpened
from copilot.i18n import _
from copilot.interview import Interview, replay
from copilot.review.reviewed import Reviewed
from copilot.store import JournalReading, SessionFolder, read_journal
from copilot.store.journal import read_journal_so_far
from copilot.store.review_files import belongs_to, read_so_far


@dataclass(frozen=True, slots=True)
class ReadSession:
    """What could be read of a session.

    Attributes:
        reviewed: The session as it stands.
        journal: The session's own journal, as far as it is whole.
        problems: What is wrong with the files, the session's own first.
        unfit: Why its review cannot be gone on with; None where it can.
    """

    reviewed: Reviewed
    journal: JournalReading
    problems: tuple[CopilotError, ...]
    unfit: CopilotError | None


def read_reviewed(folder: SessionFolder) -> Reviewed:
    """A session with what reviewers changed, for reports.

    Raises:
        SessionError: Nothing is stored, a journal is broken, or the review is not this session's.
        EventError: An event breaks a rule.
    """
    events = folder.read_journal().events
    if not events:
        raise _nothing(folder)
    state = Reviewed(replay(events))
    if folder.review_path.exists():
        for event in read_journal(folder.review_path).events:
            _take_in(folder, state, event)
    return state


def read_what_there_is(folder: SessionFolder) -> ReadSession:
    """A session as far as it can be read, however it ended and whatever is damaged.

    Raises:
        SessionError: It is running, or holds nothing at all.
    """
    journal, problems = read_so_far(folder)
    interview, refused = _replayed(folder, journal)
    state = Reviewed(interview)
    unfit = _take_in_reviews(folder, state)
    told = [*problems, *(error for error in (refused, unfit) if error is not None)]
    return ReadSession(state, journal, tuple(told), unfit)


def _replayed(
    folder: SessionFolder, journal: JournalReading
) -> tuple[Interview, CopilotError | None]:
    interview = Interview()
    refused: CopilotError | None = None
    for event in journal.events:
        try:
            interview.apply(event)
        except EventError as error:
            refused = SessionError(
                f"{folder.journal_path}:{event.seq}: {error.message}",
                _("What came before it is shown. Restore the journal from a backup."),
            )
            break
    if interview.started is None:
        raise _nothing(folder)
    return interview, refused


def _nothing(folder: SessionFolder) -> SessionError:
    return SessionError(
        _("session {session} holds no event yet.", session=folder.id),
        _("It was stopped before anything happened."),
    )


def _take_in_reviews(folder: SessionFolder, state: Reviewed) -> CopilotError | None:
    """Apply what can be read of earlier reviews; why no more can be added, if so."""
    if not folder.review_path.exists():
        return None
    try:
        journal, broken = read_journal_so_far(folder.review_path)
        for event in journal.events:
            _take_in(folder, state, event)
    except CopilotError as error:
        return error
    return broken


def _take_in(folder: SessionFolder, state: Reviewed, event: Event) -> None:
    path = folder.review_path
    if isinstance(event, ReviewOpened) and not belongs_to(
        folder, event.journal_events, event.journal_head
    ):
        raise SessionError(
            _(
                "{place}: this review was made with another journal: line {line} of {journal} is"
                " not the one it had then.",
                place=f"{path}:{event.seq}",
                line=event.journal_events,
                journal=folder.journal_path.name,
            ),
            _begin_anew(path),
        )
    try:
        state.apply(event)
    except EventError as error:
        raise SessionError(
            f"{path}:{event.seq}: {error.message}",
            _begin_anew(path),
        ) from error


def _begin_anew(path: Path) -> str:
    return _(
        "Restore what it belongs to from a backup, or move {file} away to begin a new review.",
        file=path.name,
    )
