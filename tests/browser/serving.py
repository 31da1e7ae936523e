"""``interview-copilot serve`` in a process of its own."""

import contextlib
import json
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from copilot.events import Event, event_from_json
from tests.builders import ROOT
from tests.cli.command import clean_environment, command_line

#: Only a command that hangs ever takes this long.
PATIENCE_S = 300.0


@dataclass
class Serving:
    """The command, and what it printed.

    Attributes:
        url: The address to open.
    """

    process: "subprocess.Popen[str]"
    url: str

    @property
    def port(self) -> int:
        return int(self.url.split(":")[2].split("/")[0])

    def told(self, part: str) -> str:
        """The next line of what it tells its terminal that contains ``part``."""
        return self.told_until(part).splitlines()[-1]

    def told_until(self, part: str) -> str:
        """All that it tells its terminal up to there."""
        assert self.process.stderr is not None
        heard = []
        for line in self.process.stderr:
            heard.append(line)
            if part in line:
                return "".join(heard)
        raise AssertionError(f"{part!r} was never told; told: {heard}")

    def end(self) -> str:
        """Ctrl-C in its terminal; what it still told."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stderr is not None
        rest = self.process.stderr.read()
        assert self.process.wait() == 0, rest
        return rest


Serve = Callable[..., Serving]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts to serve on a free port; whatever still runs at the end is killed."""
    begun: list[subprocess.Popen[str]] = []
    watches: list[threading.Timer] = []

    def start(*arguments: object) -> Serving:
        process = subprocess.Popen(
            command_line("serve", "--port", 0, *arguments),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean_environment(),
        )
        begun.append(process)
        # Whoever waits for a line that never comes is told so when the program is gone.
        watches.append(threading.Timer(PATIENCE_S, process.kill))
        watches[-1].start()
        assert process.stdout is not None
        return Serving(process, process.stdout.readline().strip())

    yield start
    for watch in watches:
        watch.cancel()
    for process in begun:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        process.communicate()


def journals(data: Path) -> list[list[Event]]:
    """The events of every session that is stored."""
    paths = (data / "sessions").glob("*/journal.jsonl")
    return [[_event(line) for line in path.read_text().splitlines()] for path in paths]


def _event(line: str) -> Event:
    return event_from_json(json.dumps(json.loads(line)["event"]))
