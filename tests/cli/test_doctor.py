"""``doctor``: says step by step what it proves, and ends with ready or with what to mend first."""

import errno
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from copilot.audio.capture.report import CheckReport, SideReport, SideState
from copilot.cli import doctor as command
from copilot.engine import doctor, speed
from copilot.engine.doctor import (
    BYTES_PER_S,
    MARGIN,
    check_disk,
    check_machine,
    check_models,
    check_speed,
)
from copilot.engine.speed import Speed
from copilot.errors import ExitCode
from copilot.events import Channel
from copilot.speech.models import MODELS, model_folder, verified_folder
from tests.builders import spoken, write_sound
from tests.cli.command import Done, run
from tests.sound_server import CALL, MISSING, OTHER, ROOM, SoundServer

MIC = ("--mic", f"{ROOM}.monitor")
QUICK = ("--model", "tiny.en")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """One server for all tests of this file, with its outputs awake."""
    if MISSING:
        pytest.skip("no PulseAudio: apt-get install pulseaudio pulseaudio-utils libportaudio2")
    server = SoundServer(tmp_path_factory.mktemp("hall"))
    server.start()
    server.awaken()
    yield server
    server.close()


@pytest.fixture
def server(hall: SoundServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """The server, with nothing playing."""
    for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, hall.environment[name])
    yield hall
    hall.silence()


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache with one speech model, so that one is measured, and once for all tests."""
    genuine = model_folder(MODELS["tiny.en"])
    verified_folder(MODELS["tiny.en"])
    folder = tmp_path_factory.mktemp("cache")
    (folder / "models").mkdir()
    (folder / "models" / genuine.name).symlink_to(genuine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_CACHE", str(folder))
        patch.setattr(speed, "_busy", lambda: False)
        yield folder


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Someone speaking."""
    clip = spoken("en-000")[16_000:]
    loud = np.tile(0.4 * clip / np.abs(clip).max(), 3).astype(np.float32)
    return write_sound(tmp_path / "speech.wav", loud)


def last_line(done: Done) -> str:
    """How it ended."""
    return done.out.splitlines()[-1]


def test_a_good_set_up_is_ready(server: SoundServer, speech: Path) -> None:
    server.play(ROOM, speech)
    done = run("doctor", *MIC, *QUICK, "--seconds", 5)

    assert (done.code, last_line(done), done.err) == (0, "ready", "")
    for said in ("Say a few words", "you: Monitor of Room: speech at", "tone: played on Headset"):
        assert said in done.out
    assert "speech (tiny.en), voice activity and matching: here and verified" in done.out
    assert "needed for 60 minutes" in done.out
    assert "tiny.en: text " in done.out


def test_a_silent_microphone_is_what_to_mend_first(server: SoundServer) -> None:
    done = run("doctor", *MIC, *QUICK, "--seconds", 2)

    assert done.code == ExitCode.FAILED
    assert last_line(done).startswith("Mend this first: The microphone Monitor of Room delivers")


def test_a_call_on_another_output_is_what_to_mend_first(server: SoundServer, speech) -> None:
    server.play(ROOM, speech)
    done = run("doctor", *MIC, *QUICK, "--call", f"{OTHER}.monitor", "--seconds", 3)

    assert done.code == ExitCode.FAILED
    assert "the candidate's side hears Monitor of Speakers" in last_line(done)
    assert '--call "Headset"' in last_line(done)


def test_one_input_for_both_sides_is_what_to_mend_first(server: SoundServer) -> None:
    done = run("doctor", "--mic", f"{CALL}.monitor", *QUICK)

    assert done.code == ExitCode.FAILED
    assert "Monitor of Headset is chosen for both sides." in last_line(done)
    assert "matching: here and verified" in done.out  # the rest was looked at all the same


def test_as_json_there_is_one_object_and_the_steps_go_to_stderr(server, speech) -> None:
    server.play(ROOM, speech)
    done = run("doctor", *MIC, *QUICK, "--mixed", "--json", "--seconds", 3)

    (told,) = done.lines
    assert told["ready"] is True
    assert told["mend_first"] is None
    assert told["sound"]["sides"]["interviewer"]["spoke"] is True
    assert told["disk"]["ok"] is True
    assert told["speed"]["ok"] is True
    (pace,) = told["speed"]["measured"]
    assert pace["model"] == "tiny.en"
    assert pace["final_s"] == pytest.approx(0.55 + pace["decode_s"], abs=0.002)
    assert "Say a few words" in done.err


def test_without_a_sound_server_the_remedy_names_the_page(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    done = run("doctor", *QUICK, "--json")

    (told,) = done.lines
    assert done.code == ExitCode.FAILED
    assert told["mend_first"]["text"] == "The sound server cannot be reached."
    assert "docs/setup-linux.md" in told["mend_first"]["remedy"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--language", "de"), "language 'de'"),
        (("--language", "fr", "--model", "tiny.en"), "does not know 'fr'"),
        (("--model", "huge"), "no speech model 'huge'"),
        (("--minutes", "-3"), "no length"),
        (("--mixed", "--call", "x"), "--mixed hears everything"),
    ],
)
def test_what_cannot_be_understood_is_said_before_anything_is_opened(arguments, words) -> None:
    done = run("doctor", *arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.message


# -- the meters -----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        return True


RUNNING = CheckReport(
    {
        Channel.INTERVIEWER: SideReport("M", SideState.HEARD, -20.0, -12.0),
        Channel.CANDIDATE: SideReport("C", SideState.SILENT, -70.0, -60.0),
    },
    "Say a few words",
    3.0,
)


def test_in_a_terminal_the_levels_move_on_one_line() -> None:
    out = Terminal()
    meters = command._Meters(out, alone=False)
    meters.show(RUNNING)
    meters.show(RUNNING)
    meters.close()
    step, drawn = out.getvalue().split("\n")
    assert step == "  Say a few words"
    once, twice, cleared = drawn.split("\r")[1:4]
    assert once == twice
    assert "you █████████···  -20 dB heard" in once
    assert "candidate ············  -70 dB silent" in once
    assert cleared.strip() == ""


def test_elsewhere_each_step_is_a_line() -> None:
    out = io.StringIO()
    meters = command._Meters(out, alone=False)
    meters.show(RUNNING)
    meters.show(RUNNING)
    meters.close()
    assert out.getvalue() == "  Say a few words\n"


# -- speed ----------------------------------------------------------------------------------------


def _measured(monkeypatch: pytest.MonkeyPatch, **decode_s: float) -> None:
    """As if these models were here and took that long for a sentence of five seconds."""
    found = tuple(Speed(name, "", took_s, 5.0) for name, took_s in decode_s.items())
    monkeypatch.setattr(doctor, "speeds", lambda *_, **__: found)
    monkeypatch.setattr(doctor, "_free_memory", lambda: 16_000_000_000)


def test_a_model_that_is_larger_and_should_keep_up_is_recommended(monkeypatch) -> None:
    _measured(monkeypatch, base=0.15)

    finding = check_speed("fr", "base")

    assert finding.problem is None
    measured, advised = finding.text.splitlines()
    assert measured == ("base: text 0.7 s after the end of a sentence, 6% busy while both speak")
    assert advised.startswith("small is the largest that should keep up (")
    assert advised.endswith("expected): interview-copilot models fetch small")


@pytest.mark.parametrize(
    ("took_s", "says"),
    [
        ({"base": 0.5}, "base is in use and is the largest that keeps up here"),
        (
            {"base": 0.9, "tiny": 0.4},
            "tiny is the largest that keeps up: interview-copilot models use tiny",
        ),
        ({"base": 9.0}, "no speech model is known to keep up here"),
    ],
)
def test_what_keeps_up_is_said_and_is_never_a_problem(monkeypatch, took_s, says) -> None:
    _measured(monkeypatch, **took_s)

    finding = check_speed("fr", "base")

    assert finding.problem is None
    assert finding.text.splitlines()[-1] == says


def test_a_model_that_cannot_be_measured_is_no_second_problem(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    finding = check_speed("en", "tiny.en")

    assert finding.problem is None
    assert finding.text == "not measured: the speech model 'tiny.en' is not on this machine."


# -- what else a session needs --------------------------------------------------------------------


def test_models_that_are_missing_are_named_with_how_to_fetch_them(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    finding = check_models("en", "base")

    assert finding.problem is not None
    assert finding.problem.grave
    assert "models fetch base" in finding.problem.remedy


def test_a_disk_too_small_for_the_planned_length_is_grave(tmp_path, monkeypatch) -> None:
    needed = 30 * 60 * BYTES_PER_S + MARGIN
    for free, well in ((needed, True), (needed - 1, False)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        finding = check_disk(30, tmp_path / "not" / "there" / "yet")
        assert (finding.problem is None) is well
        assert "needed for 30 minutes" in finding.text
    assert not (tmp_path / "not").exists()


def test_a_folder_that_cannot_be_written_is_grave(tmp_path, monkeypatch) -> None:
    def refuse(**kwargs: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    finding = check_disk(30, tmp_path)
    assert finding.problem is not None
    assert finding.problem.grave
    assert finding.problem.text == f"{tmp_path}: Read-only file system."


def test_too_little_memory_is_grave(tmp_path, monkeypatch) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 8000000 kB\nMemAvailable: 400000 kB\n")
    monkeypatch.setattr(doctor, "_MEMINFO", meminfo)
    finding = check_machine()
    assert finding.problem is not None
    assert finding.problem.grave
    assert "Only 410 MB of memory is free" in finding.problem.text


def test_a_large_model_wants_more_memory(tmp_path, monkeypatch) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 8000000 kB\nMemAvailable: 2000000 kB\n")
    monkeypatch.setattr(doctor, "_MEMINFO", meminfo)

    assert "free" in check_machine("small").text
    large = check_machine("medium").problem
    assert large is not None
    assert "a session takes up to 2.4 GB" in large.text
    assert "smaller speech model" in large.remedy


def test_a_machine_of_one_core_or_a_busy_one_is_no_obstacle(monkeypatch) -> None:
    monkeypatch.setattr("os.getloadavg", lambda: (99.0, 0.0, 0.0))
    busy = check_machine().problem
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    single = check_machine().problem
    assert busy is not None
    assert single is not None
    assert (busy.grave, single.grave) == (False, False)
    assert json.dumps(busy.text) != json.dumps(single.text)
