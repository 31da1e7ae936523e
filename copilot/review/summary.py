"""The summary of a session: one model of the data, which every report is made from.

It states what was heard and what became of it. It has no score, no rank and no verdict. What the
candidate told unasked about protected matters is left out of its quotes; what the interviewer was
warned of in private is not in it, because a report may be handed on.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.events import (
    Actor,
    Channel,
    ConsentDecision,
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
    GapCause,
    GuideRef,
    ModelRef,
    PlannedPoint,
    PlannedQuestion,
    SuggestionFate,
    SuggestionKind,
)
from copilot.events.values import Value
from copilot.interview import Interview


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSummary(Value):
    """A point of a question at the end.

    Attributes:
        id: The point's id.
        label: Its label.
        state: ``evidenced``, ``not_heard``, ``unclear`` or ``denied``.
        confidence: How sure the matcher was, 0 to 1; None where it never decided.
        by: Who decided.
        evidence: Where it was said: utterance ids, quote, start and end; ``[…]`` stands in the
            quote for what was told unasked about a protected matter.
    """

    id: str
    label: str
    state: FindingState
    confidence: float | None
    by: Actor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSummary(Value):
    """A stretch of session time, in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSummary(Value):
    """A planned question at the end.

    Attributes:
        id: The question's id.
        label: A few words for it.
        text: How the guide asks it.
        asked: Whether it was asked; its points may have been made under another question.
        minutes_planned: Minutes planned.
        seconds: Session seconds spent on it.
        spans: When it was the current question.
        points: Its points.
        rating: The interviewer's own rating, 1 to 4; None where there is none.
    """

    id: str
    label: str
    text: str
    asked: bool
    minutes_planned: float
    seconds: float
    spans: tuple[SpanSummary, ...]
    points: tuple[PointSummary, ...]
    rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSummary(Value):
    """A red flag that was raised.

    Attributes:
        id: The flag's id.
        label: Its label.
        benign_reading: What else it may mean.
        question: The question under which it was raised.
        confidence: How sure the matcher was, 0 to 1.
        by: Who decided.
        evidence: Where it was said, as with points.
    """

    id: str
    label: str
    benign_reading: str
    question: str
    confidence: float
    by: Actor
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionSummary(Value):
    """A suggestion and its fate.

    Attributes:
        id: The suggestion's id.
        kind: What it was after.
        text: The question suggested.
        reason: Why it was offered.
        question: The planned question it belongs to.
        target: The point or flag it was after.
        offered_at_s: Session time at which it appeared.
        fate: What became of it; None only while the session runs.
        closed_at_s: Session time at which it went away.
    """

    id: str
    kind: SuggestionKind
    text: str
    reason: str
    question: str
    target: str | None
    offered_at_s: float
    fate: SuggestionFate | None
    closed_at_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSummary(Value):
    """Who spoke how long.

    Attributes:
        interviewer_s: Seconds of recognised speech of the interviewer.
        candidate_s: The same of the candidate.
        candidate_share: The candidate's part of both, 0 to 1; None where nobody spoke.
    """

    interviewer_s: float
    candidate_s: float
    candidate_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSummary(Value):
    """A note of the interviewer's.

    Attributes:
        id: The note's id.
        moment_s: Session time it is about, in seconds.
        text: What they wrote.
        question: The question that was current, or None.
    """

    id: str
    moment_s: float
    text: str
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapSummary(Value):
    """A stretch of session time of which there is no sound.

    Attributes:
        channel: The channel that misses it, or None for both.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which it ends, in seconds.
        cause: Why.
    """

    channel: Channel | None
    start_s: float
    end_s: float
    cause: GapCause


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
        flags: The red flags raised, in the order in which they were.
        suggestions: Every suggestion, in the order in which they were offered.
        notes: What the interviewer wrote down, in order.
        gaps: What was not heard, in the order in which it ended.
        resumed: How often the session was interrupted and gone on with.
        talk: Who spoke how long.
        utterances: How many utterances have text.
        uncertain_utterances: How many of them are doubtful.
        discarded_speech_s: Seconds of speech-like sound that gave no text.
        findings_refused: Findings dropped because their quote did not stand in the transcript.
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
    flags: tuple[FlagSummary, ...]
    suggestions: tuple[SuggestionSummary, ...]
    notes: tuple[NoteSummary, ...]
    gaps: tuple[GapSummary, ...]
    resumed: int
    talk: TalkSummary
    utterances: int
    uncertain_utterances: int
    discarded_speech_s: float
    findings_refused: int


_adapter: TypeAdapter[Summary] = TypeAdapter(Summary)


def summary_to_json(summary: Summary, *, indent: int | None = None) -> bytes:
    """The summary as UTF-8 JSON, on one line unless ``indent`` is given."""
    return _adapter.dump_json(summary, indent=indent)


def summary_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the summary."""
    return _adapter.json_schema(mode="serialization")


def summarise(interview: Interview, unsolicited: Unsolicited | None = None) -> Summary:
    """What ``interview`` has come to.

    Args:
        interview: The interview.
        unsolicited: Finds what is left out of quotes; by default by all packs there are.

    Raises:
        ValueError: It has not even started.
        GuideError: A pack of the user's own is broken.
    """
    started = interview.started
    if started is None:
        raise ValueError("an interview that has not started has no summary")
    utterances = interview.utterances.values()
    hidden = unsolicited or load_unsolicited()
    return Summary(
        session_id=started.session_id,
        started_at=started.started_at,
        duration_s=interview.now_s,
        ended="interrupted" if interview.ended is None else interview.ended.reason,
        language=started.language,
        guide=started.guide,
        source=started.source,
        consent=None if interview.consent is None else interview.consent.decision,
        models=started.models,
        text_goes_to=started.text_goes_to,
        app_version=started.app_version,
        questions=tuple(_question(interview, planned, hidden) for planned in started.plan),
        flags=_flags(interview, hidden),
        suggestions=_suggestions(interview),
        notes=_notes(interview),
        gaps=_gaps(interview),
        resumed=len(interview.capture.resumed),
        talk=_talk(interview),
        utterances=len(utterances),
        uncertain_utterances=sum(utterance.uncertain for utterance in utterances),
        discarded_speech_s=round(sum(d.end_s - d.start_s for d in interview.discarded), 3),
        findings_refused=interview.findings_refused,
    )


def _question(
    interview: Interview, planned: PlannedQuestion, hidden: Unsolicited
) -> QuestionSummary:
    spans = [span for span in interview.spans() if span.question == planned.id]
    return QuestionSummary(
        id=planned.id,
        label=planned.label,
        text=planned.text,
        asked=interview.was_asked(planned.id),
        minutes_planned=planned.minutes,
        seconds=round(interview.seconds_on(planned.id), 3),
        spans=tuple(SpanSummary(start_s=span.start_s, end_s=span.end_s) for span in spans),
        points=tuple(_point(interview, planned.id, point, hidden) for point in planned.points),
        rating=interview.rating_of(planned.id),
    )


def _point(
    interview: Interview, question: str, point: PlannedPoint, hidden: Unsolicited
) -> PointSummary:
    finding = interview.findings.get((question, FindingKind.POINT, point.id))
    return PointSummary(
        id=point.id,
        label=point.label,
        state=interview.state_of(question, FindingKind.POINT, point.id),
        confidence=None if finding is None else finding.confidence,
        by=Actor.MACHINE if finding is None else finding.by,
        evidence=() if finding is None else _evidence(interview, finding, hidden),
    )


def _evidence(
    interview: Interview, finding: FindingMade, hidden: Unsolicited
) -> tuple[Evidence, ...]:
    return tuple(
        dataclasses.replace(item, quote=hidden.quote(item, interview.utterances))
        for item in finding.evidence
    )


def _flags(interview: Interview, hidden: Unsolicited) -> tuple[FlagSummary, ...]:
    known = {flag.id: flag for flag in interview.started.flags} if interview.started else {}
    return tuple(
        FlagSummary(
            id=finding.id,
            label=known[finding.id].label,
            benign_reading=known[finding.id].benign_reading,
            question=finding.question,
            confidence=finding.confidence,
            by=finding.by,
            evidence=_evidence(interview, finding, hidden),
        )
        for finding in interview.raised_flags()
    )


def _suggestions(interview: Interview) -> tuple[SuggestionSummary, ...]:
    return tuple(
        SuggestionSummary(
            id=record.suggestion.id,
            kind=record.suggestion.kind,
            text=record.suggestion.text,
            reason=record.suggestion.reason,
            question=record.suggestion.question,
            target=record.suggestion.target,
            offered_at_s=record.offered_at_s,
            fate=record.fate,
            closed_at_s=record.closed_at_s,
        )
        for record in interview.suggestions.values()
    )


def _notes(interview: Interview) -> tuple[NoteSummary, ...]:
    return tuple(
        NoteSummary(id=note.id, moment_s=note.moment_s, text=note.text, question=note.question)
        for note in interview.notes
    )


def _gaps(interview: Interview) -> tuple[GapSummary, ...]:
    return tuple(
        GapSummary(channel=gap.channel, start_s=gap.start_s, end_s=gap.end_s, cause=gap.cause)
        for gap in interview.capture.gaps
    )


def _talk(interview: Interview) -> TalkSummary:
    interviewer_s = interview.talk_seconds(Channel.INTERVIEWER)
    candidate_s = interview.talk_seconds(Channel.CANDIDATE)
    both_s = interviewer_s + candidate_s
    return TalkSummary(
        interviewer_s=round(interviewer_s, 3),
        candidate_s=round(candidate_s, 3),
        candidate_share=round(candidate_s / both_s, 3) if both_s else None,
    )
