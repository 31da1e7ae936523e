"""How loud each side was lately: between two words everybody is silent."""

from collections import deque

from copilot.engine.vitals import Vitals
from copilot.events import Channel

#: What counts as lately, in seconds of session time.
_LATELY_S = 10.0


class Levels:
    """Remembers the levels of the last few seconds."""

    def __init__(self) -> None:
        self._vitals: deque[Vitals] = deque()

    def add(self, vitals: Vitals) -> None:
        """Take in how loud it is now."""
        self._vitals.append(vitals)
        while vitals.now_s - self._vitals[0].now_s > _LATELY_S:
            self._vitals.popleft()

    def loudest(self) -> dict[Channel, float]:
        """The loudest of each channel lately, in dBFS."""
        found: dict[Channel, float] = {}
        for vitals in self._vitals:
            for channel, level in vitals.levels_dbfs.items():
                found[channel] = max(level, found.get(channel, level))
        return found
