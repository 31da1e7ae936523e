"""One replay of a piece of the demo, whose outputs many tests look at, and a store that holds it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders import noise, write_sound
from tests.cli.command import ROLE, Done, run
from tests.engine.parts import CANDIDATE, INTERVIEWER, demo_extract

QUESTIONS = "underperformance,metrics"


@dataclass(frozen=True)
class Replay:
    """A replay that was printed and stored.

    Attributes:
        done: What it printed.
        data: The data folder it was stored in.
        recording: What it heard.
    """

    done: Done
    data: Path
    recording: Path

    @property
    def id(self) -> str:
        """The stored session's id."""
        return str(self.done.lines[0]["session_id"])

    @property
    def folder(self) -> Path:
        """The stored session's folder."""
        return self.data / "sessions" / self.id


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question, its answer, and a pause: 46 seconds of the demo."""
    sound = demo_extract(29.2, 75.0)
    path = tmp_path_factory.mktemp("recording") / "call.wav"
    return write_sound(path, sound[INTERVIEWER], sound[CANDIDATE])


@pytest.fixture(scope="session")
def replayed(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """``replay --json --save`` over that."""
    data = tmp_path_factory.mktemp("replayed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(data))
        patch.setenv("INTERVIEW_COPILOT_CONFIG", str(data / "config"))
        done = run(
            *("replay", recording, "--role", ROLE, "--questions", QUESTIONS),
            *("--model", "tiny.en", "--json", "--save"),
        )
    assert done.code == 0, done.err
    return Replay(done, data, recording)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This test's data folder, empty."""
    folder = tmp_path / "data"
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(folder))
    return folder


@pytest.fixture
def stored(replayed: Replay, data: Path) -> Replay:
    """A data folder of this test's own that holds the replayed session."""
    shutil.copytree(replayed.data, data)
    return Replay(replayed.done, data, replayed.recording)


@pytest.fixture
def unheard(tmp_path: Path) -> Path:
    """A short recording in which nobody speaks."""
    return write_sound(tmp_path / "unheard.wav", noise(1, seed=1), noise(1, seed=2))
