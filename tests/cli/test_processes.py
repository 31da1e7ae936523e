"""Commands as processes: killed, interrupted, with nobody reading, on a full disk, over a huge file."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from copilot.audio.recorder import wav_header
from copilot.audio.recording import RecordingSource
from copilot.cli.headless import run_headless
from copilot.demo.interview import demo_session
from copilot.events import event_from_json
from copilot.interview import replay
from tests.builders import ROOT, run_python
from tests.cli.command import ROLE, Done, clean_environment, finish, names, printed, run, start
from tests.cli.conftest import Replay

DEMO = ("demo", "--headless", "--model", "tiny.en")


# -- killed ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """A stored demo, killed when its second utterance was printed; what it had printed."""
    data = tmp_path_factory.mktemp("killed") / "data"
    process = start(*DEMO, "--speed", "max", env={"INTERVIEW_COPILOT_DATA": str(data)})
    seen = printed(process, "utterance_heard", 2)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    return Replay(Done(-9, "".join(json.dumps(line) + "\n" for line in seen), ""), data, data)


@pytest.fixture
def after(killed: Replay, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """A user who comes back to that."""
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(killed.data))
    return killed


def test_a_killed_session_verifies_up_to_where_it_stopped(after: Replay) -> None:
    done = run("sessions", "verify", "last", "--json")
    shown = run("sessions", "show", "last", "--json")

    [result] = done.lines
    assert done.code == shown.code == 0
    assert (result["id"], result["ended"]) == (after.id, False)
    assert result["events"] >= len(after.done.lines)
    # What had been printed was on disk before.
    assert shown.lines[: len(after.done.lines)] == after.done.lines


def test_a_killed_session_is_listed_as_interrupted_and_can_be_reported(after: Replay) -> None:
    [listed] = run("sessions", "list", "--json").lines
    report = run("report", "last")

    assert (listed["state"], listed["ended"]) == ("interrupted", None)
    assert report.code == 0
    assert "Director of IT Operations" in report.out
    assert json.loads(run("report", "last", "--format", "json").out)["summary"]["ended"] == (
        "interrupted"
    )


def test_a_killed_session_keeps_its_sound_to_the_last_second(after: Replay) -> None:
    interview = replay(event_from_json(json.dumps(line)) for line in after.done.lines)
    for side in ("interviewer", "candidate"):
        sound = soundfile.info(after.folder / f"{side}.wav")
        assert (sound.samplerate, sound.channels) == (16_000, 1)
        assert sound.duration >= interview.now_s - 1.1


def test_a_killed_session_can_be_heard_again(after: Replay) -> None:
    done = run("replay", after.folder, "--model", "tiny.en", "--json")

    assert done.code == 0, done.err
    first, *_ = [line for line in done.lines if line["type"] == "utterance_heard"]
    assert "morning" in first["utterance"]["text"]
    assert done.lines[0]["plan"] == after.done.lines[0]["plan"]


# -- Ctrl-C ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", ["max", "8"])
def test_ctrl_c_ends_the_session_cleanly(data: Path, speed: str) -> None:
    process = start(*DEMO, "--speed", speed)
    seen = printed(process, "utterance_heard")
    process.send_signal(signal.SIGINT)
    done = finish(process)

    assert done.code == 0, done.err
    assert [line["type"] for line in done.lines][-2:] == ["session_ended", "summary"]
    assert done.lines[-2]["reason"] == "user"
    assert done.err.startswith(f"Stored as {seen[0]['session_id']} in ")
    verified = run("sessions", "verify", "last", "--json").lines[0]
    assert verified["ended"]
    assert verified["events"] == len(seen) + len(done.lines) - 1


def test_a_demo_that_is_not_to_be_saved_leaves_nothing(data: Path) -> None:
    process = start(*DEMO, "--speed", "4", "--no-save")
    printed(process, "consent_recorded")
    process.send_signal(signal.SIGINT)
    done = finish(process)

    assert (done.code, done.err) == (0, "")
    assert done.lines[-1]["type"] == "summary"
    assert not data.exists()


class _InterruptedEarly:
    """A source during whose first mention Ctrl-C is pressed, before anything runs."""

    def __init__(self, source) -> None:
        self._source = source
        self._pressed = False

    @property
    def description(self) -> str:
        if not self._pressed:
            self._pressed = True
            os.kill(os.getpid(), signal.SIGINT)
        return str(self._source.description)

    def __getattr__(self, name: str):
        return getattr(self._source, name)


def test_ctrl_c_while_a_session_is_set_up_is_not_lost(data: Path, unheard: Path, capsys) -> None:
    setup, _ = demo_session(speed=1, model="tiny.en", save=True, lockstep=True)

    run_headless(setup, _InterruptedEarly(RecordingSource.from_file(unheard)), as_json=True)

    ended = json.loads(capsys.readouterr().out.splitlines()[-2])
    assert (ended["type"], ended["reason"]) == ("session_ended", "user")


class _InterruptedInput:
    """Stdin at which Ctrl-C is pressed."""

    def read(self) -> str:
        raise KeyboardInterrupt


def test_ctrl_c_elsewhere_stops_with_one_word() -> None:
    done = run(
        "match", "--role", ROLE, "--question", "metrics",
        stdin=_InterruptedInput(),  # type: ignore[arg-type]
    )  # fmt: skip

    assert (done.code, done.out, done.err) == (130, "", "Stopped.\n")


# -- nobody reads ---------------------------------------------------------------------------------


def _closed_pipe() -> int:
    """The writing end of a pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def test_a_session_nobody_reads_from_the_start_has_an_end(data: Path) -> None:
    writer = _closed_pipe()
    process = start(*DEMO, "--speed", "max", stdout=writer)
    os.close(writer)
    done = finish(process)

    assert (done.code, done.err) == (141, "")
    assert run("sessions", "verify", "last", "--json").lines[0]["ended"]


def test_a_session_whose_reader_leaves_ends_quietly(data: Path) -> None:
    process = start(*DEMO, "--speed", "max")
    printed(process, "utterance_heard")
    assert process.stdout is not None
    process.stdout.close()  # as "| head -1" does
    assert process.stderr is not None
    err = process.stderr.read()

    assert process.wait() == 141
    assert err == ""
    process.stderr.close()
    assert run("sessions", "verify", "last", "--json").lines[0]["ended"]


def _unread(*command: str) -> Done:
    writer = _closed_pipe()
    process = start(*command, stdout=writer)
    os.close(writer)
    return finish(process)


def test_a_long_output_nobody_reads_is_no_complaint() -> None:
    done = _unread("knowledge", "show", ROLE, "--full")

    assert (done.code, done.err) == (141, "")


def test_nor_is_a_short_one() -> None:
    done = _unread("knowledge", "list")

    assert (done.code, done.err) == (141, "")


# -- a full disk ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["knowledge", "list"], ["sessions", "show", "last"]])
def test_stdout_on_a_full_disk(stored: Replay, command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = finish(start(*command, stdout=full))

    assert done.code == 6
    assert "No space left" in done.message


_LIMITED = """
import resource, sys
from copilot.cli.main import main
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
code = main(sys.argv[2:])
print(code)
"""


def _on_a_full_disk(limit: int, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """A command that may write no file longer than ``limit`` bytes."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(limit), *map(str, arguments)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip


def test_a_report_on_a_full_disk_leaves_nothing(stored: Replay, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()

    done = _on_a_full_disk(100, "report", "last", "--output", place / "report.md")

    assert done.stdout == "6\n"
    noted, _, refused = done.stderr.partition("Cannot write: ")
    assert "could not be noted in the review" in noted  # the disk takes no review either
    assert "report.md" in refused
    assert names(place) == []


def test_a_session_that_fills_the_disk_keeps_what_it_had(
    recording: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recording stops fitting after six seconds; the journal and the guide always fit."""
    asked = ("--role", "operations-manager", "--questions", "prioritisation")
    done = _on_a_full_disk(
        200_000,
        *("replay", recording, *asked, "--json", "--save"),
        *("--model", "tiny.en"),
    )

    *lines, code = done.stdout.splitlines()
    events = [json.loads(line) for line in lines]
    assert code == "6"
    assert done.stderr.startswith("Cannot write: ")
    assert ".wav: " in done.stderr
    assert "Traceback" not in done.stderr
    assert [event["type"] for event in events][-2:] == ["session_ended", "summary"]
    assert events[-2]["reason"] == "finished"
    assert "disk_troubled" in [event["type"] for event in events]
    assert run("sessions", "show", "last", "--json").lines == events[:-1]
    [folder] = (data / "sessions").iterdir()
    for side in ("interviewer", "candidate"):
        assert soundfile.info(folder / f"{side}.wav").duration > 5


# -- three gigabytes ------------------------------------------------------------------------------

_HUGE = """
import json, resource, sys
from pathlib import Path
from copilot.audio.recording import RecordingSource
from copilot.engine.commands import EndSession
from copilot.engine.session import Session
from tests.engine.parts import a_setup
from copilot.knowledge.loading import load_guide

def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

class Look:
    early_mb = None
    def on_event(self, event):
        pass
    def on_vitals(self, vitals):
        if self.early_mb is None and vitals.now_s > 30:
            self.early_mb = peak_mb()
        if vitals.now_s > 240:
            session.send(EndSession())
    def on_partials(self, partials):
        pass

source = RecordingSource.from_file(Path(sys.argv[1]))
look = Look()
session = Session(a_setup(load_guide("director-it-operations")), source, [look])
session.run()
print(json.dumps({"duration_s": source.duration_s, "grown_mb": peak_mb() - look.early_mb}))
"""


@pytest.fixture
def huge(tmp_path: Path) -> Path:
    """A two-channel WAV file of 3 GB, of silence, that takes no room on disk."""
    size = 3_000_000_000
    header = bytearray(wav_header(size))
    header[22:24] = (2).to_bytes(2, "little")
    header[28:32] = (64_000).to_bytes(4, "little")
    header[32:34] = (4).to_bytes(2, "little")
    path = tmp_path / "huge.wav"
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + size)
    return path


def test_three_gigabytes_are_heard_in_flat_memory(huge: Path) -> None:
    seen = json.loads(run_python(_HUGE, huge))

    assert seen["duration_s"] == pytest.approx(46_875)
    assert seen["grown_mb"] < 8


def test_three_gigabytes_begin_at_once_and_can_be_stopped(huge: Path) -> None:
    process = start("replay", huge, "--role", ROLE, "--model", "tiny.en", "--json")
    seen = printed(process, "consent_recorded")
    process.send_signal(signal.SIGINT)
    done = finish(process)

    assert done.code == 0, done.err
    assert seen[0]["source"] == "recording huge.wav"
    assert done.lines[-2]["reason"] == "user"


# -- odd input ------------------------------------------------------------------------------------


def test_an_answer_that_is_not_utf8() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "copilot", "match", "--role", ROLE, "--question", "metrics"],
        input=b"caf\xe9", capture_output=True, check=False, cwd=ROOT,
        env={**clean_environment(), "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (3, b"")
    assert b"Traceback" not in done.stderr
    assert b"UTF-8" in done.stderr
