"""Stretches of speech that have ended and have no text yet."""

import dataclasses
from collections import deque

from copilot.events import Channel
from copilot.speech.endpoints import Stretch


class Waiting:
    """Them, in the order in which speech ended, each on the side that is its by now.

    The sides may change places while a stretch is being transcribed; then it belongs to the other
    one when its text comes.
    """

    def __init__(self) -> None:
        self._stretches: deque[Stretch] = deque()
        self._on_the_other_side: set[int] = set()  # identities of those from before an exchange

    def __len__(self) -> int:
        return len(self._stretches)

    def add(self, stretch: Stretch) -> None:
        """One has ended."""
        self._stretches.append(stretch)

    def swap(self) -> None:
        """The sides have changed places."""
        self._on_the_other_side ^= {id(stretch) for stretch in self._stretches}

    def take(self) -> Stretch:
        """The earliest has its text."""
        stretch = self._stretches.popleft()
        if id(stretch) not in self._on_the_other_side:
            return stretch
        self._on_the_other_side.remove(id(stretch))
        return dataclasses.replace(stretch, channel=stretch.channel.other)

    def since_s(self, channel: Channel) -> float | None:
        """When the earliest of one side began; None where none waits."""
        return min((s.start_s for s in self._stretches if self._side(s) is channel), default=None)

    def behind_s(self, now_s: float) -> float:
        """How far the text is behind the sound at ``now_s``; 0 where none waits."""
        return now_s - self._stretches[0].speech_end_s if self._stretches else 0.0

    def _side(self, stretch: Stretch) -> Channel:
        return stretch.channel.other if id(stretch) in self._on_the_other_side else stretch.channel
