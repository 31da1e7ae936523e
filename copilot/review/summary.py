"""The summary of a session: one model of the data, which every report is made from.

It states what was heard and what became of it. It has no score, no rank and no verdict. What the
candidate told unasked about protected matters is left out of its quotes; what the interviewer was
warned of in private is not in it, because a report may be handed on.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from copilot.events import ConsentDecision, GuideRef, ModelRef
from copilot.events.values import Value
from copilot.review.summary_parts import (
    AlarmSummary,
    CompetencySummary,
    CorrectionSummary,
    FlagSummary,
    GapSummary,
    MarkSummary,
    NoteSummary,
    QuestionSummary,
    RecommendationSummary,
    SittingSummary,
    SuggestionSummary,
    TalkSummary,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Value):
    """A whole session at its end; the last line that ``replay --json`` prints.

    Attributes:
        session_id: The session's id.
        started_at: Wall-clock start, ISO 8601.
        duration_s: Length in seconds.
        ended: ``finished``, ``user``, ``failed``, or ``interrupted`` where it never ended.
        language: Language of the interview.
        guide: The guide in use.
        source: Where the sound came from.
        consent: What was decided about recording; None where it never came to that.
        models: The models in use.
        text_goes_to: Hosts that text or audio was sent to.
        app_version: Version that recorded it.
        questions: The plan, in order.
        competencies: What the human rates over the whole interview, in the guide's order.
        recommendation: What the human recommends on the whole; None where they said nothing.
        flags: The red flags raised, in the order in which they were.
        suggestions: Every suggestion, in the order in which they were offered.
        notes: What the interviewer wrote down, in order.
        marks: The moments they marked, in order.
        gaps: What was not heard, in the order in which it ended.
        resumed: How often the session was interrupted and gone on with.
        alarms: What was wrong with the sound of a side, for a while.
        talk: Who spoke how long.
        utterances: How many utterances have text.
        uncertain_utterances: How many of them are doubtful.
        discarded_speech_s: Seconds of speech-like sound that gave no text.
        findings_refused: Findings dropped because their quote did not stand in the transcript.
        corrections: What reviewers corrected in text and speakers, in the order of the interview.
        reviews: Who reviewed it and when; those who changed nothing are not in it.
    """

    type: Literal["summary"] = "summary"
    session_id: str
    started_at: str
    duration_s: float
    ended: Literal["finished", "user", "failed", "interrupted"]
    language: str
    guide: GuideRef
    source: str
    consent: ConsentDecision | None
    models: tuple[ModelRef, ...]
    text_goes_to: tuple[str, ...]
    app_version: str
    questions: tuple[QuestionSummary, ...]
    competencies: tuple[CompetencySummary, ...]
    recommendation: RecommendationSummary | None
    flags: tuple[FlagSummary, ...]
    suggestions: tuple[SuggestionSummary, ...]
    notes: tuple[NoteSummary, ...]
    marks: tuple[MarkSummary, ...]
    gaps: tuple[GapSummary, ...]
    resumed: int
    alarms: tuple[AlarmSummary, ...]
    talk: TalkSummary
    utterances: int
    uncertain_utterances: int
    discarded_speech_s: float
    findings_refused: int
    corrections: tuple[CorrectionSummary, ...] = ()
    reviews: tuple[SittingSummary, ...] = ()


_adapter: TypeAdapter[Summary] = TypeAdapter(Summary)


def summary_to_json(summary: Summary, *, indent: int | None = None) -> bytes:
    """The summary as UTF-8 JSON, on one line unless ``indent`` is given."""
    return _adapter.dump_json(summary, indent=indent)


def summary_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the summary."""
    return _adapter.json_schema(mode="serialization")
