"""What a comparison says: one model of the data, which every form of it is made from.

It has no total, no mean and no order by what anyone was rated. A question that somebody was not
asked comes with their names first, because nobody can be compared on what they were not asked.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from copilot.events import AlarmKind, ConsentDecision, Evidence, FindingState, GapCause, GuideRef
from copilot.events.values import Value
from copilot.review.opinions import Opinion

Order = Literal["date", "alias"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Value):
    """How well a candidate was heard, over a session or one answer.

    Attributes:
        lost_s: Seconds of which there is no sound of the candidate.
        causes: Why, each once.
        alarms: What was wrong with the candidate's sound meanwhile, each once.
        alarm_s: Seconds for which something was.
        utterances: How many of the candidate's utterances have text.
        doubtful: How many of them are doubtful.
        discarded_s: Seconds of the candidate's speech-like sound that gave no text.
    """

    lost_s: float
    causes: tuple[GapCause, ...]
    alarms: tuple[AlarmKind, ...]
    alarm_s: float
    utterances: int
    doubtful: int
    discarded_s: float

    @property
    def is_troubled(self) -> bool:
        """Whether what was not heard may have been said all the same."""
        return bool(self.lost_s or self.alarm_s or self.doubtful or self.discarded_s)


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
class Judged(Value):
    """What people judged in one session of a question, a competency or the whole.

    Attributes:
        opinions: Each person's, by name; without those the reader may not see yet.
        withheld: How many others judged it, shown once the reader has.
        after_findings: Whether it was first judged when the machine's findings had been shown.
    """

    opinions: tuple[Opinion, ...]
    withheld: int
    after_findings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPoint(Value):
    """A point under a question in one session.

    Attributes:
        id: The point's id.
        label: Its label in that session.
        state: ``evidenced``, ``not_heard``, ``unclear`` or ``denied``.
        by_human: Whether a human decided.
        evidence: Where it was said; ``[…]`` stands for what was told unasked about a protected
            matter.
        corrected: Whether a reviewer has corrected the text under a quote since.
    """

    id: str
    label: str
    state: FindingState
    by_human: bool
    evidence: tuple[Evidence, ...]
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFlag(Value):
    """A red flag raised under a question in one session.

    Attributes:
        id: The flag's id.
        label: Its label.
        benign_reading: What else it may mean.
        evidence: Where it was said.
    """

    id: str
    label: str
    benign_reading: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProbe(Value):
    """A follow-up that was put to a candidate.

    Attributes:
        text: In which words it was suggested.
        target: Id of the point or flag it was after; None where there was none.
        at_s: When it was taken or heard asked, in seconds of session time.
        heard: Whether it was heard asked, and not only taken by key.
    """

    text: str
    target: str | None
    at_s: float
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Value):
    """A question in one session.

    Attributes:
        session_id: The session's id.
        planned: Whether it was in the plan.
        asked: Whether it was asked.
        minutes_planned: Minutes planned; None where it was not.
        seconds: Session seconds spent on it.
        judged: What humans judged.
        hidden: Whether the machine's findings are hidden because nobody has judged it yet, or
            others have and the reader has not.
        points: The points listened for; empty where hidden.
        flags: The flags raised; empty where hidden.
        probes: The follow-ups put to the candidate.
        heard: How well the answer was heard.
    """

    session_id: str
    planned: bool
    asked: bool
    minutes_planned: float | None
    seconds: float
    judged: Judged
    hidden: bool
    points: tuple[ComparedPoint, ...]
    flags: tuple[ComparedFlag, ...]
    probes: tuple[AskedProbe, ...]
    heard: Heard


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
