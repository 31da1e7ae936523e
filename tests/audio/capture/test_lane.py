"""One channel: sound where there is a device, silence of the right length where not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.capture.tap import Packet
from copilot.audio.notices import Attached, Gap, Lost
from copilot.events import GapCause
from tests.audio.capture.conftest import (
    BLOCK,
    BLOCK_S,
    CALL_SIDE,
    ORIGIN_S,
    Bench,
    as_heard,
)


def test_sound_stands_where_it_was_heard() -> None:
    bench = Bench(begin=32_000)
    bench.pass_by(0.5)
    bench.feeder.attach("Microphone")
    bench.pass_by(2, sound=True)

    assert bench.told() == [Attached(CALL_SIDE, "Microphone")]
    assert bench.lane.silent_ahead == 8000
    assert bench.lane.waiting == 2.5 * SAMPLE_RATE_HZ
    bench.check()


def test_a_device_that_goes_quiet_is_lost_and_comes_back_with_the_right_gap(bench) -> None:
    bench.told()
    bench.pass_by(0.95)
    assert bench.told() == []
    assert not bench.tap.ended.is_set()
    bench.pass_by(0.1)
    assert bench.told() == [Lost(CALL_SIDE, "Mic", "it delivers nothing any more", 1.0)]
    assert bench.feeder.feed is None
    bench.pass_by(6.95)
    bench.feeder.attach("Mic")
    bench.pass_by(1, sound=True)

    assert bench.told() == [Attached(CALL_SIDE, "Mic"), Gap(CALL_SIDE, 1.0, 9.0, GapCause.DEVICE)]
    assert bench.lane.stats.silence_s == pytest.approx(8)
    assert bench.lane.waiting == bench.now
    bench.check()


def test_a_feed_that_was_taken_away_is_lost_at_once_with_its_trouble(bench) -> None:
    bench.told()
    bench.feeder.trouble = "there is no input 'mic'."
    bench.put()  # delivered, and not yet fetched
    bench.expected.append(as_heard(bench.now, BLOCK))
    bench.now += BLOCK
    bench.feeder.feed = None
    bench.lane.pull(bench.now_s)

    assert bench.told() == [Lost(CALL_SIDE, "Mic", "there is no input 'mic'.", 1.05)]
    bench.check()


def test_another_device_in_its_place_is_told_in_order(bench) -> None:
    bench.told()
    bench.pass_by(0.5)
    bench.feeder.attach("Other")
    bench.pass_by(0.5, sound=True)

    assert bench.told() == [
        Lost(CALL_SIDE, "Mic", "it went away", 1.0),
        Attached(CALL_SIDE, "Other"),
        Gap(CALL_SIDE, 1.0, 1.5, GapCause.DEVICE),
    ]
    bench.check()


def test_a_tap_that_moves_along_leaves_no_gap(bench) -> None:
    bench.told()
    bench.feeder.attach("Other", bench.tap)
    bench.pass_by(0.5, sound=True)

    assert bench.told() == [Attached(CALL_SIDE, "Other")]
    bench.check()


def test_an_interruption_that_nobody_notices_is_not_a_gap(bench) -> None:
    bench.told()
    bench.feeder.feed = None
    bench.lane.pull(bench.now_s)
    bench.pass_by(0.05)
    bench.feeder.attach("Mic")
    bench.pass_by(0.5, sound=True)

    assert [type(notice) for notice in bench.told()] == [Lost, Attached]
    bench.check()


def test_a_starved_machine_is_not_a_lost_device(bench) -> None:
    bench.told()
    start = bench.now
    bench.pass_by(4.9, alive=False)  # the tap's process does not run either
    assert bench.told() == []
    for at in range(start, bench.now, BLOCK):
        bench.put(at=at)
    bench.expected[start // BLOCK :] = [as_heard(start, bench.now - start)]
    bench.tap.alive_at = ORIGIN_S + bench.now_s
    bench.pass_by(1, sound=True)

    assert bench.told() == []
    assert bench.lane.waiting == bench.now
    bench.check()


def test_a_machine_that_is_starved_for_good_loses_the_device(bench) -> None:
    bench.told()
    bench.pass_by(5.1, alive=False)
    assert [type(notice) for notice in bench.told()] == [Lost]


def test_a_device_that_never_opens_is_lost_after_a_while() -> None:
    bench = Bench()
    bench.feeder.trouble = "there is no microphone."
    bench.pass_by(3)
    assert bench.told() == []
    bench.pass_by(0.2)
    assert bench.told() == [Lost(CALL_SIDE, "", "there is no microphone.", 0.0)]
    bench.pass_by(1)
    bench.feeder.attach("Mic")
    bench.pass_by(1, sound=True)
    assert bench.told()[1] == Gap(CALL_SIDE, 0.0, 4.2, GapCause.DEVICE)
    bench.check()


def test_a_device_that_opens_and_delivers_nothing_is_given_up() -> None:
    bench = Bench()
    tap = bench.feeder.attach()
    bench.pass_by(3.1)
    assert bench.told() == [Lost(CALL_SIDE, "", "it delivers nothing", 0.0)]
    assert tap.ended.is_set()


def test_a_device_that_is_idle_while_nothing_plays_is_silent_and_not_lost() -> None:
    bench = Bench()
    bench.feeder.attach("Loopback", idle_is_silence=True)
    bench.pass_by(5)
    assert bench.told() == [Attached(CALL_SIDE, "Loopback")]
    assert bench.lane.waiting == bench.now - 4000
    bench.pass_by(2, sound=True)
    bench.pass_by(10)
    bench.pass_by(2, sound=True)

    assert bench.told() == []
    assert bench.lane.waiting == bench.now
    assert bench.lane.stats.silence_s == 0
    bench.check()


def test_an_idle_device_that_ends_is_lost() -> None:
    bench = Bench()
    tap = bench.feeder.attach("Loopback", idle_is_silence=True)
    bench.pass_by(1, sound=True)
    bench.told()
    tap.ended.set()
    bench.pass_by(1.1)
    assert [type(notice) for notice in bench.told()] == [Lost]


# -- other rates, and everything at once ----------------------------------------------------------


@pytest.mark.parametrize(("rate_hz", "channels"), [(48_000, 1), (44_100, 2), (16_000, 2)])
def test_other_rates_and_channels_become_16_khz_mono(rate_hz: int, channels: int) -> None:
    bench = Bench()
    tap = bench.feeder.attach(rate_hz=rate_hz, channels=channels)
    frames = rate_hz // 20
    for index in range(60):
        times = (np.arange(frames) + index * frames) / rate_hz
        wave = np.round(8000 * np.sin(2 * np.pi * 400 * times)).astype(np.int16)
        sides = np.stack([wave, wave // 2], axis=1) if channels == 2 else wave
        tap.packets.append(Packet(ORIGIN_S + index * BLOCK_S, sides.tobytes()))
        bench.now += BLOCK
        bench.lane.pull(bench.now_s)

    heard = bench.heard()
    assert len(heard) == pytest.approx(3 * SAMPLE_RATE_HZ, abs=0.03 * SAMPLE_RATE_HZ)
    settled = heard[16_000:32_000]
    assert int(np.argmax(np.abs(np.fft.rfft(settled)))) == pytest.approx(400, abs=4)
    height = 8000 / 32768 * (0.75 if channels == 2 else 1)
    assert np.abs(settled).max() == pytest.approx(height, rel=0.03)
    assert [type(notice) for notice in bench.told()] == [Attached]


def test_a_device_at_another_rate_that_keeps_time_is_not_stretched() -> None:
    bench = Bench()
    tap = bench.feeder.attach(rate_hz=48_000)
    for index in range(200):
        tap.packets.append(Packet(ORIGIN_S + index * BLOCK_S, bytes(2 * 2400)))
        bench.now += BLOCK
        bench.lane.pull(bench.now_s)

    assert bench.lane.stats.corrected_s == 0


_HAPPENINGS = st.lists(
    st.tuples(st.sampled_from(["sound", "stall", "unplug", "pause"]), st.integers(2, 80)),
    min_size=1,
    max_size=8,
)


@given(happenings=_HAPPENINGS, begin=st.integers(0, 10**9))
def test_whatever_happens_every_sample_stands_where_it_was_heard(happenings, begin: int) -> None:
    bench = Bench(begin=begin)
    for what, blocks in happenings:
        seconds = blocks * BLOCK_S
        if bench.feeder.feed is None:
            bench.feeder.attach(f"device at {bench.now}")
        bench.pass_by(0.3, sound=True)
        if what == "pause":
            bench.lane.pause()
            bench.feeder.suspend()
            bench.pass_by(seconds)
            bench.lane.go_on(bench.now_s)
            bench.feeder.resume()
        elif what == "unplug":
            bench.feeder.feed = None
            bench.pass_by(seconds)
        elif what == "stall":
            bench.pass_by(max(1.05, seconds))
        else:
            bench.pass_by(seconds, sound=True)
    bench.lane.finish(bench.now_s)

    heard = bench.heard()
    expected = np.concatenate(bench.expected)
    np.testing.assert_array_equal(heard, expected[: len(heard)])
    assert not expected[len(heard) :].any()
    for notice in bench.told():
        if isinstance(notice, Gap):
            first, end = (
                round(time_s * SAMPLE_RATE_HZ) - begin for time_s in (notice.start_s, notice.end_s)
            )
            assert not heard[first:end].any()
            assert heard[first - 1 : first].all()
            assert heard[end : end + 1].all()
