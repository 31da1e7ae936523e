"""The installed command, driven as a person would, in a real terminal."""

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.files import probe, read_16k
from copilot.paths import demo_folder
from tests.builders import ROOT, write_sound
from tests.cli.command import run
from tests.sound_server import CALL, ROOM, SoundServer, sound_server

__all__ = ["sound_server"]

_PATIENCE_S = 120
_NUMBERS = itertools.count()
#: The command that was installed beside this Python; the module where none was.
_INSTALLED = Path(sys.executable).with_name("interview-copilot")
_COMMAND = str(_INSTALLED) if _INSTALLED.exists() else f"{sys.executable} -m copilot"


class Terminal:
    """A tmux window with the app in it."""

    def __init__(
        self, command: str, width: int, height: int, env: dict[str, str], folder: Path
    ) -> None:
        # A server of its own, so that nobody else's sessions are touched.
        self._tmux = ["tmux", "-L", f"copilot-test-{os.getpid()}-{next(_NUMBERS)}"]
        self._folder = folder
        folder.mkdir()
        exports = " ".join(f"{name}='{value}'" for name, value in env.items())
        run = f"env -u COLUMNS -u LINES {exports} {command}"
        self.run(
            "new-session", "-d", "-x", str(width), "-y", str(height),
            f"cd '{folder}'; stty -a > before; sh -c 'echo $$ > pid; exec \"$@\"' sh {run};"
            " echo left with $?; stty -a > after; cat",
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

    def kill(self) -> None:
        """End the app as a crash would."""
        os.kill(int((self._folder / "pid").read_text()), signal.SIGKILL)

    def is_as_before(self) -> bool:
        """Whether the app left the terminal as it found it."""
        modes = self.run(
            "display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"
        )
        before, after = ((self._folder / name).read_text() for name in ("before", "after"))
        return modes.split() == ["0", "1", "0"] and before == after

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
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
            "LANG": "C.UTF-8",
        }
        folder = tmp_path / f"terminal-{len(opened)}"
        opened.append(Terminal(f"{_COMMAND} {arguments}", width, height, env, folder))
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
    screen = terminal.wait_for("Underperformance .*heard(?s:.*)● .*“")
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


def test_a_whole_interview_is_heard_with_a_note_a_mark_and_a_rating(
    in_terminal, tmp_path, monkeypatch
):
    terminal = in_terminal("demo --speed 6 --model tiny.en", 80, 24)
    terminal.wait_for("▸ Underperformance")
    _note(terminal, "Ask about the goals")
    terminal.keys("k", "4")
    terminal.wait_for("rated 4")
    terminal.keys("j")
    terminal.wait_for("Ask about the goals")
    terminal.keys("j")
    terminal.wait_for("The session has ended")
    terminal.keys("q")
    assert "left with 0" in terminal.wait_for("left with")
    assert terminal.is_as_before()

    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    told = {event["type"]: event for event in run("sessions", "show", "last", "--json").lines}
    assert told["note_taken"]["text"] == "Ask about the goals"
    assert told["question_rated"]["rating"] == 4
    assert "moment_marked" in told
    assert told["session_ended"]["reason"] == "finished"
    [verified] = run("sessions", "verify", "last", "--json").lines
    assert verified["ended"]


def test_a_call_whose_suggestion_is_taken_is_killed_resumed_and_ended(
    in_terminal, tmp_path, monkeypatch, sound_server: SoundServer
):
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    sound_server.awaken(ROOM, CALL)
    devices = f"--model tiny.en --mic {ROOM}.monitor --call {CALL}.monitor --no-check"
    terminal = in_terminal(
        f"live --role director-it-operations --questions underperformance,metrics {devices}", 80, 24
    )
    terminal.wait_for("May this interview be recorded")
    terminal.keys("y")
    terminal.wait_for("● stored")
    terminal.keys("n")
    terminal.wait_for("Underperformance .*0/")
    sound_server.play(CALL, _answer(tmp_path, 41.0, 57.0), latency_ms=500)
    terminal.wait_for("▶ .*\\?")
    _note(terminal, "Before the crash")
    terminal.keys("3")
    terminal.wait_for("rated 3")
    # Not right after it has come: a key pressed then is meant for what stood there before.
    offered = re.search("▶ (.{30})", terminal.screen())
    assert offered is not None
    terminal.keys("t")
    terminal.wait_until_gone(re.escape(offered[1]))
    terminal.kill()
    terminal.wait_for("left with 137")

    again = in_terminal(f"sessions resume last {devices}", 80, 24)
    again.wait_for("resumed after")
    assert "rated 3" in again.wait_for("Underperformance ")
    sound_server.play(CALL, _answer(tmp_path, 60.0, 72.0), latency_ms=500)
    again.wait_for("(?i)friday")
    again.keys("q")
    again.wait_for("End this session")
    again.keys("y")
    assert "left with 0" in again.wait_for("left with")
    assert again.is_as_before()

    [verified] = run("sessions", "verify", "last", "--json").lines
    assert verified["ended"]
    events = run("sessions", "show", "last", "--json").lines
    assert [event["text"] for event in events if event["type"] == "note_taken"] == [
        "Before the crash"
    ]
    assert [event["type"] for event in events].count("session_resumed") == 1
    assert "taken" in {e["fate"] for e in events if e["type"] == "suggestion_closed"}


def _note(terminal: Terminal, text: str) -> None:
    """Write a note as a person does, who looks at what is on the screen."""
    terminal.keys("m")
    terminal.wait_for("Enter keeps it")
    terminal.keys("-l", text)
    terminal.wait_for(text)
    terminal.keys("Enter")
    terminal.wait_until_gone("Enter keeps it")


def _answer(folder: Path, begin_s: float, end_s: float) -> Path:
    """A part of what the demo's candidate says."""
    blocks = read_16k(probe(demo_folder() / "interview.ogg"))
    candidate = np.concatenate([block[:, 1] for block in blocks])
    part = candidate[int(begin_s * SAMPLE_RATE_HZ) : int(end_s * SAMPLE_RATE_HZ)]
    return write_sound(folder / f"answer-{begin_s:.0f}.wav", part)
