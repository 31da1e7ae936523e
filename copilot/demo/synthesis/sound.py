"""What is done to the sound of a voice, and the faint noise of the rooms it is heard in."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.events import Channel

#: The rate at which Kokoro speaks; the recording keeps it, so that nothing is resampled.
RATE_HZ = 24_000

#: float32 at 24 kHz, in the range -1 to 1; shape (n,) where a function says nothing else.
Samples = npt.NDArray[np.float32]

#: RMS of a turn over the blocks that hold speech, in dB relative to full scale.
SPEECH_LEVEL_DBFS = -20.0

#: Peaks before encoding; what Vorbis makes of them can be about 1 dB higher.
PEAK_CEILING_DBFS = -5.0

_EDGE_PADDING_S = 0.03
_FADE_S = 0.01


@dataclass(frozen=True, slots=True)
class RoomTone:
    """What is heard of one person's room when nobody speaks.

    Attributes:
        level_dbfs: RMS of the whole in dB relative to full scale.
        slope: Exponent of the noise's power spectrum: 1 falls like pink noise, 2 like brown.
        hum_hz: A steady tone, such as that of the mains or a fan.
        hum_share: RMS of the hum relative to that of the noise.
    """

    level_dbfs: float
    slope: float
    hum_hz: float
    hum_share: float


ROOM_TONES: dict[Channel, RoomTone] = {
    Channel.INTERVIEWER: RoomTone(level_dbfs=-66.0, slope=1.0, hum_hz=120.0, hum_share=0.2),
    Channel.CANDIDATE: RoomTone(level_dbfs=-62.0, slope=1.6, hum_hz=87.0, hum_share=0.4),
}


def trim_silence(samples: Samples, below_db: float = -45.0) -> Samples:
    """Cut the ends that stay ``below_db`` under the peak, but for 30 ms.

    Args:
        samples: At least one of them not zero.
        below_db: In dB relative to the peak.
    """
    size = np.abs(samples)
    loud = np.flatnonzero(size > np.max(size) * _to_amplitude(below_db))
    padding = round(_EDGE_PADDING_S * RATE_HZ)
    return samples[max(0, int(loud[0]) - padding) : int(loud[-1]) + 1 + padding]


def fade_edges(samples: Samples) -> Samples:
    """Fade the first and last 10 ms, so that a cut does not click."""
    length = min(round(_FADE_S * RATE_HZ), len(samples) // 2)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded


def normalise(samples: Samples) -> Samples:
    """Bring speech to ``SPEECH_LEVEL_DBFS``, with its peaks under ``PEAK_CEILING_DBFS``."""
    gain = _to_amplitude(SPEECH_LEVEL_DBFS - _speech_level_dbfs(samples))
    return _limit_peaks(samples * np.float32(gain))


def make_room_tone(tone: RoomTone, length: int, rng: np.random.Generator) -> Samples:
    """Noise shaped in the frequency domain, plus the hum; shape ``(length,)``."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    frequencies = np.fft.rfftfreq(length, 1 / RATE_HZ)
    spectrum *= np.where(frequencies > 60, np.maximum(frequencies, 60) ** (-tone.slope / 2), 0)
    noise = np.fft.irfft(spectrum, length)
    hum = np.sin(2 * np.pi * tone.hum_hz * np.arange(length) / RATE_HZ) * np.sqrt(2)
    mixed = noise / np.std(noise) + tone.hum_share * hum
    return np.asarray(mixed / np.std(mixed) * _to_amplitude(tone.level_dbfs), dtype=np.float32)


def _speech_level_dbfs(samples: Samples) -> float:
    """RMS over the blocks of 0.4 s that hold speech, so that pauses do not count.

    The two gates (-70 dBFS, then 10 dB under the mean of the rest) are those of ITU-R BS.1770,
    here on plain RMS without its frequency weighting.
    """
    block = round(0.4 * RATE_HZ)
    starts = range(0, max(1, len(samples) - block + 1), block // 4)
    powers = np.array([np.mean(np.square(samples[start : start + block])) for start in starts])
    audible = powers[powers > _to_amplitude(-70) ** 2]
    if audible.size == 0:
        return -120.0
    gated = audible[audible > np.mean(audible) / 10]
    return _to_db(float(np.sqrt(np.mean(gated))))


def _limit_peaks(samples: Samples) -> Samples:
    """Bend down smoothly what rises above 4 dB under the ceiling, so that nothing passes it."""
    ceiling = _to_amplitude(PEAK_CEILING_DBFS)
    knee = _to_amplitude(PEAK_CEILING_DBFS - 4)
    size = np.abs(samples)
    bent = knee + (ceiling - knee) * np.tanh((size - knee) / (ceiling - knee))
    return np.where(size > knee, np.sign(samples) * bent, samples).astype(np.float32)


def _to_amplitude(level_db: float) -> float:
    return float(10 ** (level_db / 20))


def _to_db(amplitude: float) -> float:
    return float(20 * np.log10(amplitude))
