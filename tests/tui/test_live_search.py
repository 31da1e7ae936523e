"""What was said can be searched while the interview goes on."""

import pytest

from copilot.tui.live.transcript_pane import TranscriptPane
from tests.tui.recorded import (
    CallStory,
    RecordedApp,
    shown,
    toasts,
    told,
    until_it_holds,
    until_shown,
)


def with_talk() -> CallStory:
    story = told()
    for number in range(40):
        story.say(f"Line {number} of the oven story.")
    story.say("Then we bought a café machine.")
    return story


@pytest.mark.parametrize("size", [(50, 20), (80, 24), (160, 50)])
async def test_a_search_goes_from_place_to_place_and_another_pane_gives_way(size):
    app = RecordedApp(with_talk().fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "▸Transcript")
        await pilot.press("i", "slash", *"oven", "enter")
        await until_it_holds(pilot, lambda: "“oven”: " in toasts(app))
        transcript = app.live.query_one(TranscriptPane)
        count, first = transcript.match_count, transcript.match_number
        assert count == 42
        assert transcript.region.area

        await pilot.press("comma")
        await pilot.pause()

        assert transcript.match_number == (first - 2) % count + 1


async def test_accents_and_capitals_make_no_difference_and_an_empty_search_ends_it():
    app = RecordedApp(with_talk().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸Transcript")
        await pilot.press("slash", *"CAFE", "enter")
        await until_it_holds(pilot, lambda: "“CAFE”: 1 of 1" in toasts(app))

        await pilot.press("slash", "delete", "enter")
        await pilot.pause()

        assert app.live.query_one(TranscriptPane).match_count == 0


async def test_what_stands_nowhere_is_said_and_nothing_moves():
    app = RecordedApp(with_talk().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸Transcript")
        before = app.live.query_one(TranscriptPane).scroll_offset
        await pilot.press("slash", *"zeppelin", "enter")
        await until_it_holds(pilot, lambda: "stands nowhere" in toasts(app))

        assert app.live.query_one(TranscriptPane).scroll_offset == before
        assert "café machine" in shown(app)
