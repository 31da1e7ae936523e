"""Making the summary of a session from what happened in it and what its reviewers changed."""

from collections.abc import Sequence

from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.events import (
    Actor,
    CompetencyRated,
    FindingKind,
    FindingMade,
    FindingState,
    KnownCompetency,
    PlannedPoint,
    PlannedQuestion,
    QuestionRated,
)
from copilot.interview import Interview
from copilot.review.leaving_out import evidence_without, heard_without
from copilot.review.reviewed import Reviewed
from copilot.review.summary import Summary
from copilot.review.summary_parts import (
    AlarmSummary,
    CompetencySummary,
    CorrectionSummary,
    FlagSummary,
    GapSummary,
    JudgementSummary,
    MarkSummary,
    NoteSummary,
    PointSummary,
    QuestionSummary,
    RecommendationSummary,
    SittingSummary,
    SpanSummary,
    SuggestionSummary,
)
from copilot.review.talk import talk_of


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
        competencies=tuple(_competency(state, known) for known in interview.competencies),
        recommendation=_recommendation(state),
        flags=_flags(state, hidden),
        suggestions=_suggestions(interview),
        notes=_notes(interview),
        marks=_marks(interview),
        gaps=_gaps(interview),
        resumed=len(interview.capture.resumed),
        alarms=_alarms(interview),
        talk=talk_of(state),
        utterances=len(utterances),
        uncertain_utterances=sum(utterance.uncertain for utterance in utterances),
        discarded_speech_s=round(sum(d.end_s - d.start_s for d in interview.discarded), 3),
        findings_refused=interview.findings_refused,
        corrections=_corrections(state, hidden),
        reviews=tuple(SittingSummary(by=s.by, opened_at=s.opened_at) for s in state.sittings),
    )


def _question(state: Reviewed, planned: PlannedQuestion, hidden: Unsolicited) -> QuestionSummary:
    interview = state.interview
    spans = [span for span in interview.spans() if span.question == planned.id]
    judged = interview.judgement_of(planned.id)
    return QuestionSummary(
        id=planned.id,
        label=planned.label,
        text=planned.text,
        asked=interview.was_asked(planned.id),
        minutes_planned=planned.minutes,
        seconds=round(interview.seconds_on(planned.id), 3),
        spans=tuple(SpanSummary(start_s=span.start_s, end_s=span.end_s) for span in spans),
        points=tuple(_point(state, planned.id, point, hidden) for point in planned.points),
        competencies=planned.competencies,
        rating=None if judged is None else judged.rating,
        unrated=None if judged is None else judged.unrated,
        reason="" if judged is None else judged.reason,
        earlier=_earlier(state, interview.ratings.get(planned.id, ())),
        rated_in_review=judged is not None and state.was_made_in_review(judged),
        rated_after_findings=planned.id in state.rated_after_findings,
    )


def _earlier(
    state: Reviewed, given: Sequence[QuestionRated] | Sequence[CompetencyRated]
) -> tuple[JudgementSummary, ...]:
    """The judgements before the last, which stands or took them back."""
    return tuple(
        JudgementSummary(
            rating=event.rating,
            unrated=event.unrated,
            reason=event.reason,
            at_s=event.at_s,
            by=state.by_of(event),
        )
        for event in given[:-1]
    )


def _competency(state: Reviewed, known: KnownCompetency) -> CompetencySummary:
    interview = state.interview
    judged = interview.competency_judgement_of(known.id)
    return CompetencySummary(
        id=known.id,
        label=known.label,
        questions=tuple(each.id for each in interview.plan if known.id in each.competencies),
        rating=None if judged is None else judged.rating,
        unrated=None if judged is None else judged.unrated,
        reason="" if judged is None else judged.reason,
        earlier=_earlier(state, interview.competency_ratings.get(known.id, ())),
        rated_after_findings=known.id in state.rated_after_findings,
    )


def _recommendation(state: Reviewed) -> RecommendationSummary | None:
    given = state.interview.recommendation
    if given is None or given.recommendation is None:
        return None
    return RecommendationSummary(
        recommendation=given.recommendation,
        reason=given.reason,
        at_s=given.at_s,
        by=state.by_of(given),
        earlier=len(state.interview.recommendations) - 1,
    )


def _point(
    state: Reviewed, question: str, point: PlannedPoint, hidden: Unsolicited
) -> PointSummary:
    key = (question, FindingKind.POINT, point.id)
    finding = state.finding(key)
    return PointSummary(
        id=point.id,
        label=point.label,
        state=FindingState.NOT_HEARD if finding is None else finding.state,
        confidence=None if finding is None else finding.confidence,
        by=Actor.MACHINE if finding is None else finding.by,
        evidence=() if finding is None else evidence_without(state, finding, hidden),
        corrected=() if finding is None else _corrected(state, finding),
        misattributed=state.is_misattributed(key),
    )


def _corrected(state: Reviewed, finding: FindingMade) -> tuple[str, ...]:
    return tuple(uid for item in finding.evidence for uid in state.corrected_in(item))


def _corrections(state: Reviewed, hidden: Unsolicited) -> tuple[CorrectionSummary, ...]:
    changed = {*state.corrections, *state.speakers}
    said = [state.interview.utterances[uid] for uid in changed]
    return tuple(
        CorrectionSummary(
            utterance_id=utterance.id,
            channel=utterance.channel,
            speaker=state.speaker_of(utterance.id),
            start_s=utterance.start_s,
            heard=heard_without(state, utterance, hidden),
            text=hidden.text(state.utterance(utterance.id)),
        )
        for utterance in sorted(said, key=lambda utterance: (utterance.start_s, utterance.id))
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
            evidence=evidence_without(state, finding, hidden),
            corrected=_corrected(state, finding),
            misattributed=state.is_misattributed((finding.question, finding.kind, finding.id)),
        )
        for finding in state.raised_flags()
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


def _marks(interview: Interview) -> tuple[MarkSummary, ...]:
    return tuple(
        MarkSummary(id=mark.id, moment_s=mark.moment_s, question=mark.question)
        for mark in interview.marks
    )


def _alarms(interview: Interview) -> tuple[AlarmSummary, ...]:
    over = (
        AlarmSummary(channel=past.channel, kind=past.alarm, start_s=past.start_s, end_s=past.end_s)
        for past in interview.capture.past_alarms
    )
    lasting = (
        AlarmSummary(channel=raised.channel, kind=raised.alarm, start_s=raised.at_s, end_s=None)
        for raised in interview.capture.alarms.values()
    )
    return tuple(sorted((*over, *lasting), key=lambda alarm: alarm.start_s))


def _gaps(interview: Interview) -> tuple[GapSummary, ...]:
    return tuple(
        GapSummary(channel=gap.channel, start_s=gap.start_s, end_s=gap.end_s, cause=gap.cause)
        for gap in interview.capture.gaps
    )
