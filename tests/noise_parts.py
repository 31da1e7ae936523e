"""What sounds without a word are put together from: sections, noises, resonances, pulses."""

from collections.abc import Callable, Sequence
from itertools import count, islice

import numpy as np
import numpy.typing as npt

from copilot.audio import SAMPLE_RATE_HZ, Waveform

#: Samples in the making, shape (n,).
Sound = npt.NDArray[np.float64]
Random = np.random.Generator
#: From frequencies in Hz to what each is multiplied by.
Curve = Callable[[Sound], Sound]
#: From chance and a number of samples to a sound whose level is 0 dBFS.
Section = Callable[[Random, int], Sound]

_SECTION_S = 10.0
_FADE_S = 0.02
_FLOOR_DBFS = -72.0


def in_sections(
    section: Section, levels_dbfs: Sequence[float], duration_s: float, seed: int
) -> Waveform:
    """Sections of one kind, each at the next level, above a faint floor of noise."""
    return in_turn((section,), levels_dbfs, duration_s, seed)


def in_turn(
    kinds: Sequence[Section],
    levels_dbfs: Sequence[float],
    duration_s: float,
    seed: int,
    *,
    floor: bool = True,
) -> Waveform:
    """Sections of each kind in turn, each at the next level, above a faint floor of noise."""
    random = np.random.default_rng(seed)
    size, length = round(duration_s * SAMPLE_RATE_HZ), round(_SECTION_S * SAMPLE_RATE_HZ)
    time = np.arange(length) / SAMPLE_RATE_HZ
    edge = np.clip(np.minimum(time, time[::-1]) / _FADE_S, 0, 1)
    sections = (
        10 ** (levels_dbfs[index % len(levels_dbfs)] / 20)
        * edge
        * kinds[index % len(kinds)](random, length)
        for index in count()
    )
    sound = np.concatenate([np.zeros(0), *islice(sections, -(-size // length))])[:size]
    if floor:
        sound += 10 ** (_FLOOR_DBFS / 20) * random.standard_normal(size)
    return np.asarray(np.clip(sound, -1, 1), np.float32)


def add(sound: Sound, at_s: float, part: Sound) -> None:
    """Mix ``part`` in; what would stand beyond the end is cut off."""
    start = round(at_s * SAMPLE_RATE_HZ)
    room = max(0, len(sound) - start)
    sound[start : start + len(part)] += part[:room]


def loud(sound: Sound) -> Sound:
    """At 0 dBFS in the root mean square."""
    return sound / max(float(np.sqrt(np.mean(sound**2))), 1e-12)


def peaking(sound: Sound) -> Sound:
    """With its peak at 0 dBFS."""
    return sound / max(float(np.max(np.abs(sound), initial=0)), 1e-12)


def filtered(sound: Sound, curve: Curve) -> Sound:
    """Through a filter without a phase; what leaves at one end comes in at the other."""
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    gain = curve(np.asarray(frequencies, np.float64))
    return np.asarray(np.fft.irfft(np.fft.rfft(sound) * gain, len(sound)))


def coloured(random: Random, size: int, curve: Curve) -> Sound:
    """Noise of any colour."""
    return filtered(random.standard_normal(size), curve)


def formants(sound: Sound, peaks_hz: Sequence[tuple[float, float]]) -> Sound:
    """Through a throat: resonances as (frequency, width) in Hz, each weaker than the one before."""

    def curve(hz: Sound) -> Sound:
        gain = np.full_like(hz, 0.01)
        for order, (centre, width) in enumerate(peaks_hz):
            gain += 0.6**order / (1 + ((hz - centre) / (width / 2)) ** 2)
        return gain

    return filtered(sound, curve)


def pulses(random: Random, pitch_hz: Sound, jitter: float) -> Sound:
    """Glottal pulses at a changing pitch, uneven as a rough voice's."""
    phase = np.cumsum(pitch_hz * (1 + jitter * slow(random, len(pitch_hz), 40))) / SAMPLE_RATE_HZ
    strikes = np.diff(np.floor(phase), prepend=0.0)
    strikes *= random.uniform(1 - 4 * jitter, 1, len(strikes))
    return np.convolve(strikes, np.hanning(24), "same")


def slow(random: Random, size: int, hz: float) -> Sound:
    """A value between -1 and 1 that wanders about so many times a second."""
    points = random.uniform(-1, 1, max(2, int(size / SAMPLE_RATE_HZ * hz * 2) + 2))
    return np.interp(np.linspace(0, len(points) - 1, size), np.arange(len(points)), points)
