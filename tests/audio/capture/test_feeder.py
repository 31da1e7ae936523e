"""A feeder keeps one channel on the device that was asked for, and on no other."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from copilot.audio.capture.clock import capture_clock
from copilot.audio.capture.devices import Input, InputKind, TapPlan
from copilot.audio.capture.feeder import Feeder
from copilot.audio.capture.tap import Tap
from copilot.errors import DeviceError
from tests.audio.capture.conftest import PATIENCE_S, FakeTap

MIC = Input("hs.mono", "Headset", InputKind.MICROPHONE)
OTHER_MIC = Input("usb.mono", "USB", InputKind.MICROPHONE, is_default=True)
MONITOR = Input("hs.monitor", "Monitor of Headset", InputKind.MONITOR, is_default=True)


class FakeSystem:
    """Inputs that come and go, and streams that are moved, by a test's word."""

    name = "fake"

    def __init__(self, *inputs: Input) -> None:
        self.there = list(inputs)
        self.answers = True
        self.heard_by: dict[int, str] = {}
        self.asked = threading.Semaphore(0)
        self.taps: list[FakeTap] = []
        self.opened: list[Input] = []

    def inputs(self) -> list[Input]:
        self.asked.release()
        if not self.answers:
            raise DeviceError("the sound server does not answer.")
        return list(self.there)

    def plan(self, device: Input) -> TapPlan:
        return TapPlan(device.id, 16_000)

    def input_of(self, pid: int) -> str | None:
        self.asked.release()
        return self.heard_by.get(pid)

    def move(self, pid: int, device: Input) -> None:
        self.heard_by[pid] = device.id

    def watch(self, on_change: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    def start_tap(self, system: Any, device: Input) -> Tap:
        tap = FakeTap(system.plan(device))
        self.heard_by[tap.pid] = device.id
        self.taps.append(tap)
        self.opened.append(device)
        tap.opened.set()
        return cast("Tap", tap)


Start = Callable[..., Feeder]


@pytest.fixture
def system() -> FakeSystem:
    return FakeSystem(MIC, OTHER_MIC, MONITOR)


@pytest.fixture
def start(system: FakeSystem) -> Iterator[Start]:
    """Starts a feeder, and stops it at the end."""
    feeders: list[Feeder] = []

    def begin(wanted: str, *, call: bool = False) -> Feeder:
        feeder = Feeder(system, wanted, call=call, start_tap=system.start_tap)
        feeders.append(feeder)
        feeder.start()
        return feeder

    yield begin
    for feeder in feeders:
        feeder.stop()


def _until(system: FakeSystem, condition: Callable[[], bool]) -> None:
    """Wait until it holds; looked at whenever the feeder asks the system something."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        system.asked.acquire(timeout=0.05)


def _device(feeder: Feeder) -> Input | None:
    return feeder.feed.device if feeder.feed else None


def test_it_opens_what_was_asked_for(system: FakeSystem, start: Start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    assert system.opened == [MIC]


def test_it_waits_for_a_device_that_is_not_there_and_says_why(system, start) -> None:
    system.there = [OTHER_MIC]
    feeder = start("hs.mono")
    _until(system, lambda: "there is no input 'hs.mono'" in feeder.trouble)
    assert feeder.feed is None
    system.there = [MIC]
    _until(system, lambda: _device(feeder) is MIC)


def test_a_sound_system_that_does_not_answer_is_asked_again(system, start) -> None:
    system.answers = False
    feeder = start("auto")
    _until(system, lambda: feeder.trouble == "the sound server does not answer.")
    system.answers = True
    _until(system, lambda: _device(feeder) is OTHER_MIC)


def test_a_tap_that_ends_is_started_anew(system, start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    system.taps[0].failure = "the device stopped delivering"
    system.taps[0].ended.set()
    _until(system, lambda: len(system.taps) == 2 and feeder.feed is not None)
    assert feeder.trouble == "the device stopped delivering"


def test_a_feed_that_was_given_up_is_stopped_and_opened_anew(system, start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    feed = feeder.feed
    assert feed is not None
    feeder.give_up(feed)
    assert system.taps[0].ended.is_set()
    _until(system, lambda: feeder.feed not in (None, feed))


def test_a_stream_that_was_moved_is_ended_and_opened_anew(system, start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    strayed = feeder.feed
    system.heard_by[system.taps[0].pid] = MONITOR.id
    _until(system, lambda: len(system.taps) == 2 and _device(feeder) is MIC)

    assert system.taps[0].ended.is_set()
    assert strayed.distrusted_from <= capture_clock()
    assert feeder.feed.distrusted_from == math.inf


def test_auto_follows_the_default_with_the_same_tap(system, start) -> None:
    feeder = start("auto")
    _until(system, lambda: _device(feeder) is OTHER_MIC)
    new = Input("new.mono", "New", InputKind.MICROPHONE, is_default=True)
    system.there = [new, MIC, MONITOR]
    _until(system, lambda: _device(feeder) is new)
    assert len(system.taps) == 1
    assert system.heard_by[system.taps[0].pid] == "new.mono"


def test_a_named_input_that_goes_away_is_given_up_though_the_system_moved_the_stream(
    system, start
) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    system.there = [OTHER_MIC, MONITOR]
    system.heard_by[system.taps[0].pid] = OTHER_MIC.id
    _until(system, lambda: feeder.feed is None)
    assert system.taps[0].ended.is_set()
    system.there = [MIC, OTHER_MIC]
    _until(system, lambda: _device(feeder) is MIC)
    assert system.opened == [MIC, MIC]


@pytest.mark.parametrize(
    "rest", [MONITOR, Input("hs2", "Headset 2", InputKind.MICROPHONE)], ids=["monitor", "longer"]
)
def test_a_named_input_is_never_replaced_by_one_with_a_similar_name(
    system, start, rest: Input
) -> None:
    # A Bluetooth headset that leaves call mode: its microphone goes, its monitor stays.
    feeder = start("Headset")
    _until(system, lambda: _device(feeder) is MIC)
    system.there = [OTHER_MIC, rest]
    system.taps[0].ended.set()
    asked = 0
    while asked < 3:
        asked += system.asked.acquire(timeout=PATIENCE_S)

    assert system.opened == [MIC]


def test_suspended_it_opens_nothing_and_resumed_it_opens_anew(system, start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    feeder.suspend()
    assert feeder.suspended
    assert feeder.feed is None
    assert system.taps[0].ended.is_set()
    feeder.resume()
    _until(system, lambda: _device(feeder) is MIC)
    assert len(system.taps) == 2


def test_stopped_it_ends_its_tap_and_its_thread(system, start) -> None:
    feeder = start("hs.mono")
    _until(system, lambda: _device(feeder) is MIC)
    feeder.stop()
    assert system.taps[0].ended.is_set()
    feeder._thread.join(PATIENCE_S)
    assert not feeder._thread.is_alive()
    assert feeder.feed is None
