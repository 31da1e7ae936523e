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
    GuideRef,
    ModelRef,
    PlannedPoint,
    PlannedQuestion,
)
from copilot.events.values import Value
from copilot.interview import Interview
from copilot.review.reviewed import Reviewed
from copilot.review.summary_parts import (
    CorrectionSummary,
    FlagSummary,
    GapSummary,
    NoteSummary,
    PointSummary,
    QuestionSummary,
    SittingSummary,
    SpanSummary,
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
        corrections: What reviewers corrected in the text, in the order of the interview.
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
    corrections: tuple[CorrectionSummary, ...] = ()
    reviews: tuple[SittingSummary, ...] = ()


_adapter: TypeAdapter[Summary] = TypeAdapter(Summary)


def summary_to_json(summary: Summary, *, indent: int | None = None) -> bytes:
    """The summary as UTF-8 JSON, on one line unless ``indent`` is given."""
    return _adapter.dump_json(summary, indent=indent)


def summary_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the summary."""
    return _adapter.json_schema(mode="serialization")


def summarise(session: Interview | Reviewed, unsolicited: Unsolicited | None = None) -> Summary:
    """What a session has come to, with what its reviewers changed.

    Args:
        session: The interview, or with its reviews.
        unsolicited: Finds what is left out of quotes; by default by all packs there are.

    Raises:
        ValueError: It has not even started.
        GuideError: A pack of the user's own is broken.
    """
    state = session if isinstance(session, Reviewed) else Reviewed(session)
    interview = state.interview
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
        questions=tuple(_question(state, planned, hidden) for planned in started.plan),
        flags=_flags(state, hidden),
        suggestions=_suggestions(interview),
        notes=_notes(interview),
        gaps=_gaps(interview),
        resumed=len(interview.capture.resumed),
        talk=_talk(interview),
        utterances=len(utterances),
        uncertain_utterances=sum(utterance.uncertain for utterance in utterances),
        discarded_speech_s=round(sum(d.end_s - d.start_s for d in interview.discarded), 3),
        findings_refused=interview.findings_refused,
        corrections=_corrections(state),
        reviews=tuple(SittingSummary(by=s.by, opened_at=s.opened_at) for s in state.sittings),
    )


def _question(state: Reviewed, planned: PlannedQuestion, hidden: Unsolicited) -> QuestionSummary:
    interview = state.interview
    spans = [span for span in interview.spans() if span.question == planned.id]
    return QuestionSummary(
        id=planned.id,
        label=planned.label,
        text=planned.text,
        asked=interview.was_asked(planned.id),
        minutes_planned=planned.minutes,
        seconds=round(interview.seconds_on(planned.id), 3),
        spans=tuple(SpanSummary(start_s=span.start_s, end_s=span.end_s) for span in spans),
        points=tuple(_point(state, planned.id, point, hidden) for point in planned.points),
        rating=interview.rating_of(planned.id),
        rated_in_review=state.was_rated_in_review(planned.id),
        rated_after_findings=planned.id in state.rated_after_findings,
    )


def _point(
    state: Reviewed, question: str, point: PlannedPoint, hidden: Unsolicited
) -> PointSummary:
    interview = state.interview
    finding = interview.findings.get((question, FindingKind.POINT, point.id))
    return PointSummary(
        id=point.id,
        label=point.label,
        state=interview.state_of(question, FindingKind.POINT, point.id),
        confidence=None if finding is None else finding.confidence,
        by=Actor.MACHINE if finding is None else finding.by,
        evidence=() if finding is None else _evidence(interview, finding, hidden),
        corrected=() if finding is None else _corrected(state, finding),
    )


def _corrected(state: Reviewed, finding: FindingMade) -> tuple[str, ...]:
    return tuple(uid for item in finding.evidence for uid in state.corrected_in(item))


def _corrections(state: Reviewed) -> tuple[CorrectionSummary, ...]:
    said = [state.interview.utterances[uid] for uid in state.corrections]
    return tuple(
        CorrectionSummary(
            utterance_id=utterance.id,
            channel=utterance.channel,
            start_s=utterance.start_s,
            heard=utterance.text,
            text=state.text_of(utterance.id),
        )
        for utterance in sorted(said, key=lambda utterance: utterance.start_s)
    )


def _evidence(
    interview: Interview, finding: FindingMade, hidden: Unsolicited
) -> tuple[Evidence, ...]:
    return tuple(
        dataclasses.replace(item, quote=hidden.quote(item, interview.utterances))
        for item in finding.evidence
    )


def _flags(state: Reviewed, hidden: Unsolicited) -> tuple[FlagSummary, ...]:
    interview = state.interview
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
            corrected=_corrected(state, finding),
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
