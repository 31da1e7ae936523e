"""What of a session stands in the index, whoever reads it from the files."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from copilot.store.session_folder import SessionFolder


class Speaker(enum.StrEnum):
    """Whose words a line is."""

    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    NOTE = "note"  # written during the interview or in a review


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance or note.

    Attributes:
        id: The utterance's or note's id.
        speaker: Whose words it is.
        at_s: Session time at which it begins, in seconds.
        question: The planned question it falls under, or None.
        text: What it says, as it stands.
    """

    id: str
    speaker: Speaker
    at_s: float
    question: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """A question, flag or point that a session is found by.

    Attributes:
        kind: ``question`` for one that was planned, ``flag`` for one that stands as raised,
            ``point`` for one that stands as evidenced.
        id: Its id in the guide.
        label: A few words for it.
    """

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class About:
    """What a journal says of its session, for those whose ``session.json`` is broken."""

    role: str
    title: str
    language: str
    source: str
    started_at: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a session is found by.

    Attributes:
        about: What it is; None where nothing has happened in it.
        lines: What was said and noted, by time.
        known: Its questions, raised flags and evidenced points.
        is_whole: Whether everything could be read; False where a file is damaged or missing.
    """

    about: About | None
    lines: tuple[Line, ...]
    known: tuple[Known, ...]
    is_whole: bool


#: Reads a session's content, as far as it can be read; never raises for what is damaged.
Reader = Callable[[SessionFolder], Content]


def unreadable() -> Content:
    """The content of a session of which nothing can be read."""
    return Content(None, (), (), is_whole=False)
