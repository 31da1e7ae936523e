"""Transcript, plan, flags and notes are a key away, and nothing else moves."""

import pytest

from copilot.events import MomentMarked, NoteTaken
from copilot.tui.live.flags_pane import FlagsPane
from copilot.tui.live.notes_pane import NotesPane
from copilot.tui.live.pane_tabs import PaneTabs
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.question_pane import QuestionPane
from copilot.tui.live.transcript_pane import TranscriptPane
from tests.tui.recorded import CallStory, RecordedApp, shown, told, until_shown, words

SIZES = [(50, 20), (80, 24), (60, 40)]
WIDE = [(120, 24), (160, 50)]
KEYS = {"i": PlanPane, "f": FlagsPane, "j": NotesPane}


def full() -> CallStory:
    """An interview with something for every pane."""
    story = told()
    story.raise_flag("alone", story.say("I did all of it by myself."))
    story.note("Calm throughout.", moment_s=65.0, question="rollout")
    story.tell(MomentMarked, 70.0, id="k1", moment_s=61.0, question="rollout")
    story.rate("rollout", 3)
    return story


def seen(app: RecordedApp) -> set[type]:
    """Which of the lower panes can be seen."""
    panes = (TranscriptPane, PlanPane, FlagsPane, NotesPane)
    return {kind for kind in panes if app.live.query_one(kind).region.area}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", KEYS)
async def test_a_key_shows_a_pane_and_the_same_key_goes_back(size, key):
    app = RecordedApp(full().fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "▸Transcript")
        assert seen(app) == {TranscriptPane}
        others = {w: w.region for w in app.live.children if not w.has_class("-hidden")}
        await pilot.press(key)
        await pilot.pause()
        assert seen(app) == {KEYS[key]}
        assert {w: w.region for w in others} == others  # only what is in the lower part changed
        await pilot.press(key)
        await pilot.pause()
        assert seen(app) == {TranscriptPane}


@pytest.mark.parametrize("size", [*SIZES, *WIDE])
async def test_each_pane_tells_what_it_is_for(size):
    app = RecordedApp(full().fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.press("i")
        await until_shown(pilot, "▸ New oven 3")
        assert "· Figures" in shown(app)
        await pilot.press("f")
        await until_shown(pilot, "⚑ Works alone New oven")
        assert "“I did all of it by myself.” 0:04" in words(app)
        assert "It may also mean: It was that one project." in words(app)
        await pilot.press("j")
        await until_shown(pilot, "1:01 ◆ marked New oven")
        assert "1:05 Calm throughout. New oven" in words(app)


@pytest.mark.parametrize("size", WIDE)
async def test_a_wide_screen_shows_more_at_once(size):
    app = RecordedApp(full().fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "▸Transcript")
        expected = {TranscriptPane, PlanPane}
        if size[1] >= 34:
            expected |= {FlagsPane, NotesPane}
        assert seen(app) == expected
        await pilot.press("f")
        await pilot.pause()
        assert FlagsPane in seen(app)
        assert TranscriptPane in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_tabs_name_the_keys_and_count_flags_and_notes(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "▸Transcript i Plan f Flags j Notes")
        later = full()
        fresh = later.events[len(story.events) :]
        app.link.play(fresh)
        await until_shown(pilot, "▸Transcript i Plan f Flags ⚑1 j Notes 2")
        await pilot.press("f")
        await until_shown(pilot, "Transcript i Plan ▸Flags ⚑1 j Notes 2")


async def test_a_click_on_a_tab_shows_its_pane():
    app = RecordedApp(full().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸Transcript")
        y = app.live.query_one(PaneTabs).region.y
        line = shown(app).splitlines()[y]
        await pilot.click(offset=(line.index("Flags"), y))
        await pilot.pause()
        assert seen(app) == {FlagsPane}
        await pilot.click(offset=(line.index("Transcript") + 1, y))
        await pilot.pause()
        assert seen(app) == {TranscriptPane}


async def test_empty_panes_say_so_and_how_to_fill_them():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await until_shown(pilot, "No flag is raised.")
        await pilot.press("j")
        await until_shown(pilot, "Nothing yet. m writes a note, k marks the moment.")


async def test_the_pages_of_the_pane_that_is_shown_are_turned():
    story = told()
    for number in range(30):
        story.tell(NoteTaken, id=f"n{number + 1}", text=f"note {number}", moment_s=float(number))
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await until_shown(pilot, "note 29")
        assert "note 0 " not in words(app) + " "
        await pilot.press(*["pageup"] * 12)
        await until_shown(pilot, "0:00 note 0")
        await pilot.press(*["pagedown"] * 12)
        await until_shown(pilot, "note 29")


async def test_what_is_said_while_another_pane_is_shown_is_there_afterwards():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        for number in range(40):
            story.say(f"Step {number}.")
        await story.play(app, pilot)
        await pilot.press("i")
        await until_shown(pilot, "Step 39.")


@pytest.mark.parametrize("size", [*SIZES, *WIDE])
async def test_whatever_is_told_no_pane_changes_its_place_or_height(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "▸Transcript")
        fixed = list(app.live.query("LiveScreen > *, #noticed > *, #lower > *, #side > *"))
        fixed = [widget for widget in fixed if widget.css_identifier != "TopicPane"]
        before = {widget: widget.region for widget in fixed}
        later = full()
        for event in later.events[len(story.events) :]:
            app.link.play([event])
            await pilot.pause()
            assert {widget: widget.region for widget in fixed} == before
        later.offer()
        app.link.play(later.events[-1:])
        await until_shown(pilot, "What if it fails?")
        assert {widget: widget.region for widget in fixed} == before


@pytest.mark.parametrize("size", [(49, 24), (80, 19), (20, 8)])
async def test_a_terminal_that_is_too_small_is_told_calmly_and_a_larger_one_is_fine(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "This screen needs 50 columns and 20 rows")
        assert f"here are {size[0]} and {size[1]}. The session goes on meanwhile." in words(app)
        assert not app.live.query_one(QuestionPane).region.area
        story.say("And that is all.")
        await story.play(app, pilot)
        await pilot.resize_terminal(50, 20)
        await until_shown(pilot, "And that is all.")
        assert "This screen needs" not in words(app)
