"""Stored candidates to compare and to sit in panels over."""

from typing import Any

from copilot.events import AudioGap, Channel, GapCause, Recommendation, Unrated
from copilot.knowledge.guide import Guide
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.builders import GUIDE, guide_data
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story

FIRST, SECOND, THIRD = "20260302-090000-aaaa", "20260303-090000-bbbb", "20260304-090000-cccc"


def in_french() -> Guide:
    """The small guide in French."""
    return Guide.model_validate({**guide_data(), "language": "fr", "title": "Chef boulanger"})


def well_heard(session_id: str = FIRST, *, alias: str | None = None) -> SessionFolder:
    """Two of three questions asked, nothing rated yet."""
    return named(keep(an_interview().events, session_id), alias)


def badly_heard(
    session_id: str = SECOND, *, alias: str | None = None, lost: Channel = Channel.CANDIDATE
) -> SessionFolder:
    """Other questions, one rated during the talk, and half of an answer lost."""
    story = Story(GUIDE)
    story.ask("metrics")
    story.say("We watch the waste every week, and nothing else.", start_s=2, length_s=9)
    story.rate("metrics", 2, reason="Thin.")
    story.ask("team", at_s=60)
    story.say("I lead six.", start_s=62, uncertain=True)
    story.discard(5)
    story.tell(
        *(AudioGap, 80.0),
        channel=lost,
        start_s=64.0,
        end_s=76.0,
        cause=GapCause.DEVICE,
    )
    story.end(at_s=120)
    return named(keep(story.events, session_id), alias)


def named(folder: SessionFolder, alias: str | None) -> SessionFolder:
    """A session whose candidate is called something."""
    folder.write_record(folder.record().model_copy(update={"alias": alias}))
    return folder


def judge(folder: SessionFolder, by: str, **ratings: Any) -> None:
    """Someone reviews a session: questions by their ids, ``craft`` and ``whole``.

    None stands for "not enough to tell".
    """
    with Review(folder, by=by) as review:
        for rated, rating in ratings.items():
            reason = f"{by} on {rated}"
            if rated == "whole":
                review.recommend(Recommendation(rating), reason)
            elif rated == "craft":
                review.rate_competency("craft", rating, reason=reason)
            else:
                unrated = Unrated.NOT_ENOUGH if rating is None else None
                review.rate(rated, rating, unrated, reason)
