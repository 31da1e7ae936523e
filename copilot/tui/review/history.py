"""When and by whom something was judged, in words."""

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from copilot.events import CompetencyRated, QuestionRated, Recommended
from copilot.i18n import _
from copilot.review.reviewed import Reviewed
from copilot.timecode import timecode
from copilot.tui.judgements import RECOMMENDATIONS, Given, Judgement, earlier_of, with_reason
from copilot.tui.transcript.entry import clean


def when(reviewed: Reviewed, event: QuestionRated | CompetencyRated | Recommended) -> str:
    """When something was judged: in the interview by its own time, later by the clock and whom."""
    started = reviewed.interview.started
    if reviewed.was_made_in_review(event) and started is not None:
        with contextlib.suppress(ValueError, OverflowError):
            begun = datetime.fromisoformat(started.started_at)
            moment = f"{begun + timedelta(seconds=event.at_s):%Y-%m-%d %H:%M}"
            by = clean(reviewed.by_of(event))
            return _("{moment} by {by}", moment=moment, by=by) if by else moment
        return _("after the interview")
    return _("in the interview at {time}", time=timecode(event.at_s))


def earlier_judgements(reviewed: Reviewed, given: Sequence[Given]) -> list[str]:
    """The judgements before the one that stands, the latest first."""
    return [
        _told(reviewed, event, Judgement.of(event).words, event.reason)
        for event in earlier_of(given)
    ]


def earlier_recommendations(reviewed: Reviewed) -> list[str]:
    """The recommendations before the one that stands, the latest first."""
    given = reviewed.interview.recommendations
    earlier = given if reviewed.interview.recommendation is None else given[:-1]
    return [
        _told(
            reviewed,
            event,
            _("taken back")
            if event.recommendation is None
            else _(RECOMMENDATIONS[event.recommendation]),
            event.reason,
        )
        for event in reversed(earlier)
    ]


def _told(
    reviewed: Reviewed,
    event: QuestionRated | CompetencyRated | Recommended,
    words: str,
    reason: str,
) -> str:
    words = with_reason(words, clean(reason))
    return _("Before: {words} ({when})", words=words, when=when(reviewed, event))
