"""Finds the check's tone in what a channel heard.

Not by level: anything may be loud. A stretch counts as a beep when nearly all that sounds around a
beep's frequency is that frequency itself, and the tone is heard when its two beeps follow each
other at the right distance. So it is found under speech, and far below it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.tone import BEEP_S, FREQUENCIES_HZ, GAP_S, TONE_S
from copilot.audio.levels import SILENCE_DBFS

Powers = npt.NDArray[np.float64]

_FRAME = 2560  # samples, 160 ms: fits into a beep with room to spare
_HOP = 320
_BIN_HZ = SAMPLE_RATE_HZ / _FRAME
_WIDTH = 2  # bins on either side over which a steady tone spreads
_AROUND = 32  # bins on either side that are looked at, 200 Hz
_STANDS_OUT = 4.0  # power of the tone over everything else around it
_FAINTEST = 10 ** (-85 / 10)  # power below which 16-bit samples tell nothing
_APART = round((BEEP_S + GAP_S) * SAMPLE_RATE_HZ / _HOP)
_WINDOW = np.hanning(_FRAME + 1)[:-1]
#: From a sum over a peak of the spectrum to the mean square of that tone; 1.5 is Hann's spread.
_TO_POWER = 8.0 / 1.5 / _FRAME**2

#: The least sound in which a whole tone can be found, in samples.
NEEDED = _FRAME + _APART * _HOP
#: From the first sign of a tone until its last echo in a room is gone, in samples.
LASTING = round((TONE_S + 0.4) * SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class HeardTone:
    """The tone in a channel.

    Attributes:
        at: The sample at which it begins, give or take a tenth of a second.
        level_dbfs: How loud it is.
    """

    at: int
    level_dbfs: float


def find_tone(samples: Waveform, start: int = 0) -> HeardTone | None:
    """The loudest whole tone in a stretch of sound.

    Args:
        samples: float32 mono at 16 kHz, shape (n,).
        start: Index of the first of them, added to what is returned.
    """
    if len(samples) < NEEDED:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP]
    spectra = np.abs(np.fft.rfft(frames * _WINDOW, axis=1)) ** 2
    low, low_stands = _beep(spectra, FREQUENCIES_HZ[0])
    high, high_stands = _beep(spectra, FREQUENCIES_HZ[1])
    first, second = slice(None, len(spectra) - _APART), slice(_APART, None)
    found = low_stands[first] & high_stands[second]
    # In the first beep there is nothing of the second one, and the other way round.
    found &= (low[first] > 4 * high[first]) & (high[second] > 4 * low[second])
    if not found.any():
        return None
    loudness = np.where(found, np.minimum(low[first], high[second]), 0.0)
    best = int(loudness.argmax())
    level = 10 * float(np.log10(loudness[best]))
    return HeardTone(start + best * _HOP, max(SILENCE_DBFS, level))


def _beep(spectra: Powers, frequency_hz: float) -> tuple[Powers, npt.NDArray[np.bool_]]:
    """Power of a beep in each frame, and whether it stands out there."""
    middle = round(frequency_hz / _BIN_HZ)
    power = spectra[:, middle - _WIDTH : middle + _WIDTH + 1].sum(axis=1)
    around = spectra[:, middle - _AROUND : middle + _AROUND + 1].sum(axis=1) - power
    power = power * _TO_POWER
    return power, (power > _STANDS_OUT * around * _TO_POWER) & (power > _FAINTEST)
