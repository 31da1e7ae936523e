"""What a comparison says: one model of the data, which every form of it is made from.

It has no total, no mean and no order by what anyone was rated. A question that somebody was not
asked comes with their names first, because nobody can be compared on what they were not asked.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from copilot.events import ConsentDecision, GuideRef
from copilot.events.values import Value
from copilot.review.comparing.cells import Cell, Heard, Judged

Order = Literal["date", "alias"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Value):
    """A session in the comparison.

    Attributes:
        name: What its column is headed: the alias, or date and id; no two are the same.
        session_id: The session's id.
        alias: What the candidate is called; None where nobody said.
        started_at: Wall-clock start, ISO 8601.
        duration_s: Length in seconds.
        ended: ``finished``, ``user``, ``failed``, or ``interrupted``.
        language: Language of the interview.
        guide: The guide it was held with.
        consent: What was decided about recording; None where it never came to that.
        heard: How well the candidate was heard.
        candidate_s: Seconds that the candidate spoke.
        interviewer_s: Seconds that the interviewer spoke.
        people: Who judged anything in it.
    """

    name: str
    session_id: str
    alias: str | None
    started_at: str
    duration_s: float
    ended: Literal["finished", "user", "failed", "interrupted"]
    language: str
    guide: GuideRef
    consent: ConsentDecision | None
    heard: Heard
    candidate_s: float
    interviewer_s: float
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedPoint(Value):
    """A point or flag that somebody was asked further about.

    Attributes:
        id: Its id.
        label: Its label.
        asked: Ids of the sessions in which a follow-up was after it.
        not_asked: Ids of those in which the question was asked, but no such follow-up.
    """

    id: str
    label: str
    asked: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedQuestion(Value):
    """A question over all sessions.

    Attributes:
        id: The question's id.
        label: A few words for it.
        text: How it is asked.
        texts_differ: Whether sessions of one language ask it in other words.
        points_differ: Whether not all of the sessions listened for the same points.
        not_asked: Ids of the sessions in which it was not asked.
        probed: What somebody was asked further about.
        cells: One a session, in the order of the columns.
    """

    id: str
    label: str
    text: str
    texts_differ: bool
    points_differ: bool
    not_asked: tuple[str, ...]
    probed: tuple[ProbedPoint, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyCell(Value):
    """A competency in one session.

    Attributes:
        session_id: The session's id.
        known: Whether the session knew it.
        judged: What humans judged.
        asked: Ids of the questions that shed light on it and were asked.
        not_asked: Ids of those that were planned and not asked.
    """

    session_id: str
    known: bool
    judged: Judged
    asked: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCompetency(Value):
    """A competency over all sessions; ``cells`` stand in the order of the columns."""

    id: str
    label: str
    cells: tuple[CompetencyCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Value):
    """Sessions that share something others do not.

    Attributes:
        value: What they share: a hash or a language.
        sessions: Their ids.
    """

    value: str
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Value):
    """A session that is not compared, and why."""

    session_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Value):
    """Sessions for one role side by side.

    Attributes:
        format: Version of this form.
        language: The comparison's language, ``en`` or ``fr``.
        role: The guide's id.
        title: The role's name.
        order: What the columns are in the order of.
        columns: The sessions; those of one alias stand beside each other.
        guides: Which sessions share a version of the guide; one where all do.
        languages: Which share a language; one where all do.
        questions: Every question of any plan.
        competencies: Every competency that any session knows.
        recommendations: What humans recommend, one a session, in the order of the columns.
        left_out: What could not be compared.
    """

    type: Literal["comparison"] = "comparison"
    format: Literal[1] = 1
    language: str
    role: str
    title: str
    order: Order
    columns: tuple[Column, ...]
    guides: tuple[Together, ...]
    languages: tuple[Together, ...]
    questions: tuple[ComparedQuestion, ...]
    competencies: tuple[ComparedCompetency, ...]
    recommendations: tuple[Judged, ...]
    left_out: tuple[LeftOut, ...]

    def name_of(self, session_id: str) -> str:
        """What a session's column is headed."""
        return next(c.name for c in self.columns if c.session_id == session_id)


_adapter: TypeAdapter[Comparison] = TypeAdapter(Comparison)


def comparison_to_json(comparison: Comparison) -> bytes:
    """The comparison as indented UTF-8 JSON with a newline at its end."""
    return _adapter.dump_json(comparison, indent=2) + b"\n"


def comparison_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a comparison."""
    return _adapter.json_schema(mode="serialization")
