"""What every test gets: folders of its own, repeatable random examples, and one small recogniser."""

import sys
from pathlib import Path

import hypothesis
import pytest

from copilot.i18n import speak
from copilot.speech.whisper import WhisperTranscriber

# The same examples in every run, and no verdict by the clock: a red test is a defect, not the day.
hypothesis.settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, print_blob=True
)
hypothesis.settings.load_profile("suite")


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
