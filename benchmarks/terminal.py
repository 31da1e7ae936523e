"""A command in a terminal of its own, watched as a person would watch it."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

from benchmarks.measuring import ROOT, Spent

COLUMNS, ROWS = 80, 24

#: Colours, cursor moves and modes: everything on the wire that is not text.
_CONTROL = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\x1b[\]P^_].*?(?:\x07|\x1b\\)"  # OSC, DCS, PM, APC
    rb"|\x1b[()][0-9A-Z]|\x1b[=>78cDEHMNOZ]",
    re.DOTALL,
)


class TerminalError(Exception):
    """The command did not show in time what it was expected to show."""


class Terminal:
    """Runs one command in a pseudo-terminal of 80 columns and 24 rows; killed on leaving.

    Attributes:
        started: When it was started, on ``time.monotonic``.
        spent: What the command took in all; known after leaving.
    """

    def __init__(self, command: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
        """Start ``command`` in the checkout.

        Args:
            command: What to run.
            variables: Added to its environment.
        """
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
        left_out = ("COLUMNS", "LINES", "NO_COLOR")
        environment = {name: value for name, value in os.environ.items() if name not in left_out}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        # The texts that are waited for are the English ones.
        environment |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "", **(variables or {})}
        self.spent = Spent()
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Not by way of ``Popen``, which would take the account of a command that has ended itself.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.monotonic() - self.started
        self.spent = Spent(wall_s, usage.ru_utime + usage.ru_stime)
        os.close(self._ours)

    def wait_for(self, text: str, *, timeout_s: float) -> float:
        """Read on until ``text`` is on the screen; when that was, on ``time.monotonic``.

        Only what is painted from now on counts.

        Raises:
            TerminalError: It did not come in time, or the command ended.
        """
        painted, wanted = b"", text.encode()
        deadline = time.monotonic() + timeout_s
        while (left_s := deadline - time.monotonic()) > 0:
            part = self._read(left_s)
            if part is None:
                break
            painted += part
            seen = time.monotonic()
            if wanted in _CONTROL.sub(b"", painted):
                return seen
        shown = _CONTROL.sub(b"", painted)[-400:].decode(errors="replace")
        raise TerminalError(f"{text!r} did not appear; last painted: {shown!r}")

    def press(self, key: str) -> float:
        """Press a key; when that was, on ``time.monotonic``."""
        moment = time.monotonic()
        os.write(self._ours, key.encode())
        return moment

    def wait_for_match(self, pattern: re.Pattern[str], *, timeout_s: float) -> tuple[str, float]:
        """As ``wait_for``; also the text that was painted there.

        Raises:
            TerminalError: It did not come in time, or the command ended.
        """
        painted = b""
        deadline = time.monotonic() + timeout_s
        while (left_s := deadline - time.monotonic()) > 0:
            part = self._read(left_s)
            if part is None:
                break
            painted += part
            seen = time.monotonic()
            found = pattern.search(_CONTROL.sub(b"", painted).decode(errors="replace"))
            if found is not None:
                return found[0], seen
        shown = _CONTROL.sub(b"", painted)[-400:].decode(errors="replace")
        raise TerminalError(f"{pattern.pattern!r} did not appear; last painted: {shown!r}")

    def watch(self, seconds: float) -> None:
        """Look on for a while and forget what was painted.

        Raises:
            TerminalError: The command ended.
        """
        deadline = time.monotonic() + seconds
        while (left_s := deadline - time.monotonic()) > 0:
            if self._read(left_s) is None:
                raise TerminalError("the command ended early")

    def _read(self, timeout_s: float) -> bytes | None:
        """What is painted next, nothing where that takes longer, None once the command ended."""
        ready, _, _ = select.select([self._ours], [], [], timeout_s)
        if not ready:
            return b""
        try:
            return os.read(self._ours, 1 << 16)
        except OSError:
            return None  # how a pseudo-terminal says that nobody is at its other end
