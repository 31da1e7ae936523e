"""What one rater judged of one candidate, taken out of their session."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from copilot import __version__
from copilot.errors import SessionError, UsageError
from copilot.events import KnownCompetency, PlannedQuestion
from copilot.i18n import _, ngettext
from copilot.review.opinions import Opinion, Opinions
from copilot.review.panel.files import folded
from copilot.review.panel.model import Bundle, BundleItem, BundleNote, Panel
from copilot.review.reviewed import Reviewed


def bundle_of(
    state: Reviewed,
    panel: Panel,
    *,
    session_id: str,
    rater: str,
    names: Iterable[str],
    candidate: str,
    number: int,
    with_notes: bool,
    incomplete: bool,
    now: datetime,
) -> Bundle:
    """What one rater judged.

    Args:
        state: Their session.
        panel: For which panel.
        session_id: The session's id.
        rater: As the panel writes their name.
        names: Under which they judged; the judgements of others are left out.
        candidate: Of whom.
        number: Which handing-in of theirs this is.
        with_notes: Whether their notes go along.
        incomplete: Whether questions that were asked may be left unjudged.
        now: The time.

    Raises:
        UsageError: They judged nothing, or the session is of another role.
        SessionError: Questions that were asked are not judged.
    """
    interview, started = state.interview, state.interview.started
    if started is None or started.guide.role != panel.role:
        raise UsageError(
            _(
                "session {session} is not of the panel's role {role!r}.",
                session=session_id,
                role=panel.role,
            ),
            _("Name a session of that role."),
        )
    opinions, own = Opinions(state), {folded(name) for name in names}
    if not own.intersection(map(folded, opinions.people())):
        raise _judged_by_others(session_id, opinions)
    questions = tuple(_question(state, each, opinions, own) for each in interview.plan)
    missing = [each.label for each in questions if each.asked and not _stands(each.given)]
    if missing and not incomplete:
        raise SessionError(
            ngettext(
                "{count} question that was asked is not judged: {labels}.",
                "{count} questions that were asked are not judged: {labels}.",
                len(missing),
                labels=", ".join(missing),
            ),
            _("Rate it, or say that there is not enough to tell; or hand in with --incomplete."),
        )
    notes = tuple(BundleNote(moment_s=n.moment_s, text=n.text) for n in interview.notes)
    return Bundle(
        panel=panel.id,
        panel_name=panel.name,
        rater=rater,
        candidate=candidate,
        number=number,
        salt=secrets.token_hex(32),
        made_at=now.isoformat(timespec="seconds"),
        app_version=__version__,
        session_id=session_id,
        started_at=started.started_at,
        duration_s=interview.now_s,
        language=started.language,
        role=started.guide.role,
        guide_sha256=started.guide.sha256,
        incomplete=bool(missing),
        questions=questions,
        competencies=tuple(
            _competency(state, each, opinions, own) for each in interview.competencies
        ),
        recommendation=_of(own, opinions.on_the_whole()),
        notes=notes if with_notes else None,
    )


def _judged_by_others(session_id: str, opinions: Opinions) -> UsageError:
    people = ", ".join(name or _("the interviewer, without a name") for name in opinions.people())
    if not people:
        return UsageError(
            _("nobody has judged anything in session {session} yet.", session=session_id),
            _("Rate the answers first: interview-copilot review."),
        )
    return UsageError(
        _(
            "you have judged nothing in session {session}, but others: {people}.",
            session=session_id,
            people=people,
        ),
        _("If one of them is you, say so with --judged-as NAME."),
    )


def _question(
    state: Reviewed, planned: PlannedQuestion, opinions: Opinions, own: set[str]
) -> BundleItem:
    return BundleItem(
        id=planned.id,
        label=planned.label,
        asked=state.interview.was_asked(planned.id),
        given=_of(own, opinions.of_question(planned.id)),
        after_findings=planned.id in state.rated_after_findings,
    )


def _competency(
    state: Reviewed, known: KnownCompetency, opinions: Opinions, own: set[str]
) -> BundleItem:
    return BundleItem(
        id=known.id,
        label=known.label,
        asked=None,
        given=_of(own, opinions.of_competency(known.id)),
        after_findings=known.id in state.rated_after_findings,
    )


def _of(own: set[str], given: Mapping[str, tuple[Opinion, ...]]) -> tuple[Opinion, ...]:
    mine = [each for by, opinions in given.items() if folded(by) in own for each in opinions]
    return tuple(sorted(mine, key=lambda opinion: opinion.at_s))


def _stands(given: tuple[Opinion, ...]) -> bool:
    return bool(given) and given[-1].is_given
