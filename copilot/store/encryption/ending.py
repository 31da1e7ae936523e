"""Leaving in order where the system ends the program: a closed terminal must leave no copy open."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


@contextlib.contextmanager
def leaving_in_order() -> Iterator[None]:
    """Until the block is left, a hang-up or a request to end becomes ``SystemExit``.

    By themselves they end a program at once, and what it has opened stays readable. Only the first
    counts, so that the next one does not cut off what the first one set going. Nothing changes
    outside the main thread, or where somebody else handles them already.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    wanted = [signal.SIGTERM] if sys.platform == "win32" else [signal.SIGTERM, signal.SIGHUP]
    taken = [each for each in wanted if signal.getsignal(each) is signal.SIG_DFL]

    def leave(number: int, _frame: FrameType | None) -> None:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for each in taken:
        signal.signal(each, leave)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)
