"""Taking the loudspeakers' sound out of the microphone's.

Two stages. A linear one models the way from the loudspeakers to the microphone and subtracts what
it predicts, and leaves whoever speaks at the same time whole. It is the partitioned-block
frequency-domain Kalman filter: Enzner and Vary, "Frequency-domain adaptive Kalman filter for
acoustic echo control in hands-free telephones", Signal Processing 86 (2006); partitions as in
Kuech et al., "State-space architecture of the partitioned-block-based acoustic echo controller",
ICASSP 2014. What it leaves of the echo, because rooms and loudspeakers are not linear, is judged
by WebRTC's canceller (``pywebrtc-audio``): that one silences an echo all but perfectly, and takes
up to half of the words with it where both speak at once. So its output is not used as sound, but
to tell when nobody but the loudspeakers is heard; then the microphone is muted.
"""

from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block, Waveform
from copilot.events import Channel

_Spectra = npt.NDArray[np.complex128]
_Reals = npt.NDArray[np.float64]

_HOP = 256  # samples between two updates of the filter, 16 ms
_PARTITIONS = 32  # of one hop each: the echo may come and ring for half a second
_BINS = _HOP + 1
_FORGETTING = 0.9995  # how much of the filter is believed to stay from one hop to the next
_FIRST_DOUBT = 0.3  # variance of the filter's coefficients before anything is known …
_LEAST_DOUBT = 0.03  # … and at least, when it begins anew
#: A prediction does harm where it leaves this much more than there was, over so many hops.
_HARM = 1.3
_HARM_HOPS = 25
_TINY = 1e-9

_FRAME = SAMPLE_RATE_HZ // 100  # samples WebRTC takes at a time
#: Mean squares are followed over about this many frames.
_SMOOTHING = 8
#: Nobody speaks but the loudspeakers where the linear stage leaves less than this of the power …
_EXPLAINED = 0.01
#: … or less than this, and WebRTC next to nothing of what the linear stage left.
_MAINLY_EXPLAINED = 0.25
_NOBODY = 0.01
#: Frames for which the microphone stays open after somebody spoke.
_HOLD = 25
_MUTED = 0.003  # gain
#: An echo is believed in once this share of half a second was predicted by the linear stage …
_FOUND = 0.5
_FOUND_FRAMES = 50
#: … and for this many frames afterwards.
_BELIEVED_FRAMES = 300 * 100
#: Quieter than this, in mean square, is nobody's voice.
_QUIET = 1e-7


class Suppressor(Protocol):
    """What is needed of ``pywebrtc_audio.EchoCanceller``."""

    def process(self, near: Waveform, far: Waveform) -> Waveform:
        """``near`` without the echo of ``far``, equally long, 10 ms at a time."""


class LinearFilter:
    """The adaptive model of the way from the loudspeakers to the microphone."""

    def __init__(self) -> None:
        self._far: _Reals = np.zeros(2 * _HOP)  # the hop before and the one being filled
        self._near: _Reals = np.zeros(_HOP)
        self._filled = 0
        self._spectra: _Spectra = np.zeros((_PARTITIONS, _BINS), np.complex128)
        self._path: _Spectra = np.zeros((_PARTITIONS, _BINS), np.complex128)
        self._doubt = _doubt(_FIRST_DOUBT)
        self._noise: _Reals = np.full(_BINS, 1e-3)
        self._powers = np.zeros(3)  # smoothed mean squares: far, near, what is left of near

    def predict(self, near: Waveform, far: Waveform) -> Waveform:
        """The echo of ``far`` that stands in ``near``; learns from both. Any length, no delay."""
        echo: Waveform = np.zeros(len(near), np.float32)
        done = 0
        while done < len(near):
            begin = self._filled
            count = min(_HOP - begin, len(near) - done)
            self._far[_HOP + begin : _HOP + begin + count] = far[done : done + count]
            self._near[begin : begin + count] = near[done : done + count]
            self._filled += count
            self._spectra[0] = np.fft.rfft(self._far)
            whole = np.fft.irfft(np.sum(self._path * self._spectra, axis=0))[_HOP:]
            echo[done : done + count] = whole[begin : begin + count]
            done += count
            if self._filled == _HOP:
                # A gap filled with silence, or a muted microphone, teaches nothing.
                if self._near.any():
                    self._learn(self._near - whole)
                    self._check(self._near - whole)
                self._move_on()
        return echo

    def _move_on(self) -> None:
        self._spectra = np.roll(self._spectra, 1, axis=0)
        self._far[:_HOP] = self._far[_HOP:]
        self._far[_HOP:] = 0
        self._near[:] = 0
        self._filled = 0

    def _learn(self, error: _Reals) -> None:
        wrong = np.fft.rfft(np.concatenate([np.zeros(_HOP), error]))
        power = np.square(np.abs(self._spectra))
        self._noise = 0.5 * self._noise + 0.5 * np.square(np.abs(wrong))
        trust = self._doubt / (0.5 * np.sum(self._doubt * power, axis=0) + self._noise + _TINY)
        step = np.fft.irfft(trust * np.conj(self._spectra) * wrong, axis=1)
        step[:, _HOP:] = 0  # a partition is a hop long: what wraps around is no part of it
        self._path = _FORGETTING * self._path + np.fft.rfft(step, axis=1)
        kept = _FORGETTING**2
        self._doubt = kept * (1 - 0.5 * trust * power) * self._doubt
        self._doubt += (1 - kept) * np.square(np.abs(self._path)) + 1e-10

    def _check(self, left: _Reals) -> None:
        """Begin anew where the prediction does harm: the way has changed."""
        powers = [np.mean(np.square(sound)) for sound in (self._far[_HOP:], self._near, left)]
        self._powers += (np.array(powers) - self._powers) / _HARM_HOPS
        played, heard, remaining = self._powers
        if heard > _QUIET and remaining > _HARM * heard:
            self._path[:] = 0
            self._doubt = _doubt(
                float(np.clip(heard / (played + _TINY), _LEAST_DOUBT, _FIRST_DOUBT))
            )
            self._powers[2] = heard


def _doubt(variance: float) -> _Reals:
    """How little is known of the way at first: less power is to be expected later in it."""
    decay = np.exp(-np.arange(_PARTITIONS) / _PARTITIONS)[:, None]
    doubt: _Reals = variance * decay * np.ones((1, _BINS))
    return doubt


class EchoCanceller:
    """Takes the candidate's voice, as the loudspeakers play it, out of the interviewer's channel.

    Follows an echo that comes 0 to 400 ms after the candidate's channel, from about two seconds of
    it on. One that comes before it,
    because the devices' latencies differ, is left to the text: waiting for the reference would
    shift the times of the microphone. Without an echo (headphones) the sound passes unchanged.
    """

    def __init__(self, suppressor: Suppressor) -> None:
        self._linear = LinearFilter()
        self._suppressor = suppressor
        self._rest: list[Waveform] = [np.zeros(0, np.float32) for _ in range(3)]
        # Smoothed mean squares: the microphone, after the linear stage, after WebRTC.
        self._powers = np.zeros(3)
        self._heard = np.zeros(2)  # … over half a second: the microphone, the linear stage
        self._believed = 0
        self._open = _HOLD
        self._gain = 1.0

    @property
    def echo_found(self) -> bool:
        """Whether an echo was heard in the last minutes of sound."""
        return self._believed > 0

    def process(self, block: Block) -> Block:
        """The same block with the interviewer's channel cleaned; all else is untouched."""
        near = block.samples.get(Channel.INTERVIEWER)
        far = block.samples.get(Channel.CANDIDATE)
        if near is None or far is None or not len(near):
            return block
        cleaned = near - self._linear.predict(near, far)
        gains = self._gains(near, far, cleaned)
        if not self.echo_found:
            return block
        if np.dot(cleaned, cleaned) > np.dot(near, near):
            cleaned = near  # the model is off: better the echo than worse
        return replace(block, samples={**block.samples, Channel.INTERVIEWER: cleaned * gains})

    def _gains(self, near: Waveform, far: Waveform, cleaned: Waveform) -> Waveform:
        """How far the microphone is open, sample by sample."""
        near, far, cleaned = (
            np.concatenate([rest, new])
            for rest, new in zip(self._rest, (near, far, cleaned), strict=True)
        )
        whole = len(near) // _FRAME * _FRAME
        late = len(self._rest[0])
        self._rest = [near[whole:], far[whole:], cleaned[whole:]]
        times, gains = [0.0], [self._gain]
        if whole:
            suppressed = self._suppressor.process(near[:whole].copy(), far[:whole].copy())
            powers = [
                np.mean(np.square(sound[:whole].reshape(-1, _FRAME)), axis=1)
                for sound in (near, cleaned, suppressed)
            ]
            for index, (heard, left, after) in enumerate(zip(*powers, strict=True)):
                self._judge(float(heard), float(left), float(after))
                times.append((index + 1) * _FRAME - late)
                gains.append(self._gain)
        return np.interp(np.arange(len(near) - late), times, gains).astype(np.float32)

    def _judge(self, heard: float, left: float, after: float) -> None:
        self._heard += (np.array([heard, left]) - self._heard) / _FOUND_FRAMES
        self._powers += (np.array([heard, left, after]) - self._powers) / _SMOOTHING
        if self._heard[0] > _QUIET and self._heard[1] < (1 - _FOUND) * self._heard[0]:
            self._believed = _BELIEVED_FRAMES
        self._believed = max(0, self._believed - 1)
        heard, left, after = self._powers
        somebody = left > _EXPLAINED * heard and (
            left > _MAINLY_EXPLAINED * heard or after > _NOBODY * left
        )
        self._open = _HOLD if somebody else max(0, self._open - 1)
        self._gain = 1.0 if self._open else _MUTED


def load_canceller() -> EchoCanceller | None:
    """A canceller, or None where the extra ``echo`` is not installed."""
    try:
        from pywebrtc_audio import EchoCanceller as WebRtc  # noqa: PLC0415
    except ImportError:
        return None
    return EchoCanceller(WebRtc(sample_rate=SAMPLE_RATE_HZ))
