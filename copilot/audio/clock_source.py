"""A source of nothing but time, for an interview of which nothing may be heard."""

import threading
from collections.abc import Iterator

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block
from copilot.audio.capture.clock import capture_clock
from copilot.events import Channel

_STEP_S = 0.1


class ClockSource:
    """Silence at natural speed until ``stop``; opens no device."""

    description = "nothing is heard"
    duration_s: float | None = None

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._cursor = 0

    def stop(self) -> None:
        """End."""
        self._stopped.set()

    def begin(self, at: int) -> None:
        """Time goes on from sample ``at``."""
        self._cursor = at

    def blocks(self) -> Iterator[Block]:
        """Silence, so that time passes."""
        began_s, cursor = capture_clock() - self._cursor / SAMPLE_RATE_HZ, self._cursor
        while not self._stopped.wait(_STEP_S):
            count = int((capture_clock() - began_s) * SAMPLE_RATE_HZ) - cursor
            nothing = np.zeros(count, np.float32)
            yield Block(cursor, dict.fromkeys(Channel, nothing))
            cursor += count
