"""Cutting a channel into stretches of speech, each of which becomes one utterance."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel
from copilot.speech.voice import FRAME, FRAME_S

_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class EndpointPolicy:
    """When speech begins and ends.

    Attributes:
        begin: Speech probability at which a stretch begins.
        keep: Probability below which a frame counts as silence inside a stretch.
        shortest_s: Speech shorter than this is a click or a breath, in seconds.
        end_silence_s: Silence that ends a stretch.
        long_s: From this length on, a shorter pause is enough …
        long_silence_s: … namely this one.
        longest_s: A stretch is cut here at its quietest moment, so that memory stays bounded.
        padding_s: Sound kept before the first and after the last frame of speech, so that first
            and last words are whole.
    """

    begin: float = 0.5
    keep: float = 0.35
    shortest_s: float = 0.16
    end_silence_s: float = 0.55
    long_s: float = 10.0
    long_silence_s: float = 0.25
    longest_s: float = 24.0
    padding_s: float = 0.25


@dataclass(frozen=True, slots=True)
class Voice:
    """How sure it is that a stretch holds a voice at all.

    Attributes:
        longest_s: Its longest run of frames that are more likely speech than not, in seconds.
        surest: The highest speech probability of a frame, 0 to 1.
    """

    longest_s: float = math.inf
    surest: float = 1.0

    @property
    def weak(self) -> bool:
        """Whether it may as well be a cough.

        Coughs, breaths and bangs were seen to reach 0.29 s and 0.91; speech has a longer run, and
        words that are shorter are surer (``benchmarks/noises.py``).
        """
        return self.longest_s < 0.32 and self.surest < 0.93


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of speech, ready to be transcribed.

    Attributes:
        channel: Whose it is.
        start: Index of its first sample since the session's start.
        samples: The sound, padding included.
        speech_end_s: Session time at which the voice stopped, in seconds.
        echo: What share of an interviewer's stretch, 0 to 1, is the candidate's voice out of the
            loudspeakers.
        echo_course: The same for each ``copilot.speech.echo_share.STEP_S`` seconds of it; empty
            where it was not measured.
        voice: How sure it is that there is a voice.
    """

    channel: Channel
    start: int
    samples: Waveform
    speech_end_s: float
    echo: float = 0.0
    echo_course: tuple[float, ...] = ()
    voice: Voice = Voice()

    @property
    def start_s(self) -> float:
        """Session time of the first sample, in seconds."""
        return self.start / SAMPLE_RATE_HZ

    @property
    def end_s(self) -> float:
        """Session time after the last sample, in seconds."""
        return (self.start + len(self.samples)) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class OpenStretch:
    """A stretch of speech that has not ended, as it stands at one moment.

    Attributes:
        channel: Whose it is.
        start: Index of its first sample since the session's start; the stretch it becomes begins
            with the same.
        frames: The sound so far.
        voice_end: Index after the last sample with a voice.
        voiced_s: How much of it has a voice, in seconds.
        voice: How sure it is that there is a voice.
        echo: What share of its newest seconds, 0 to 1, is the candidate out of the loudspeakers.
    """

    channel: Channel
    start: int
    frames: Sequence[Waveform]
    voice_end: int
    voiced_s: float
    voice: Voice = Voice()
    echo: float = 0.0

    @property
    def end(self) -> int:
        """Index after its last sample."""
        return self.start + len(self.frames) * FRAME

    @property
    def silence_s(self) -> float:
        """For how long nothing has been said."""
        return (self.end - self.voice_end) / SAMPLE_RATE_HZ

    def samples(self, begin: int) -> Waveform:
        """The sound from sample ``begin`` on; joined anew with each call."""
        skipped = max(0, begin - self.start) // FRAME
        joined = np.concatenate(self.frames[skipped:])
        return joined[begin - self.start - skipped * FRAME :]


class Endpointer:
    """Finds the stretches of one channel as its frames come in."""

    def __init__(
        self, channel: Channel, policy: EndpointPolicy | None = None, *, begin: int = 0
    ) -> None:
        """Start listening to ``channel`` at sample ``begin``, a whole number of frames."""
        self.channel = channel
        self._policy = policy or EndpointPolicy()
        self._padding = round(self._policy.padding_s / FRAME_S)
        self._frames: list[Waveform] = []
        self._probabilities: list[float] = []
        self._first = begin // FRAME  # index of the first kept frame since the session's start
        self._began = -1  # index among the kept frames at which speech began; -1 while silent
        self._last_voice = 0  # index among the kept frames of the last one with a voice

    @property
    def speaking(self) -> bool:
        """Whether a stretch is open."""
        return self._began >= 0

    @property
    def open(self) -> OpenStretch | None:
        """The stretch that is open; None while nobody speaks."""
        if not self.speaking:
            return None
        return OpenStretch(
            self.channel,
            self._first * FRAME,
            tuple(self._frames),
            (self._first + self._last_voice + 1) * FRAME,
            sum(p >= self._policy.keep for p in self._probabilities[self._began :]) * FRAME_S,
            _voice(self._probabilities[self._began :]),
        )

    @property
    def began_s(self) -> float:
        """Session time at which the open stretch began, in seconds."""
        return (self._first + max(0, self._began)) * FRAME_S

    def feed(self, samples: Waveform, probabilities: npt.NDArray[np.float32]) -> list[Stretch]:
        """Take the next frames in.

        Args:
            samples: A whole number of frames.
            probabilities: One speech probability a frame.

        Returns:
            The stretches that ended with these frames, in order.
        """
        ended: list[Stretch] = []
        for frame, probability in zip(
            samples.reshape(-1, FRAME), probabilities.tolist(), strict=True
        ):
            self._frames.append(frame)
            self._probabilities.append(probability)
            stretch = self._step(probability)
            if stretch is not None:
                ended.append(stretch)
        return ended

    def flush(self) -> list[Stretch]:
        """End the open stretch, because the sound ended."""
        if not self.speaking:
            return []
        stretch = self._cut(self._last_voice + 1)
        return [] if stretch is None else [stretch]

    def _step(self, probability: float) -> Stretch | None:
        policy, now = self._policy, len(self._frames) - 1
        if not self.speaking:
            if probability >= policy.begin:
                self._began = self._last_voice = now
            else:
                self._forget(now + 1 - self._padding)
            return None
        if probability >= policy.keep:
            self._last_voice = now
        silence_s = (now - self._last_voice) * FRAME_S
        length_s = (now - self._began) * FRAME_S
        enough_s = policy.long_silence_s if length_s >= policy.long_s else policy.end_silence_s
        if silence_s >= enough_s:
            return self._cut(self._last_voice + 1)
        if length_s >= policy.longest_s:
            return self._cut(self._quietest(), speech_goes_on=True)
        return None

    def _quietest(self) -> int:
        """Where to cut speech that does not pause: the quietest moment of its second half."""
        half = self._began + (len(self._frames) - self._began) // 2
        # The mean of three frames in a row; the cut comes after the middle one.
        smooth = np.convolve(self._probabilities[half:], np.ones(3) / 3, mode="valid")
        return half + int(np.argmin(smooth)) + 2

    def _cut(self, end: int, *, speech_goes_on: bool = False) -> Stretch | None:
        """Close the stretch before kept frame ``end``; what follows stays for the next one."""
        voiced = sum(p >= self._policy.keep for p in self._probabilities[self._began : end])
        until = end if speech_goes_on else min(len(self._frames), end + self._padding)
        stretch = None
        if voiced * FRAME_S >= self._policy.shortest_s:
            stretch = Stretch(
                self.channel,
                self._first * FRAME,
                np.concatenate(self._frames[:until]),
                (self._first + end) * FRAME_S,
                voice=_voice(self._probabilities[self._began : end]),
            )
        if speech_goes_on:
            self._forget(end)
            self._began = 0
            self._last_voice = len(self._frames) - 1
        else:
            self._began = -1
            self._forget(max(until, len(self._frames) - self._padding))
        return stretch

    def _forget(self, count: int) -> None:
        """Drop the first ``count`` kept frames."""
        if count > 0:
            del self._frames[:count]
            del self._probabilities[:count]
            self._first += count


def _voice(probabilities: Sequence[float]) -> Voice:
    runs = itertools.groupby(p >= _LIKELY for p in probabilities)
    longest = max((len(list(run)) for likely, run in runs if likely), default=0)
    return Voice(longest * FRAME_S, max(probabilities, default=0.0))
