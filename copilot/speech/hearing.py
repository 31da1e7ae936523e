"""From blocks of sound to stretches of speech, on every channel at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.levels import level_dbfs
from copilot.events import Channel
from copilot.speech.echo_share import LOOK_AHEAD, LOOK_BACK, echo_share
from copilot.speech.endpoints import Endpointer, EndpointPolicy, OpenStretch, Stretch
from copilot.speech.voice import FRAME, VoiceDetector, load_voice_model

#: How much of the candidate's channel is kept to look for its echo: more than a stretch is long.
_KEPT = 40 * SAMPLE_RATE_HZ
#: An open stretch is looked at this often, and this much of it, in samples.
_ECHO_EVERY = SAMPLE_RATE_HZ // 2
_ECHO_LOOK = 3 * SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Heard:
    """What one block brought.

    Attributes:
        end_s: Session time at which the block ends, in seconds.
        stretches: Stretches of speech that ended in it, by their end.
        speaking: The channels on which someone is speaking now.
        levels_dbfs: How loud each channel was.
        speaking_since_s: Where someone is speaking, the session time at which they began.
        open: The stretches that are open.
    """

    end_s: float
    stretches: tuple[Stretch, ...]
    speaking: frozenset[Channel]
    levels_dbfs: dict[Channel, float]
    speaking_since_s: dict[Channel, float] = field(default_factory=dict)
    open: tuple[OpenStretch, ...] = ()


class RecentSound:
    """The last seconds of one channel, in flat memory."""

    def __init__(self, kept: int) -> None:
        self._ring = np.zeros(kept, np.float32)
        self._end = 0  # index since the session's start

    def add(self, start: int, samples: Waveform) -> None:
        """Keep what follows; what is left out before ``start`` reads as silence."""
        kept = len(self._ring)
        gap = min(max(0, start - self._end), kept)
        self._put(start - gap, np.zeros(gap, np.float32))
        tail = samples[-kept:]
        self._put(start + len(samples) - len(tail), tail)
        self._end = start + len(samples)

    def between(self, start: int, end: int) -> Waveform:
        """The samples from ``start`` to ``end``, silence where they are not known."""
        found = np.zeros(end - start, np.float32)
        first, last = max(start, self._end - len(self._ring), 0), min(end, self._end)
        if first < last:
            places = np.arange(first, last) % len(self._ring)
            found[first - start : last - start] = self._ring[places]
        return found

    def _put(self, start: int, samples: Waveform) -> None:
        self._ring[np.arange(start, start + len(samples)) % len(self._ring)] = samples


class Hearing:
    """Voice activity and endpoints of all channels, and what of the interviewer's is an echo."""

    def __init__(
        self,
        channels: Iterable[Channel],
        policy: EndpointPolicy | None = None,
        *,
        begin: int = 0,
    ) -> None:
        """Load the voice activity model.

        Args:
            channels: Those to listen to.
            policy: When speech begins and ends.
            begin: Sample of the session with which the first block starts; a whole number of
                frames.

        Raises:
            ModelError: It is missing or not genuine.
        """
        model = load_voice_model()
        self._detectors = {channel: VoiceDetector(model) for channel in channels}
        self._endpointers = {
            channel: Endpointer(channel, policy, begin=begin) for channel in self._detectors
        }
        self._rest = {channel: np.zeros(0, np.float32) for channel in self._detectors}
        self._candidate = RecentSound(_KEPT) if len(self._detectors) > 1 else None
        self._echo_now = 0.0
        self._echo_until = 0  # sample up to which it was measured

    def hear(self, block: Block) -> Heard:
        """Take one block in."""
        stretches: list[Stretch] = []
        if self._candidate is not None and Channel.CANDIDATE in block.samples:
            self._candidate.add(block.start, block.samples[Channel.CANDIDATE])
        for channel in self._detectors.keys() & block.samples.keys():
            samples = block.samples[channel]
            whole = self._whole_frames(channel, samples)
            probabilities = self._detectors[channel].probabilities(whole)
            stretches += self._endpointers[channel].feed(whole, probabilities)
        return Heard(
            block.end_s,
            self._measured(stretches),
            self._speaking(),
            {channel: level_dbfs(samples) for channel, samples in block.samples.items()},
            {c: endpoint.began_s for c, endpoint in self._endpointers.items() if endpoint.speaking},
            tuple(self._open()),
        )

    def swap(self) -> None:
        """The two channels change places: what was the one's is from now on the other's.

        Speech that is under way goes on, as the other's.
        """
        self._detectors = {c.other: detector for c, detector in self._detectors.items()}
        self._rest = {c.other: rest for c, rest in self._rest.items()}
        if self._candidate is not None:
            # What it holds is the interviewer's now, and would pass for an echo of itself.
            self._candidate = RecentSound(_KEPT)
        self._endpointers = {c.other: endpoint for c, endpoint in self._endpointers.items()}
        for channel, endpoint in self._endpointers.items():
            endpoint.channel = channel

    def flush(self) -> tuple[Stretch, ...]:
        """The stretches still open when the sound ended."""
        ended = [stretch for endpoint in self._endpointers.values() for stretch in endpoint.flush()]
        return self._measured(ended)

    def _open(self) -> Iterator[OpenStretch]:
        for endpoint in self._endpointers.values():
            stretch = endpoint.open
            if stretch is not None:
                yield replace(stretch, echo=self._open_echo(stretch))

    def _open_echo(self, stretch: OpenStretch) -> float:
        """The share of echo in the newest seconds of an open stretch, measured now and then."""
        if self._candidate is None or stretch.channel is not Channel.INTERVIEWER:
            return 0.0
        if stretch.start > self._echo_until or stretch.end - self._echo_until >= _ECHO_EVERY:
            self._echo_until = stretch.end
            begin = max(stretch.start, stretch.end - _ECHO_LOOK)
            played = self._candidate.between(begin - LOOK_BACK, stretch.end + LOOK_AHEAD)
            self._echo_now = echo_share(stretch.samples(begin), played).whole
        return self._echo_now

    def _measured(self, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
        """By their end, with the share of each that is an echo."""
        by_end = sorted(stretches, key=lambda stretch: stretch.speech_end_s)
        return tuple(self._with_echo(stretch) for stretch in by_end)

    def _with_echo(self, stretch: Stretch) -> Stretch:
        if self._candidate is None or stretch.channel is not Channel.INTERVIEWER:
            return stretch
        end = stretch.start + len(stretch.samples)
        played = self._candidate.between(stretch.start - LOOK_BACK, end + LOOK_AHEAD)
        share = echo_share(stretch.samples, played)
        return replace(stretch, echo=share.whole, echo_course=share.course)

    def _whole_frames(self, channel: Channel, samples: Waveform) -> Waveform:
        joined = np.concatenate([self._rest[channel], samples])
        whole = len(joined) // FRAME * FRAME
        self._rest[channel] = joined[whole:]
        return joined[:whole]

    def _speaking(self) -> frozenset[Channel]:
        return frozenset(c for c, endpoint in self._endpointers.items() if endpoint.speaking)
