"""Nothing runs over at any size, whatever has to be said at once."""

import pytest

from copilot.events import (
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelLost,
    DiskTroubled,
    SpeakerChosen,
)
from copilot.tui.keys.live import LIVE_ACTIONS
from tests.tui.recorded import RecordedApp, shown, told, until_shown

SIZES = [(50, 24), (80, 24), (60, 40), (160, 50)]
LEVELS = {Channel.INTERVIEWER: -20.0, Channel.CANDIDATE: -30.0}
CANDIDATE = Channel.CANDIDATE


@pytest.mark.parametrize("kind", [CaptureKind.CALL, CaptureKind.ROOM])
@pytest.mark.parametrize("size", [*SIZES, (50, 20), (80, 20), (200, 50)])
async def test_with_everything_at_once_nothing_runs_over_and_the_newest_words_show(size, kind):
    story = told(kind=kind)
    for number in range(30):
        story.say(f"Then comes step number {number} of them all.")
    story.offer()
    story.tell(SpeakerChosen, channel=CANDIDATE)
    story.tell(ChannelLost, channel=CANDIDATE, device="H" * 90, reason="gone", since_s=1.0)
    story.tell(DiskTroubled, reason="disk full", waiting_s=12.0)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=3700.0, levels_dbfs=LEVELS, lag_s=2.0)
        await pilot.pause()
        for paused in (False, True):
            if paused:
                story.tell(CapturePaused)
                await story.play(app, pilot)
            newest = "off the record" if paused else "number 29"
            await until_shown(pilot, newest)
            lines = shown(app).splitlines()
            assert len(lines) == size[1]
            assert max(map(len, lines)) <= size[0]
            assert not app.live.show_vertical_scrollbar
            assert "End" in lines[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_the_footer_drops_keys_rather_than_cut_them_off(size):
    app = RecordedApp(told(kind=CaptureKind.ROOM).fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        last = shown(app).splitlines()[-1]
        assert len(last) <= size[0]
        for known in ("Space Speaker", "1-4 Rate", "o Pause", "? Keys", "q End"):
            assert known in last
        if size[0] >= 160:
            for action in LIVE_ACTIONS:
                assert not action.footer or action.label in last


async def test_a_wider_terminal_has_room_for_more_keys():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.pause()
        assert "Dismiss" not in shown(app).splitlines()[-1]
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        await pilot.pause()
        assert "Dismiss" in shown(app).splitlines()[-1]


async def test_a_click_on_the_ratings_rates_nothing():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        column = shown(app).splitlines()[-1].index("1-4 Rate")
        await pilot.click(offset=(column + 1, 23))
        assert app.link.commands == []


async def test_no_two_actions_share_a_key_or_an_id():
    keys = [key for action in LIVE_ACTIONS for key in action.key.split(",")]
    assert len(set(keys)) == len(keys)
    assert len({action.id for action in LIVE_ACTIONS}) == len(LIVE_ACTIONS)


async def test_words_keep_coming_at_the_bottom_when_the_room_for_them_changes():
    story = told()
    for number in range(40):
        story.say(f"Step {number}.")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        story.tell(CapturePaused)
        await story.play(app, pilot)
        story.tell(CaptureContinued)
        await story.play(app, pilot)
        await pilot.pause()
        story.say("And that is all.")
        await story.play(app, pilot)
        await until_shown(pilot, "And that is all.")
