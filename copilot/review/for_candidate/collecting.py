"""Collecting what is held about a candidate from a session and its reviews."""

from collections.abc import Iterator

from copilot.errors import SessionError
from copilot.events import FindingKind, FindingMade
from copilot.i18n import _
from copilot.review.for_candidate.held import (
    Held,
    HeldConsent,
    HeldFinding,
    HeldJudgement,
    HeldRecap,
    HeldRecommendation,
    HeldUtterance,
    Keeping,
)
from copilot.review.reviewed import Reviewed
from copilot.review.summarising import summarise
from copilot.review.summary import Summary
from copilot.review.summary_parts import CompetencySummary, QuestionSummary


def held_about(
    state: Reviewed,
    *,
    keeping: Keeping,
    alias: str | None = None,
    recordings: tuple[str, ...] = (),
    with_notes: bool = True,
) -> Held:
    """What is held.

    The candidate's words stand as they were said: what reports leave out of quotes, because it must
    not count, is theirs to see. What the interviewer alone was warned of about their own
    questions is not about the candidate, and not in it.

    Args:
        state: The session with what its reviewers changed.
        keeping: How long it is kept.
        alias: What the interviewer calls the candidate instead of a name.
        recordings: Names of the recordings held.
        with_notes: Whether notes, ratings and the recommendation are handed out.

    Raises:
        SessionError: The session has not even started.
        GuideError: A pack of the user's own is broken.
    """
    interview = state.interview
    started = interview.started
    if started is None:
        raise SessionError(_("the session holds no event yet."), _("There is nothing to hand out."))
    summary = summarise(state)
    ratings = tuple(_ratings(summary))
    recommended = summary.recommendation
    withheld: list[str] = []
    if not with_notes:
        withheld += ["notes"] if summary.notes else []
        withheld += ["ratings"] if ratings or recommended else []
    return Held(
        session_id=started.session_id,
        role=started.guide.title,
        alias=alias,
        started_at=started.started_at,
        duration_s=interview.now_s,
        language=started.language,
        source=started.source,
        app_version=started.app_version,
        consent=_consent(state),
        keeping=keeping,
        recordings=recordings,
        sound_went_to=started.sound_goes_to,
        text_went_to=_text_went_to(state),
        models=started.models,
        utterances=tuple(_utterances(state)),
        gaps=summary.gaps,
        findings=tuple(_findings(state)),
        suggestions=tuple(each.text for each in summary.suggestions),
        recaps=tuple(_recaps(state)),
        marks=summary.marks,
        notes=summary.notes if with_notes else (),
        ratings=ratings if with_notes else (),
        recommendation=HeldRecommendation(
            recommendation=recommended.recommendation, reason=recommended.reason
        )
        if recommended and with_notes
        else None,
        reviews=summary.reviews,
        withheld=tuple(withheld),  # type: ignore[arg-type]  # two of the two there are
    )


def _consent(state: Reviewed) -> HeldConsent | None:
    said = state.interview.consent
    if said is None:
        return None
    return HeldConsent(decision=said.decision, by=said.by, wording=said.wording)


def _text_went_to(state: Reviewed) -> tuple[str, ...]:
    started = state.interview.started
    hosts = list(started.llm_goes_to) if started else []
    hosts += [recap.goes_to for recap in state.recaps.values() if recap.goes_to]
    return tuple(dict.fromkeys(hosts))


def _utterances(state: Reviewed) -> Iterator[HeldUtterance]:
    for said in sorted(state.interview.utterances.values(), key=lambda each: each.start_s):
        text, speaker = state.text_of(said.id), state.speaker_of(said.id)
        yield HeldUtterance(
            id=said.id,
            speaker=speaker,
            start_s=said.start_s,
            end_s=said.end_s,
            text=text,
            heard=said.text if text != said.text else None,
            heard_as=said.channel if speaker is not said.channel else None,
            uncertain=said.uncertain,
        )


def _findings(state: Reviewed) -> Iterator[HeldFinding]:
    started = state.interview.started
    flags = {flag.id: flag for flag in started.flags} if started else {}
    # What a human overruled is held as well.
    for found in (*state.findings(), *state.interview.overruled.values()):
        question = state.interview.planned(found.question)
        if found.kind is FindingKind.POINT:
            label, benign = next(p.label for p in question.points if p.id == found.id), ""
        else:
            label, benign = flags[found.id].label, flags[found.id].benign_reading
        yield HeldFinding(
            question=question.label,
            kind=found.kind,
            label=label,
            benign_reading=benign,
            state=found.state,
            by=found.by,
            model=found.answered_by.model if found.answered_by else None,
            quotes=_quotes(found),
        )


def _quotes(found: FindingMade) -> tuple[str, ...]:
    return tuple(item.quote for item in found.evidence)


def _ratings(summary: Summary) -> Iterator[HeldJudgement]:
    judged: list[QuestionSummary | CompetencySummary] = [*summary.questions, *summary.competencies]
    for each in judged:
        if each.rating is None and each.unrated is None and not each.earlier:
            continue
        yield HeldJudgement(
            about=each.label,
            rating=each.rating,
            unrated=each.unrated,
            reason=each.reason,
            earlier=len(each.earlier),
            after_findings=each.rated_after_findings,
        )


def _recaps(state: Reviewed) -> Iterator[HeldRecap]:
    for recap in state.recaps.values():
        yield HeldRecap(
            language=recap.language,
            model=recap.answered_by.model,
            goes_to=recap.goes_to,
            sentences=tuple(each.text for part in recap.parts for each in part.sentences),
        )
