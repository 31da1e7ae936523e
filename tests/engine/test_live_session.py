"""A live session from set-up to end: what is opened, what is kept, and what a declined one still does."""

import numpy as np
import pytest
import soundfile

from copilot.engine.commands import (
    ChooseSpeaker,
    EndSession,
    PauseCapture,
    RateQuestion,
    SetQuestion,
    SwapChannels,
    TakeNote,
)
from copilot.engine.session import Session
from copilot.engine.setup import Consent
from copilot.errors import DeviceError
from copilot.events import (
    AlarmRaised,
    CaptureKind,
    Channel,
    ConsentDecision,
    SpeakerChosen,
)
from copilot.interview import replay
from copilot.store import SessionStore
from tests.engine.hall import SOUND, TURNS
from tests.engine.live import BOTH_ATTACHED, Attending, FakeCall, FakeRoom, run_until
from tests.engine.parts import CANDIDATE, INTERVIEWER, a_setup

pytestmark = pytest.mark.usefixtures("quick_sessions")


@pytest.fixture
def store(tmp_path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


@pytest.fixture
def setup(director, store):
    """A live session that is stored."""

    def build(**changes):
        values = {"lockstep": False, "store": store, "capture": CaptureKind.CALL}
        return a_setup(director, **{**values, **changes})

    return build


def _recorded(session: Session, channel: Channel) -> np.ndarray:
    assert session.folder is not None
    path = session.folder.recording(channel)
    assert path is not None
    return np.asarray(soundfile.read(path, dtype="float32")[0])


def test_a_call_is_heard_recorded_and_journalled(setup) -> None:
    front = Attending()
    call = FakeCall(SOUND, notices={0: BOTH_ATTACHED})

    session = run_until(front, setup(), call, TURNS)

    assert session.folder is not None
    assert session.folder.state() == "ended"
    assert session.folder.read_journal().events == tuple(front.events)
    assert front.events[0].capture is CaptureKind.CALL  # type: ignore[union-attr]
    assert [e.utterance.channel for e in front.events if e.type == "utterance_heard"] == [
        INTERVIEWER, CANDIDATE, INTERVIEWER,
    ]  # fmt: skip
    for channel, samples in SOUND.items():
        np.testing.assert_allclose(_recorded(session, channel), samples, atol=1e-4)


def test_sides_exchanged_during_a_call_are_the_right_way_round_in_its_folder(setup) -> None:
    front = Attending()
    call = FakeCall(SOUND)
    call.doing[7.0] = lambda: front.send(SwapChannels())

    session = run_until(front, setup(), call, TURNS)

    for channel, samples in SOUND.items():
        np.testing.assert_allclose(_recorded(session, channel.other), samples, atol=1e-4)
    interview = replay(front.events)
    assert [said.channel for said in interview.utterances.values()] == [
        CANDIDATE, INTERVIEWER, CANDIDATE,
    ]  # fmt: skip


def test_devices_that_cannot_be_opened_leave_no_folder(setup, store) -> None:
    class Absent(FakeCall):
        def begin(self, at: int) -> None:
            raise DeviceError("there is no microphone.", "Plug one in.")

    session = Session(setup(), Absent(SOUND))

    with pytest.raises(DeviceError):
        session.run()

    assert store.folders() == []
    assert session.folder is None


@pytest.mark.parametrize("keep", [{"keep_audio": False}, {"store": None}], ids=["text", "nothing"])
def test_what_is_not_to_be_kept_is_not(setup, store, keep, tmp_path) -> None:
    front = Attending()

    session = run_until(front, setup(**keep), FakeCall(SOUND), TURNS)

    assert len(front.texts()) == TURNS
    assert not list(tmp_path.rglob("*.wav"))
    if session.folder is None:
        assert store.folders() == []
    else:
        assert session.folder.read_journal().events == tuple(front.events)


# -- declined -------------------------------------------------------------------------------------

DECLINED = Consent(ConsentDecision.DECLINED, "Ada", "May we?")


class Forbidden(FakeCall):
    """Nobody may hear this."""

    def begin(self, at: int) -> None:
        raise AssertionError("a device was opened")

    def blocks(self, size: int = 800):
        raise AssertionError("something was heard")


def test_a_declined_session_opens_nothing_and_keeps_plan_time_notes_and_ratings(setup) -> None:
    front = Attending()
    session = front.attend(setup(consent=DECLINED), Forbidden(SOUND))
    front.then("consent_recorded", SetQuestion("underperformance"))
    front.then("question_asked", TakeNote("Calm."))
    front.then("question_rated", TakeNote("Thinks aloud."))

    def look(vitals) -> None:
        if vitals.now_s > 0.3:
            session.send(RateQuestion("underperformance", 3))
        if len(replay(front.events).notes) == 2:
            session.send(EndSession())

    front.on_vitals = look  # type: ignore[method-assign]
    session.run()

    interview = replay(front.events)
    assert interview.started is not None
    assert interview.started.capture is CaptureKind.NONE
    assert interview.started.models == ()
    assert [note.text for note in interview.notes] == ["Calm.", "Thinks aloud."]
    assert interview.notes[0].moment_s <= interview.notes[1].moment_s
    assert interview.notes[1].moment_s > 0.3
    assert interview.rating_of("underperformance") == 3
    assert interview.ended is not None
    assert interview.ended.reason == "user"
    assert interview.ended.duration_s > 0.3
    assert interview.utterances == {}
    assert session.folder is not None
    assert session.folder.state() == "ended"
    assert session.folder.read_journal().events == tuple(front.events)
    assert {path.suffix for path in session.folder.path.iterdir()} <= {".json", ".jsonl", ""}


# -- one microphone -------------------------------------------------------------------------------


def test_in_a_room_a_key_says_whose_words_they_are(setup) -> None:
    front = Attending()
    room = FakeRoom(SOUND[INTERVIEWER], notices={0: BOTH_ATTACHED})
    room.doing[7.0] = lambda: front.send(ChooseSpeaker(CANDIDATE))

    run_until(front, setup(capture=CaptureKind.ROOM), room, 2)

    interview = replay(front.events)
    assert [said.channel for said in interview.utterances.values()] == [INTERVIEWER, CANDIDATE]
    assert [e.channel for e in front.of(SpeakerChosen)] == [INTERVIEWER, CANDIDATE]
    assert front.of(AlarmRaised) == []


# -- before it runs -------------------------------------------------------------------------------


def test_keys_pressed_before_it_runs_are_not_lost(setup) -> None:
    front = Attending()
    call = FakeCall(SOUND)
    session = front.attend(setup(store=None), call)
    session.send(PauseCapture(paused=True))
    session.send(TakeNote("Early."))
    session.send(EndSession())

    session.run()

    assert call.pauses == [True]
    assert [note.text for note in replay(front.events).notes] == ["Early."]
    assert front.events[-1].type == "session_ended"
