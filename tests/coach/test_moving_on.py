"""When enough was asked, when time is up or all was heard, the next question is suggested."""

import pytest

from copilot.coach import CoachPolicy
from copilot.events import (
    FindingState,
    SuggestionFate,
    SuggestionKind,
)
from tests.builders import GUIDE
from tests.coach.talk import ANSWER, Talk


@pytest.mark.parametrize("fate", [SuggestionFate.TAKEN, SuggestionFate.ASKED])
def test_after_two_follow_ups_it_is_time_for_the_next_question(
    talk: Talk, fate: SuggestionFate
) -> None:
    talk.finish(fate)
    assert talk.suggested().kind is SuggestionKind.PROBE
    talk.finish(fate)

    suggestion = talk.suggested()

    assert suggestion.kind is SuggestionKind.NEXT_QUESTION
    assert suggestion.question == "metrics"
    assert suggestion.text == "Which figures do you watch?"
    assert suggestion.target is None
    assert suggestion.reason == "2 follow-ups used on this question"


def test_skipped_probes_are_not_used_ones(talk: Talk) -> None:
    talk.finish(SuggestionFate.SKIPPED)
    talk.finish(SuggestionFate.SKIPPED)

    assert talk.suggested().target == "pilot"


def test_clarifications_count_as_follow_ups(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))
    talk.finish(SuggestionFate.TAKEN)
    talk.finish(SuggestionFate.ASKED)

    assert talk.suggested().kind is SuggestionKind.NEXT_QUESTION


def test_how_many_follow_ups_are_enough_can_be_chosen() -> None:
    talk = Talk(policy=CoachPolicy(probes_a_question=1))
    talk.ask("rollout")
    talk.say(ANSWER)
    talk.finish(SuggestionFate.TAKEN)

    assert talk.suggested().kind is SuggestionKind.NEXT_QUESTION


def test_when_the_planned_minutes_are_used_it_is_time_for_the_next_question(talk: Talk) -> None:
    planned_s = GUIDE.question("rollout").minutes * 60

    assert talk.suggested(now_s=10 + planned_s).kind is SuggestionKind.PROBE
    suggestion = talk.suggested(now_s=10 + planned_s + 0.1)

    assert suggestion.kind is SuggestionKind.NEXT_QUESTION
    assert suggestion.reason == "the planned 5 minutes are used"


def test_time_that_is_up_comes_before_a_flag(talk: Talk) -> None:
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))

    assert talk.suggested(now_s=1000).kind is SuggestionKind.NEXT_QUESTION


def test_when_every_point_is_settled_it_is_time_for_the_next_question(talk: Talk) -> None:
    talk.settle("rollback", "training")
    talk.find("pilot", FindingState.DENIED, said=talk.say("There was no trial run."))

    suggestion = talk.suggested()

    assert suggestion.kind is SuggestionKind.NEXT_QUESTION
    assert suggestion.reason == "every point has been heard"


def test_an_unclear_point_is_not_settled(talk: Talk) -> None:
    talk.settle("rollback", "training")
    talk.find("pilot", FindingState.UNCLEAR)

    assert talk.suggested().target == "pilot"


def test_a_flag_is_clarified_even_when_every_point_is_settled(talk: Talk) -> None:
    talk.settle("rollback", "training", "pilot")
    talk.raise_flag("blame", talk.say("It was the supplier's fault."))

    assert talk.suggested().kind is SuggestionKind.CLARIFY


def test_the_next_question_is_the_next_one_not_asked_yet(talk: Talk) -> None:
    talk.ask("metrics", at_s=20)
    talk.ask("rollout", at_s=30)

    assert talk.suggested(now_s=1000).question == "team"


def test_questions_that_were_passed_over_come_up_again_at_the_end(talk: Talk) -> None:
    talk.ask("team")
    talk.say(ANSWER)

    assert talk.suggested(now_s=1000).question == "metrics"


def test_after_the_last_question_nothing_more_is_suggested(talk: Talk) -> None:
    talk.ask("metrics", at_s=20)
    talk.ask("team", at_s=30)
    talk.say(ANSWER)

    assert talk.advise(now_s=1000) is None


@pytest.mark.parametrize("fate", [SuggestionFate.SKIPPED, SuggestionFate.TAKEN])
def test_the_same_next_question_is_not_suggested_again(talk: Talk, fate: SuggestionFate) -> None:
    talk.settle("rollback", "training", "pilot")
    talk.finish(fate)

    assert talk.advise() is None
