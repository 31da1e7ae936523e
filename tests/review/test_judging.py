"""The human judges, says why, may change their mind, and all of it stays with its time."""

import dataclasses
from collections.abc import Callable

import pytest

from copilot.errors import EventError
from copilot.events import (
    CompetencyRated,
    Event,
    QuestionRated,
    Recommendation,
    SessionStarted,
    Unrated,
)
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.review.summarising import summarise
from copilot.store import SessionFolder, read_journal
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.review.test_reviewing import Clock
from tests.story import Story

NOT_ASKED, NOT_ENOUGH = Unrated.NOT_ASKED, Unrated.NOT_ENOUGH


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _review(folder: SessionFolder, by: str = "ada") -> Review:
    return Review(folder, by=by, clock=Clock())


def _changes(folder: SessionFolder, kind: type[Event]) -> list[Event]:
    return [each for each in read_journal(folder.review_path).events if isinstance(each, kind)]


# -- questions ------------------------------------------------------------------------------------


def test_a_reason_is_kept_as_one_line(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3, reason="  A way back,\n but no\ttraining. ")

    judged = read_reviewed(folder).interview.judgement_of("rollout")
    assert judged is not None
    assert (judged.rating, judged.reason) == (3, "A way back, but no training.")


@pytest.mark.parametrize("why", [NOT_ASKED, NOT_ENOUGH])
def test_to_say_why_there_is_no_rating_is_to_judge(folder: SessionFolder, why: Unrated) -> None:
    with _review(folder) as review:
        assert not review.reviewed.may_see("metrics")
        review.rate("metrics", None, why)

        assert review.reviewed.may_see("metrics")
        assert review.reviewed.interview.rating_of("metrics") is None
    metrics = summarise(read_reviewed(folder)).questions[1]
    assert (metrics.rating, metrics.unrated) == (None, why)
    assert not metrics.rated_after_findings


def test_a_rating_cannot_also_say_why_there_is_none(folder: SessionFolder) -> None:
    with _review(folder) as review:
        with pytest.raises(EventError):
            review.rate("rollout", 3, NOT_ENOUGH)
        assert review.reviewed.interview.ratings == {}
    assert _changes(folder, QuestionRated) == []


def test_the_same_judgement_again_changes_nothing(folder: SessionFolder) -> None:
    with _review(folder) as review:
        for _ in range(2):
            review.rate("rollout", 3, reason="Clear.")
        for _ in range(2):
            review.rate("rollout", None, NOT_ENOUGH)

    assert len(_changes(folder, QuestionRated)) == 2


def test_another_reason_for_the_same_rating_is_a_change(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 3, reason="Clear.")
        review.rate("rollout", 3, reason="Clear, and short.")

    (rollout, *_) = summarise(read_reviewed(folder)).questions
    assert rollout.reason == "Clear, and short."
    assert [earlier.reason for earlier in rollout.earlier] == ["Clear."]


def test_every_earlier_judgement_stays_with_who_when_and_why() -> None:
    story = Story()
    story.ask("rollout", at_s=3)
    story.rate("rollout", 2, reason="Little.")
    story.end(at_s=9)
    folder = keep(story.events)
    with _review(folder, by="ada") as review:
        review.rate("rollout", None, NOT_ENOUGH)
    with _review(folder, by="grace") as review:
        review.rate("rollout", None)
        review.rate("rollout", 4, reason="I heard it again.")

    (rollout, *_) = summarise(read_reviewed(folder)).questions
    assert (rollout.rating, rollout.reason) == (4, "I heard it again.")
    told = [(e.rating, e.unrated, e.reason, e.by) for e in rollout.earlier]
    assert told == [
        (2, None, "Little.", ""),
        (None, NOT_ENOUGH, "", "ada"),
        (None, None, "", "grace"),
    ]
    times = [earlier.at_s for earlier in rollout.earlier]
    assert times[0] == 3
    assert times == sorted(times)
    # The session began at nine; the clock of the review stands at eleven and some minutes.
    assert 7200 < times[1] < 7800


def test_a_judgement_that_was_taken_back_does_not_stand(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", None, NOT_ASKED)
        review.rate("rollout", None)
        state = review.reviewed

        assert state.interview.judgement_of("rollout") is None
        assert state.may_see("rollout"), "what was seen cannot be unseen"


def test_only_the_first_judgement_is_one_after_the_findings(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate("rollout", 2)  # now the findings show
        review.rate("rollout", 3)
        review.lift_blinding("metrics", "asked")
        review.rate("metrics", None, NOT_ENOUGH)
        review.rate("metrics", 2)

    rollout, metrics, _ = summarise(read_reviewed(folder)).questions
    assert not rollout.rated_after_findings
    assert metrics.rated_after_findings


# -- competencies ---------------------------------------------------------------------------------


def test_a_competency_is_judged_over_the_whole_interview(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.rate_competency("craft", 2, reason="Hands know it.")
        review.rate_competency("craft", None, NOT_ENOUGH)
        review.rate_competency("craft", None, NOT_ENOUGH)

    assert len(_changes(folder, CompetencyRated)) == 2
    (craft,) = summarise(read_reviewed(folder)).competencies
    assert (craft.id, craft.label, craft.questions) == ("craft", "Craft", ("rollout",))
    assert (craft.rating, craft.unrated) == (None, NOT_ENOUGH)
    assert [(e.rating, e.reason, e.by) for e in craft.earlier] == [(2, "Hands know it.", "ada")]
    assert not craft.rated_after_findings


@pytest.mark.parametrize(
    "wrong",
    [
        lambda review: review.rate_competency("baking", 3),
        lambda review: review.rate_competency("craft", 5),
        lambda review: review.rate_competency("craft", 3, NOT_ASKED),
    ],
)
def test_what_is_no_judgement_of_a_competency_is_refused(
    folder: SessionFolder, wrong: Callable[[Review], None]
) -> None:
    with _review(folder) as review:
        with pytest.raises(EventError):
            wrong(review)
        assert review.reviewed.interview.competency_ratings == {}


def test_what_was_found_for_a_competency_waits_for_its_own_judgement(
    folder: SessionFolder,
) -> None:
    with _review(folder) as review:
        state = review.reviewed
        review.rate("rollout", 3)
        assert not state.may_see_competency("craft"), "a question's rating is not the competency's"
        review.lift_blinding("metrics", "asked")
        assert not state.may_see_competency("craft")
        review.rate_competency("craft", None, NOT_ENOUGH)
        assert state.may_see_competency("craft")
        review.rate_competency("craft", None)
        assert state.may_see_competency("craft"), "what was seen cannot be unseen"


def test_a_competency_judged_after_everything_was_shown_says_so(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.lift_blinding(None, "report")
        assert review.reviewed.may_see_competency("craft")
        review.rate_competency("craft", 4)

    assert summarise(read_reviewed(folder)).competencies[0].rated_after_findings


def test_a_session_of_before_competencies_has_none() -> None:
    started, *rest = an_interview().events
    assert isinstance(started, SessionStarted)
    older = dataclasses.replace(started, competencies=())
    with _review(keep([older, *rest], "20260302-100000-beef")) as review:
        assert summarise(review.reviewed).competencies == ()
        with pytest.raises(EventError):
            review.rate_competency("craft", 3)


# -- the recommendation ---------------------------------------------------------------------------


def test_the_recommendation_is_the_humans_and_may_change(folder: SessionFolder) -> None:
    with _review(folder) as review:
        assert summarise(review.reviewed).recommendation is None
        review.recommend(Recommendation.UNDECIDED)
        review.recommend(Recommendation.YES, " Calm  and exact. ")
        review.recommend(Recommendation.YES, "Calm and exact.")

    told = summarise(read_reviewed(folder)).recommendation
    assert told is not None
    assert (told.recommendation, told.reason) == (Recommendation.YES, "Calm and exact.")
    assert (told.by, told.earlier) == ("ada", 1)


def test_a_recommendation_can_be_taken_back(folder: SessionFolder) -> None:
    with _review(folder) as review:
        review.recommend(None)
        review.recommend(Recommendation.STRONG_NO, "Never.")
        review.recommend(None)

    state = read_reviewed(folder)
    assert state.interview.recommendation is None
    assert summarise(state).recommendation is None
    given = [event.recommendation for event in state.interview.recommendations]
    assert given == [Recommendation.STRONG_NO, None]


def test_nothing_is_recommended_where_all_is_rated_well(folder: SessionFolder) -> None:
    with _review(folder) as review:
        for question in review.reviewed.interview.plan:
            review.rate(question.id, 4)
        review.rate_competency("craft", 4)

        assert summarise(review.reviewed).recommendation is None
