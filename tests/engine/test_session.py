"""A session, set up and run with the real models: what is kept, what is not, and what can be taken up again."""

import dataclasses
import json
import stat
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio.recording import RecordingSource
from copilot.engine.planning import planned_questions
from copilot.engine.session import Session
from copilot.engine.setup import Consent, SessionSetup
from copilot.errors import CopilotError, ModelError, SessionError, StorageError, UsageError
from copilot.events import (
    Channel,
    ConsentDecision,
    ConsentRecorded,
    Event,
    FindingMade,
    QuestionAsked,
    SessionEnded,
    SessionStarted,
    UtteranceHeard,
)
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.speech import voice
from copilot.store import SessionStore, read_journal
from tests.builders import GUIDE, run_python, write_sound
from tests.engine.parts import CANDIDATE, INTERVIEWER, Noting, a_setup, demo_extract


@dataclasses.dataclass
class Run:
    """A session that has been."""

    session: Session
    heard: Noting
    states: set[str]
    refusals: list[str]


class Onlooker(Noting):
    """Looks at the session's folder from outside while it runs."""

    def __init__(self, store: SessionStore) -> None:
        super().__init__()
        self._store = store
        self.states: set[str] = set()
        self.refusals: list[str] = []

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        if isinstance(event, UtteranceHeard) and not self.states:
            folder = self._store.find("last")
            self.states.add(folder.state())
            # An event that is told is on disk already.
            assert folder.read_journal().events == tuple(self.events)
            try:
                folder.delete()
            except SessionError as error:
                self.refusals.append(error.message)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-three seconds of the demo: a question, and how its answer begins."""
    sound = demo_extract(29.2, 52.0)
    path = tmp_path_factory.mktemp("sound") / "call.wav"
    return write_sound(path, sound[INTERVIEWER], sound[CANDIDATE])


@pytest.fixture(scope="module")
def kept(director: Guide, recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A session stored with its sound."""
    store = SessionStore(tmp_path_factory.mktemp("sessions") / "sessions")
    heard = Onlooker(store)
    session = Session(a_setup(director, store=store), RecordingSource.from_file(recording), [heard])
    session.run()
    return Run(session, heard, heard.states, heard.refusals)


@pytest.fixture(scope="module")
def unkept(director: Guide, recording: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same without a store, in a data folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path_factory.getbasetemp() / "unkept"))
        heard = Noting()
        session = Session(a_setup(director), RecordingSource.from_file(recording), [heard])
        session.run()
    return Run(session, heard, set(), [])


def _timeless(events: list[Event]) -> list[Event]:
    """The events without what tells one run from another."""
    first = events[0]
    assert isinstance(first, SessionStarted)
    return [dataclasses.replace(first, session_id="", started_at=""), *events[1:]]


def _outline(events: Sequence[Event]) -> list[tuple[type[Event], str]]:
    """What kind of thing happened, and what was said where something was."""
    return [
        (type(event), event.utterance.text if isinstance(event, UtteranceHeard) else "")
        for event in events
    ]


# -- what happens ---------------------------------------------------------------------------------


def test_a_session_hears_asks_finds_and_ends(kept: Run) -> None:
    kinds = [type(event) for event in kept.heard.events]

    assert kinds[:2] == [SessionStarted, ConsentRecorded]
    assert kinds[-1] is SessionEnded
    assert {UtteranceHeard, QuestionAsked, FindingMade} <= set(kinds)
    assert replay(kept.heard.events).current_question == "underperformance"


def test_the_first_event_says_what_the_session_is(kept: Run, director: Guide) -> None:
    started = kept.heard.events[0]
    assert isinstance(started, SessionStarted)

    assert started.guide.sha256 == director.content_hash()
    assert [question.id for question in started.plan] == ["underperformance", "metrics"]
    assert {model.purpose for model in started.models} == {
        "transcription", "voice activity", "matching",
    }  # fmt: skip
    assert all(len(model.sha256) == 64 for model in started.models)
    assert started.text_goes_to == ()
    assert started.source == "recording call.wav"


def test_the_same_recording_gives_the_same_events_with_real_models(kept: Run, unkept: Run) -> None:
    assert _timeless(unkept.heard.events) == _timeless(kept.heard.events)


def test_three_threads_hear_what_one_hears(
    director: Guide, recording: Path, kept: Run, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path / "sessions")
    heard = Noting()
    setup = a_setup(director, lockstep=False, store=store, keep_audio=False)

    session = Session(setup, RecordingSource.from_file(recording), [heard])
    session.run()

    for channel in Channel:
        assert heard.said(channel) == kept.heard.said(channel)
    assert heard.events[-1].type == "session_ended"
    # The second private mode: text is kept, sound is not.
    assert session.folder is not None
    names = {path.name for path in session.folder.path.iterdir()}
    assert {"session.json", "journal.jsonl"} <= names
    assert not [name for name in names if name.endswith(".wav")]
    assert session.folder.read_journal().events == tuple(heard.events)


# -- what is stored -------------------------------------------------------------------------------


def test_a_session_without_a_store_writes_nothing(
    unkept: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert unkept.session.folder is None
    assert not (tmp_path_factory.getbasetemp() / "unkept").exists()


def test_a_stored_session_holds_its_events_and_both_sides_of_its_sound(
    kept: Run, recording: Path
) -> None:
    folder = kept.session.folder
    assert folder is not None

    assert folder.read_journal().events == tuple(kept.heard.events)
    frames, _ = soundfile.read(recording, dtype="float32")
    for index, channel in enumerate((INTERVIEWER, CANDIDATE)):
        sound, rate_hz = soundfile.read(folder.audio_path(channel), dtype="float32")
        assert rate_hz == 16_000
        np.testing.assert_allclose(sound, frames[:, index], atol=1e-4)


def test_a_stored_session_is_readable_by_its_owner_alone(kept: Run) -> None:
    folder = kept.session.folder
    assert folder is not None

    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    for path in folder.path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_the_record_says_how_it_ended(kept: Run) -> None:
    folder = kept.session.folder
    assert folder is not None
    record, reading = folder.record(), folder.read_journal()

    assert folder.state() == "ended"
    assert record.id == folder.id == kept.heard.events[0].session_id  # type: ignore[union-attr]
    assert record.ended is not None
    assert record.ended.events == len(reading.events)
    assert record.ended.journal_head == reading.head
    assert record.ended.duration_s == pytest.approx(22.8)


def test_a_running_session_shows_as_running_and_cannot_be_deleted(kept: Run) -> None:
    assert kept.states == {"running"}
    assert kept.refusals
    assert "is running" in kept.refusals[0]


# -- what is refused before anything is created ---------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


def _refused(setup: SessionSetup, recording: Path, kind: type[CopilotError]) -> CopilotError:
    with pytest.raises(kind) as caught:
        Session(setup, RecordingSource.from_file(recording)).run()
    assert setup.store is not None
    assert not setup.store.root.exists() or not list(setup.store.root.iterdir())
    return caught.value


def test_a_plan_with_an_unknown_question(director, recording, store) -> None:
    error = _refused(a_setup(director, store=store, plan=("metrix",)), recording, UsageError)

    assert "'metrix'" in error.message
    assert "metrics" in error.remedy


def test_a_plan_that_names_a_question_twice(director, recording, store) -> None:
    plan = ("metrics", "underperformance", "metrics")

    error = _refused(a_setup(director, store=store, plan=plan), recording, UsageError)

    assert "'metrics' twice" in error.message


def test_an_unknown_model(director, recording, store) -> None:
    error = _refused(a_setup(director, store=store, model="tiny.eng"), recording, UsageError)

    assert "tiny.en" in error.remedy


def test_a_model_that_does_not_know_the_language(recording, store) -> None:
    french = load_guide("director-it-operations", "fr")
    heard = Noting()
    setup = a_setup(french, store=store)

    with pytest.raises(UsageError, match="does not know 'fr'"):
        Session(setup, RecordingSource.from_file(recording), [heard])


def test_a_voice_activity_model_that_is_not_genuine(
    director, recording, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "_SHA256", "0" * 64)

    _refused(a_setup(director, store=store), recording, ModelError)


def test_a_store_that_cannot_be_written(director, recording, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    setup = a_setup(director, store=SessionStore(tmp_path / "data" / "sessions"))

    with pytest.raises(StorageError, match="sessions"):
        Session(setup, RecordingSource.from_file(recording)).run()


def test_without_consent_nothing_is_heard_and_nothing_recorded(director, recording, store) -> None:
    declined = Consent(ConsentDecision.DECLINED, "Ada", "May we?")
    heard = Noting()
    session = Session(
        a_setup(director, store=store, consent=declined),
        RecordingSource.from_file(recording),
        [heard],
    )

    session.run()

    assert {type(event) for event in heard.events} == {
        SessionStarted, ConsentRecorded, SessionEnded,
    }  # fmt: skip
    assert session.folder is not None
    assert not list(session.folder.path.glob("*.wav"))


# -- plans ----------------------------------------------------------------------------------------


def test_a_plan_keeps_the_order_it_was_given() -> None:
    planned = planned_questions(GUIDE, ["team", "rollout"])

    assert [question.id for question in planned] == ["team", "rollout"]
    assert [point.id for point in planned[1].points] == ["pilot", "rollback", "training"]


def test_a_planned_question_carries_what_its_ratings_look_like() -> None:
    planned = planned_questions(GUIDE, ["rollout", "metrics"])

    assert planned[0].anchors == ("None.", "Some.", "Much.", "Masterly.")
    assert planned[1].anchors == ()  # the guide names no competency for it


def test_without_a_choice_every_question_is_planned() -> None:
    assert [question.id for question in planned_questions(GUIDE)] == ["rollout", "metrics", "team"]


# -- a full disk ----------------------------------------------------------------------------------

_FULL_DISK = """
import json, resource, sys
from pathlib import Path
from copilot.audio.recording import RecordingSource
from copilot.engine.session import Session
from copilot.errors import StorageError
from copilot.knowledge.loading import load_guide
from copilot.store import SessionStore
from tests.engine.parts import Noting, a_setup

limit = int(sys.argv[3])

class Filling(Noting):
    # The disk fills once the session has begun, after its guide was kept.
    def on_event(self, event):
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))

setup = a_setup(
    load_guide("director-it-operations"),
    store=SessionStore(Path(sys.argv[2])),
    keep_audio=False,
)
session = Session(setup, RecordingSource.from_file(Path(sys.argv[1])), [Filling()])
try:
    session.run()
except StorageError as error:
    print(json.dumps({"message": error.message, "remedy": error.remedy}))
"""


@pytest.fixture(scope="module")
def full_disk(
    kept: Run, recording: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], Path]:
    """A session whose journal has room for the end, but not for the first long event."""
    assert kept.session.folder is not None
    lines = kept.session.folder.journal_path.read_bytes().splitlines(keepends=True)
    long = next(number for number, line in enumerate(lines) if number > 3 and len(line) > 400)
    limit = sum(map(len, lines[:long])) + 400
    root = tmp_path_factory.mktemp("full") / "sessions"
    said = run_python(_FULL_DISK, recording, root, limit)
    return json.loads(said), root


def test_a_journal_on_a_full_disk_ends_the_session_with_a_clear_error(full_disk) -> None:
    error, _ = full_disk

    assert "journal.jsonl" in error["message"]
    assert "Free space" in error["remedy"]


def test_what_was_journalled_before_the_disk_was_full_still_verifies(full_disk, kept: Run) -> None:
    _, root = full_disk
    [path] = root.glob("*/journal.jsonl")

    events = read_journal(path).events

    # Another program on a busy machine may add up in another order: the last digit is no matter.
    assert _outline(events[:4]) == _outline(kept.heard.events[:4])
    assert len(replay(events).utterances) == 2
