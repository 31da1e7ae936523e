"""Lines out, and everything that happens in: the one place where the plain front waits."""

import contextlib
import errno
import os
import queue
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import TextIO

from copilot.plain.happenings import Happening, InputOver, Interrupted


class Console:
    """Speaks lines and takes in what happens, one after the other.

    Used by one thread; others only ``put``.
    """

    def __init__(self, out: TextIO, *, interactive: bool) -> None:
        """Prepare to speak.

        Args:
            out: Where lines are written to.
            interactive: Whether somebody types at a terminal, and can be asked.
        """
        self._out = out
        self._happenings: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self.interactive = interactive
        self.last = ""

    def say(self, text: str) -> None:
        """Speak one line: what is no printable character, a control sequence say, is left out.

        Raises:
            BrokenPipeError: Nobody reads any more.
        """
        line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        self.last = line
        try:
            self._out.write(line + "\n")
            self._out.flush()
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            # The terminal has gone: nobody hears it, and what is captured matters more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())

    def put(self, happening: Happening) -> None:
        """Let something happen; may be called from any thread, and from a signal."""
        self._happenings.put(happening)

    def next(self, timeout_s: float | None = None) -> Happening | None:
        """What happens next; None where nothing has within ``timeout_s`` seconds."""
        try:
            return self._happenings.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def waiting(self) -> list[Happening]:
        """Everything that has happened already."""
        found: list[Happening] = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._happenings.get_nowait())
        return found

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Take Ctrl-C in as something that happens, and that the terminal has gone."""

        def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signals' form
            self.put(Interrupted())

        def hang_up(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - likewise
            self.put(InputOver(for_good=True))

        handlers = {signal.SIGINT: interrupt}
        if sys.platform != "win32":
            handlers[signal.SIGHUP] = hang_up
        before = {number: signal.signal(number, of) for number, of in handlers.items()}
        try:
            yield
        finally:
            for number, earlier in before.items():
                signal.signal(number, earlier)
