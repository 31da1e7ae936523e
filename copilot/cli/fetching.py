"""A fetch as it goes: a line that moves in a terminal, a line now and then elsewhere."""

import shutil
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

from copilot.speech.models.fetching import Progress

#: So much of the past the rate is taken from, in seconds.
_WINDOW_S = 10.0
_MOVES_EVERY_S = 0.2
_SPARSE_STEP = 10  # per cent


def size(count: float) -> str:
    """``145 MB`` or ``1.62 GB``."""
    return f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


class FetchLines:
    """Tells how far a fetch is, how fast, and how long it will take."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._clock = clock
        self._moves = out.isatty()
        self._past: deque[tuple[float, int]] = deque()
        self._drawn = 0
        self._drawn_at = -_MOVES_EVERY_S
        self._told = -_SPARSE_STEP
        self._pause = ""

    def show(self, progress: Progress) -> None:
        """Tell one, unless the last was a moment ago."""
        now = self._clock()
        if progress.file == "waiting":
            self._line("Another process is fetching this model; waiting for it.")
            return
        if progress.pause:
            self._past.clear()
            if progress.pause != self._pause:
                self._line(f"{progress.pause[:1].upper()}{progress.pause[1:]}; trying again.")
            self._pause = progress.pause
            return
        self._pause = ""
        rate = self._rate(now, progress.done)
        if self._moves:
            if now - self._drawn_at >= _MOVES_EVERY_S or progress.done == progress.total:
                self._drawn_at = now
                self._draw(_text(progress, rate))
            return
        percent = _percent(progress)
        if percent >= self._told + _SPARSE_STEP:
            self._told = percent - percent % _SPARSE_STEP
            self._line(_text(progress, rate))

    def close(self) -> None:
        """Leave the line clean."""
        if self._drawn:
            self._out.write(f"\r{'':<{self._drawn}}\r")
            self._out.flush()
            self._drawn = 0

    def _rate(self, now: float, done: int) -> float:
        """Bytes a second of late; 0 while there is too little to tell."""
        if self._past and done < self._past[-1][1]:
            self._past.clear()  # a file that was not genuine begins anew
        self._past.append((now, done))
        while len(self._past) > 2 and now - self._past[0][0] > _WINDOW_S:
            self._past.popleft()
        since, before = self._past[0]
        return (done - before) / (now - since) if now > since else 0.0

    def _draw(self, text: str) -> None:
        text = text[: shutil.get_terminal_size().columns - 1]
        self._out.write(f"\r{text:<{self._drawn}}")
        self._out.flush()
        self._drawn = len(text)

    def _line(self, text: str) -> None:
        self.close()
        self._out.write(f"{text}\n")
        self._out.flush()


def _percent(progress: Progress) -> int:
    return 100 * progress.done // max(progress.total, 1)


def _text(progress: Progress, rate: float) -> str:
    parts = [
        f"{progress.file:<24}{_percent(progress):>4} %",
        f"{size(progress.done)} of {size(progress.total)}",
    ]
    if rate > 0:
        left_s = round((progress.total - progress.done) / rate)
        hours, minutes = divmod(left_s // 60, 60)
        left = f"{hours}:{minutes:02}:{left_s % 60:02}" if hours else f"{minutes}:{left_s % 60:02}"
        parts += [f"{rate / 1e6:.1f} MB/s", f"{left} left"]
    return "  ".join(parts)
