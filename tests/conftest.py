"""What every test gets: folders of its own, repeatable random examples, and one small recogniser."""

import signal
import sys
from pathlib import Path

import hypothesis
import pytest

from copilot.i18n import speak
from copilot.speech.whisper import WhisperTranscriber

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background of a shell; the programs tests start would not hear Ctrl-C either.
    signal.signal(signal.SIGINT, signal.default_int_handler)

#: What runs against real time, with real sound, terminals and kills: beside other tests it would
#: hear late, or too little. ``make test`` runs these after the others, one by one.
_ALONE = (
    "audio/capture/test_call.py",
    "audio/capture/test_loss.py",
    "audio/capture/test_processes.py",
    "audio/test_check.py",
    "audio/test_playback.py",
    "cli/test_devices.py",
    "cli/test_doctor.py",
    "cli/test_live.py",
    "cli/test_processes.py",
    "engine/test_live_session.py",
    "engine/test_live_swap.py",
    "engine/test_resuming.py",
    "plain/test_live.py",
    "tui/test_in_a_terminal.py",
    "tui/test_review_playing.py",
    "tui/test_start_sound.py",
)

# The same examples in every run, and no verdict by the clock: a red test is a defect, not the day.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, print_blob=True
)
hypothesis.settings.load_profile("suite")


def _is_alone(path: Path) -> bool:
    place = path.relative_to(Path(__file__).parent)
    return any(place.is_relative_to(known) for known in _ALONE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    # Reading a file takes longer than many of its tests: what the marks leave out is not read.
    left_out = {"alone": False, "not alone": True}.get(config.option.markexpr)
    if collection_path.match("test_*.py") and _is_alone(collection_path) is left_out:
        return True
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _is_alone(item.path):
            item.add_marker("alone")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The cache stays the user's own: models are put together once, not once a test.
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def _english_and_shipped_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever language the machine speaks, and whatever the test before has chosen.
    monkeypatch.setenv("INTERVIEW_COPILOT_LANG", "en")
    speak("en")
    in_force = sys.modules.get("copilot.tui.keys.in_force")
    if in_force is not None:
        in_force.use({})


@pytest.fixture(scope="session")
def tiny() -> WhisperTranscriber:
    """Whisper tiny.en: English only, and the fastest there is."""
    return WhisperTranscriber("tiny.en", threads=2)
