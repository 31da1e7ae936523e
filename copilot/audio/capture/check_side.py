"""What a channel's samples tell in a check: whether someone speaks, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.audio.capture.tone import FREQUENCIES_HZ
from copilot.audio.levels import SILENCE_DBFS

#: Stretches of samples, first to last, that are not to be counted.
Stretches = Sequence[tuple[int, int]]
Flags = npt.NDArray[np.bool_]
Powers = npt.NDArray[np.float64]

FRAME = 320  # samples, 20 ms
FRAME_S = FRAME / SAMPLE_RATE_HZ
#: So much louder than the quietest tenth is someone speaking, in dB.
_ABOVE_NOISE_DB = 10.0
_FAINTEST_DBFS = -75.0
#: Seconds of speech that prove a side.
SPOKEN_S = 0.3

_CLIPPED = 0.97  # a cut wave swings a little when it is resampled
_CLIPPED_RUN = 4  # samples in a row
#: So many runs are not one loud moment.
CLIPPED_RUNS = 3

_SPECTRUM = 512
_WINDOW = np.blackman(FRAME + 1)[:-1]  # a tone stays where it belongs
_FREQUENCIES = np.fft.rfftfreq(_SPECTRUM, 1 / SAMPLE_RATE_HZ)
_AROUND_TONE_HZ = 220.0  # so far the tone spreads in a frame so short
_COUNTS: Flags = (_FREQUENCIES > 80.0) & np.all(
    [np.abs(_FREQUENCIES - tone) > _AROUND_TONE_HZ for tone in FREQUENCIES_HZ], axis=0
)
#: A telephone carries the first band and not the second; dull voices fade from one to the other.
_CARRIED_HZ = (3000.0, 3500.0)
_CUT_HZ = (4400.0, 5200.0)
_TELEPHONE_DB = -25.0
_TELEPHONE_S = 2.0  # seconds of speech needed to say so
_TELEPHONE_DBFS = -50.0  # in fainter speech, sibilants are lost in the rounding to 16 bits


@dataclass(frozen=True, slots=True)
class Sound:
    """What a stretch of a channel's sound is like.

    Attributes:
        spoken_s: How long someone spoke, or something else changed like speech, in seconds.
        speech_dbfs: How loud that was; -96 where nobody spoke.
        noise_dbfs: The quietest tenth of the rest.
        peak_dbfs: The loudest sample.
        silent: Whether every sample is zero.
        offset: Mean of the samples, which is 0 in a healthy channel.
        constant: Whether every sample is the same, and not zero.
        clipped: How many times the wave was cut off at full scale.
        telephone: Whether speech lacks everything above 4 kHz; None where too little was said
            to tell, or too quietly.
    """

    spoken_s: float = 0.0
    speech_dbfs: float = SILENCE_DBFS
    noise_dbfs: float = SILENCE_DBFS
    peak_dbfs: float = SILENCE_DBFS
    silent: bool = True
    offset: float = 0.0
    constant: bool = False
    clipped: int = 0
    telephone: bool | None = None


def listen(samples: Waveform, without: Stretches = ()) -> Sound:
    """Describe a stretch of sound.

    Args:
        samples: float32 mono at 16 kHz, shape (n,).
        without: Where the check's own tone is; it does not break a silence.
    """
    counted = samples[_kept(len(samples), without)]
    if not counted.any():
        return Sound()
    spectra = _spectra(samples)
    levels = _levels(spectra)
    spoken = _spoken(levels)
    live = levels[levels > SILENCE_DBFS]
    offset = float(counted.mean(dtype=np.float64))
    return Sound(
        spoken_s=float(spoken.sum()) * FRAME_S,
        speech_dbfs=_mean_dbfs(spectra[spoken]),
        noise_dbfs=float(np.percentile(live, 10)) if len(live) else SILENCE_DBFS,
        peak_dbfs=_dbfs(float(np.abs(counted - offset).max())),
        silent=False,
        offset=offset,
        constant=_is_constant(counted),
        clipped=clipped_runs(counted),
        telephone=_is_telephone(spectra[spoken]),
    )


def peak_dbfs(samples: Waveform) -> float:
    """The loudest sample in dB relative to full scale, never below -96."""
    return _dbfs(float(np.abs(samples).max())) if len(samples) else SILENCE_DBFS


def clipped_runs(samples: Waveform) -> int:
    """How many times the wave stays at full scale for several samples."""
    full = np.concatenate(([False], np.abs(samples) >= _CLIPPED, [False]))
    edges = np.flatnonzero(full[1:] != full[:-1])
    return int((edges[1::2] - edges[::2] >= _CLIPPED_RUN).sum())


def _kept(length: int, without: Stretches) -> Flags:
    kept = np.ones(length, np.bool_)
    for start, end in without:
        kept[max(0, start) : max(0, end)] = False
    return kept


def _spectra(samples: Waveform) -> Powers:
    """Power of each frame at each frequency, so that a row's sum is its mean square."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    spectra: Powers = np.abs(np.fft.rfft(frames * _WINDOW, _SPECTRUM, axis=1)) ** 2
    return spectra * (2.0 / _SPECTRUM / float(np.sum(_WINDOW**2)))


def _levels(spectra: Powers) -> Powers:
    """Level of each frame in dBFS, by the frequencies that voices have and the tone has not."""
    power = np.maximum(spectra[:, _COUNTS].sum(axis=1), 1e-12)
    return np.asarray(np.maximum(SILENCE_DBFS, 10 * np.log10(power)), np.float64)


def _mean_dbfs(spectra: Powers) -> float:
    power = float(spectra[:, _COUNTS].sum(axis=1).mean()) if len(spectra) else 0.0
    return max(SILENCE_DBFS, 10 * float(np.log10(power))) if power > 0 else SILENCE_DBFS


def _spoken(levels: Powers) -> Flags:
    # Digital silence between the words of a call is no noise floor.
    live = levels[levels > SILENCE_DBFS]
    if not len(live):
        return np.zeros(len(levels), np.bool_)
    noise = float(np.percentile(live, 10))
    return np.asarray(levels > max(noise + _ABOVE_NOISE_DB, _FAINTEST_DBFS))


def _is_constant(samples: Waveform) -> bool:
    # A device that sleeps may begin with zeros.
    first = int(np.flatnonzero(samples)[0])
    return bool(np.ptp(samples[first:]) < 1.5 / 32768)


def _is_telephone(spoken: Powers) -> bool | None:
    if len(spoken) * FRAME_S < _TELEPHONE_S or _mean_dbfs(spoken) < _TELEPHONE_DBFS:
        return None

    def loudest(band: tuple[float, float]) -> float:
        hertz = _FREQUENCIES
        inside = _COUNTS & (hertz >= band[0]) & (hertz <= band[1])
        return float(np.percentile(spoken[:, inside].sum(axis=1), 95))

    ratio = loudest(_CUT_HZ) / max(loudest(_CARRIED_HZ), 1e-12)
    return 10 * float(np.log10(max(ratio, 1e-12))) < _TELEPHONE_DB


def _dbfs(value: float) -> float:
    return max(SILENCE_DBFS, 20 * float(np.log10(value))) if value > 0 else SILENCE_DBFS
