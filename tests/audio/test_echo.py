"""The candidate's voice goes out of the microphone's sound, the interviewer's stays."""

import itertools
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.echo import EchoCanceller, LinearFilter, load_canceller
from copilot.events import Channel
from tests.builders import noise, silence, spoken

INTERVIEWER, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE


def voice(name: str) -> Waveform:
    """A clip of real speech, as loud as any other."""
    samples = spoken(name)
    return np.asarray(samples * (0.06 / np.sqrt(np.mean(samples**2))), np.float32)


def room(seconds: float = 0.35) -> Waveform:
    """The response of a small room: half of the power comes directly, half decays."""
    length = round(seconds * SAMPLE_RATE_HZ)
    tail = np.random.default_rng(0).standard_normal(length)
    tail *= 10 ** (-3 * np.arange(length) / length)
    tail[0] = np.sqrt(np.sum(tail[1:] ** 2))
    return np.asarray(tail / np.sqrt(np.sum(tail**2)), np.float32)


def echo_of(
    sound: Waveform, level_db: float, delay_s: float, response: Waveform | None = None
) -> Waveform:
    """What a microphone hears of ``sound``, so many dB down and so much later."""
    if response is not None:
        size = 1 << (len(sound) + len(response)).bit_length()
        spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
        sound = np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)
    shift = round(delay_s * SAMPLE_RATE_HZ)
    late = np.concatenate([np.zeros(shift, np.float32), sound[: len(sound) - shift]])
    return (late * 10 ** (level_db / 20)).astype(np.float32)


def cleaned(near: Waveform, far: Waveform, size: int = 800) -> Waveform:
    """What the canceller leaves of the microphone, block by block."""
    canceller = _canceller()
    parts: list[Waveform] = []
    for start in range(0, len(near), size):
        block = Block(
            start, {INTERVIEWER: near[start : start + size], CANDIDATE: far[start : start + size]}
        )
        done = canceller.process(block)
        assert (done.start, len(done)) == (start, len(block))
        np.testing.assert_array_equal(done.samples[CANDIDATE], block.samples[CANDIDATE])
        parts.append(done.samples[INTERVIEWER])
    sound = np.concatenate(parts)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    return sound


def _canceller() -> EchoCanceller:
    canceller = load_canceller()
    assert canceller is not None
    return canceller


def _down_db(before: Waveform, after: Waveform) -> float:
    return float(10 * np.log10(np.mean(before**2) / (np.mean(after**2) + 1e-12)))


def _likeness_db(voice: Waveform, heard: Waveform) -> float:
    """How much louder a voice is than all else (scale-invariant signal to distortion)."""
    scale = np.dot(voice, heard) / np.dot(voice, voice)
    return _down_db(scale * voice, heard - scale * voice)


FAR = np.concatenate([silence(0.5), voice("en-000"), voice("fr-000"), silence(0.5)])
LEARNED = 5 * SAMPLE_RATE_HZ  # by then the way of the echo is known
NEAR = voice("en-004")
NEAR_AT = len(FAR) - len(NEAR) - SAMPLE_RATE_HZ
OVER = np.concatenate([silence(NEAR_AT / SAMPLE_RATE_HZ), NEAR, silence(1)])
HISS = noise(len(FAR) / SAMPLE_RATE_HZ, loudness=1e-4)

PATHS = pytest.mark.parametrize(
    ("level_db", "delay_s", "response"),
    [
        (-3, 0.06, None),
        (-12, 0.06, None),
        (-3, 0.15, room()),
        (-12, 0.35, room()),
        (-25, 0.1, room()),
    ],
)


@PATHS
def test_an_echo_alone_goes(level_db: float, delay_s: float, response: Waveform | None) -> None:
    echo = echo_of(FAR, level_db, delay_s, response)

    left = cleaned(echo + HISS, FAR)

    assert _down_db(echo[LEARNED:], left[LEARNED:]) > 20


@PATHS
def test_who_speaks_over_an_echo_stays_whole(
    level_db: float, delay_s: float, response: Waveform | None
) -> None:
    near = echo_of(FAR, level_db, delay_s, response) + OVER + HISS

    left = cleaned(near, FAR)

    where = slice(NEAR_AT, NEAR_AT + len(NEAR))
    assert _likeness_db(NEAR, left[where]) > max(12, _likeness_db(NEAR, near[where]))


def test_with_headphones_the_sound_passes_unchanged() -> None:
    near = OVER + HISS

    np.testing.assert_array_equal(cleaned(near, FAR), near)


def test_an_echo_is_found_and_told() -> None:
    canceller = _canceller()
    echo = echo_of(FAR, -12, 0.1, room())
    assert not canceller.echo_found

    for start in range(0, LEARNED, 800):
        sides = {INTERVIEWER: echo[start : start + 800], CANDIDATE: FAR[start : start + 800]}
        canceller.process(Block(start, sides))

    assert canceller.echo_found


def test_a_way_that_changes_is_learned_again() -> None:
    half = len(FAR) // 2
    first, then = echo_of(FAR, -3, 0.1, room()), echo_of(FAR, -9, 0.2, room(0.2))
    echo = np.concatenate([first[:half], then[half:]])

    left = cleaned(echo + HISS, FAR)

    recovered = half + 4 * SAMPLE_RATE_HZ
    assert _down_db(echo[recovered:], left[recovered:]) > 15


@pytest.mark.parametrize("gap", [INTERVIEWER, CANDIDATE])
def test_a_gap_of_silence_is_survived(gap: Channel) -> None:
    echo, far = echo_of(FAR, -3, 0.1, room()) + HISS, FAR.copy()
    silent = slice(LEARNED, LEARNED + SAMPLE_RATE_HZ)
    (echo if gap is INTERVIEWER else far)[silent] = 0

    left = cleaned(echo, far)

    after = LEARNED + 3 * SAMPLE_RATE_HZ
    assert _down_db(echo[after:], left[after:]) > 20
    if gap is INTERVIEWER:
        assert np.max(np.abs(left[silent])) < 0.05


def test_silence_on_both_sides_stays_silence() -> None:
    assert not cleaned(silence(2), silence(2)).any()


@pytest.mark.parametrize("size", [160, 777, 8192])
def test_blocks_of_any_length_are_cleaned_as_well(size: int) -> None:
    echo = echo_of(FAR, -3, 0.1, room())

    left = cleaned(echo + OVER + HISS, FAR, size)

    where = slice(NEAR_AT, NEAR_AT + len(NEAR))
    assert _likeness_db(NEAR, left[where]) > 12
    assert _down_db(echo[LEARNED:NEAR_AT], left[LEARNED:NEAR_AT]) > 20


@settings(max_examples=10)
@given(cuts=st.lists(st.integers(0, 2 * SAMPLE_RATE_HZ), max_size=20))
def test_what_is_predicted_does_not_depend_on_the_blocks(cuts: list[int]) -> None:
    far = FAR[SAMPLE_RATE_HZ : 3 * SAMPLE_RATE_HZ]
    near = echo_of(far, -3, 0.05)
    linear = LinearFilter()

    parts = [
        linear.predict(near[start:end], far[start:end])
        for start, end in itertools.pairwise(sorted({0, *cuts, len(far)}))
    ]

    np.testing.assert_allclose(np.concatenate(parts), LinearFilter().predict(near, far), atol=1e-5)


def test_a_block_with_one_side_alone_passes() -> None:
    block = Block(0, {INTERVIEWER: NEAR[:800]})

    assert _canceller().process(block) is block


def test_without_the_extra_there_is_no_canceller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pywebrtc_audio", None)

    assert load_canceller() is None
