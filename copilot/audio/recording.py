"""A recording as a session's source, at natural speed, faster, or as fast as the machine can."""

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.files import AudioInfo, probe, read_16k
from copilot.errors import AudioFileError
from copilot.events import Channel
from copilot.i18n import _

#: As fast as the machine can.
MAX_SPEED = math.inf

_PACED_BLOCK = 512  # samples, 32 ms: what a sound card would deliver
_FAST_BLOCK = 8192  # samples, 512 ms: fewer, larger steps where nobody waits for them
#: A file and the channels it holds: two, or all of them mixed to one.
Side = tuple[AudioInfo, tuple[Channel, ...]]

_LOOK_S = 60.0  # how much of a file is compared when looking for two equal channels


class RecordingSource:
    """Two channels from one two-channel file (left interviewer, right candidate) or two files.

    Paced by a clock so that the rest of the program meets it exactly like a live call; a stretch
    that is missing on one side, because its file is shorter, is silence.
    """

    def __init__(
        self,
        sides: Sequence[Side],
        *,
        speed: float = MAX_SPEED,
        sleep: Callable[[float], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Play the given files; ``from_file``, ``from_sides`` and ``from_anything`` find them.

        Args:
            sides: Each file and the channels it holds.
            speed: 1 for natural speed, 4 for four times as fast, ``MAX_SPEED`` for no pacing.
            sleep: Waits for a number of seconds; by default until then or until ``stop``.
            clock: Seconds on a monotonic clock.
        """
        self._stopped = threading.Event()
        self._sides = tuple(sides)
        self._speed = speed
        self._sleep = sleep or self._stopped.wait
        self._clock = clock

    @classmethod
    def from_file(cls, path: Path, *, speed: float = MAX_SPEED) -> "RecordingSource":
        """One two-channel file, left interviewer, right candidate.

        Raises:
            AudioFileError: It cannot be read, or its channels do not tell the speakers apart.
        """
        info = probe(path)
        _check_two_channels(info)
        return cls([(info, (Channel.INTERVIEWER, Channel.CANDIDATE))], speed=speed)

    @classmethod
    def from_sides(
        cls, interviewer: Path, candidate: Path, *, speed: float = MAX_SPEED
    ) -> "RecordingSource":
        """One file a side; several channels in one are mixed.

        Raises:
            AudioFileError: One cannot be read.
        """
        sides = [
            (probe(interviewer), (Channel.INTERVIEWER,)),
            (probe(candidate), (Channel.CANDIDATE,)),
        ]
        for info, _channels in sides:
            next(read_16k(info), None)  # what cannot be decoded is refused before anything starts
        return cls(sides, speed=speed)

    @classmethod
    def from_anything(cls, path: Path) -> "RecordingSource":
        """A recording of whatever kind: two speakers where its channels differ, else one.

        Raises:
            AudioFileError: It cannot be read.
        """
        info = probe(path)
        if info.channels == 2 and not _sides_sound_the_same(info):
            return cls([(info, (Channel.INTERVIEWER, Channel.CANDIDATE))])
        return cls([(info, (Channel.CANDIDATE,))])

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels it carries."""
        return tuple(channel for _, channels in self._sides for channel in channels)

    @property
    def description(self) -> str:
        """The names of the files."""
        return "recording " + " + ".join(info.path.name for info, _ in self._sides)

    @property
    def duration_s(self) -> float | None:
        """Length of the longer side, or None where a container does not tell."""
        lengths = [info.duration_s for info, _ in self._sides]
        known = [length for length in lengths if length is not None]
        return max(known) if len(known) == len(lengths) else None

    def stop(self) -> None:
        """Make ``blocks`` end at the next block."""
        self._stopped.set()

    def blocks(self) -> Iterator[Block]:
        """The sound in blocks, paced to the speed."""
        size = _FAST_BLOCK if math.isinf(self._speed) else _PACED_BLOCK
        began = self._clock()
        for block in _rechunk(self._channels(), size):
            if not math.isinf(self._speed):
                early = block.end_s / self._speed - (self._clock() - began)
                if early > 0:
                    self._sleep(early)
            if self._stopped.is_set():
                return
            yield block

    def _channels(self) -> Iterator[dict[Channel, Waveform]]:
        streams = [(_mixed(info, channels), channels) for info, channels in self._sides]
        pending: dict[Channel, Waveform] = {
            channel: np.zeros(0, np.float32) for _, channels in streams for channel in channels
        }
        open_streams = list(streams)
        while open_streams:
            for stream, channels in list(open_streams):
                if len(pending[channels[0]]):
                    continue
                part = next(stream, None)
                if part is None:
                    open_streams.remove((stream, channels))
                else:
                    pending.update(part)
            lengths = [len(waveform) for waveform in pending.values() if len(waveform)]
            if not lengths:
                continue
            count = min(lengths)
            yield {channel: _padded(waveform, count) for channel, waveform in pending.items()}
            pending = {channel: waveform[count:] for channel, waveform in pending.items()}


def _padded(waveform: Waveform, count: int) -> Waveform:
    return waveform[:count] if len(waveform) else np.zeros(count, np.float32)


def _mixed(info: AudioInfo, channels: tuple[Channel, ...]) -> Iterator[dict[Channel, Waveform]]:
    for frames in read_16k(info):
        if not len(frames):
            continue
        if len(channels) == 1:
            yield {channels[0]: np.ascontiguousarray(frames.mean(axis=1), dtype=np.float32)}
        else:
            yield {
                channel: np.ascontiguousarray(frames[:, index])
                for index, channel in enumerate(channels)
            }


def _rechunk(parts: Iterator[dict[Channel, Waveform]], size: int) -> Iterator[Block]:
    start = 0
    held: list[dict[Channel, Waveform]] = []
    count = 0
    for part in parts:
        held.append(part)
        count += len(next(iter(part.values())))
        if count < size:
            continue
        joined = {c: np.concatenate([piece[c] for piece in held]) for c in held[0]}
        for offset in range(0, count - size + 1, size):
            yield Block(start, {c: w[offset : offset + size] for c, w in joined.items()})
            start += size
        rest = count % size
        held = [{c: w[count - rest :] for c, w in joined.items()}] if rest else []
        count = rest
    if count:
        yield Block(start, {c: np.concatenate([piece[c] for piece in held]) for c in held[0]})


def _check_two_channels(info: AudioInfo) -> None:
    if info.channels == 1:
        raise AudioFileError(
            _("{path} has one channel, so the two speakers cannot be told apart.", path=info.path),
            _("Give one file a side: --interviewer FILE --candidate FILE."),
        )
    if info.channels != 2:
        raise AudioFileError(
            _(
                "{path} has {channels} channels; an interview has two.",
                path=info.path,
                channels=info.channels,
            ),
            _("Export the interviewer as left and the candidate as right channel."),
        )
    if _sides_sound_the_same(info):
        raise AudioFileError(
            _(
                "{path} carries the same sound on both channels, so the two speakers cannot be "
                "told apart.",
                path=info.path,
            ),
            _(
                "Record each side on its own channel, or give one file a side: --interviewer "
                "FILE --candidate FILE."
            ),
        )


def _sides_sound_the_same(info: AudioInfo) -> bool:
    looked = 0
    energy = difference = 0.0
    for frames in read_16k(info):
        energy += float(np.sum(np.square(frames, dtype=np.float64)))
        difference += float(np.sum(np.square(frames[:, 0] - frames[:, 1], dtype=np.float64)))
        looked += len(frames)
        if looked > _LOOK_S * SAMPLE_RATE_HZ:
            break
    # A lossy codec leaves traces of difference between equal channels.
    return energy > 0 and difference < energy * 1e-3
