"""How much of what the microphone hears is the candidate, coming out of the loudspeakers.

The microphone's short-time spectra are explained, frequency by frequency, by a few of the
candidate's spectra before them: a least-squares fit of the way between them, after "convolutive
transfer functions" (Talmon, Cohen and Gannot, "Relative transfer function identification using
convolutive transfer function approximation", IEEE TASLP 17, 2009). A loudspeaker and a room are
such a way, whatever they do to the sound; another person's speech is not explained by any.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.audio import SAMPLE_RATE_HZ, Waveform

#: How far before and after a stretch the candidate's channel is looked at, in samples.
LOOK_BACK = SAMPLE_RATE_HZ // 2
LOOK_AHEAD = SAMPLE_RATE_HZ // 20

#: Length of one step of a share's course, in seconds.
STEP_S = 0.256

_WINDOW = 512
_HOP = 256
_FRAMES_A_STEP = round(STEP_S * SAMPLE_RATE_HZ / _HOP)
_BINS = slice(8, 112)  # 250 to 3500 Hz: what loudspeakers play and voices carry
_AHEAD = 2  # frames an echo may come early, because the devices' latencies differ
_LAGS = 30  # frames it may come late
_TAPS = 5  # frames the way between them is long, from the strongest on and one before
_TINY = 1e-12
#: So much is explained by chance alone, as two voices share pauses and pitch: of a whole stretch …
_CHANCE = 0.12
#: … and of one step.
_CHANCE_A_STEP = 0.3
#: A step with less than this of the mean step's energy is a pause and says nothing.
_PAUSE = 1e-3
#: Mean square below which a channel is silent.
_SILENT = 1e-9

_Spectra = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class EchoShare:
    """What share of a sound's energy is echo, each 0 to 1.

    Attributes:
        whole: Of all of it.
        course: Of each ``STEP_S`` seconds, the last one shorter.
    """

    whole: float = 0.0
    course: tuple[float, ...] = ()


def echo_share(near: Waveform, far: Waveform) -> EchoShare:
    """How much of ``near`` is a delayed and filtered copy of ``far``.

    Args:
        near: What the microphone heard, shape (n,).
        far: What the call played from ``LOOK_BACK`` before ``near`` to ``LOOK_AHEAD`` after it,
            shape (LOOK_BACK + n + LOOK_AHEAD,).
    """
    quietest = min(np.mean(np.square(sound)) if len(sound) else 0.0 for sound in (near, far))
    if len(near) < 8 * _HOP or quietest < _SILENT:
        return EchoShare()
    heard = _spectra(near)
    count = len(heard)
    before = LOOK_BACK // _HOP
    # So that frame ``before + t`` of ``played`` begins where frame ``t`` of ``heard`` does.
    played = _spectra(far[LOOK_BACK - before * _HOP :])
    lag = _lag(heard, played, before)
    shifted = [
        played[before - shift : before - shift + count] for shift in range(lag - 1, lag + _TAPS - 1)
    ]
    explained = _residual(heard, np.stack(shifted, axis=-1))
    return _shares(_power(heard), explained)


def _spectra(sound: Waveform) -> _Spectra:
    frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
    window = np.hanning(_WINDOW).astype(np.float32)
    spectra: _Spectra = np.fft.rfft(frames * window, axis=1)[:, _BINS].astype(np.complex64)
    return spectra


def _lag(heard: _Spectra, played: _Spectra, before: int) -> int:
    """The lag, in frames, at which the two have most in common."""
    count = len(heard)
    weighted = heard.conj() / np.sqrt(np.mean(_power(heard), axis=0) + _TINY)
    likeness = []
    lags = range(1 - _AHEAD, min(_LAGS, before) - _TAPS + 2)
    for lag in lags:
        part = played[before - lag : before - lag + count]
        common = np.abs(np.einsum("tk,tk->k", weighted, part))
        likeness.append(float(np.sum(common / np.sqrt(np.sum(_power(part), axis=0) + _TINY))))
    return lags[int(np.argmax(likeness))]


def _residual(heard: _Spectra, taps: npt.NDArray[np.complex64]) -> npt.NDArray[np.float32]:
    """The power of ``heard`` that no way of the given taps explains, as it would be by chance."""
    count, size = len(heard), taps.shape[-1]
    columns = taps.transpose(1, 0, 2)
    turned = columns.conj().transpose(0, 2, 1)
    products = turned @ columns
    diagonal = np.trace(products, axis1=1, axis2=2).real / size
    products += (1e-3 * diagonal + _TINY)[:, None, None] * np.eye(size, dtype=np.complex64)
    way = np.linalg.solve(products, turned @ heard.T[:, :, None])
    left = heard - (columns @ way)[:, :, 0].T
    return _power(left) * np.float32(count / max(1, count - size))


def _power(spectra: _Spectra) -> npt.NDArray[np.float32]:
    return np.square(spectra.real) + np.square(spectra.imag)


def _shares(power: npt.NDArray[np.float32], left: npt.NDArray[np.float32]) -> EchoShare:
    powers, lefts = (part.sum(axis=1, dtype=np.float64) for part in (power, left))
    starts = np.arange(0, len(powers), _FRAMES_A_STEP)
    steps = np.add.reduceat(powers, starts)
    course = _beyond_chance(steps, np.add.reduceat(lefts, starts), _CHANCE_A_STEP)
    course[steps < _PAUSE * steps.mean()] = 0.0
    whole = _beyond_chance(powers.sum(), lefts.sum(), _CHANCE)
    return EchoShare(round(float(whole), 3), tuple(round(float(step), 3) for step in course))


def _beyond_chance(
    power: npt.NDArray[np.float64], left: npt.NDArray[np.float64], chance: float
) -> npt.NDArray[np.float64]:
    explained = 1.0 - left / (power + _TINY)
    return np.clip((explained - chance) / (1.0 - chance), 0.0, 1.0)
