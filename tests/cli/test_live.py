"""``live``: a call is heard through a real sound server, and ends without a trace of itself."""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ
from copilot.errors import ExitCode
from tests.builders import ROOT, spoken, write_sound
from tests.cli.command import (
    ROLE,
    Done,
    clean_environment,
    command_line,
    finish,
    run,
)
from tests.sound_server import CALL, ROOM, SoundServer, sound_server

__all__ = ["sound_server"]

LIVE = ("live", "--role", ROLE, "--questions", "underperformance,metrics", "--model", "tiny.en")
DEVICES = ("--mic", f"{ROOM}.monitor", "--call", f"{CALL}.monitor")
GIVEN = ("--headless", "--consent", "given")

#: Only a command that hangs ever takes this long.
PATIENCE_S = 60.0

Begin = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def begin(sound_server: SoundServer) -> Iterator[Begin]:
    """Starts a command as a terminal would; whatever still runs at the end is killed."""
    begun: list[subprocess.Popen[str]] = []
    watches: list[threading.Timer] = []
    sound_server.awaken(ROOM, CALL)

    def start(*arguments: object) -> "subprocess.Popen[str]":
        begun.append(
            subprocess.Popen(
                command_line(*arguments),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=clean_environment(),
                start_new_session=True,
            )
        )
        # Whoever waits for a line that never comes is told so when the program is gone.
        watches.append(threading.Timer(PATIENCE_S, begun[-1].kill))
        watches[-1].start()
        return begun[-1]

    yield start
    for watch in watches:
        watch.cancel()
    for process in begun:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """What the interviewer says, as loud as people speak: the clip itself is barely above silence.

    Its "dinosaurs" is beyond the smallest model wherever the stretch begins at an unlucky moment;
    its "feathers" never is.
    """
    clip = spoken("en-004")
    return write_sound(tmp_path / "question.wav", clip * (0.3 / float(np.abs(clip).max())))


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """Four seconds of what the candidate says."""
    return write_sound(tmp_path / "answer.wav", spoken("en-000")[: 4 * SAMPLE_RATE_HZ])


Events = list[dict[str, Any]]


def follow(process: "subprocess.Popen[str]", enough: Callable[[Events], bool]) -> Events:
    """Its events until they are enough."""
    assert process.stdout is not None
    seen: Events = []
    while not enough(seen):
        line = process.stdout.readline()
        assert line, f"it ended before that; it told {[summed_up(event) for event in seen]}"
        seen.append(json.loads(line))
    return seen


def summed_up(event: dict[str, Any]) -> tuple[object, ...]:
    """What to tell of an event when something else was waited for."""
    said = event.get("utterance", {})
    return (event["type"], event["at_s"], said.get("channel"), said.get("text"))


def told(kind: str, count: int = 1) -> Callable[[Events], bool]:
    """Enough is so many events of a type."""
    return lambda seen: sum(event["type"] == kind for event in seen) >= count


def said(channel: str, word: str) -> Callable[[Events], bool]:
    """Enough is a word on a channel."""
    return lambda seen: word in texts(seen, channel)


def attached(process: "subprocess.Popen[str]") -> Events:
    """Its events until both devices deliver."""
    return follow(process, told("channel_attached", 2))


def interrupt(process: "subprocess.Popen[str]") -> Done:
    """Ctrl-C in its terminal, which reaches the program and all that it has started."""
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout is not None
    out = process.stdout.read()  # here, because lines that were read ahead are known here alone
    done = finish(process)
    return Done(done.code, out, done.err)


def until_nothing_is_heard(server: SoundServer) -> None:
    """Wait until nobody holds an input open any more."""
    deadline = time.monotonic() + PATIENCE_S
    while server.inputs_in_use():
        assert time.monotonic() < deadline, f"still open: {server.inputs_in_use()}"


def texts(events: Events, channel: str) -> str:
    """All that was said on a channel, in small letters."""
    said = [event["utterance"] for event in events if event["type"] == "utterance_heard"]
    return " ".join(one["text"] for one in said if one["channel"] == channel).lower()


# -- a call ---------------------------------------------------------------------------------------


def test_both_sides_are_heard_and_ctrl_c_ends_it(
    sound_server: SoundServer, begin: Begin, data: Path, asked: Path, answered: Path
) -> None:
    process = begin(*LIVE, *DEVICES, *GIVEN, "--by", "Ada")
    seen = attached(process)
    assert sorted(sound_server.inputs_in_use()) == [f"{CALL}.monitor", f"{ROOM}.monitor"]
    sound_server.play(ROOM, asked, latency_ms=500).wait()
    seen += follow(process, said("interviewer", "feathers"))
    sound_server.play(CALL, answered, latency_ms=500).wait()
    seen += follow(process, said("candidate", "communication"))
    done = interrupt(process)
    until_nothing_is_heard(sound_server)

    assert done.code == 0, done.err
    events = seen + done.lines[:-1]
    assert done.lines[-1]["type"] == "summary"
    assert (events[-1]["type"], events[-1]["reason"]) == ("session_ended", "user")
    assert events[0]["capture"] == "call"
    assert (events[1]["decision"], events[1]["by"]) == ("given", "Ada")
    assert "computer will record" in events[1]["wording"]
    assert "feathers" in texts(events, "interviewer")
    assert "communication" in texts(events, "candidate")
    assert "feathers" not in texts(events, "candidate")
    assert "communication" not in texts(events, "interviewer")
    [folder] = (data / "sessions").iterdir()
    assert done.err.startswith(f"Stored as {folder.name} in ")
    assert run("sessions", "show", "last", "--json").lines == events
    for side in ("interviewer", "candidate"):
        info = soundfile.info(folder / f"{side}.wav")
        assert info.duration == pytest.approx(events[-1]["duration_s"], abs=0.1)


def test_a_call_that_was_killed_goes_on(
    sound_server: SoundServer, begin: Begin, data: Path, asked: Path, answered: Path
) -> None:
    process = begin(*LIVE, *DEVICES, *GIVEN)
    seen = attached(process)
    sound_server.play(CALL, answered, latency_ms=500).wait()
    seen += follow(process, said("candidate", "communication"))
    process.kill()
    process.communicate()
    until_nothing_is_heard(sound_server)
    [listed] = run("sessions", "list", "--json").lines
    assert (listed["state"], listed["resumable"]) == ("interrupted", True)

    again = begin("sessions", "resume", "last", "--model", "tiny.en", *DEVICES, "--headless")
    events = follow(again, told("session_resumed"))
    events += attached(again)
    sound_server.play(ROOM, asked, latency_ms=500).wait()
    events += follow(again, said("interviewer", "feathers"))
    done = interrupt(again)
    until_nothing_is_heard(sound_server)

    assert done.code == 0, done.err
    events += done.lines[:-1]
    assert events[: len(seen)] == seen
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert texts(events, "candidate").count("communication") == 1
    [verified] = run("sessions", "verify", "last", "--json").lines
    assert verified["ended"]
    assert verified["events"] == len(events)
    [folder] = (data / "sessions").iterdir()
    assert folder.name == seen[0]["session_id"] == listed["id"]


def test_when_consent_is_declined_nothing_is_opened(
    sound_server: SoundServer, begin: Begin, data: Path
) -> None:
    process = begin(*LIVE, *DEVICES, "--headless", "--consent", "declined", "--alias", "B-07")
    seen = follow(process, told("consent_recorded"))
    assert sound_server.inputs_in_use() == []
    assert process.poll() is None
    done = interrupt(process)

    assert done.code == 0, done.err
    assert (seen[0]["capture"], seen[1]["decision"]) == ("none", "declined")
    assert done.lines[-2]["reason"] == "user"
    assert sound_server.inputs_in_use() == []
    assert not list(data.rglob("*.wav"))
    [record] = data.rglob("session.json")
    assert json.loads(record.read_bytes())["alias"] == "B-07"


def test_one_microphone_is_heard_alone(sound_server: SoundServer, begin: Begin) -> None:
    process = begin(*LIVE, "--mic", f"{ROOM}.monitor", "--mixed", "--no-save", *GIVEN)
    seen = attached(process)
    assert sound_server.inputs_in_use() == [f"{ROOM}.monitor"]
    done = interrupt(process)
    until_nothing_is_heard(sound_server)

    assert done.code == 0, done.err
    assert seen[0]["capture"] == "room"
    assert [e["channel"] for e in seen if e["type"] == "speaker_chosen"] == ["interviewer"]
    assert done.err == ""


# -- what is refused before anything is opened ----------------------------------------------------


def _refused(done: Done, code: ExitCode, *says: str) -> None:
    assert (done.code, done.out) == (code, "")
    assert "Traceback" not in done.err
    assert "\n→ " in done.err
    for words in says:
        assert words in done.err


@pytest.mark.parametrize(
    ("devices", "says"),
    [
        (("--mic", "nosuch"), "there is no input 'nosuch'"),
        (("--mic", f"{ROOM}.monitor", "--call", "nosuch"), "there is no input 'nosuch'"),
        (("--mic", f"{CALL}.monitor", "--call", f"{CALL}.monitor"), "is chosen for both sides"),
    ],
)
def test_devices_that_will_not_do(
    sound_server: SoundServer, data: Path, devices: tuple[str, ...], says: str
) -> None:
    done = run(*LIVE, *devices, *GIVEN)

    _refused(done, ExitCode.DEVICE, says)
    assert sound_server.inputs_in_use() == []
    assert not data.exists()


def test_without_a_sound_server(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    # Where there are inputs without a server, at least this one is not among them.
    done = run(*LIVE, "--mic", "nosuch", *GIVEN)

    _refused(done, ExitCode.DEVICE)
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--headless",), "has no screen to ask for consent"),
        (("--consent", "given"), "is for --headless alone"),
        (("--mixed", "--call", "Speakers", *GIVEN), "one microphone"),
        (("--language", "xx", *GIVEN), "xx"),
    ],
)
def test_a_command_line_that_contradicts_itself(
    data: Path, arguments: tuple[str, ...], says: str
) -> None:
    _refused(run(*LIVE, *arguments), ExitCode.USAGE, says)
    assert not data.exists()


def test_a_plan_with_errors_is_named_with_its_line(data: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("questions:\n- metrics\n- holiday\n", "utf-8")

    done = run("live", "--role", ROLE, "--plan", plan, *GIVEN)

    _refused(done, ExitCode.INPUT, "Plan with errors", f"{plan}:3:", "'holiday'")
    assert not data.exists()


def test_a_plan_file_and_questions_exclude_each_other(tmp_path: Path) -> None:
    done = run(*LIVE, "--plan", tmp_path / "plan.yaml", *GIVEN)

    assert done.code == ExitCode.USAGE
    assert json.dumps("--plan")[1:-1] in done.err
