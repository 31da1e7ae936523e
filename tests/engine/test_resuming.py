"""An interrupted session goes on in its folder: nothing is lost, and nothing is said twice."""

import dataclasses
import difflib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.engine.commands import ChooseSpeaker, EndSession, SwapChannels, TakeNote
from copilot.engine.session import Session
from copilot.engine.setup import Consent
from copilot.errors import SessionError
from copilot.events import (
    CaptureKind,
    Channel,
    ChannelsSwapped,
    ConsentDecision,
    Event,
    SessionResumed,
    SpeakerChosen,
    UtteranceHeard,
)
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.store import SessionFolder, SessionStore
from tests.builders import silence
from tests.engine.hall import DINOSAURS, SOUND, TURNS, in_turn
from tests.engine.live import BOTH_ATTACHED, Attending, FakeCall, FakeRoom, run_until
from tests.engine.parts import CANDIDATE, INTERVIEWER, a_setup

pytestmark = pytest.mark.usefixtures("quick_sessions")

LENGTH = len(SOUND[CANDIDATE])
QUIET = {channel: silence(1) for channel in Channel}
Made = Callable[..., SessionFolder]


@pytest.fixture(scope="module")
def _shared_transcriber(whisper: Transcriber) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "_transcriber", lambda _: whisper)
        yield


def _whole(
    director: Guide, place: Path, call: FakeCall, stretches: int = TURNS, **changes
) -> SessionFolder:
    """A session that came to its end."""
    values = {"lockstep": False, "capture": CaptureKind.CALL, "store": SessionStore(place)}
    setup = a_setup(director, **{**values, **changes})
    folder = run_until(Attending(), setup, call, stretches).folder
    assert folder is not None
    return folder


@pytest.fixture(scope="module")
def call_folder(director, tmp_path_factory, _shared_transcriber) -> SessionFolder:
    call = FakeCall(SOUND, notices={0: BOTH_ATTACHED})
    return _whole(director, tmp_path_factory.mktemp("whole"), call)


@pytest.fixture(scope="module")
def swapped_folder(director, tmp_path_factory, _shared_transcriber) -> SessionFolder:
    """One whose sides are the wrong way round from the devices on, exchanged in the second turn."""
    call = FakeCall({channel.other: samples for channel, samples in SOUND.items()})
    front = Attending()
    call.doing[7.0] = lambda: front.send(SwapChannels())
    setup = a_setup(
        director,
        lockstep=False,
        capture=CaptureKind.CALL,
        store=SessionStore(tmp_path_factory.mktemp("swapped")),
    )
    folder = run_until(front, setup, call, TURNS).folder
    assert folder is not None
    return folder


def _interrupted(whole: SessionFolder, place: Path, last: Callable[[Event], bool]) -> SessionFolder:
    """A copy of a session, as a kill right after an event would have left it."""
    events = whole.read_journal().events
    keep = next(i for i, event in enumerate(events, start=1) if last(event))
    folder = SessionFolder(place / whole.id)
    shutil.copytree(whole.path, folder.path)
    lines = folder.journal_path.read_bytes().splitlines(keepends=True)
    folder.journal_path.write_bytes(b"".join(lines[:keep]))
    folder.write_record(folder.record().model_copy(update={"ended": None}))
    return folder


def _after_utterance(number: int) -> Callable[[Event], bool]:
    if not number:
        return lambda event: event.type == "consent_recorded"
    return lambda event: event.type == "utterance_heard" and event.utterance.id == f"u{number}"


@pytest.fixture
def resume(director) -> Callable[..., Attending]:
    """Goes on with a session, on a call of its own, until so many more stretches are known."""

    def go_on(folder: SessionFolder, call: FakeCall, stretches: int = 0, **changes) -> Attending:
        front = Attending()
        values = {"lockstep": False, "capture": CaptureKind.CALL, "resume": folder}
        run_until(front, a_setup(director, **{**values, **changes}), call, stretches)
        return front

    return go_on


def _alike(one: str, other: str) -> float:
    """How many words two texts share; who does not know what was said before hears a few others."""
    first, second = (re.findall(r"[a-z']+", text.lower()) for text in (one, other))
    return difflib.SequenceMatcher(a=first, b=second).ratio()


# -- nothing lost, nothing twice ------------------------------------------------------------------


@pytest.mark.parametrize("heard", range(TURNS + 1))
def test_what_was_recorded_becomes_text_exactly_once(
    call_folder, resume, tmp_path: Path, heard: int
) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(heard))

    front = resume(folder, FakeCall(QUIET))

    whole = [e for e in call_folder.read_journal().events if isinstance(e, UtteranceHeard)]
    said = front.of(UtteranceHeard)
    assert [e.utterance.channel for e in said] == [e.utterance.channel for e in whole]
    for one, same in zip(said, whole, strict=True):
        assert _alike(one.utterance.text, same.utterance.text) > 0.8
        assert one.utterance.start_s == pytest.approx(same.utterance.start_s, abs=0.3)


class Hasty:
    """A real transcriber whose word times are half a second early, as they are at times."""

    def __init__(self, real: Transcriber) -> None:
        self._real = real
        self.model = real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        return self._early(self._real.transcribe(samples, **how))

    def draft(self, samples: Waveform, **how: Any) -> Transcription:
        return self._early(self._real.draft(samples, **how))

    def _early(self, heard: Transcription) -> Transcription:
        early = tuple(
            dataclasses.replace(w, start_s=max(0.0, w.start_s - 0.5), end_s=max(0.0, w.end_s - 0.5))
            for w in heard.words
        )
        return dataclasses.replace(heard, words=early)


def test_word_times_that_are_a_little_early_do_not_repeat_the_last_word(
    director, resume, whisper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Session, "_transcriber", lambda _: Hasty(whisper))
    whole = _whole(director, tmp_path / "whole", FakeCall(SOUND))
    folder = _interrupted(whole, tmp_path, _after_utterance(TURNS))

    front = resume(folder, FakeCall(QUIET))

    known = [event.type for event in front.events].count("speech_discarded")
    assert (len(front.texts()), known) == (TURNS, 0)


def test_it_goes_on_in_the_same_folder_with_numbers_and_times(
    call_folder, resume, tmp_path: Path
) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(2))
    earlier = folder.read_journal().events
    call = FakeCall(in_turn((CANDIDATE, DINOSAURS)))

    front = resume(folder, call, 4)

    events = folder.read_journal().events
    assert tuple(front.events) == events
    assert events[: len(earlier)] == earlier
    assert isinstance(events[len(earlier)], SessionResumed)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    interview = replay(events)
    assert list(interview.utterances) == ["u1", "u2", "u3", "u4"]
    assert call.began_at >= LENGTH
    assert call.began_at - LENGTH < 512
    assert interview.utterances["u4"].start_s >= call.began_at / SAMPLE_RATE_HZ
    assert len(interview.capture.resumed) == 1


def test_its_recordings_go_on_where_they_broke_off(call_folder, resume, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(2))
    call = FakeCall(in_turn((CANDIDATE, DINOSAURS)))

    resume(folder, call, 4)

    for channel in Channel:
        sound, _ = soundfile.read(folder.audio_path(channel), dtype="float32")
        np.testing.assert_allclose(sound[:LENGTH], SOUND[channel], atol=1e-4)
        after = in_turn((CANDIDATE, DINOSAURS))[channel]
        np.testing.assert_allclose(sound[call.began_at :], after, atol=1e-4)


def test_at_its_end_it_has_ended(call_folder, resume, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(1))

    resume(folder, FakeCall(QUIET))

    record, reading = folder.record(), folder.read_journal()
    assert folder.state() == "ended"
    assert record.ended is not None
    assert (record.ended.events, record.ended.journal_head) == (len(reading.events), reading.head)


def test_a_line_that_was_cut_off_is_left_out(call_folder, resume, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(2))
    data = folder.journal_path.read_bytes()
    folder.journal_path.write_bytes(data[:-40])

    front = resume(folder, FakeCall(QUIET))

    assert len(front.texts()) == TURNS
    assert folder.read_journal().torn_bytes == 0


def test_it_can_be_interrupted_and_gone_on_with_again(call_folder, resume, tmp_path: Path) -> None:
    once = _interrupted(call_folder, tmp_path / "one", _after_utterance(1))
    resume(once, FakeCall(QUIET))
    twice = _interrupted(once, tmp_path / "two", _after_utterance(2))

    front = resume(twice, FakeCall(QUIET))

    assert len(front.texts()) == TURNS
    assert len(front.of(SessionResumed)) == 2


# -- what survives --------------------------------------------------------------------------------


@pytest.mark.parametrize("heard", [2, 3])
def test_exchanged_sides_stay_exchanged(swapped_folder, resume, tmp_path: Path, heard: int) -> None:
    folder = _interrupted(swapped_folder, tmp_path, _after_utterance(heard))
    # As it was before its end exchanged them.
    paths = folder.audio_paths()
    sounds = {channel: path.read_bytes() for channel, path in paths.items()}
    for channel, data in sounds.items():
        paths[channel.other].write_bytes(data)
    call = FakeCall({c.other: s for c, s in in_turn((CANDIDATE, DINOSAURS)).items()})

    front = resume(folder, call, 4)

    interview = replay(front.events)
    sides = [said.channel for said in interview.utterances.values()]
    assert sides == [INTERVIEWER, CANDIDATE, INTERVIEWER, CANDIDATE]
    assert len(front.of(ChannelsSwapped)) == 1
    sound, _ = soundfile.read(folder.audio_path(INTERVIEWER), dtype="float32")
    np.testing.assert_allclose(sound[:LENGTH], SOUND[INTERVIEWER], atol=1e-4)


def test_without_recordings_time_goes_on_and_nothing_is_heard_again(
    director, resume, tmp_path: Path
) -> None:
    whole = _whole(director, tmp_path / "whole", FakeCall(SOUND), keep_audio=False)
    folder = _interrupted(whole, tmp_path, _after_utterance(2))
    before_s = folder.read_journal().events[-1].at_s
    call = FakeCall(in_turn((CANDIDATE, DINOSAURS)))

    front = resume(folder, call, 3)

    assert len(front.texts()) == 3
    assert call.began_at >= before_s * SAMPLE_RATE_HZ
    assert front.of(UtteranceHeard)[-1].utterance.start_s >= before_s
    assert not list(folder.path.glob("*.wav"))


def test_the_record_keeps_when_the_session_began(call_folder, resume, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(TURNS))
    began = "2026-03-02T09:00:00+00:00"
    folder.write_record(folder.record().model_copy(update={"started_at": began}))

    resume(folder, FakeCall(QUIET))

    assert folder.record().started_at == began


def test_it_says_for_how_long_it_was_away(call_folder, resume, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(TURNS))
    for path in folder.path.iterdir():
        seconds = path.stat().st_mtime - 600
        os.utime(path, (seconds, seconds))

    front = resume(folder, FakeCall(QUIET))

    assert front.of(SessionResumed)[0].away_s > 590


def test_with_one_microphone_it_is_said_who_speaks_when_it_goes_on(
    director, resume, tmp_path: Path
) -> None:
    room = FakeRoom(silence(1))
    front = Attending()
    room.doing[0.5] = lambda: front.send(ChooseSpeaker(CANDIDATE))
    front.when(
        lambda e: isinstance(e, SpeakerChosen) and e.channel is CANDIDATE,
        lambda: front.send(EndSession()),
    )
    session = front.attend(
        a_setup(
            director, lockstep=False, capture=CaptureKind.ROOM, store=SessionStore(tmp_path / "w")
        ),
        room,
    )
    session.run()
    assert session.folder is not None
    folder = _interrupted(
        session.folder,
        tmp_path,
        lambda e: isinstance(e, SpeakerChosen) and e.channel is CANDIDATE,
    )
    again = FakeRoom(silence(1))

    front = resume(folder, again, capture=CaptureKind.ROOM)

    speaks = again.speakers[-1] if again.speakers else INTERVIEWER
    assert replay(front.events).capture.speaker is speaks


def test_a_declined_session_goes_on_in_time(call_folder, director, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(TURNS))
    before_s = folder.read_journal().events[-1].at_s
    for path in folder.path.glob("*.wav"):
        path.unlink()
    front = Attending()
    declined = Consent(ConsentDecision.DECLINED, "Ada", "May we?")
    setup = a_setup(director, lockstep=False, consent=declined, resume=folder)
    session = front.attend(setup, FakeCall(QUIET))
    front.when(lambda event: event.type == "note_taken", lambda: session.send(EndSession()))

    def look(vitals) -> None:
        front.vitals.append(vitals)
        if len(front.vitals) == 5:
            session.send(TakeNote("Calm."))

    front.on_vitals = look  # type: ignore[method-assign]
    session.run()

    assert replay(front.events).notes[0].at_s > before_s


# -- what is refused ------------------------------------------------------------------------------


def _refused(director: Guide, folder: SessionFolder, call: FakeCall) -> SessionError:
    before = {path: path.read_bytes() for path in folder.path.iterdir() if path.suffix}
    setup = a_setup(director, lockstep=False, resume=folder)
    with pytest.raises(SessionError) as caught:
        Session(setup, call).run()
    assert {path: path.read_bytes() for path in folder.path.iterdir() if path.suffix} == before
    return caught.value


def test_a_session_that_has_ended_is_not_gone_on_with(call_folder, director) -> None:
    assert "has ended" in _refused(director, call_folder, FakeCall(QUIET)).message


def test_nor_is_one_that_runs(call_folder, director, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(1))
    error: list[SessionError] = []
    with folder.locked():
        other = threading.Thread(
            target=lambda: error.append(_refused(director, folder, FakeCall(QUIET)))
        )
        other.start()
        other.join()

    assert "in use" in error[0].message


def test_nor_one_whose_journal_was_changed(call_folder, director, tmp_path: Path) -> None:
    folder = _interrupted(call_folder, tmp_path, _after_utterance(2))
    data = folder.journal_path.read_bytes()
    folder.journal_path.write_bytes(data.replace(b'"Ada"', b'"Eve"', 1))

    assert "chain is broken" in _refused(director, folder, FakeCall(QUIET)).message
