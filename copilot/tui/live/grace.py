"""What a key is meant for, where what it acts on changes by itself."""

import math
import time
from collections.abc import Callable
from typing import Generic, TypeVar

#: A key pressed this soon after a change was meant for what stood there before, in seconds.
GRACE_S = 0.3

T = TypeVar("T")


class Grace(Generic[T]):
    """Remembers what was on the screen, so that nothing changes under the finger.

    Whoever presses a key saw what was there a moment ago: eye and hand take about 0.3 s.
    """

    def __init__(self, first: T, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with what is shown at first.

        Args:
            first: It counts as having been there for ever.
            clock: Seconds, from any beginning.
        """
        self._clock = clock
        self._shown: list[tuple[float, T]] = [(-math.inf, first)]

    @property
    def shown(self) -> T:
        """What is shown now."""
        return self._shown[-1][1]

    def show(self, value: T) -> None:
        """It changed by itself, where ``value`` is another one than before."""
        if value == self.shown:
            return
        now_s = self._clock()
        self._forget_before(now_s - GRACE_S)
        self._shown.append((now_s, value))

    def take(self, value: T) -> None:
        """The user changed it, so the next key is meant for ``value``."""
        self._shown = [(-math.inf, value)]

    def meant(self) -> T:
        """What a key pressed now is meant for."""
        self._forget_before(self._clock() - GRACE_S)
        return self._shown[0][1]

    def _forget_before(self, seen_s: float) -> None:
        """Forget what was no longer shown at ``seen_s``."""
        while len(self._shown) > 1 and self._shown[1][0] <= seen_s:
            del self._shown[0]
