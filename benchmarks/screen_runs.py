"""The runs of `benchmarks.screen`: each drives a pseudo-terminal and gives back times."""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import ROOT, Spent
from benchmarks.screen_apps import BARE_FIRST, BARE_PRESSED, TWO_HOURS, TWO_HOURS_READY
from benchmarks.terminal import Terminal

TIMEOUT_S = 90.0
#: Stands in the trust bar from the first paint on.
FIRST_PAINT = "getting ready"
#: Stands on the start screen.
START_PAINT = "New interview"
#: Stands in the trust bar once the session listens.
LISTENING = "not stored"
#: Stands on the screen once something has been transcribed.
TRANSCRIBED = "Daniel"
#: The threads of the screen; all others hear, transcribe and match.
_SCREEN_THREADS = ("MainThread", "textual-input", "textual-output")
_SETTLED_S = 0.35


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it paints, and the key that takes that back.

    Attributes:
        what: What it does, in words.
        press: What is sent.
        shows: What is painted, and was not there before.
        back: What is sent afterwards.
    """

    what: str
    press: str
    shows: str
    back: str


#: From the most work a key can cause to the least.
KEYS = (
    Key("? opens the help", "?", "it counts as asked", "\x1b"),
    Key("g opens the questions", "g", "Which question", "\x1b"),
    Key("i shows the plan", "i", "▸Plan", "i"),
)


def python(*arguments: str) -> list[str]:
    """A command for this Python."""
    return [sys.executable, *arguments]


def demo(speed: str = "1") -> list[str]:
    """The command that plays the demo and keeps nothing."""
    return python("-m", "copilot", "demo", "--no-save", "--speed", speed)


def painted_s(command: Sequence[str], text: str) -> float:
    """Seconds from starting a command to ``text`` on its screen."""
    with tempfile.TemporaryDirectory() as folder, Terminal(command, _fresh(folder)) as terminal:
        return terminal.wait_for(text, timeout_s=TIMEOUT_S) - terminal.started


def _fresh(folder: str) -> dict[str, str]:
    """Settings and sessions of nobody."""
    return {"INTERVIEW_COPILOT_DATA": folder, "INTERVIEW_COPILOT_CONFIG": folder}


def ended_s(command: Sequence[str]) -> float:
    """Seconds a whole command takes."""
    began = time.monotonic()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - began


def key_delays_s(
    speed: str, after: str, presses: int, keys: Sequence[Key] = KEYS
) -> tuple[dict[str, list[float]], Spent]:
    """Seconds from pressing each of ``keys`` to what it paints, and what the run took.

    Args:
        speed: Of the demo.
        after: Text on the screen before which no key is pressed.
        presses: How often each is pressed, in turns.
        keys: Which ones.
    """
    pause = random.Random(0)
    delays: dict[str, list[float]] = {key.what: [] for key in keys}
    with tempfile.TemporaryDirectory() as folder, Terminal(demo(speed), _fresh(folder)) as terminal:
        terminal.wait_for(after, timeout_s=TIMEOUT_S)
        for key in [key for _ in range(presses) for key in keys]:
            terminal.watch(pause.uniform(0.2, 0.7))
            pressed = terminal.press(key.press)
            delays[key.what].append(terminal.wait_for(key.shows, timeout_s=TIMEOUT_S) - pressed)
            terminal.watch(0.1)
            terminal.press(key.back)
            terminal.watch(_SETTLED_S)
    return delays, terminal.spent


def bare_key_delays_s(presses: int) -> list[float]:
    """Seconds from key to paint in an app that does nothing else."""
    pause = random.Random(0)
    delays: list[float] = []
    with Terminal(python("-m", "benchmarks.screen_apps", "bare")) as terminal:
        terminal.wait_for(BARE_FIRST, timeout_s=TIMEOUT_S)
        for number in range(1, presses + 1):
            terminal.watch(pause.uniform(0.2, 0.7))
            pressed = terminal.press("x")
            # After the first, only the number is painted anew.
            shown = f"{BARE_PRESSED} {number}"
            delays.append(terminal.wait_for(shown, timeout_s=TIMEOUT_S) - pressed)
    return delays


@dataclass(frozen=True, slots=True)
class Taken:
    """Processor time over a stretch of a session, in seconds.

    Attributes:
        wall_s: Length of the stretch.
        screen_s: Of the threads that draw and read keys; 0 without a screen.
        all_s: Of the whole process.
    """

    wall_s: float
    screen_s: float
    all_s: float


def taken_with_screen(seconds: float) -> Taken:
    """What a session takes while its screen is looked at and no key is pressed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clocks"
        command = demo()[3:]
        program = python("-m", "benchmarks.screen_apps", "clocks", str(file), *command)
        with Terminal(program, _fresh(folder)) as terminal:
            began = terminal.wait_for(TRANSCRIBED, timeout_s=TIMEOUT_S)
            terminal.watch(seconds)
        return _taken(file, began, began + seconds)


def taken_without_screen(seconds: float) -> Taken:
    """What the same stretch takes when it prints events."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clocks"
        command = [*demo()[3:], "--headless"]
        program = python("-m", "benchmarks.screen_apps", "clocks", str(file), *command)
        with Terminal(program, _fresh(folder)) as terminal:
            began = terminal.wait_for(TRANSCRIBED, timeout_s=TIMEOUT_S)
            terminal.watch(seconds)
        taken = _taken(file, began, began + seconds)
        return Taken(taken.wall_s, 0.0, taken.all_s)


def _taken(file: Path, since: float, until: float) -> Taken:
    samples = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    inside = [sample for sample in samples if since <= sample[0] <= until]
    (first_at, first_all, first), (last_at, last_all, last) = inside[0], inside[-1]
    screen = sum(last.get(name, 0.0) - first.get(name, 0.0) for name in _SCREEN_THREADS)
    return Taken(last_at - first_at, screen, last_all - first_all)


_NUMBERED = re.compile(r"utterance (\d+) ")


def two_hours_s(presses: int) -> dict[str, list[float]]:
    """Seconds of what is done in a talk of two hours that goes on."""
    appended: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sent"
        program = python("-m", "benchmarks.screen_apps", "two-hours", str(file))
        with Terminal(program, _fresh(folder)) as terminal:
            terminal.wait_for(TWO_HOURS_READY, timeout_s=TIMEOUT_S)
            for number in range(TWO_HOURS + 3, TWO_HOURS + 3 + presses):
                seen = terminal.wait_for(f"utterance {number} ", timeout_s=TIMEOUT_S)
                appended.append(seen - _sent(file, number))
            older = [_scrolled_s(terminal, "\x1b[5~") for _ in range(presses)]
            newer = [_scrolled_s(terminal, "\x1b[6~") for _ in range(presses // 2)]
    return {
        "utterance told → on the screen": appended,
        "PgUp → another page": older,
        "PgDn → another page": newer,
    }


def _scrolled_s(terminal: Terminal, key: str) -> float:
    terminal.watch(_SETTLED_S)
    pressed = terminal.press(key)
    # Scrolled back, nothing new is painted but the number of new lines.
    _, seen = terminal.wait_for_match(_NUMBERED, timeout_s=TIMEOUT_S)
    return seen - pressed


def _sent(file: Path, number: int) -> float:
    sent = dict(line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return float(sent[str(number)])
