"""What two channels tell together in a check, and a channel against the clock."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.tone import FREQUENCIES_HZ

Samples = npt.NDArray[np.float64]

_WINDOW = 4000  # samples compared at a time, 0.25 s
_LAG = 4800  # samples by which one channel may be late, 0.3 s
_FAINTEST = 10 ** (-75 / 10)  # mean square below which windows are not compared
_OUT_HZ = 100.0  # on either side of the tone, and as much again until all is back
_SAME = 0.97  # correlation; two microphones in one room do not come near it
_GAIN = 4.0  # in power: the same device has the same level, or nearly so
_WINDOWS = 3  # windows needed to say that two channels are the same
_SHARE = 0.7  # of the windows must be the same

_RATE_S = 4.0  # seconds needed to judge a device's rate
_RATE_STRAY_S = 0.01  # a device whose sound jumps by more than this has another trouble


def same_sound(first: Waveform, second: Waveform) -> bool:
    """Whether two channels carry the very same sound, maybe a little apart in time.

    The check's tone does not count: a steady tone is alike wherever it is heard.

    Args:
        first: float32 mono at 16 kHz, shape (n,).
        second: The other channel over the same time, shape (n,).
    """
    one, other = _without_tone(first), _without_tone(second)
    alike: list[bool] = []
    for start in range(_LAG, min(len(one), len(other)) - _WINDOW - _LAG, _WINDOW):
        window = one[start : start + _WINDOW]
        around = other[start - _LAG : start + _WINDOW + _LAG]
        if max(np.mean(window**2), np.mean(around**2)) > _FAINTEST:
            alike.append(_alike(window, around))
    return len(alike) >= _WINDOWS and float(np.mean(alike)) >= _SHARE


def _without_tone(samples: Waveform) -> Samples:
    """The sound with the tone's frequencies faded out, softly, so that nothing rings."""
    spectrum = np.fft.rfft(samples.astype(np.float64))
    frequencies = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    for tone_hz in FREQUENCIES_HZ:
        away = np.clip((np.abs(frequencies - tone_hz) - _OUT_HZ) / _OUT_HZ, 0.0, 1.0)
        spectrum *= 0.5 - 0.5 * np.cos(np.pi * away)
    return np.asarray(np.fft.irfft(spectrum, len(samples)), np.float64)


def _alike(window: Samples, around: Samples) -> bool:
    size = len(around)
    products = np.fft.irfft(np.fft.rfft(around) * np.conj(np.fft.rfft(window, size)), size)
    products = products[: size - len(window) + 1]
    sums = np.concatenate(([0.0], np.cumsum(around**2)))
    energies = np.maximum(sums[len(window) :] - sums[: -len(window)], 1e-12)
    energy = max(float(np.sum(window**2)), 1e-12)
    best = int(np.argmax(np.abs(products) / np.sqrt(energies)))
    correlation = abs(float(products[best])) / np.sqrt(energies[best] * energy)
    gain = float(energies[best]) / energy
    return bool(correlation >= _SAME and 1 / _GAIN <= gain <= _GAIN)


@dataclass
class RateWatch:
    """Whether a device delivers as many samples a second as it says.

    Fed with how far its sound has come off the clock, corrections included. A device that begins
    to play after a silence may step in time, so only an unbroken stretch of sound counts.
    """

    _times_s: list[float] = field(default_factory=list)
    _lacking_s: list[float] = field(default_factory=list)

    def add(self, at_s: float, lacking_s: float, *, live: bool) -> None:
        """Take note.

        Args:
            at_s: Time by the clock, in seconds.
            lacking_s: How much it has delivered too little until then, in seconds.
            live: Whether it sounds at all.
        """
        if not live:
            self._times_s.clear()
            self._lacking_s.clear()
            return
        self._times_s.append(at_s)
        self._lacking_s.append(lacking_s)

    @property
    def error(self) -> float | None:
        """Share of samples too many, or where negative too few; None where it is not known."""
        if not self._times_s or self._times_s[-1] - self._times_s[0] < _RATE_S:
            return None
        slope, start = np.polyfit(self._times_s, self._lacking_s, 1)
        fitted = start + slope * np.array(self._times_s)
        if np.abs(fitted - self._lacking_s).max() > _RATE_STRAY_S:
            return None
        return -float(slope)
