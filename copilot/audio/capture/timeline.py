"""Where a device's sound belongs on the session's clock.

Every device counts time by its own crystal, so two of them drift apart, by up to a third of a
second an hour. What a device delivers comes with the time at which it was heard, which jitters from
block to block but does not drift. The median of the recent differences tells how far the placed
sound is off; a small difference is taken up by playing a block slightly faster or slower, which
nobody hears, and a large one means that sound is missing, which silence of that length replaces.
"""

from collections import deque

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform

_RECENT = 41  # blocks whose differences are looked at, about two seconds
_ENOUGH = 11  # differences that make a median worth acting on
#: Blocks in a row that must say that sound is missing before that is believed.
BELIEVED = 3
_TOLERATED = round(0.003 * SAMPLE_RATE_HZ)  # less than this is jitter
_MISSING = round(0.15 * SAMPLE_RATE_HZ)  # more than this is sound that never came
_PULL = 0.01  # share of the difference taken up with each block
_MOST = 0.01  # share of a block by which it is stretched at most: a sixth of a semitone


class Timeline:
    """Places the blocks of one device, one after the other."""

    def __init__(self, end: int) -> None:
        """Begin at sample ``end`` of the session."""
        self.end = end
        self.corrected = 0  # samples added by stretching, or taken away where negative
        self._differences: deque[float] = deque(maxlen=_RECENT)
        self._owed = 0.0

    @property
    def off_s(self) -> float:
        """How far what was placed is off the clock now, in seconds; positive where it is early."""
        if not self._differences:
            return 0.0
        return float(np.median(self._differences)) / SAMPLE_RATE_HZ

    def anchor(self, stamp_s: float) -> int:
        """Begin with a new device whose first frame was heard at session time ``stamp_s``.

        Returns:
            Samples of silence until then; 0 where that time has been filled already.
        """
        self._differences.clear()
        self._owed = 0.0
        silence = max(0, round(stamp_s * SAMPLE_RATE_HZ) - self.end)
        self.end += silence
        return silence

    def place(self, stamp_s: float, samples: Waveform) -> tuple[int, Waveform]:
        """Place the next block.

        Args:
            stamp_s: Session time at which its first frame was heard.
            samples: What was heard.

        Returns:
            Samples of silence that belong before it, because sound is missing there, and the block
            itself, stretched by a few samples where the device drifts.
        """
        self._differences.append(stamp_s * SAMPLE_RATE_HZ - self.end)
        missing = self._missing()
        placed = samples if missing else self._stretched(samples)
        self.end += missing + len(placed)
        return missing, placed

    def _missing(self) -> int:
        if len(self._differences) < BELIEVED:
            return 0
        # Every one of the last blocks says so: this is no jitter.
        least = min(list(self._differences)[-BELIEVED:])
        if least < _MISSING:
            return 0
        self._differences.clear()
        return round(least)

    def _stretched(self, samples: Waveform) -> Waveform:
        off = float(np.median(self._differences)) if len(self._differences) >= _ENOUGH else 0.0
        if abs(off) < _TOLERATED or not len(samples):
            return samples
        most = len(samples) * _MOST
        self._owed += min(max(off * _PULL, -most), most)
        change = int(self._owed)
        if not change or len(samples) + change < 2:
            return samples
        self._owed -= change
        self.corrected += change
        wanted = len(samples) + change
        positions = np.linspace(0.0, len(samples) - 1.0, wanted)
        return np.interp(positions, np.arange(len(samples)), samples).astype(np.float32)
