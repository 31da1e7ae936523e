"""The conductor and suggestions: one at a time, after a pause, gone by key or by themselves."""

from collections.abc import Callable

import pytest

from copilot.coach import CoachPolicy
from copilot.engine.commands import (
    Command,
    DismissSuggestion,
    EndSession,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.events import Actor, FindingState, SuggestionFate, SuggestionKind
from tests.engine.parts import ANSWERS, ANSWERS_MORE, ASKS_NEXT, Talk

#: An answer long enough for a suggestion.
ANSWER = f"{ANSWERS} {ANSWERS_MORE}"

Press = Callable[[str], Command]


@pytest.fixture
def answered(talk: Talk) -> Talk:
    """A question was asked and answered."""
    talk.asks()
    talk.answers(ANSWER)
    return talk


def test_nothing_is_offered_while_the_candidate_speaks(answered: Talk) -> None:
    answered.pause(candidate_silent_s=0.0)

    assert not answered.offered()


@pytest.mark.parametrize("busy", [{"interviewer_speaking": True}, {"text_pending": True}])
def test_nothing_is_offered_while_there_is_more_to_hear(answered: Talk, busy) -> None:
    answered.pause(**busy)

    assert not answered.offered()


def test_after_a_pause_a_point_not_heard_is_offered_with_its_reason(answered: Talk) -> None:
    answered.pause()

    [offer] = answered.offered()
    suggestion = offer.suggestion
    assert suggestion.kind is SuggestionKind.PROBE
    assert suggestion.question == "underperformance"
    assert suggestion.target is not None
    assert answered.state(suggestion.target) is FindingState.NOT_HEARD
    assert suggestion.reason
    answered.check()


def test_one_suggestion_at_a_time(answered: Talk) -> None:
    for _ in range(4):
        answered.pause()

    assert len(answered.offered()) == 1


def test_nothing_is_offered_without_a_question(talk: Talk) -> None:
    talk.answers(ANSWER)
    talk.pause()

    assert not talk.offered()


@pytest.mark.parametrize(
    ("press", "fate"),
    [
        (TakeSuggestion, SuggestionFate.TAKEN),
        (SkipSuggestion, SuggestionFate.SKIPPED),
        (DismissSuggestion, SuggestionFate.DISMISSED),
    ],
)
def test_a_key_closes_the_suggestion(answered: Talk, press: Press, fate: SuggestionFate) -> None:
    answered.pause()
    offered = answered.offered()[0].suggestion

    answered.obey(press(offered.id))

    [closed] = answered.closed()
    assert (closed.suggestion_id, closed.fate, closed.by) == (offered.id, fate, Actor.HUMAN)
    assert answered.interview.open_suggestion is None
    answered.check()


def test_after_skipping_comes_another_one(answered: Talk) -> None:
    answered.pause()
    answered.obey(SkipSuggestion("s1"))
    answered.pause()

    first, second = (offer.suggestion for offer in answered.offered())
    assert second.text != first.text
    assert second.target != first.target


def test_after_dismissing_comes_none_under_this_question(answered: Talk) -> None:
    answered.pause()
    answered.obey(DismissSuggestion("s1"))
    for _ in range(3):
        answered.pause()
    assert len(answered.offered()) == 1

    answered.asks(ASKS_NEXT)
    answered.answers("I would sit with the people who do the work for a week or two, and listen.")
    answered.pause()
    assert [o.suggestion.question for o in answered.offered()][1:] == ["process-improvement"]


@pytest.mark.parametrize("press", [TakeSuggestion, SkipSuggestion, DismissSuggestion])
def test_a_key_that_came_too_late_does_nothing(answered: Talk, press: Press) -> None:
    answered.pause()
    answered.obey(press("s1"))
    answered.pause()
    before = list(answered.events)

    answered.obey(press("s1"))
    answered.obey(press("s99"))

    assert answered.events == before


def test_a_suggestion_that_was_asked_aloud_is_closed_as_asked(answered: Talk) -> None:
    answered.pause()
    suggestion = answered.offered()[0].suggestion

    answered.asks(suggestion.text)

    [closed] = answered.closed()
    assert (closed.fate, closed.by) == (SuggestionFate.ASKED, Actor.MACHINE)
    assert answered.interview.current_question == "underperformance"


def test_another_question_takes_the_suggestion_away(answered: Talk) -> None:
    answered.pause()
    answered.asks(ASKS_NEXT)
    answered.pause(0.1, candidate_silent_s=3.0, interviewer_speaking=True)

    assert [closed.fate for closed in answered.closed()] == [SuggestionFate.SUPERSEDED]


def test_so_does_a_question_set_by_key(answered: Talk) -> None:
    answered.pause()
    answered.obey(SetQuestion("metrics"))
    answered.pause(0.1, candidate_silent_s=3.0)

    assert [closed.fate for closed in answered.closed()] == [SuggestionFate.SUPERSEDED]


def test_a_suggestion_nobody_acts_on_goes_when_the_candidate_speaks_again(answered: Talk) -> None:
    answered.pause()
    answered.pause(50.0)
    assert not answered.closed()

    answered.pause(candidate_silent_s=0.0)

    assert [closed.fate for closed in answered.closed()] == [SuggestionFate.EXPIRED]


def test_the_next_question_is_offered_once_the_follow_ups_are_used_up(talks) -> None:
    talk = talks(CoachPolicy(probes_a_question=1))
    talk.asks()
    talk.answers(ANSWER)
    talk.pause()
    talk.obey(TakeSuggestion("s1"))
    talk.pause()

    offered = talk.offered()[-1].suggestion
    assert offered.kind is SuggestionKind.NEXT_QUESTION
    assert offered.question == "metrics"  # the next one of the plan


def test_a_next_question_that_is_then_asked_is_closed_as_asked(talks) -> None:
    talk = talks(CoachPolicy(probes_a_question=0))
    talk.asks()
    talk.answers(ANSWER)
    talk.pause()
    assert talk.offered()[-1].suggestion.question == "metrics"

    talk.obey(SetQuestion("metrics"))
    talk.pause()

    assert [closed.fate for closed in talk.closed()] == [SuggestionFate.ASKED]


def test_the_open_suggestion_ends_unused_with_the_session(answered: Talk) -> None:
    answered.pause()
    answered.conductor.end("user", answered.now_s)

    assert [closed.fate for closed in answered.closed()] == [SuggestionFate.UNUSED]
    answered.check()


def test_the_command_to_end_is_left_to_the_runner(answered: Talk) -> None:
    before = list(answered.events)

    answered.obey(EndSession())

    assert answered.events == before
