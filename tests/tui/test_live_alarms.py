"""What goes wrong with what is heard is said at once, and goes away once it is mended."""

import pytest

from copilot.engine.commands import (
    PauseCapture,
)
from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AudioGap,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    DiskTroubled,
    GapCause,
    SessionResumed,
)
from copilot.tui.live.alarm_line import AlarmLine
from tests.tui.recorded import RecordedApp, shown, told, until_shown, words

SIZES = [(50, 24), (80, 24), (60, 40), (160, 50)]
LOOKING = " lost – looking for it"  # noqa: RUF001 - a dash
YOU, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE


def alarm(app: RecordedApp) -> str:
    """The alarm line; empty where it has neither trouble nor news."""
    line = app.live.query_one(AlarmLine)
    if not (line.has_class("-trouble") or line.has_class("-news")):
        assert not {"▲", "✓"} & set(str(line.content))
        return ""
    region = line.region
    return shown(app).splitlines()[region.y].strip()


async def test_when_all_is_well_it_says_how_much_time_is_left_and_how_sure_the_text_is():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(50, 24)) as pilot:
        app.link.vitals(now_s=125.0)
        await until_shown(pilot, "10 min left · text 100% sure")
        assert alarm(app) == ""
        app.link.vitals(now_s=14 * 60.0)
        await until_shown(pilot, "2 min over the plan")


@pytest.mark.parametrize("size", [*SIZES, (50, 20), (200, 50)])
async def test_whatever_goes_wrong_moves_nothing(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = {widget: widget.region for widget in app.live.children}
        story.tell(ChannelLost, channel=CANDIDATE, device="H" * 90, reason="gone", since_s=1.0)
        story.tell(DiskTroubled, reason="disk full", waiting_s=12.0)
        await story.play(app, pilot)
        app.link.vitals(now_s=20.0, trouble="the recogniser is being started anew.")
        await pilot.pause()
        assert alarm(app).startswith("▲")
        assert {widget: widget.region for widget in app.live.children} == before


async def test_text_that_comes_late_is_told_and_that_nothing_is_lost_until_it_has_caught_up():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        app.link.vitals(now_s=60.0, lag_s=21.0)
        await until_shown(pilot, "▲ text is 21 s behind and catches up; nothing is lost")
        app.link.vitals(now_s=61.0, lag_s=0.5)
        await pilot.pause()
        assert alarm(app) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_a_lost_device_shows_until_it_is_back_and_that_for_a_moment(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        story.tell(
            ChannelLost,
            60.0,
            channel=CANDIDATE,
            device="Headphones",
            reason="unplugged",
            since_s=59.0,
        )
        await story.play(app, pilot)
        assert alarm(app) == "▲ candidate: Headphones" + LOOKING
        story.tell(ChannelAttached, 63.0, channel=CANDIDATE, device="Headphones")
        await story.play(app, pilot)
        assert alarm(app) == "✓ candidate back after 4 s"
        app.link.vitals(now_s=65.0)
        await pilot.pause()
        assert alarm(app) == "✓ candidate back after 4 s"
        app.link.vitals(now_s=72.0)
        await pilot.pause()
        assert alarm(app) == ""


async def test_the_device_a_channel_begins_with_is_no_news():
    story = told()
    story.tell(ChannelAttached, channel=CANDIDATE, device="Headphones")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert alarm(app) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_the_gravest_is_shown_with_a_count_of_the_others(size):
    story = told()
    silent = "candidate silent for 12 s: is the call's output still Headphones?"
    story.tell(AlarmRaised, alarm=AlarmKind.CLIPPING, channel=YOU, text="you are too loud")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert alarm(app) == "▲ you are too loud"
        story.tell(AlarmRaised, alarm=AlarmKind.SILENT, channel=CANDIDATE, text=silent)
        await story.play(app, pilot)
        assert alarm(app).startswith("▲ candidate silent for 12 s: is the c")
        assert "  +1" in alarm(app)
        story.tell(DiskTroubled, reason="disk full", waiting_s=12.0)
        await story.play(app, pilot)
        assert alarm(app).startswith("▲ disk full: 12 s held in memory  +2")
        lost = "Monitor of Built-in Audio Analogue Stereo of the Docking Station"
        story.tell(ChannelLost, channel=YOU, device=lost, reason="gone", since_s=1.0)
        await story.play(app, pilot)
        line = alarm(app)
        assert line.startswith("▲ you: Monitor")
        assert LOOKING + "  +3" in line
        assert len(line) <= size[0] - 2
        story.tell(DiskTroubled, reason="disk full", waiting_s=60.0, lost_s=5.0)
        await story.play(app, pilot)
        assert alarm(app).startswith("▲ disk full: 5 s lost, 60 s held in memory")
        for kind, channel in [(AlarmKind.SILENT, CANDIDATE), (AlarmKind.CLIPPING, YOU)]:
            story.tell(AlarmCleared, alarm=kind, channel=channel)
        story.tell(ChannelAttached, channel=YOU, device="Headset")
        story.tell(DiskTroubled, reason="", waiting_s=0.0, lost_s=5.0, over=True)
        await story.play(app, pilot)
        assert alarm(app) == "✓ the disk works again, 5 s were lost"


async def test_a_recogniser_that_gives_no_text_is_said_until_it_does():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=20.0, trouble="the recogniser is being started anew.")
        await pilot.pause()
        assert alarm(app) == "▲ no text at the moment: the recogniser is being started anew"
        app.link.vitals(now_s=21.0)
        await pilot.pause()
        assert alarm(app) == ""


async def test_with_one_microphone_its_loss_counts_once():
    story = told(kind=CaptureKind.ROOM)
    for channel in Channel:
        story.tell(ChannelLost, channel=channel, device="Table", reason="gone", since_s=1.0)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert alarm(app) == "▲ microphone: Table" + LOOKING


@pytest.mark.parametrize(
    ("cause", "line", "said"),
    [
        (GapCause.OVERFLOW, "✓ 0.6 s not heard: this computer was too busy", "too busy"),
        (GapCause.ASLEEP, "✓ 0.6 s not heard: this computer slept", "slept"),
        (GapCause.DEVICE, "", "the device was away"),
        (GapCause.DISK, "", "the disk refused"),
    ],
)
async def test_a_gap_stands_in_the_transcript(cause, line, said):
    story = told()
    story.tell(AudioGap, channel=CANDIDATE, start_s=1.0, end_s=1.6, cause=cause)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert alarm(app) == line
        assert "0.6 s of candidate not heard:" in words(app)
        assert said in words(app)


async def test_a_device_that_finds_its_pace_is_no_news():
    story = told()
    story.tell(AudioGap, channel=CANDIDATE, start_s=1.0, end_s=1.2, cause=GapCause.DEVICE)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "not heard" not in words(app)


async def test_what_went_wrong_before_a_resumed_session_is_no_news():
    story = told()
    story.tell(ChannelLost, channel=YOU, device="Headset", reason="gone", since_s=1.0)
    story.tell(
        SessionResumed,
        resumed_at="2026-03-02T09:20:00+00:00",
        away_s=200.0,
        app_version="0.1.0",
        source="call",
    )
    story.tell(ChannelAttached, channel=YOU, device="Headset")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert alarm(app) == ""


async def test_what_was_off_the_record_when_it_was_interrupted_stays_so():
    story = told()
    story.tell(CapturePaused)
    story.tell(
        SessionResumed,
        resumed_at="2026-03-02T09:20:00+00:00",
        away_s=200.0,
        app_version="0.1.0",
        source="call",
    )
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "OFF THE RECORD" in shown(app)
        assert "── resumed after 3 min ──" in shown(app)
        await pilot.press("o")
        assert app.link.commands == [PauseCapture(paused=False)]


async def test_devices_that_change_sides_are_back_on_the_side_they_went_to():
    story = told()
    story.tell(ChannelLost, channel=YOU, device="Headset", reason="gone", since_s=4.0)
    story.tell(ChannelsSwapped)
    story.tell(ChannelAttached, 14.0, channel=CANDIDATE, device="Headset")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert alarm(app) == "✓ candidate back after 10 s"
