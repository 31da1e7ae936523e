"""Opening a session on a thread of its own, so that the screen stands at once."""

from dataclasses import dataclass

from textual.message import Message

from copilot.errors import CopilotError, InputError, StorageError
from copilot.review.reviewing import Review
from copilot.settings import load_settings
from copilot.store import SessionFolder
from copilot.tui.review.entries import Remark, entries_of, said_now
from copilot.tui.transcript.entry import Entry


@dataclass(frozen=True, slots=True)
class Opened:
    """A session ready to be shown.

    Attributes:
        review: The sitting.
        entries: The transcript.
        remark: What is to be said of an utterance.
        all_shown: Whether the settings hide no findings.
    """

    review: Review
    entries: list[Entry]
    remark: Remark
    all_shown: bool


class SessionOpened(Message):
    """The session is open."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        super().__init__()


class SessionNotOpened(Message):
    """The session cannot be opened."""

    def __init__(self, error: CopilotError) -> None:
        self.error = error
        super().__init__()


def open_session(folder: SessionFolder) -> Opened:
    """Read a session and take hold of it.

    Raises:
        SessionError: It is running, being reviewed by another program, or holds nothing.
        GuideError: A pack of the user's own is broken.
    """
    # Not before the screen stands: it reads the packs.
    from copilot.coach.unsolicited import load_unsolicited  # noqa: PLC0415

    remark = load_unsolicited().mark
    review = Review(folder)
    try:
        return _prepared(review, remark)
    except BaseException:
        review.close()
        raise


def _prepared(review: Review, remark: Remark) -> Opened:
    all_shown = not _hides()
    if all_shown and review.read_only is None:
        try:
            review.lift_blinding(None, "setting")
        except StorageError as error:
            review.read_only = error
    reviewed = review.reviewed
    said = [said_now(reviewed, uid, remark) for uid in reviewed.interview.utterances]
    return Opened(review, entries_of(reviewed, review.events, said), remark, all_shown)


def _hides() -> bool:
    """Whether findings are hidden until they are rated, as they are unless the user says not."""
    try:
        return load_settings().blind != "off"
    except InputError:
        return True  # the app says what is wrong with the settings
