"""The command with ``--plain`` in a process of its own, typed to and listened to line by line."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.builders import ROOT
from tests.cli.command import clean_environment, command_line

#: Only a command that hangs ever takes this long.
PATIENCE_S = 300.0


@dataclass
class Listener:
    """Who hears the command's lines, and types to it.

    Attributes:
        heard: The lines until now.
    """

    process: "subprocess.Popen[str]"
    heard: list[str]

    def hear(self, *parts: str) -> str:
        """The next line that contains one of ``parts``."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard.append(line.rstrip("\n"))
            if any(part in line for part in parts):
                return self.heard[-1]
        raise AssertionError(f"{parts} were never spoken; heard: {self.heard}")

    def type(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def type_no_more(self) -> None:
        """End what is typed, as the end of a script does."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def interrupt(self) -> None:
        """Ctrl-C in its terminal, which reaches the program and all that it has started."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """Hear the rest; the exit code, and what it complained of."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.heard += [line.rstrip("\n") for line in self.process.stdout]
        complaint = self.process.stderr.read()
        return self.process.wait(), complaint


Begin = Callable[..., Listener]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts a command; whatever still runs at the end is killed."""
    begun: list[subprocess.Popen[str]] = []
    watches: list[threading.Timer] = []

    def start(*arguments: object) -> Listener:
        process = subprocess.Popen(
            command_line(*arguments),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(),
            start_new_session=True,
        )
        begun.append(process)
        # Whoever waits for a line that never comes is told so when the program is gone.
        watches.append(threading.Timer(PATIENCE_S, process.kill))
        watches[-1].start()
        return Listener(process, [])

    yield start
    for watch in watches:
        watch.cancel()
    for process in begun:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        with contextlib.suppress(BrokenPipeError, ValueError):
            process.communicate()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
