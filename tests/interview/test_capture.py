"""How well it is heard, as a state: devices, gaps, pauses, alarms, the disk, interruptions."""

from collections.abc import Callable
from typing import Any

import pytest

from copilot.errors import EventError
from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AudioGap,
    CaptureContinued,
    CapturePaused,
    Channel,
    ChannelAttached,
    ChannelLost,
    ChannelsSwapped,
    ConsentDecision,
    DiskTroubled,
    Event,
    GapCause,
    SessionResumed,
    SpeakerChosen,
)
from copilot.interview import Capture
from tests.story import Story

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE


@pytest.fixture
def story() -> Story:
    told = Story()
    for channel, device in ((INTERVIEWER, "Headset"), (CANDIDATE, "Call")):
        told.tell(ChannelAttached, channel=channel, device=device)
    return told


@pytest.fixture
def capture(story: Story) -> Capture:
    return story.interview.capture


def _lost(story: Story, channel: Channel = CANDIDATE) -> None:
    story.tell(
        ChannelLost,
        channel=channel,
        device="Call",
        reason="it was unplugged",
        since_s=story.time(None),
    )


def _alarm(story: Story, kind: AlarmKind = AlarmKind.NO_SIGNAL, channel=CANDIDATE) -> None:
    story.tell(AlarmRaised, alarm=kind, channel=channel, text="no signal")


def _disk(story: Story, *, over: bool = False) -> None:
    story.tell(DiskTroubled, reason="full", waiting_s=3.0, over=over)


def _resume(story: Story) -> None:
    story.tell(SessionResumed, resumed_at="2026-03-02T10:00:00+00:00", away_s=60.0, app_version="1", source="two")  # fmt: skip


def test_before_anything_is_told_nothing_is_known() -> None:
    capture = Story().interview.capture

    assert capture == Capture()


def test_a_device_that_goes_and_comes_back(story: Story, capture: Capture) -> None:
    _lost(story)
    assert capture.lost[CANDIDATE].reason == "it was unplugged"
    assert capture.devices == {INTERVIEWER: "Headset", CANDIDATE: "Call"}

    story.tell(ChannelAttached, channel=CANDIDATE, device="Speakers")

    assert capture.lost == {}
    assert capture.devices[CANDIDATE] == "Speakers"


def test_gaps_are_kept_in_order_for_one_side_or_both(story: Story, capture: Capture) -> None:
    story.tell(AudioGap, 9, channel=CANDIDATE, start_s=2, end_s=8.5, cause=GapCause.DEVICE)
    story.tell(AudioGap, 30, channel=None, start_s=12, end_s=12, cause=GapCause.ASLEEP)

    told = [(gap.channel, gap.start_s, gap.end_s, gap.cause) for gap in capture.gaps]
    assert told == [(CANDIDATE, 2, 8.5, "device"), (None, 12, 12, "asleep")]


def test_off_the_record_and_on_it_again(story: Story, capture: Capture) -> None:
    story.tell(CapturePaused, 12.0)
    assert story.interview.capture.paused_at_s == 12.0

    story.tell(CaptureContinued, 40.0)

    assert story.interview.capture.paused_at_s is None


def test_an_alarm_stands_until_it_is_cleared(story: Story, capture: Capture) -> None:
    _alarm(story)
    _alarm(story, AlarmKind.CLIPPING, INTERVIEWER)
    story.tell(AlarmCleared, alarm=AlarmKind.NO_SIGNAL, channel=CANDIDATE)

    assert list(capture.alarms) == [(AlarmKind.CLIPPING, INTERVIEWER)]
    story.tell(AlarmCleared, alarm=AlarmKind.SILENT, channel=CANDIDATE)  # was never raised
    assert len(capture.alarms) == 1


def test_trouble_with_the_disk_stands_until_it_is_over(story: Story, capture: Capture) -> None:
    _disk(story)
    assert capture.disk is not None
    assert capture.disk.waiting_s == 3.0

    _disk(story, over=True)

    assert capture.disk is None


def test_an_exchange_takes_the_devices_along_and_forgets_the_alarms(
    story: Story, capture: Capture
) -> None:
    _lost(story)
    _alarm(story)

    story.tell(ChannelsSwapped)

    assert capture.swapped
    assert capture.devices == {INTERVIEWER: "Call", CANDIDATE: "Headset"}
    assert set(capture.lost) == {INTERVIEWER}
    assert capture.alarms == {}


def test_a_second_exchange_takes_the_first_back(story: Story, capture: Capture) -> None:
    story.tell(ChannelsSwapped)
    story.tell(ChannelsSwapped)

    assert not capture.swapped
    assert capture.devices == {INTERVIEWER: "Headset", CANDIDATE: "Call"}


def test_what_an_interrupted_program_took_with_it(story: Story, capture: Capture) -> None:
    _lost(story)
    _alarm(story)
    _disk(story)
    story.tell(CapturePaused)
    off_record_since_s = capture.paused_at_s
    story.tell(ChannelsSwapped)
    story.tell(AudioGap, channel=None, start_s=0, end_s=1, cause=GapCause.OVERFLOW)

    _resume(story)

    assert (capture.lost, capture.alarms, capture.disk) == ({}, {}, None)
    assert capture.paused_at_s == off_record_since_s is not None
    assert capture.swapped  # the recordings are still the wrong way round
    assert len(capture.gaps) == len(capture.resumed) == 1
    _resume(story)
    assert len(capture.resumed) == 2


def test_with_one_microphone_the_last_choice_of_a_speaker_holds(
    story: Story, capture: Capture
) -> None:
    story.tell(SpeakerChosen, channel=CANDIDATE)
    assert capture.speaker is CANDIDATE
    story.tell(SpeakerChosen, channel=INTERVIEWER)
    assert capture.speaker is INTERVIEWER


def test_with_one_microphone_an_exchange_leaves_who_speaks_now(
    story: Story, capture: Capture
) -> None:
    story.tell(SpeakerChosen, channel=CANDIDATE)

    story.tell(ChannelsSwapped)

    assert capture.speaker is CANDIDATE


# -- what is refused ------------------------------------------------------------------------------

_GAP: dict[str, Any] = {"channel": CANDIDATE, "start_s": 5, "end_s": 4.9, "cause": GapCause.DEVICE}
_FORBIDDEN: list[tuple[list[type[Event]], type[Event], dict[str, Any], str]] = [
    ([CapturePaused], CapturePaused, {}, "in that state already"),
    ([], CaptureContinued, {}, "in that state already"),
    ([CapturePaused, CaptureContinued], CaptureContinued, {}, "in that state already"),
    ([], AudioGap, _GAP, "ends before it begins"),
]


@pytest.mark.parametrize(("before", "kind", "values", "reason"), _FORBIDDEN)
def test_what_contradicts_the_state_is_refused_and_changes_nothing(
    story: Story, before, kind, values, reason: str
) -> None:
    for earlier in before:
        story.tell(earlier)
    memory = story.memory()

    with pytest.raises(EventError, match=reason):
        story.tell(kind, **values)

    assert story.interview == memory


_AFTER_THE_END: list[Callable[[Story], None]] = [
    _lost, _alarm, _disk, _resume, Story.swap, lambda story: story.note("Late."),
    lambda story: story.rate("rollout", 3), lambda story: story.tell(CapturePaused),
]  # fmt: skip


@pytest.mark.parametrize("step", _AFTER_THE_END)
def test_nothing_of_this_comes_after_the_end(story: Story, step: Callable[[Story], None]) -> None:
    story.end()

    with pytest.raises(EventError, match="after the session's end"):
        step(story)


def test_capture_can_be_told_of_whatever_was_decided_about_consent() -> None:
    story = Story(consent=ConsentDecision.DECLINED)

    story.tell(CapturePaused)
    story.swap()

    assert story.interview.capture.paused_at_s is not None
