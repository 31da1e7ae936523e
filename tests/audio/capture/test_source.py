"""Both channels of a call, in blocks that join, whatever happens to either of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.blocks import LiveSource
from copilot.audio.capture.devices import Choice, Input, InputKind
from copilot.audio.capture.source import DeviceSource
from copilot.audio.capture.system import open_source
from copilot.audio.capture.tap import Packet
from copilot.audio.notices import Attached, Continued, Gap, Lost, Paused
from copilot.errors import DeviceError
from copilot.events import Channel, GapCause
from tests.audio.capture.conftest import (
    CALL_SIDE,
    ROOM_SIDE,
    FakeFeeder,
    FakeTap,
    Listener,
    as_heard,
    marked,
)

STEP = 800  # samples from one look to the next


@dataclass
class Studio:
    """A source on fake devices, and its clock, which goes on by a step with every look.

    Attributes:
        happens: What is done before a look, by the number of the look.
    """

    room: bool = False
    happens: dict[int, Callable[[], object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sides = [ROOM_SIDE] if self.room else [ROOM_SIDE, CALL_SIDE]
        self.feeders = {side: FakeFeeder() for side in sides}
        self.now = self.looks = 0
        self.source = DeviceSource(
            cast("Any", self.feeders), "fakes", room=self.room, clock=self.clock
        )

    def clock(self) -> float:
        """The time; what was heard until then is in the taps."""
        feeds = [feeder.feed for feeder in self.feeders.values()]
        if happening := self.happens.get(self.looks):
            happening()
        before, self.now = self.now, self.now + STEP
        self.looks += 1
        for feed, feeder in zip(feeds, self.feeders.values(), strict=True):
            # A device that has just come heard nothing yet, and before the session nothing counts.
            if feed is not None and feed is feeder.feed and self.looks > 1:
                tap = cast("FakeTap", feed.tap)
                data = marked(before, STEP).tobytes()
                tap.packets.append(Packet(before / SAMPLE_RATE_HZ, data))
                tap.alive_at = self.now / SAMPLE_RATE_HZ
        return self.now / SAMPLE_RATE_HZ

    def attach(self) -> None:
        """Both devices deliver."""
        for side, feeder in self.feeders.items():
            feeder.attach(f"device of {side}")

    def stop_at(self, look: int) -> Listener:
        """Listen until the source is stopped before that look; the first sample is number 0."""
        self.happens[look] = self.source.stop
        listener = Listener(self.source)
        while listener.hear():
            pass
        return listener


def _sides(listener: Listener) -> Iterable[np.ndarray]:
    return (listener.sound(side) for side in (ROOM_SIDE, CALL_SIDE))


def test_it_is_a_live_source() -> None:
    assert isinstance(Studio().source, LiveSource)


def test_both_channels_stand_on_one_clock() -> None:
    studio = Studio()
    studio.attach()
    listener = studio.stop_at(21)

    # The first look at the clock is the beginning, at sample 800 of its own count.
    for sound in _sides(listener):
        assert len(sound) >= 19 * STEP
        np.testing.assert_array_equal(sound, as_heard(STEP, len(sound)))
    assert listener.notices == [
        Attached(ROOM_SIDE, "device of interviewer"),
        Attached(CALL_SIDE, "device of candidate"),
    ]
    assert all(feeder.started and feeder.stopped for feeder in studio.feeders.values())


def test_a_session_that_goes_on_begins_where_it_ended() -> None:
    studio = Studio()
    studio.source.begin(32_000)
    assert all(feeder.started for feeder in studio.feeders.values())
    studio.attach()
    listener = Listener(studio.source)
    listener.end = 32_000
    studio.happens[10] = studio.source.stop
    while listener.hear():
        pass

    for sound in _sides(listener):
        np.testing.assert_array_equal(sound, as_heard(STEP, len(sound)))


def test_the_other_channel_goes_on_while_one_is_lost() -> None:
    studio = Studio()
    studio.attach()
    call = studio.feeders[CALL_SIDE]
    studio.happens[20] = lambda: setattr(call, "feed", None)
    studio.happens[40] = lambda: call.attach("back")
    listener = studio.stop_at(60)

    room = listener.sound(ROOM_SIDE)
    np.testing.assert_array_equal(room, as_heard(STEP, len(room)))
    (gap,) = listener.gaps(CALL_SIDE)
    assert gap == Gap(CALL_SIDE, 19 * STEP / SAMPLE_RATE_HZ, 2.0, GapCause.DEVICE)
    assert not listener.in_gaps(CALL_SIDE).any()
    heard = listener.sound(CALL_SIDE)
    after = 40 * STEP
    np.testing.assert_array_equal(heard[after:], as_heard(STEP + after, len(heard) - after))


def test_a_pause_is_told_in_order_and_nothing_of_it_gets_in() -> None:
    studio = Studio()
    studio.attach()
    studio.happens[10] = lambda: studio.source.pause(True)
    studio.happens[30] = lambda: studio.source.pause(False)
    studio.happens[34] = studio.attach
    listener = studio.stop_at(50)

    assert [type(notice) for notice in listener.notices[2:]] == [Paused, Continued, Gap, Gap]
    for side in (ROOM_SIDE, CALL_SIDE):
        (gap,) = listener.gaps(side)
        assert gap.cause is GapCause.OFF_RECORD
        assert not listener.in_gaps(side).any()
        sound = listener.sound(side)
        first, end = round(gap.start_s * SAMPLE_RATE_HZ), round(gap.end_s * SAMPLE_RATE_HZ)
        assert first >= 8 * STEP
        np.testing.assert_array_equal(sound[:first], as_heard(STEP, first))
        np.testing.assert_array_equal(sound[end:], as_heard(STEP + end, len(sound) - end))


def test_a_pause_too_short_to_be_seen_does_not_end_the_capture() -> None:
    studio = Studio()
    studio.attach()

    def pause_and_go_on() -> None:
        studio.source.pause(True)
        studio.source.pause(False)

    studio.happens[10] = pause_and_go_on
    studio.stop_at(20)

    assert not any(feeder.suspended for feeder in studio.feeders.values())


def test_a_pause_while_capture_is_being_continued_lets_the_devices_go() -> None:
    studio = Studio()
    studio.attach()
    room = studio.feeders[ROOM_SIDE]
    studio.happens[10] = lambda: studio.source.pause(True)
    studio.happens[20] = lambda: studio.source.pause(False)

    def resume() -> None:
        studio.source.pause(True)  # the key is hit at this very moment, on another thread
        room.suspended = False

    room.resume = resume  # type: ignore[method-assign]
    suspended: list[bool] = []
    studio.happens[25] = lambda: suspended.extend(f.suspended for f in studio.feeders.values())
    studio.stop_at(26)

    assert suspended == [True, True]


def test_with_one_microphone_the_key_says_who_speaks() -> None:
    studio = Studio(room=True)
    studio.attach()
    studio.happens[10] = lambda: studio.source.choose_speaker(Channel.CANDIDATE)
    studio.happens[20] = lambda: studio.source.choose_speaker(Channel.INTERVIEWER)
    listener = studio.stop_at(31)

    room, call = _sides(listener)
    np.testing.assert_array_equal(room + call, as_heard(STEP, len(room)))
    assert not (room * call).any()
    for sound, blocks in ((room, [5, 25]), (call, [15])):
        for block in blocks:
            assert sound[block * STEP : (block + 1) * STEP].all()


def test_what_happens_to_one_microphone_happens_to_both_sides() -> None:
    studio = Studio(room=True)
    studio.attach()
    studio.happens[10] = lambda: setattr(studio.feeders[ROOM_SIDE], "feed", None)
    listener = studio.stop_at(30)

    for side in (ROOM_SIDE, CALL_SIDE):
        assert [n.device for n in listener.told(Attached, side)] == ["device of interviewer"]  # type: ignore[union-attr]
        assert len(listener.losses(side)) == 1


def test_a_gap_of_one_microphone_is_one_of_both_sides() -> None:
    studio = Studio(room=True)
    studio.attach()
    feeder = studio.feeders[ROOM_SIDE]
    studio.happens[10] = lambda: setattr(feeder, "feed", None)
    studio.happens[20] = lambda: feeder.attach("back")
    listener = studio.stop_at(30)

    sides = {notice.channel for notice in listener.notices if isinstance(notice, Gap)}
    assert sides in ({None}, {ROOM_SIDE, CALL_SIDE})


def test_an_hour_of_sleep_comes_in_blocks_that_fit_in_memory() -> None:
    studio = Studio()
    studio.attach()
    slept = 3600 * SAMPLE_RATE_HZ

    def sleep() -> None:
        studio.now += slept
        for feeder in studio.feeders.values():
            feeder.feed = None

    studio.happens[10] = sleep
    studio.happens[30] = studio.attach
    sizes, end, gaps = [], 0, []
    studio.happens[45] = studio.source.stop
    for block in studio.source.blocks():
        assert block.start == end
        end += len(block)
        sizes.append(len(block))
        gaps += [notice for notice in block.notices if isinstance(notice, Gap)]

    assert max(sizes) <= 60 * SAMPLE_RATE_HZ
    assert end > slept
    assert {gap.cause for gap in gaps} == {GapCause.ASLEEP}
    assert {gap.channel for gap in gaps} == {ROOM_SIDE, CALL_SIDE}
    assert all(gap.end_s - gap.start_s > 3600 for gap in gaps)


def test_the_last_words_are_kept_though_the_other_device_never_opened() -> None:
    studio = Studio()
    studio.feeders[ROOM_SIDE].attach()
    listener = studio.stop_at(40)  # two seconds: the other one still has time to open

    assert len(listener.sound(ROOM_SIDE)) >= 38 * STEP


@given(
    happenings=st.lists(
        st.tuples(st.integers(3, 12), st.sampled_from(["room", "call", "both", "pause", "back"])),
        max_size=5,
    )
)
def test_blocks_join_and_sound_is_in_place_whatever_happens(happenings) -> None:
    studio = Studio()
    stopped = studio.source._stopped
    stopped.wait = lambda timeout=None: stopped.is_set()  # type: ignore[method-assign] # noqa: ARG005
    studio.attach()
    look = 4

    def back() -> None:
        studio.source.pause(False)
        for feeder in studio.feeders.values():
            if feeder.feed is None:
                feeder.attach("back")

    def lose(*sides: Channel) -> Callable[[], None]:
        def gone() -> None:
            for side in sides:
                studio.feeders[side].feed = None

        return gone

    actions = {
        "room": lose(ROOM_SIDE),
        "call": lose(CALL_SIDE),
        "both": lose(ROOM_SIDE, CALL_SIDE),
        "pause": lambda: studio.source.pause(True),
        "back": back,
    }
    for looks, what in happenings:
        studio.happens[look] = actions[what]
        look += looks
    listener = studio.stop_at(look + 3)

    for side in (ROOM_SIDE, CALL_SIDE):
        sound = listener.sound(side)
        expected = as_heard(STEP, len(sound))
        assert np.all((sound == 0) | (sound == expected))
        assert not listener.in_gaps(side).any()
    losses = [notice for notice in listener.notices if isinstance(notice, Lost)]
    assert all(loss.since_s <= listener.end / SAMPLE_RATE_HZ for loss in losses)


# -- opening one ----------------------------------------------------------------------------------


class _System:
    name = "fake"

    def __init__(self, *inputs: Input) -> None:
        self._inputs = list(inputs)

    def inputs(self) -> list[Input]:
        return self._inputs


_MIC = Input("mic", "Microphone", InputKind.MICROPHONE)
_MONITOR = Input("mon", "Monitor", InputKind.MONITOR)


def test_a_source_names_its_devices() -> None:
    system = cast("Any", _System(_MIC, _MONITOR))
    assert open_source(system, Choice()).description == "Microphone and Monitor"
    assert open_source(system, Choice(room=True)).description == "one microphone: Microphone"


def test_one_input_for_both_sides_is_refused() -> None:
    system = cast("Any", _System(_MIC, _MONITOR))
    with pytest.raises(DeviceError) as caught:
        open_source(system, Choice(microphone="mon", call="mon"))
    assert "--mixed" in caught.value.remedy


def test_a_missing_side_is_an_error_unless_one_microphone_is_enough() -> None:
    system = cast("Any", _System(_MIC))
    with pytest.raises(DeviceError):
        open_source(system, Choice())
    assert open_source(system, Choice(room=True)).description == "one microphone: Microphone"
