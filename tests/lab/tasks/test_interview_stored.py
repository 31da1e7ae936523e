"""Interviews held again from a recording and from a stored session: by its words and by its sound."""

from pathlib import Path
from typing import Any

import pytest

from copilot.audio.recording import RecordingSource
from copilot.engine.session import Session
from copilot.events import ConsentDecision, QuestionAsked, UtteranceHeard
from copilot.knowledge.loading import load_guide
from copilot.lab.cases import Case
from copilot.lab.tasks import task_named
from copilot.store import SessionFolder, SessionStore
from tests.builders import write_sound
from tests.engine.parts import CANDIDATE, INTERVIEWER, Noting, a_setup, demo_extract
from tests.lab.tasks.parts import ROLE, a_case, done, fingerprint

MODEL = "tiny.en"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-three seconds of the demo: a question, and how its answer begins."""
    sound = demo_extract(29.2, 52.0)
    path = tmp_path_factory.mktemp("sound") / "call.wav"
    return write_sound(path, sound[INTERVIEWER], sound[CANDIDATE])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def heard() -> Noting:
    return Noting()


@pytest.fixture(scope="module")
def stored(recording: Path, data: Path, heard: Noting) -> SessionFolder:
    """A session of that recording, stored with its sound."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(data))
        setup = a_setup(load_guide(ROLE), store=SessionStore(), model=MODEL)
        session = Session(setup, RecordingSource.from_file(recording), [heard])
        session.run()
    assert setup.consent.decision is ConsentDecision.GIVEN
    assert session.folder is not None
    return session.folder


@pytest.fixture(autouse=True)
def _there(stored: SessionFolder, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stored.path.is_relative_to(data)
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(data))


def of_session(stored: SessionFolder, **given: Any) -> Case:
    return a_case("interview", session=stored.id, **given)


def told(output: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was said, and by whom."""
    return [(said["id"], said["speaker"], said["text"]) for said in output["utterances"]]


def test_the_words_of_a_session_bring_the_same_text_and_question(
    stored: SessionFolder, heard: Noting
) -> None:
    output = done(of_session(stored))[0].output
    before = [e.utterance for e in heard.events if isinstance(e, UtteranceHeard)]
    asked = [e.question for e in heard.events if isinstance(e, QuestionAsked)]

    assert told(output) == [(said.id, said.channel.value, said.text) for said in before]
    assert [each["question"] for each in output["questions"]] == asked == ["underperformance"]
    assert list(output["findings"]) == ["underperformance", "metrics"]


def test_a_session_says_role_and_language_itself(stored: SessionFolder) -> None:
    assert task_named("interview").guides(of_session(stored)) == ((ROLE, "en"),)
    assert fingerprint(of_session(stored)) != fingerprint(of_session(stored, plan=["metrics"]))
    assert fingerprint(of_session(stored)) != fingerprint(
        of_session(stored, hear="sound"), model=MODEL
    )


def test_its_sound_and_the_recording_bring_the_same_as_the_session(
    stored: SessionFolder, recording: Path, heard: Noting
) -> None:
    before = [e.utterance.text for e in heard.events if isinstance(e, UtteranceHeard)]
    by_sound = done(of_session(stored, hear="sound"), model=MODEL)[0].output
    given = {"role": ROLE, "language": "en", "plan": ["underperformance", "metrics"]}
    case = a_case("interview", None, recording=str(recording), **given)
    by_recording = done(case, model=MODEL)[0].output

    assert [said["text"] for said in by_recording["utterances"]] == before
    # What is stored was rounded; only the word that is cut off at the end may sound otherwise.
    assert [said["text"] for said in by_sound["utterances"]][:-1] == before[:-1]
    assert by_recording["questions"][0]["question"] == by_sound["questions"][0]["question"]
    # Nothing of it is stored.
    assert [folder.id for folder in SessionStore().folders()] == [stored.id]


def test_a_recording_that_changed_has_another_fingerprint(recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    given = {"role": ROLE, "language": "en", "recording": str(path)}
    path.write_bytes(recording.read_bytes())
    before = fingerprint(a_case("interview", None, **given), model=MODEL)
    path.write_bytes(recording.read_bytes()[:-320])

    assert fingerprint(a_case("interview", None, **given), model=MODEL) != before
