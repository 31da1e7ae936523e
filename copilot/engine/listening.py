"""From the source to stretches of speech: recorded, freed of echo, heard. Waits for nobody."""

import collections
import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from copilot.audio import Block, Source
from copilot.audio.notices import Attached, Gap, Lost, Notice
from copilot.events import Channel
from copilot.speech.hearing import Heard, Hearing

_FULL_SCALE = 0.985


class Tape(Protocol):
    """Where sound is kept while it comes in."""

    def write(self, block: Block) -> None:
        """Keep one block."""


class Canceller(Protocol):
    """Takes out of the microphone what the loudspeakers play."""

    def process(self, block: Block) -> Block:
        """The same block with the interviewer's channel cleaned."""


@dataclass(frozen=True, slots=True)
class Listened:
    """What one block brought.

    Attributes:
        heard: Speech and levels.
        notices: What the source told.
        clipped: Share of each channel's samples at full scale.
        swapped: Whether the sides changed places with this block.
        again: Whether it was recorded before an interruption, and is heard again.
    """

    heard: Heard
    notices: tuple[Notice, ...] = ()
    clipped: dict[Channel, float] = dataclasses.field(default_factory=dict)
    swapped: bool = False
    again: bool = False


class Listening:
    """Takes a source's blocks one after the other."""

    def __init__(
        self,
        source: Source,
        hearing: Hearing,
        tape: Tape | None = None,
        make_canceller: Callable[[], Canceller | None] = lambda: None,
        *,
        swapped: bool = False,
        tail: Iterable[Block] = (),
    ) -> None:
        """Put it together.

        Args:
            source: Where the sound comes from.
            hearing: Finds speech.
            tape: Keeps the sound as it comes, if it is to be kept.
            make_canceller: Makes what takes out echo, where there is any.
            swapped: Whether the sides are the other way round than the source has them.
            tail: What was recorded already and is to be heard before.
        """
        self._source = source
        self._tail = tail
        self._hearing = hearing
        self._tape = tape
        self._make_canceller = make_canceller
        self._canceller = make_canceller()
        self._swapped = swapped
        self._swaps_wanted: collections.deque[None] = collections.deque()

    @property
    def swapped(self) -> bool:
        """Whether the sides are the other way round than the source has them."""
        return self._swapped

    def swap(self) -> None:
        """Exchange the sides with the next block; may be called from any thread."""
        self._swaps_wanted.append(None)

    def blocks(self) -> Iterator[Listened]:
        """What each block brings; with the last, or before an error, what was still open."""
        end_s = 0.0
        broke_off: Exception | None = None
        try:
            for block in self._tail:
                end_s = block.end_s
                yield dataclasses.replace(self._listen(block), again=True)
            for block in self._source.blocks():
                if self._tape is not None:
                    self._tape.write(block)
                end_s = block.end_s
                yield self._listen(block)
        except Exception as error:  # noqa: BLE001 - raised below
            broke_off = error
        swapped = self._swap_if_wanted()
        yield Listened(Heard(end_s, self._hearing.flush(), frozenset(), {}), swapped=swapped)
        if broke_off is not None:
            raise broke_off

    def _listen(self, block: Block) -> Listened:
        swapped = self._swap_if_wanted()
        if self._swapped:
            block = _other_way_round(block)
        clipped = {
            channel: float(np.mean(np.abs(samples) >= _FULL_SCALE)) if len(samples) else 0.0
            for channel, samples in block.samples.items()
        }
        notices = block.notices
        if self._canceller is not None:
            block = self._canceller.process(block)
        return Listened(self._hearing.hear(block), notices, clipped, swapped)

    def _swap_if_wanted(self) -> bool:
        odd = False
        while self._swaps_wanted:
            self._swaps_wanted.popleft()
            odd = not odd
        if odd:
            self._swapped = not self._swapped
            self._hearing.swap()
            self._canceller = self._make_canceller()
        return odd


def _other_way_round(block: Block) -> Block:
    return Block(
        block.start,
        {channel.other: samples for channel, samples in block.samples.items()},
        tuple(_for_other_side(notice) for notice in block.notices),
    )


def _for_other_side(notice: Notice) -> Notice:
    if isinstance(notice, Attached | Lost | Gap) and notice.channel is not None:
        return dataclasses.replace(notice, channel=notice.channel.other)
    return notice
