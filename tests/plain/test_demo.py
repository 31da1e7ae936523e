"""The demo spoken in lines by the installed command, with the real engine behind it."""

import json
import re
import threading
import time
from pathlib import Path

import pytest

from copilot.events import Event, NoteTaken, SessionEnded, SuggestionClosed, event_from_json
from copilot.events.values import SuggestionFate
from tests.cli.command import PATIENCE_S, command_line
from tests.plain.command import Begin, begin
from tests.terminal_window import hosted, is_over

__all__ = ["begin"]

DEMO = ("demo", "--plain", "--model", "tiny.en")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def journal(data: Path) -> list[Event]:
    """The events of the one session there is."""
    [path] = (data / "sessions").glob("*/journal.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [event_from_json(json.dumps(json.loads(line)["event"])) for line in lines]


def test_the_whole_demo_is_spoken_and_stored(begin: Begin, data: Path) -> None:
    demo = begin(*DEMO, "--speed", "max")
    demo.hear("Point evidenced: ")
    demo.type("note Ask about the plan.")
    demo.hear("Note at ")
    demo.type("where")
    demo.hear("points heard.")
    demo.type("all")
    demo.hear("Everything is spoken")
    demo.type_no_more()
    code, complaint = demo.end()

    assert code == 0, complaint
    assert demo.heard[0] == "Getting ready. Type help for the commands."
    assert demo.heard[-2].startswith("The session has ended. Stored as ")
    kinds = {line.split(":")[0] for line in demo.heard}
    assert {"Point evidenced", "Point denied", "Suggestion", "Suggestion withdrawn"} <= kinds
    assert any(re.match(r"Question \d of 6: ", line) for line in demo.heard)
    assert "Nothing more can be typed. Ctrl-C ends the session." in demo.heard
    assert "Traceback" not in complaint
    text = "\n".join(demo.heard)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f●○◐▲▶]", text)
    events = journal(data)
    assert [e.text for e in events if isinstance(e, NoteTaken)] == ["Ask about the plan."]
    assert isinstance(events[-1], SessionEnded)
    assert events[-1].reason == "finished"


def test_a_suggestion_is_taken_and_the_session_ended_by_typing(begin: Begin, data: Path) -> None:
    demo = begin(*DEMO, "--speed", "max")
    # One may be stale before it was taken; there will be others.
    while not demo.hear("Suggestion: ", "Taken; ").startswith("Taken; "):
        demo.type("take")
    demo.type("status")
    status = demo.hear("Listening; the session is stored.")
    assert "Sound and text stay here." in status
    assert " of 4:06." in status
    demo.type("quit")
    demo.hear("End the session?")
    demo.type("yes")
    code, complaint = demo.end()

    assert code == 0, complaint
    assert demo.heard[-2].startswith("The session has ended. Stored as ")
    events = journal(data)
    fates = [event.fate for event in events if isinstance(event, SuggestionClosed)]
    assert SuggestionFate.TAKEN in fates
    assert isinstance(events[-1], SessionEnded)
    assert events[-1].reason == "user"


def test_ctrl_c_ends_what_a_script_drives_cleanly(begin: Begin, data: Path) -> None:
    demo = begin(*DEMO, "--speed", "3")
    demo.hear("Sound and text stay here.")
    demo.interrupt()
    code, complaint = demo.end()

    assert code == 0, complaint
    assert "Ending. What was heard is being worked off." in demo.heard
    assert demo.heard[-2].startswith("The session has ended. Stored as ")
    last = journal(data)[-1]
    assert isinstance(last, SessionEnded)
    assert last.reason == "user"


def test_a_reader_that_leaves_ends_it_whole(begin: Begin, data: Path) -> None:
    demo = begin(*DEMO, "--speed", "max")
    demo.hear("Sound and text stay here.")
    assert demo.process.stdout is not None
    demo.process.stdout.close()
    assert demo.process.wait() == 141
    assert isinstance(journal(data)[-1], SessionEnded)


def test_a_terminal_that_is_closed_leaves_a_whole_session(data: Path, tmp_path: Path) -> None:
    terminal = Path("/dev/tty")
    with hosted(command_line(*DEMO, "--speed", "3"), terminal) as close_window:
        deadline = time.monotonic() + PATIENCE_S
        while not list((data / "sessions").glob("*/journal.jsonl")):
            assert time.monotonic() < deadline, "no session has begun"
            threading.Event().wait(0.1)
        close_window()
        while not is_over(data):
            assert time.monotonic() < deadline, "the session never ended"
            threading.Event().wait(0.1)
    last = journal(data)[-1]
    assert isinstance(last, SessionEnded)
    assert last.reason == "user"


def test_a_missing_model_is_told_with_its_exit_code(begin: Begin, data: Path) -> None:
    demo = begin("demo", "--plain", "--model", "large")
    code, complaint = demo.end()

    assert code == 2
    assert complaint.startswith("Not understood: there is no speech model 'large'")
    assert not data.exists()
