"""A suggestion goes away by itself once it is answered, stale or overtaken; a dismissal is obeyed."""

import dataclasses

import pytest

from copilot.coach import Close, CoachPolicy, Offer
from copilot.coach.coach import closed_by
from copilot.events import (
    Actor,
    FindingKind,
    FindingState,
    SuggestionFate,
    SuggestionKind,
)
from tests.coach.talk import ANSWER, Talk

# -- away with it ---------------------------------------------------------------------------------


def test_while_a_suggestion_is_open_no_other_is_offered(talk: Talk) -> None:
    talk.follow()

    assert talk.advise() is None


def test_a_dismissal_is_for_the_whole_question(talk: Talk) -> None:
    talk.finish(SuggestionFate.DISMISSED)
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))

    assert talk.advise() is None
    assert talk.advise(now_s=1000) is None


def test_a_dismissal_does_not_reach_the_next_question(talk: Talk) -> None:
    talk.finish(SuggestionFate.DISMISSED)
    talk.ask("metrics")
    talk.say(ANSWER)

    assert isinstance(talk.advise(), Offer)


def test_a_dismissed_next_question_is_a_dismissal_for_the_question_being_answered(
    talk: Talk,
) -> None:
    talk.settle("rollback", "training", "pilot")
    assert talk.finish(SuggestionFate.DISMISSED).kind is SuggestionKind.NEXT_QUESTION
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    assert talk.advise() is None

    talk.ask("metrics")
    talk.say(ANSWER)
    assert isinstance(talk.advise(), Offer)


def test_a_probe_whose_point_is_heard_goes_away_answered(talk: Talk) -> None:
    talk.follow()
    talk.settle("training")
    assert talk.advise() is None

    talk.settle("rollback")
    assert talk.advise() == Close("s1", SuggestionFate.ANSWERED)


def test_a_probe_whose_point_is_denied_goes_away_answered(talk: Talk) -> None:
    talk.follow()
    talk.find("rollback", FindingState.DENIED, said=talk.say("There was no way back."))

    assert talk.advise() == Close("s1", SuggestionFate.ANSWERED)


def test_a_probe_whose_point_becomes_unclear_stays(talk: Talk) -> None:
    talk.follow()
    talk.find("rollback", FindingState.UNCLEAR)

    assert talk.advise() is None


@pytest.mark.parametrize("question", ["metrics", None])
def test_a_probe_goes_away_when_the_interview_moves_on(talk: Talk, question: str | None) -> None:
    talk.follow()
    talk.ask(question)

    assert talk.advise() == Close("s1", SuggestionFate.SUPERSEDED)


def test_a_next_question_that_is_asked_goes_away_as_asked(talk: Talk) -> None:
    talk.settle("rollback", "training", "pilot")
    talk.follow()
    assert talk.advise() is None

    talk.ask("metrics")
    assert talk.advise() == Close("s1", SuggestionFate.ASKED)


@pytest.mark.parametrize("question", ["team", None])
def test_a_next_question_goes_away_when_another_one_is_asked(
    talk: Talk, question: str | None
) -> None:
    talk.settle("rollback", "training", "pilot")
    talk.follow()
    talk.ask(question, at_s=talk.interview.now_s + 5)

    assert talk.advise() == Close("s1", SuggestionFate.SUPERSEDED)


def test_a_stale_suggestion_goes_away_once_the_candidate_speaks_again(talk: Talk) -> None:
    talk.follow()
    stale_s = talk.interview.now_s + talk.coach.policy.stale_s

    assert talk.advise(now_s=stale_s + 1, candidate_silent_s=5) is None
    assert talk.advise(now_s=stale_s, candidate_silent_s=0) is None
    expected = Close("s1", SuggestionFate.EXPIRED)
    assert talk.advise(now_s=stale_s + 1, candidate_silent_s=0) == expected


def test_how_long_a_suggestion_may_stand_can_be_chosen() -> None:
    talk = Talk(policy=CoachPolicy(stale_s=5))
    talk.ask("rollout")
    talk.say(ANSWER)
    talk.follow()

    now_s = talk.interview.now_s + 6
    assert isinstance(talk.advise(now_s=now_s, candidate_silent_s=0), Close)


def test_what_is_answered_is_so_even_when_it_is_stale(talk: Talk) -> None:
    talk.follow()
    talk.settle("rollback")

    assert talk.advise(now_s=1000, candidate_silent_s=0) == Close("s1", SuggestionFate.ANSWERED)


def test_a_clarification_nobody_took_up_is_not_shown_over_and_over(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    first = talk.finish(SuggestionFate.EXPIRED)

    assert talk.suggested().text != first.text


def test_a_clarification_goes_away_when_its_flag_is_taken_back(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.follow()
    talk.find("blame", FindingState.NOT_RAISED, kind=FindingKind.FLAG, by=Actor.HUMAN)

    assert isinstance(talk.advise(), Close)


def test_a_next_question_stays_when_the_current_one_is_only_dated_back(talk: Talk) -> None:
    talk.settle("rollback", "training", "pilot")
    talk.follow()
    talk.ask("rollout", since_s=8, at_s=talk.interview.now_s + 5)

    assert talk.advise() is None


# -- who ------------------------------------------------------------------------------------------


def test_the_human_takes_skips_and_dismisses_and_the_machine_does_the_rest() -> None:
    by_human = {fate for fate in SuggestionFate if closed_by(fate) is Actor.HUMAN}

    assert by_human == {
        SuggestionFate.TAKEN,
        SuggestionFate.SKIPPED,
        SuggestionFate.DISMISSED,
    }


def test_advice_cannot_be_changed(talk: Talk) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        talk.suggested().text = "Why?"  # type: ignore[misc]
