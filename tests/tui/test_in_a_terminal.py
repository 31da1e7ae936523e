"""The installed command, driven as a person would, in a real terminal."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

_PATIENCE_S = 120


class Terminal:
    """A tmux window with the app in it."""

    def __init__(self, command: str, width: int, height: int, env: dict[str, str]) -> None:
        # A server of its own, so that nobody else's sessions are touched.
        self._tmux = ["tmux", "-L", f"copilot-test-{os.getpid()}-{width}"]
        exports = " ".join(f"{name}='{value}'" for name, value in env.items())
        self.run(
            "new-session", "-d", "-x", str(width), "-y", str(height),
            f"env -u COLUMNS -u LINES {exports} {command}; echo left with $?; cat",
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        return subprocess.run(
            [*self._tmux, *arguments], check=True, capture_output=True, text=True
        ).stdout

    def screen(self) -> str:
        return self.run("capture-pane", "-p")

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def wait_for(self, pattern: str) -> str:
        """The screen as soon as it shows `pattern`."""
        return self._wait(lambda screen: bool(re.search(pattern, screen)), pattern)

    def wait_until_gone(self, pattern: str) -> str:
        """The screen as soon as it no longer shows `pattern`."""
        return self._wait(lambda screen: not re.search(pattern, screen), f"no {pattern}")

    def _wait(self, holds: Callable[[str], bool], what: str) -> str:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            screen = self.screen()
            if holds(screen):
                return screen
            threading.Event().wait(0.1)
        raise AssertionError(f"{what!r} never came; the screen shows:\n{self.screen()}")

    def close(self) -> None:
        self.run("kill-server")


@pytest.fixture
def in_terminal(tmp_path):
    assert shutil.which("tmux"), "tmux is needed: apt-get install tmux"
    opened: list[Terminal] = []

    def open_terminal(arguments: str, width: int, height: int) -> Terminal:
        env = {
            "INTERVIEW_COPILOT_DATA": str(tmp_path / "data"),
            "INTERVIEW_COPILOT_CONFIG": str(tmp_path / "config"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LANG": "C.UTF-8",
        }
        opened.append(Terminal(f"{sys.executable} -m copilot {arguments}", width, height, env))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.close()


def test_a_person_hears_the_demo_takes_a_suggestion_and_leaves(in_terminal, tmp_path):
    terminal = in_terminal("demo --speed 3 --model tiny.en", 80, 24)
    terminal.wait_for("stored .*text stays here")
    terminal.wait_for("Good morning")
    terminal.wait_for("▸ Underperformance")
    terminal.wait_for("● .*“")
    terminal.keys("?")
    terminal.wait_for("You will ask the suggestion")
    terminal.keys("q")  # closes the help
    terminal.wait_until_gone("You will ask the suggestion")
    terminal.keys("g")
    terminal.wait_for("Which question is being answered")
    terminal.keys("Enter")
    terminal.wait_until_gone("Which question")
    terminal.keys("q")
    terminal.wait_for("End this session")
    terminal.keys("y")
    left = terminal.wait_for("left with")
    assert "left with 0" in left
    stored = re.search(r"Stored as (\S+)", left)
    assert stored is not None
    session = stored[1]
    folder = tmp_path / "data" / "sessions" / session
    assert {path.name for path in folder.iterdir()} >= {
        "session.json",
        "journal.jsonl",
        "interviewer.wav",
        "candidate.wav",
    }
    assert '"reason":"user"' in (folder / "journal.jsonl").read_text().splitlines()[-1]


def test_the_strip_beside_a_call_shows_the_same(in_terminal):
    terminal = in_terminal("demo --speed 8 --model tiny.en --no-save", 60, 40)
    terminal.wait_for("not stored .*local")
    screen = terminal.wait_for("▸ Underperformance(?s:.)*● .*“")
    assert max(len(line) for line in screen.splitlines()) <= 60
    terminal.keys("q", "y")
    terminal.wait_for("left with 0")


def test_who_insists_on_leaving_leaves_a_whole_session(in_terminal, tmp_path):
    terminal = in_terminal("demo --speed 8 --model tiny.en", 80, 24)
    terminal.wait_for("Good morning")
    terminal.keys("C-q", "y", "C-q")
    terminal.wait_for("left with 0")
    (journal,) = (tmp_path / "data" / "sessions").glob("*/journal.jsonl")
    assert '"reason":"user"' in journal.read_text().splitlines()[-1]


def test_a_missing_model_is_said_on_the_screen_and_in_the_exit_code(in_terminal):
    terminal = in_terminal("demo --model large", 80, 24)
    terminal.wait_for("there is no speech model 'large'")
    terminal.keys("Enter")
    terminal.wait_for("left with 2")
