"""Sound stays on the session's clock, whatever the device's crystal and the machine's hurry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.timeline import Timeline

BLOCK = 800
BLOCK_S = BLOCK / SAMPLE_RATE_HZ
_SOUND = np.sin(np.arange(BLOCK) / 3).astype(np.float32)


def _late(count: int, rng: np.random.Generator) -> Waveform:
    """How late blocks are stamped, in s: mostly little, now and then as on a busy machine."""
    late = rng.exponential(0.002, count)
    busy = rng.random(count) < 0.02
    late[busy] += rng.uniform(0.02, 0.12, int(busy.sum()))
    return late.astype(np.float32)


def _run(timeline: Timeline, count: int) -> int:
    """Place blocks that are stamped truly; the silence that was put between them."""
    return sum(timeline.place(index * BLOCK_S, _SOUND)[0] for index in range(count))


@pytest.mark.parametrize(
    ("ppm", "block"), [(-200, 2 * BLOCK), (-50, 4 * BLOCK), (50, 4 * BLOCK), (200, 2 * BLOCK)]
)
def test_two_hours_of_drift_stay_far_below_50_ms(ppm: int, block: int) -> None:
    block_s = block / SAMPLE_RATE_HZ
    sound = np.resize(_SOUND, block)
    timeline = Timeline(0)
    rng = np.random.default_rng(abs(ppm))
    count = round(2 * 3600 / block_s)
    late = _late(count, rng)
    off = np.empty(count)
    for index in range(count):
        # The device's own second is a little longer or shorter than the clock's.
        heard_s = index * block_s * (1 + ppm * 1e-6)
        off[index] = timeline.end / SAMPLE_RATE_HZ - heard_s
        missing, _ = timeline.place(heard_s + float(late[index]), sound)
        assert missing == 0

    assert np.abs(off).max() < 0.05
    settled = off[round(60 / block_s) :]
    # Stamps are late, never early: half of what they are late by is what the clock cannot know.
    assert np.abs(settled - 0.0014).max() < 0.005
    drifted = 7200 * ppm * 1e-6 * SAMPLE_RATE_HZ
    assert timeline.corrected == pytest.approx(drifted, abs=0.006 * SAMPLE_RATE_HZ)
    assert abs(timeline.off_s) < 0.005


def test_a_true_device_is_left_as_it_is() -> None:
    timeline = Timeline(0)
    rng = np.random.default_rng(5)
    for index, late in enumerate(_late(5000, rng)):
        missing, placed = timeline.place(index * BLOCK_S + float(late), _SOUND)
        assert missing == 0
        assert placed is _SOUND
    assert timeline.corrected == 0
    assert timeline.end == 5000 * BLOCK


@given(lost=st.integers(round(0.16 * SAMPLE_RATE_HZ), 600 * SAMPLE_RATE_HZ))
def test_lost_sound_is_replaced_by_silence_of_its_length(lost: int) -> None:
    timeline = Timeline(0)
    _run(timeline, 50)
    silence = 0
    for index in range(50, 60):
        stamp_s = (index * BLOCK + lost) / SAMPLE_RATE_HZ
        missing, placed = timeline.place(stamp_s, _SOUND)
        assert placed is _SOUND
        silence += missing
    assert silence == lost
    assert timeline.end == 60 * BLOCK + lost


def test_a_late_stamp_or_two_are_not_lost_sound() -> None:
    timeline = Timeline(0)
    assert _run(timeline, 50) == 0
    for late_s in (0.9, 0.85, 0.0, 0.6, 0.55, 0.0):
        missing, _ = timeline.place(timeline.end / SAMPLE_RATE_HZ + late_s, _SOUND)
        assert missing == 0
    assert timeline.end == 56 * BLOCK


def test_a_first_block_is_anchored_where_it_was_heard() -> None:
    timeline = Timeline(1000)
    assert timeline.anchor(1.5) == 1.5 * SAMPLE_RATE_HZ - 1000
    assert timeline.end == 1.5 * SAMPLE_RATE_HZ
    assert timeline.place(1.5, _SOUND)[0] == 0
    assert timeline.off_s == 0


def test_a_block_from_a_time_that_is_filled_already_follows_and_catches_up() -> None:
    timeline = Timeline(0)
    timeline.anchor(10.0)
    assert timeline.anchor(9.9) == 0
    assert timeline.end == 10 * SAMPLE_RATE_HZ
    for index in range(1200):  # a minute
        missing, placed = timeline.place(9.9 + index * BLOCK_S, _SOUND)
        assert missing == 0
        assert BLOCK - 8 <= len(placed) <= BLOCK
    assert -0.005 < timeline.off_s <= 0
    assert timeline.end / SAMPLE_RATE_HZ == pytest.approx(9.9 + 60, abs=0.005)


def test_a_new_device_does_not_inherit_the_old_ones_drift() -> None:
    timeline = Timeline(0)
    for index in range(50):
        timeline.place(index * BLOCK_S + 0.1, _SOUND)
    assert timeline.off_s > 0.05
    timeline.anchor(100.0)
    assert timeline.off_s == 0
    assert timeline.place(100.0, _SOUND) == (0, _SOUND)


@given(
    ppm=st.floats(-300, 300),
    sizes=st.lists(st.integers(0, 2400), min_size=1, max_size=300),
    late_s=st.floats(0, 0.1),
)
def test_samples_are_stretched_a_little_and_never_dropped_or_doubled(
    ppm: float, sizes: list[int], late_s: float
) -> None:
    timeline = Timeline(0)
    came = 0
    for size in sizes:
        stamp_s = came * (1 + ppm * 1e-6) / SAMPLE_RATE_HZ + late_s
        samples = np.linspace(-1, 1, size, dtype=np.float32)
        before = timeline.end
        missing, placed = timeline.place(stamp_s, samples)
        assert missing == 0
        assert timeline.end == before + len(placed)
        assert abs(len(placed) - size) <= 0.01 * size + 1
        if size > 1:  # the block itself, from its first sample to its last, in order
            assert placed[0] == samples[0]
            assert placed[-1] == samples[-1]
            assert np.all(np.diff(placed) > 0)
        came += size
    assert timeline.end == came + timeline.corrected


@given(
    steps=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 50_000)), min_size=1, max_size=8)
)
def test_the_end_is_the_sum_of_all_that_was_placed(steps: list[tuple[int, int]]) -> None:
    timeline = Timeline(0)
    total, clock = 0, 0
    for blocks, lost in steps:
        clock += lost
        for _ in range(blocks):
            missing, placed = timeline.place(clock / SAMPLE_RATE_HZ, _SOUND)
            total += missing + len(placed)
            clock += BLOCK
    assert timeline.end == total
    assert timeline.end <= clock + 0.01 * BLOCK * sum(blocks for blocks, _ in steps)
