"""Ratings with their anchors, marked moments, and calm mode."""

import dataclasses

import pytest
from textual.widgets import OptionList

from copilot.engine.commands import MarkMoment, RateQuestion
from copilot.events import Channel, ConsentDecision, Event, MomentMarked, Unrated
from copilot.interview import Interview
from copilot.tui.dialogs.rate import RateDialog
from tests.builders import session_started
from tests.tui.recorded import CallStory, RecordedApp, shown, toasts, told, until_shown, words

SIZES = [(50, 24), (80, 24), (160, 50)]
ANCHORS = ("Names no oven.", "Names one oven.", "Compares two ovens.", "Weighs ovens [by] cost.")


class AnchoredStory(CallStory):
    """A call whose questions say what each rating looks like."""

    def __init__(self) -> None:
        self.interview = Interview()
        self.events: list[Event] = []
        self._played = 0
        started = session_started()
        plan = tuple(dataclasses.replace(asked, anchors=ANCHORS) for asked in started.plan)
        self.apply(dataclasses.replace(started, plan=plan))
        self.consent(ConsentDecision.GIVEN)
        self.ask("rollout")


# -- ratings --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
async def test_a_rating_shows_what_it_looks_like(rating):
    app = RecordedApp(AnchoredStory().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(str(rating))
        assert app.link.commands == [RateQuestion("rollout", rating)]
        assert toasts(app) == ANCHORS[rating - 1]


async def test_without_anchors_a_rating_is_just_given():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("3", "0")
        assert app.link.commands == [RateQuestion("rollout", 3), RateQuestion("rollout", None)]
        assert toasts(app) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_all_anchors_are_shown_and_the_question_is_rated_there(size):
    story = AnchoredStory()
    story.rate("rollout", 2)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert type(app.screen) is RateDialog
        for rating, anchor in enumerate(ANCHORS, start=1):
            assert f"{rating} {anchor}" in words(app)
        assert "▸2" in shown(app)  # the one that stands
        # The interview goes on to another question meanwhile; it is still this one that is rated.
        story.ask("metrics", at_s=60.0)
        await story.play(app, pilot)
        await pilot.press("4")
        assert app.screen_stack[-1] is app.live
        await pilot.press("a", "escape", "a", "0")
        assert app.link.commands == [
            RateQuestion("rollout", 4, reason=""),
            RateQuestion("metrics", None, reason=""),
        ]


async def test_why_and_why_not_are_kept_with_a_judgement():
    story = AnchoredStory()
    story.rate("rollout", 2, reason="Little.")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a", "down", "tab", *"Clear.", "enter", "a", "x", "a", "u")
        await pilot.pause()
        assert app.link.commands == [
            RateQuestion("rollout", 3, reason="Clear."),
            RateQuestion("rollout", None, Unrated.NOT_ASKED, ""),
            RateQuestion("rollout", None, Unrated.NOT_ENOUGH, ""),
        ]
        story.rate("rollout", None, unrated=Unrated.NOT_ENOUGH)
        await story.play(app, pilot)
        assert "not enough to tell" in words(app)
        await pilot.press("a")
        await pilot.pause()
        assert "2 of 4: Little." in words(app)


async def test_a_click_judges():
    app = RecordedApp(AnchoredStory().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert type(app.screen) is RateDialog
        await pilot.click(OptionList, offset=(6, 2))
        await pilot.pause()
        assert app.link.commands == [RateQuestion("rollout", 3, reason="")]


async def test_without_a_question_there_are_no_anchors():
    app = RecordedApp(CallStory().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        assert app.screen_stack[-1] is app.live
        assert toasts(app) == "No question is being answered. Press g to choose one."


# -- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_moment_is_marked_by_one_key_and_that_is_said_briefly(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        app.link.vitals(now_s=72.0)
        await pilot.pause()
        await pilot.press("k")
        assert app.link.commands == [MarkMoment(72.0)]
        story.tell(MomentMarked, 72.5, id="k1", moment_s=72.0, question="rollout")
        await story.play(app, pilot)
        assert "✓ marked 1:12" in words(app)
        assert "1:12 ◆ marked" in words(app)  # in the transcript, where it stays
        app.link.vitals(now_s=90.0)
        await pilot.pause()
        assert "✓" not in shown(app)
        assert "1:12 ◆ marked" in words(app)


# -- calm mode ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_calm_mode_hides_suggestions_says_so_and_gives_them_back(size):
    story = told()
    offered = story.offer()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        app.link.vitals(now_s=12.0, levels_dbfs=dict.fromkeys(Channel, -20.0), lag_s=0.4)
        await until_shown(pilot, offered.text)
        before = {widget: widget.region for widget in app.live.children}
        await pilot.press("c")
        await pilot.pause()
        assert offered.text not in words(app)
        assert "~ calm" in shown(app).splitlines()[0]
        assert "Calm: suggestions are hidden. c shows them." in words(app)
        assert {widget: widget.region for widget in app.live.children} == before
        await pilot.press("t", "s", "x")
        assert app.link.commands == []  # what is not seen cannot be meant
        await pilot.press("c")
        await until_shown(pilot, offered.text)
        assert "calm" not in shown(app).splitlines()[0]


async def test_calm_mode_can_be_there_from_the_first():
    story = told()
    offered = story.offer()
    app = RecordedApp(story.fresh(), calm=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Calm: suggestions are hidden.")
        assert offered.text not in words(app)
        await pilot.press("c")
        await until_shown(pilot, offered.text)


async def test_after_calm_mode_a_key_takes_what_is_there_at_once():
    story = told()
    story.offer()
    app = RecordedApp(story.fresh(), calm=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.clock.hold()
        await pilot.press("c", "t")
        assert [type(command).__name__ for command in app.link.commands] == ["TakeSuggestion"]
