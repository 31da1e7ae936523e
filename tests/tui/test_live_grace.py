"""Nothing changes under the finger: a key acts on what was shown 300 ms ago."""

import pytest

from copilot.engine.commands import (
    DismissSuggestion,
    RateQuestion,
    SetFinding,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.events import (
    Actor,
    AnsweredBy,
    FindingKind,
    FindingState,
    SuggestionFate,
    SuggestionSharpened,
)
from copilot.tui.live.grace import GRACE_S, Grace
from tests.tui.recorded import RecordedApp, told

SUGGESTION_KEYS = [("t", TakeSuggestion), ("s", SkipSuggestion), ("x", DismissSuggestion)]


class Now:
    """A clock that is set."""

    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


# -- the rule -------------------------------------------------------------------------------------


def test_what_was_there_from_the_first_is_meant_at_once():
    assert Grace("first", Now()).meant() == "first"


def test_right_after_a_change_what_stood_there_before_is_meant():
    now = Now()
    grace: Grace[str | None] = Grace(None, now)
    grace.show("one")
    assert (grace.shown, grace.meant()) == ("one", None)
    now.s += GRACE_S - 0.001
    assert grace.meant() is None
    now.s += 0.001
    assert grace.meant() == "one"


def test_of_quick_changes_the_one_that_was_seen_then_is_meant():
    now = Now()
    grace = Grace("a", now)
    for value in ("b", "c", "d"):
        grace.show(value)
        now.s += 0.2
    # b came 0.6 s ago, c 0.4 s, d 0.2 s: the eye saw c.
    assert grace.meant() == "c"
    now.s += 10
    assert grace.meant() == "d"


def test_showing_the_same_again_is_no_change():
    now = Now()
    grace = Grace("a", now)
    grace.show("b")
    now.s += 0.25
    grace.show("b")
    now.s += 0.06
    assert grace.meant() == "b"


def test_what_the_user_changed_is_meant_at_once():
    now = Now()
    grace = Grace("a", now)
    grace.show("b")
    grace.take("c")
    assert (grace.shown, grace.meant()) == ("c", "c")


# -- suggestions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "command"), SUGGESTION_KEYS)
async def test_a_suggestion_that_has_just_come_is_not_meant(key, command):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        story.offer()
        await story.play(app, pilot)
        app.clock.now_s += 0.1
        await pilot.press(key)
        assert app.link.commands == []
        app.clock.now_s += GRACE_S
        await pilot.press(key)
        assert app.link.commands == [command("s1")]


@pytest.mark.parametrize(("key", "command"), SUGGESTION_KEYS)
async def test_a_suggestion_that_has_just_gone_or_given_way_is_still_meant(key, command):
    story = told()
    story.offer()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        app.clock.now_s += 5
        story.close("s1", SuggestionFate.EXPIRED, by=Actor.MACHINE)
        await story.play(app, pilot)
        await pilot.press(key)
        story.offer()
        await story.play(app, pilot)
        app.clock.now_s += 0.2
        await pilot.press(key)
        assert app.link.commands == [command("s1"), command("s1")]
        app.clock.now_s += 0.2
        await pilot.press(key)
        assert app.link.commands[2:] == [command("s2")]


async def test_a_sharper_wording_is_the_same_suggestion():
    story = told()
    first = story.offer()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        app.clock.now_s += 5
        story.tell(
            SuggestionSharpened,
            suggestion_id=first.id,
            text="What made you look at the old oven first?",
            reason=first.reason,
            answered_by=AnsweredBy(model="toy", prompt="follow_up", prompt_sha256="ab" * 32),
        )
        await story.play(app, pilot)
        await pilot.press("t")
        assert app.link.commands == [TakeSuggestion(first.id)]


# -- the current question -------------------------------------------------------------------------


async def test_a_rating_is_for_the_question_that_was_shown():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        app.clock.now_s += 5
        story.ask("metrics", at_s=60.0, by=Actor.MACHINE)
        await story.play(app, pilot)
        await pilot.press("3")
        app.clock.now_s += GRACE_S
        await pilot.press("2")
        assert app.link.commands == [RateQuestion("rollout", 3), RateQuestion("metrics", 2)]


async def test_next_and_previous_go_from_the_question_that_was_shown():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        app.clock.now_s += 5
        story.ask("metrics", at_s=60.0, by=Actor.MACHINE)
        await story.play(app, pilot)
        await pilot.press("n")
        app.clock.now_s += GRACE_S
        await pilot.press("n", "p")
        assert app.link.commands == [
            SetQuestion("metrics", moving_on=True),
            SetQuestion("team", moving_on=True),
            SetQuestion("rollout"),
        ]


async def test_a_question_that_the_user_chose_is_meant_at_once():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        await pilot.press("n")
        story.ask("metrics", at_s=60.0, by=Actor.HUMAN)
        await story.play(app, pilot)
        await pilot.press("n", "3")
        assert app.link.commands == [
            SetQuestion("metrics", moving_on=True),
            SetQuestion("team", moving_on=True),
            RateQuestion("metrics", 3),
        ]


# -- the selected point ---------------------------------------------------------------------------


async def test_what_is_confirmed_is_the_state_that_was_shown():
    story = told()
    said = story.say("We had a way back to the old oven.")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        app.clock.hold()
        app.clock.now_s += 5
        story.find("rollback", FindingState.EVIDENCED, said=said)
        await story.play(app, pilot)
        point = ("rollout", FindingKind.POINT, "rollback")
        await pilot.press("y")
        app.clock.now_s += GRACE_S
        await pilot.press("y")
        assert app.link.commands == [
            SetFinding(*point, FindingState.NOT_HEARD),
            SetFinding(*point, FindingState.EVIDENCED),
        ]


async def test_a_point_that_has_just_made_way_for_another_question_is_still_meant():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down")
        app.clock.hold()
        app.clock.now_s += 5
        story.ask("metrics", at_s=60.0, by=Actor.MACHINE)
        await story.play(app, pilot)
        await pilot.press("y")
        app.clock.now_s += GRACE_S
        await pilot.press("y")  # nothing is selected any more
        pilot_point = SetFinding("rollout", FindingKind.POINT, "pilot", FindingState.NOT_HEARD)
        assert app.link.commands == [pilot_point]
