"""Where a device's sound belongs on the session's clock.

Every device counts time by its own crystal, so two of them drift apart, by up to a third of a
second an hour. What a device delivers comes with the time at which it arrived, which is now and
then late and never early, but does not drift. So the earliest of the recent arrivals tell how far
the placed sound is off. A small difference is taken up by playing a block slightly faster or
slower, which nobody hears; a large one means that sound is missing, and silence of that length
replaces it.
"""

from collections import deque

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform

_RECENT = 41  # blocks whose differences are looked at, about two seconds
_ENOUGH = 11  # differences that are worth acting on
_EARLIEST = 10  # per cent of them that count as in time
#: Blocks in a row, and the time between the first and the last, that must say that sound is missing
#: before that is believed. Blocks that were held up arrive late, but all at once.
BELIEVED = 3
_BELIEVED_S = 0.08
_TOLERATED = round(0.003 * SAMPLE_RATE_HZ)  # less than this is jitter
_MISSING = round(0.15 * SAMPLE_RATE_HZ)  # more than this is sound that never came
_PULL = 0.01  # share of the difference taken up with each block
_MOST = 0.005  # share of a block by which it is stretched at most: a twelfth of a semitone


class Timeline:
    """Places the blocks of one device, one after the other."""

    def __init__(self, end: int) -> None:
        """Begin at sample ``end`` of the session."""
        self.end = end
        self.corrected = 0  # samples added by stretching, or taken away where negative
        self._differences: deque[float] = deque(maxlen=_RECENT)
        self._stamps: deque[float] = deque(maxlen=BELIEVED)
        self._owed = 0.0

    @property
    def off_s(self) -> float:
        """How far what was placed is off the clock now, in seconds; positive where it is early."""
        return self._off() / SAMPLE_RATE_HZ

    def _off(self) -> float:
        recent = list(self._differences)  # at once: this is read from other threads too
        return float(np.percentile(recent, _EARLIEST)) if recent else 0.0

    def anchor(self, stamp_s: float) -> int:
        """Begin with a new device whose first frame was heard at session time ``stamp_s``.

        Returns:
            Samples of silence until then; 0 where that time has been filled already.
        """
        self._forget()
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
        self._stamps.append(stamp_s)
        missing = self._missing()
        placed = samples if missing else self._stretched(samples)
        self.end += missing + len(placed)
        return missing, placed

    def _forget(self) -> None:
        self._differences.clear()
        self._stamps.clear()

    def _missing(self) -> int:
        stamps = self._stamps
        if len(stamps) < BELIEVED or stamps[-1] - stamps[0] < _BELIEVED_S:
            return 0
        # Every one of the last blocks says so: this is no jitter.
        least = min(list(self._differences)[-BELIEVED:])
        if least < _MISSING:
            return 0
        self._forget()
        return round(least)

    def _stretched(self, samples: Waveform) -> Waveform:
        off = self._off() if len(self._differences) >= _ENOUGH else 0.0
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
