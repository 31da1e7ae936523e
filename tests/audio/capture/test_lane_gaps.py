"""Why a channel was silent: off the record, asleep, or lost on the way."""

import tracemalloc

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.capture.tap import Packet
from copilot.audio.notices import Gap, Lost
from copilot.events import GapCause
from tests.audio.capture.conftest import (
    BLOCK,
    BLOCK_S,
    CALL_SIDE,
    ORIGIN_S,
    Bench,
    as_heard,
    marked,
)


def test_off_the_record_nothing_gets_in_and_what_was_heard_before_is_kept(bench) -> None:
    bench.told()
    bench.put()  # heard before, not yet fetched
    bench.expected.append(as_heard(bench.now, BLOCK))
    bench.now += BLOCK
    tap = bench.tap
    bench.lane.pause()
    bench.feeder.suspend()
    for _ in range(20):
        tap.packets.append(Packet(ORIGIN_S + bench.now_s, marked(bench.now, BLOCK).tobytes()))
        bench.pass_by(BLOCK_S)
    bench.lane.go_on(bench.now_s)
    bench.feeder.resume()
    bench.pass_by(0.3)
    bench.feeder.attach("Mic")
    bench.pass_by(0.5, sound=True)

    assert bench.told() == [Gap(CALL_SIDE, 1.05, 2.35, GapCause.OFF_RECORD)]
    bench.check()


def test_sound_from_off_the_record_does_not_get_in_afterwards(bench) -> None:
    bench.lane.pause()
    bench.feeder.feed = None
    bench.pass_by(2)
    bench.feeder.attach("Mic")  # it was being opened when the pause began
    for at in range(bench.now - 8000, bench.now, BLOCK):
        bench.put(at=at)
    bench.lane.go_on(bench.now_s)
    bench.pass_by(1, sound=True)

    bench.check()


def test_the_session_may_end_off_the_record(bench) -> None:
    bench.told()
    bench.lane.pause()
    bench.feeder.suspend()
    bench.pass_by(2)
    bench.lane.finish(bench.now_s)

    assert bench.told() == [Gap(CALL_SIDE, 1.0, 3.0, GapCause.OFF_RECORD)]
    assert bench.lane.waiting == bench.now
    bench.check()


def test_a_gap_that_is_open_at_the_end_ends_with_the_session(bench) -> None:
    bench.told()
    bench.pass_by(4)
    bench.lane.finish(bench.now_s)

    assert [type(notice) for notice in bench.told()] == [Lost, Gap]
    assert bench.lane.waiting == bench.now
    bench.check()


@pytest.mark.parametrize("lost_first", [True, False])
def test_a_pause_and_a_lost_device_are_told_apart(bench, lost_first: bool) -> None:
    if lost_first:
        bench.pass_by(3)
    bench.lane.pause()
    bench.feeder.suspend()
    bench.pass_by(5)
    bench.lane.go_on(bench.now_s)
    bench.feeder.resume()
    if not lost_first:
        bench.pass_by(60)
    bench.feeder.attach("Mic")
    bench.pass_by(1, sound=True)

    causes = [notice.cause for notice in bench.told() if isinstance(notice, Gap)]
    wanted = [GapCause.DEVICE, GapCause.OFF_RECORD]
    assert causes == (wanted if lost_first else wanted[::-1])


# -- sleep ----------------------------------------------------------------------------------------


def test_an_hour_of_sleep_is_a_count_of_silence(bench) -> None:
    bench.check()
    bench.told()
    slept = 3600 * SAMPLE_RATE_HZ
    tracemalloc.start()
    bench.now += slept
    bench.lane.woke(bench.now_s)
    bench.feeder.feed = None
    bench.lane.pull(bench.now_s)
    bench.feeder.attach("Mic")
    begin = bench.now
    bench.pass_by(1, sound=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2_000_000
    assert bench.lane.waiting == slept + SAMPLE_RATE_HZ
    assert bench.lane.silent_ahead >= slept - SAMPLE_RATE_HZ
    *_, gap = bench.told()
    assert gap == Gap(CALL_SIDE, 1.0, begin / SAMPLE_RATE_HZ, GapCause.ASLEEP)


def test_a_device_that_goes_on_after_a_sleep_keeps_its_place(bench) -> None:
    bench.check()
    bench.told()
    slept = 600 * SAMPLE_RATE_HZ
    bench.now += slept
    bench.lane.woke(bench.now_s)
    bench.pass_by(1, sound=True)

    (gap,) = bench.told()
    assert isinstance(gap, Gap)
    assert gap.cause is GapCause.ASLEEP
    assert gap.end_s - gap.start_s == pytest.approx(600)
    assert bench.lane.waiting == slept + SAMPLE_RATE_HZ


def test_a_loss_long_after_a_sleep_is_not_the_sleeps_fault(bench) -> None:
    bench.lane.woke(bench.now_s)
    bench.pass_by(60, sound=True)
    bench.pass_by(3)
    bench.feeder.attach("Mic")
    bench.pass_by(1, sound=True)

    (gap,) = [notice for notice in bench.told() if isinstance(notice, Gap)]
    assert gap.cause is GapCause.DEVICE


# -- lost on the way ------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["dropped_frames", "overflows", "nothing"])
def test_sound_that_is_missing_between_two_blocks_is_a_gap_with_its_cause(bench, what) -> None:
    bench.told()
    missing = 8000
    bench.now += missing
    if what != "nothing":
        setattr(bench.tap, what, missing if what == "dropped_frames" else 1)
    bench.pass_by(1, sound=True)

    (gap,) = bench.told()
    assert isinstance(gap, Gap)
    assert gap.end_s - gap.start_s == missing / SAMPLE_RATE_HZ
    assert gap.cause is (GapCause.DEVICE if what == "nothing" else GapCause.OVERFLOW)
    stats = bench.lane.stats
    assert stats.dropped_s == (0.5 if what == "dropped_frames" else 0)
    assert stats.overflows == (what == "overflows")
    assert stats.silence_s == 0.5
    assert bench.lane.waiting == bench.now


def test_an_overflow_that_lost_little_is_counted(bench) -> None:
    bench.now += BLOCK
    bench.tap.overflows = 1
    bench.pass_by(1, sound=True)

    assert bench.lane.stats.overflows == 1


def test_a_step_in_digital_silence_is_not_told() -> None:
    bench = Bench()
    bench.feeder.attach()
    silent = np.zeros(BLOCK, np.int16)
    for _ in range(20):
        bench.put(silent)
        bench.now += BLOCK
        bench.lane.pull(bench.now_s)
    bench.told()
    bench.now += 8000
    bench.pass_by(1, sound=True)

    assert bench.told() == []
    assert bench.lane.waiting == bench.now
