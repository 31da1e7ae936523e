"""The side of a tap that is near the device: a bounded ring that keeps the time."""

import pytest

from copilot.audio.capture import tap_process
from copilot.audio.capture.clock import capture_clock
from copilot.audio.capture.tap_process import Ring

RATE_HZ = 16_000
FRAMES = 800


def _put(ring: Ring, fill: int, *, overflowed: bool = False) -> None:
    ring.put(bytes([fill]) * 2 * FRAMES, FRAMES, overflowed=overflowed)


def test_what_goes_in_comes_out_in_order_and_copied() -> None:
    ring = Ring(RATE_HZ)
    data = bytearray(b"\x01" * 2 * FRAMES)
    before = capture_clock()
    ring.put(data, FRAMES, overflowed=False)
    after = capture_clock()
    data[:] = b"\x02" * len(data)  # the host uses its buffer again
    ring.put(data, FRAMES, overflowed=False)

    first = ring.take(2)
    assert first is not None
    assert before - 0.05 <= first[0] <= after - 0.05
    assert first[1] == b"\x01" * 2 * FRAMES
    second = ring.take(2)
    assert second is not None
    assert second[1] == b"\x02" * 2 * FRAMES
    assert second[0] >= first[0]
    assert ring.take(2) is None


@pytest.mark.parametrize("channels", [1, 2])
def test_a_ring_that_nobody_empties_is_bounded_and_counts_what_it_drops(channels: int) -> None:
    ring = Ring(RATE_HZ)
    wanted = round(130 * RATE_HZ / FRAMES)
    for _ in range(wanted):
        ring.put(bytes(2 * channels * FRAMES), FRAMES, overflowed=False)
    kept = 0
    while ring.take(2 * channels) is not None:
        kept += 1
    assert kept * FRAMES == pytest.approx(120 * RATE_HZ, abs=2 * FRAMES)
    assert ring.dropped == (wanted - kept) * FRAMES


def test_a_ring_that_is_emptied_takes_again() -> None:
    ring = Ring(RATE_HZ)
    for _ in range(3000):
        _put(ring, 1)
    dropped = ring.dropped
    assert dropped
    while ring.take(2) is not None:
        pass
    _put(ring, 7)
    taken = ring.take(2)
    assert taken is not None
    assert taken[1][0] == 7
    assert ring.dropped == dropped


def test_overflows_are_counted_and_the_sound_that_came_is_kept() -> None:
    ring = Ring(RATE_HZ)
    _put(ring, 1)
    _put(ring, 2, overflowed=True)
    _put(ring, 3, overflowed=True)
    assert ring.overflows == 2
    assert [ring.take(2)[1][0] for _ in range(3)] == [1, 2, 3]  # type: ignore[index]


def test_a_tap_goes_by_the_same_clock_as_the_session() -> None:
    before = capture_clock()
    now = tap_process._now_s()
    assert before <= now <= capture_clock()
