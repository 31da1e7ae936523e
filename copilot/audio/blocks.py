"""Blocks of sound on one clock: what every source yields and every listener takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from copilot.audio.notices import Notice
from copilot.events import Channel

#: Everything inside runs at the rate the speech models want.
SAMPLE_RATE_HZ = 16_000

#: float32 mono samples at 16 kHz, shape (n,), in the range -1 to 1.
Waveform = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Block:
    """The same stretch of time on every channel.

    Attributes:
        start: Index of the first sample since the session's start, at 16 kHz.
        samples: One waveform a channel, all of the same length.
        notices: What the source has to tell of this moment.
    """

    start: int
    samples: Mapping[Channel, Waveform]
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return len(next(iter(self.samples.values())))

    @property
    def end_s(self) -> float:
        """Session time at which the block ends, in seconds."""
        return (self.start + len(self)) / SAMPLE_RATE_HZ


@runtime_checkable
class LiveSource(Protocol):
    """A source that hears what happens now."""

    def begin(self, at: int) -> None:
        """Open the devices; what they hear is the session's from sample ``at`` on."""

    def pause(self, paused: bool) -> None:
        """Capture nothing from now on, or go on; may be called from any thread."""

    def choose_speaker(self, channel: Channel) -> None:
        """With one microphone for both: whose words come now; from any thread."""


class Source(Protocol):
    """Where a session's sound comes from: a recording now, devices in a live call."""

    @property
    def description(self) -> str:
        """In words for people, such as ``recording interview.ogg``."""

    @property
    def duration_s(self) -> float | None:
        """Length in seconds where it is known beforehand."""

    def blocks(self) -> Iterator[Block]:
        """The sound from the start, without gaps or overlaps.

        Raises:
            AudioFileError: A file turns out to be unreadable.
        """

    def stop(self) -> None:
        """Make ``blocks`` end soon; may be called from any thread."""
