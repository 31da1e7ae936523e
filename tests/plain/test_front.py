"""The session between its keyboard and its lines: beginnings, endings, and one line a thought."""

import io
import os
import queue
import signal

import pytest

from copilot.engine.commands import EndSession
from copilot.errors import ModelError
from copilot.events import CaptureKind, SessionResumed
from copilot.plain.console import Console
from copilot.plain.front import Front
from copilot.plain.happenings import Failed, Happening, InputOver, Interrupted, Over, Typed
from copilot.plain.keyboard import read_keyboard
from tests.plain.parts import CallStory, RecordedLink, ScriptedConsole, held, told


def test_it_begins_with_what_is_heard_and_where_it_goes_and_ends_with_where_it_lies() -> None:
    lines, _ = held(told(CallStory().events))

    assert lines == [
        "Getting ready. Type help for the commands.",
        "Head Baker: 3 questions planned.",
        "Sound and text stay here.",
        "The session has ended. Stored as 20260302-090000-abcd in /sessions/x.",
        "Report: interview-copilot report 20260302-090000-abcd",
    ]


def test_a_pipe_that_ends_leaves_the_session_running() -> None:
    lines, commands = held(told(CallStory().events), [InputOver(True)], interactive=False)

    assert commands == []
    assert "Nothing more can be typed. Ctrl-C ends the session." in lines


def test_ctrl_d_at_a_terminal_asks_and_a_second_one_ends() -> None:
    assert held([InputOver(False)])[1] == []
    assert held([InputOver(False)], [Typed("no")])[1] == []
    assert held([InputOver(False)], [InputOver(False)])[1] == [EndSession()]


def test_a_terminal_that_has_gone_ends_the_session() -> None:
    assert held([InputOver(True)])[1] == [EndSession()]


def test_ctrl_c_asks_who_can_answer_and_ends_for_who_cannot() -> None:
    assert held([Interrupted()])[1] == []
    assert held([Interrupted()], [Interrupted()])[1] == [EndSession()]
    assert held([Interrupted()], [Typed("yes")])[1] == [EndSession()]
    assert held([Interrupted()], interactive=False)[1] == [EndSession()]


def test_what_failed_is_raised_for_the_command_to_tell() -> None:
    console = ScriptedConsole([[Failed(ModelError("no such model."))]])

    with pytest.raises(ModelError, match="no such model"):
        Front(console, RecordedLink()).run()


def test_a_session_that_goes_on_begins_with_where_it_stands() -> None:
    story = CallStory()
    story.ask("rollout")
    story.say("First we ran a trial.")
    story.tell(
        SessionResumed, resumed_at="2026-03-02T10:00:00+00:00", away_s=65.0, app_version="1",
        source="a call",
    )  # fmt: skip
    console = ScriptedConsole([told(story.events), [Over(None)]])
    Front(console, RecordedLink(), past=len(story.events) - 1).run()

    assert console.lines[1:] == [
        "Question 1 of 3, New oven. 0:02 of 5 minutes. 0 of 3 points heard.",
        "The session has ended. Nothing was stored.",
    ]


def test_declined_is_said() -> None:
    lines, _ = held(told(CallStory(CaptureKind.NONE).events), [Typed("status")])

    assert lines[-3] == "Getting ready."  # nothing has been told of how it is doing


def test_a_line_is_one_line_without_control_sequences() -> None:
    out = io.StringIO()
    Console(out, interactive=True).say("a\x1b[2Jb\r\n\tc\u202ed\x07 é ● 漢")

    assert out.getvalue() == "a [2Jb c d é ● 漢\n"


def test_ctrl_c_is_something_that_happens_and_then_again_what_it_was() -> None:
    console = Console(io.StringIO(), interactive=True)
    before = signal.getsignal(signal.SIGINT)
    with console.interruptible():
        os.kill(os.getpid(), signal.SIGINT)
        assert console.next(10.0) == Interrupted()
    assert signal.getsignal(signal.SIGINT) is before


# -- the keyboard ---------------------------------------------------------------------------------


def typed_into(write: int, read: int, *pieces: bytes, each: bool = False) -> list[Happening]:
    """What is read of pieces that are typed, one after ``each`` or at once, until it has ended."""
    found: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    with os.fdopen(read, encoding="utf-8") as stream:
        read_keyboard(stream, found.put)
        seen: list[Happening] = []
        for piece in pieces:
            os.write(write, piece)
            if each:
                seen.append(found.get(timeout=10.0))
        os.close(write)
        while not seen or seen[-1] != InputOver(True):
            seen.append(found.get(timeout=10.0))
    return seen


def test_lines_are_read_as_they_are_typed_even_in_pieces() -> None:
    read, write = os.pipe()

    assert typed_into(write, read, b"no", b"te caf\xc3", b"\xa9\r\nmark\nlast") == [
        Typed("note café"),
        Typed("mark"),
        Typed("last"),
        InputOver(True),
    ]


def test_at_a_terminal_ctrl_d_is_no_end_and_one_that_has_gone_is() -> None:
    master, slave = os.openpty()

    seen = typed_into(master, slave, b"mark\n", b"\x04", b"take\n", each=True)

    assert seen[:3] == [Typed("mark"), InputOver(False), Typed("take")]
    assert seen[-1] == InputOver(True)


def test_without_any_input_nothing_is_typed() -> None:
    found: queue.SimpleQueue[Happening] = queue.SimpleQueue()
    read_keyboard(None, found.put)

    assert found.get(timeout=10.0) == InputOver(True)
