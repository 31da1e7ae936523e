"""What humans write, mark, rate and decide, during an interview or in a review of it."""

from dataclasses import dataclass
from typing import Literal

from copilot.events.values import EventBase, FindingKind, Recommendation, Unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaken(EventBase):
    """The interviewer wrote a line, tied to this moment.

    Attributes:
        id: ``n1``, ``n2``, … in the order in which they were taken.
        text: What they wrote; never empty.
        moment_s: Session time it is about: when they began to write it, in seconds.
        question: The question that was current, or None.
    """

    type: Literal["note_taken"] = "note_taken"
    id: str
    text: str
    moment_s: float
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentMarked(EventBase):
    """The interviewer marked this moment, to come back to it later.

    Attributes:
        id: ``k1``, ``k2``, … in the order in which they were marked.
        moment_s: The session time that was marked, in seconds.
        question: The question that was current, or None.
    """

    type: Literal["moment_marked"] = "moment_marked"
    id: str
    moment_s: float
    question: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReleased(EventBase):
    """The interviewer took their word on a point or flag back; what the machine finds counts again.

    Attributes:
        question: The planned question.
        kind: Point or flag.
        id: The point's or flag's id.
    """

    type: Literal["finding_released"] = "finding_released"
    question: str
    kind: FindingKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRated(EventBase):
    """The interviewer rated an answer; a later rating stands instead of an earlier one.

    Attributes:
        question: The planned question.
        rating: 1 to 4, as the guide's anchors describe; None where there is none.
        unrated: Why there is none; None takes an earlier judgement back.
        reason: Why, in the human's words; may be empty.
    """

    type: Literal["question_rated"] = "question_rated"
    question: str
    rating: int | None
    unrated: Unrated | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyRated(EventBase):
    """A human rated a competency over the whole interview; a later rating stands instead.

    Attributes:
        competency: One that the session knows.
        rating: 1 to 4, as the guide's anchors describe; None where there is none.
        unrated: Why there is none; None takes an earlier judgement back.
        reason: Why, in the human's words; may be empty.
    """

    type: Literal["competency_rated"] = "competency_rated"
    competency: str
    rating: int | None
    unrated: Unrated | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended(EventBase):
    """What a human recommends on the whole; the machine never does, nor proposes it.

    Attributes:
        recommendation: A later one stands instead; None takes an earlier one back.
        reason: Why, in the human's words; may be empty.
    """

    type: Literal["recommended"] = "recommended"
    recommendation: Recommendation | None
    reason: str = ""
