"""A live call: capture goes on whatever becomes of the text, and keys reach the devices at once."""

import itertools
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.notices import Continued, Gap, Lost, Notice, Paused
from copilot.engine import transcribing
from copilot.engine.commands import ChooseSpeaker, EndSession, PauseCapture, TakeNote
from copilot.engine.vitals import Vitals
from copilot.errors import ModelError
from copilot.events import AlarmKind, AlarmRaised, GapCause, SpeechDiscarded
from copilot.speech.echo import ECHO_REASON
from copilot.speech.transcriber import Transcriber, Transcription
from tests.builders import noise, silence
from tests.engine.hall import DINOSAURS, SOUND, STYLES, TURNS, in_turn
from tests.engine.live import BOTH_ATTACHED, FakeCall, LiveHall, seconds_of
from tests.engine.parts import (
    CANDIDATE,
    INTERVIEWER,
    PATIENCE_S,
    BreakingTranscriber,
    HeldTranscriber,
    RememberingTranscriber,
    transcription,
)

DEAD = ModelError("the recogniser is gone.", "Start it.")


@pytest.fixture(autouse=True)
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead transcriber is tried again at once."""
    monkeypatch.setattr(transcribing, "_RETRY_S", 0.01)


# -- inference that stands still ------------------------------------------------------------------

FIVE_MINUTES_S = 300


class WordPerStretch:
    """Says of each stretch which of the clips it holds; five minutes of real words take too long."""

    def __init__(self, real: Transcriber) -> None:
        self.model = real.model

    def transcribe(self, samples: Waveform, **_: object) -> Transcription:
        return transcription(f"{len(samples) / SAMPLE_RATE_HZ:.0f} seconds")

    draft = transcribe


def test_five_minutes_without_inference_lose_no_frame_and_no_word(parts, whisper) -> None:
    turn = in_turn((INTERVIEWER, DINOSAURS), (CANDIDATE, STYLES))
    turns = round(FIVE_MINUTES_S / seconds_of(turn) + 0.5)
    sound = {channel: np.tile(samples, turns) for channel, samples in turn.items()}
    gate = threading.Event()
    held = HeldTranscriber(WordPerStretch(whisper), gate)
    seen = LiveHall(parts, lambda: held, FakeCall(sound, notices={0: BOTH_ATTACHED}))
    behind: list[Vitals] = []

    def look(vitals: Vitals) -> None:
        behind.append(vitals)
        if vitals.waiting == 2 * turns:
            gate.set()

    seen.on_vitals = look
    seen.run_until_heard(2 * turns)

    for channel, samples in sound.items():
        np.testing.assert_array_equal(seen.tape.sound(channel), samples)
    assert max(vitals.lag_s for vitals in behind) > FIVE_MINUTES_S - 10
    assert behind[-1].state == "ended"
    said = list(seen.interview.utterances.values())
    assert [one.channel for one in said] == [INTERVIEWER, CANDIDATE] * turns
    assert [one.start_s for one in said] == sorted(one.start_s for one in said)
    assert (seen.ended.reason, seen.of(SpeechDiscarded)) == ("user", [])


# -- a transcriber that dies ----------------------------------------------------------------------


class Makers:
    """Makes transcribers: each call the next of those given, then the last one again."""

    def __init__(self, *made: Transcriber | ModelError) -> None:
        self._made = list(made)
        self.calls = 0

    def __call__(self) -> Transcriber:
        self.calls += 1
        one = self._made.pop(0) if len(self._made) > 1 else self._made[0]
        if isinstance(one, ModelError):
            raise one
        return one


def test_a_transcriber_that_dies_comes_back_and_works_the_backlog_off(
    parts, whisper, texts
) -> None:
    dying = BreakingTranscriber(whisper, DEAD, on=2)
    make = Makers(dying, DEAD, DEAD, whisper)
    seen = LiveHall(parts, make, FakeCall(SOUND))

    seen.run_until_heard(TURNS)

    assert make.calls == 4
    assert seen.ended.reason == "user"
    # Made anew it does not know what was said before, which may change a word or two.
    assert len(seen.texts()) == TURNS
    assert seen.texts()[:2] == texts[:2]
    for channel, samples in SOUND.items():
        np.testing.assert_array_equal(seen.tape.sound(channel), samples)


def test_while_it_is_dead_that_is_told_and_then_no_more(
    parts, whisper: RememberingTranscriber
) -> None:
    told = threading.Event()
    troubles: list[str] = []

    dying = iter([BreakingTranscriber(whisper, DEAD, on=2)])

    def make() -> Transcriber:
        if (first := next(dying, None)) is not None:
            return first
        if not told.is_set():
            raise DEAD
        return whisper

    seen = LiveHall(parts, make, FakeCall(SOUND))

    def look(vitals: Vitals) -> None:
        troubles.append(vitals.trouble)
        if vitals.trouble:
            told.set()

    seen.on_vitals = look
    seen.run_until_heard(TURNS)

    assert set(troubles) == {"", DEAD.message}
    assert troubles[0] == troubles[-1] == ""


def test_one_that_stays_dead_costs_the_text_and_not_the_sound(parts, whisper, texts) -> None:
    seen = LiveHall(parts, Makers(BreakingTranscriber(whisper, DEAD, on=2), DEAD), FakeCall(SOUND))

    with pytest.raises(ModelError):
        seen.run_to_the_end_of_the_sound()

    assert (seen.ended.reason, seen.ended.detail) == ("failed", "Model not usable")
    assert seen.texts() == texts[:1]
    for channel, samples in SOUND.items():
        np.testing.assert_array_equal(seen.tape.sound(channel), samples)


def test_one_that_was_never_alive_ends_the_session(parts) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, Makers(DEAD), call)

    with pytest.raises(ModelError):
        seen.runner.run()

    assert seen.ended.reason == "failed"
    assert call.stopped


def test_a_stretch_it_chokes_on_once_is_read_by_a_new_one(parts, whisper, texts) -> None:
    make = Makers(BreakingTranscriber(whisper, RuntimeError("out of memory"), on=2), whisper)
    seen = LiveHall(parts, make, FakeCall(SOUND))

    seen.run_until_heard(TURNS)

    assert make.calls == 2
    assert len(seen.texts()) == TURNS
    assert seen.of(SpeechDiscarded) == []


class ChokesTwice:
    """A real transcriber that fails on the second stretch, also when that is tried again."""

    def __init__(self, real: Transcriber, error: Exception) -> None:
        self._real, self._error = real, error
        self._calls = itertools.count(1)
        self.model = real.model

    def transcribe(self, samples: Waveform, **how: Any) -> Transcription:
        if next(self._calls) in (2, 3):
            raise self._error
        return self._real.transcribe(samples, **how)

    def draft(self, samples: Waveform, **how: Any) -> Transcription:
        return self._real.draft(samples, **how)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("out of memory"),
        IndexError("list index out of range"),
    ],
    ids=["foreseen", "unforeseen"],
)
def test_a_stretch_it_always_chokes_on_is_left_out_and_the_rest_is_read(
    parts, whisper, error: Exception
) -> None:
    choking = ChokesTwice(whisper, error)
    seen = LiveHall(parts, lambda: choking, FakeCall(SOUND))

    seen.run_until_heard(TURNS)

    [discarded] = seen.of(SpeechDiscarded)
    assert discarded.channel is CANDIDATE
    assert "RuntimeError" in discarded.reason or "IndexError" in discarded.reason
    assert len(seen.texts()) == 2


# -- keys -----------------------------------------------------------------------------------------


def test_a_pause_reaches_the_devices_while_the_conductor_is_busy(parts, whisper) -> None:
    call = FakeCall(SOUND)
    seen = LiveHall(parts, lambda: whisper, call)
    reached: list[list[bool]] = []

    def busy(event) -> None:
        if event.type == "consent_recorded":
            for paused in (True, False):
                key = threading.Thread(target=seen.runner.send, args=(PauseCapture(paused),))
                key.start()
                key.join(PATIENCE_S)
            reached.append(list(call.pauses))

    seen.on_event = busy
    seen.run_until_heard(1)

    assert reached == [[True, False]]


def test_what_the_source_tells_becomes_events_at_their_time(parts, whisper) -> None:
    gap = Gap(CANDIDATE, 1.0, 2.0, GapCause.DEVICE)
    notices: dict[float, Sequence[Notice]] = {
        0: BOTH_ATTACHED,
        2.0: [Lost(CANDIDATE, "Speakers", "unplugged", 1.0), gap],
        3.0: [Paused()],
        5.0: [Continued(), Gap(None, 3.0, 5.0, GapCause.OFF_RECORD)],
    }
    seen = LiveHall(parts, lambda: whisper, FakeCall(SOUND, notices=notices))

    seen.run_until_heard(TURNS)

    told = [
        (e.type, e.at_s) for e in seen.heard.events if e.type.startswith(("channel", "capture"))
    ]
    assert told == [
        ("channel_attached", 0.05), ("channel_attached", 0.05), ("channel_lost", 2.05),
        ("capture_paused", 3.05), ("capture_continued", 5.05),
    ]  # fmt: skip
    assert [g.channel for g in seen.interview.capture.gaps] == [CANDIDATE, None]


def test_a_note_and_the_end_are_carried_out_while_inference_stands_still(parts, whisper) -> None:
    gate = threading.Event()
    seen = LiveHall(parts, lambda: HeldTranscriber(whisper, gate), FakeCall(SOUND))
    seen.runner.send(TakeNote("Calm."))

    def look(event) -> None:
        if event.type == "note_taken":
            seen.runner.send(EndSession())
            gate.set()

    seen.on_event = look
    seen.runner.run()

    assert seen.ended.reason == "user"
    assert [note.text for note in seen.interview.notes] == ["Calm."]


def test_with_one_microphone_the_choice_of_a_speaker_reaches_the_source_at_once(
    parts, whisper
) -> None:
    call = FakeCall({channel: silence(1) for channel in SOUND})
    seen = LiveHall(parts, lambda: whisper, call, room=True)
    seen.runner.send(ChooseSpeaker(CANDIDATE))
    assert call.speakers == [CANDIDATE]

    seen.run_until(lambda event: event.type == "speaker_chosen")

    assert seen.interview.capture.speaker is CANDIDATE


# -- alarms ---------------------------------------------------------------------------------------

LONG_S = 14.0
MURMUR = noise(LONG_S, loudness=0.001)
DEAD_SIDE = {INTERVIEWER: MURMUR, CANDIDATE: silence(LONG_S)}
BOTH_DEAD = {INTERVIEWER: silence(LONG_S), CANDIDATE: silence(LONG_S)}


@pytest.mark.parametrize(
    ("sound", "notices", "room", "raised"),
    [
        (DEAD_SIDE, {0: BOTH_ATTACHED}, False, [CANDIDATE]),
        (BOTH_DEAD, {0: BOTH_ATTACHED}, False, [INTERVIEWER, CANDIDATE]),
        (DEAD_SIDE, {}, False, []),
        (DEAD_SIDE, {0: BOTH_ATTACHED, 1.0: [Paused()]}, False, []),
        (DEAD_SIDE, {0: [*BOTH_ATTACHED, Lost(CANDIDATE, "Speakers", "gone", 0)]}, False, []),
        (DEAD_SIDE, {0: BOTH_ATTACHED}, True, []),
    ],
    ids=["dead", "both dead", "never attached", "paused", "lost", "room"],
)
def test_a_dead_side_is_told_within_ten_seconds(
    parts, whisper, sound, notices, room, raised
) -> None:
    seen = LiveHall(parts, lambda: whisper, FakeCall(sound, notices=notices), room=room)

    seen.run_to_the_end_of_the_sound()

    alarms = seen.of(AlarmRaised)
    assert [alarm.channel for alarm in alarms] == raised
    assert all(alarm.alarm is AlarmKind.NO_SIGNAL and alarm.at_s <= 10 for alarm in alarms)


def test_a_microphone_that_clips_is_told(parts, whisper) -> None:
    sound = {INTERVIEWER: noise(2, loudness=2.0).clip(-1, 1), CANDIDATE: noise(2, loudness=0.001)}
    call = FakeCall(sound, notices={0: BOTH_ATTACHED})
    seen = LiveHall(parts, lambda: whisper, call)

    seen.run_to_the_end_of_the_sound()

    assert [(a.alarm, a.channel) for a in seen.of(AlarmRaised)] == [
        (AlarmKind.CLIPPING, INTERVIEWER)
    ]


# -- echo -----------------------------------------------------------------------------------------


def test_what_the_microphone_heard_of_the_loudspeakers_is_not_the_interviewers(
    parts, whisper: RememberingTranscriber
) -> None:
    sound = in_turn((CANDIDATE, STYLES), (INTERVIEWER, DINOSAURS))
    later = np.concatenate([silence(0.08), sound[CANDIDATE]])[: len(sound[CANDIDATE])]
    sound[INTERVIEWER] += np.float32(0.5) * later
    seen = LiveHall(parts, lambda: whisper, FakeCall(sound))

    seen.run_to_the_end_of_the_sound()

    [discarded] = seen.of(SpeechDiscarded)
    assert (discarded.channel, discarded.reason) == (INTERVIEWER, ECHO_REASON)
    said = {
        c: [s.text for s in seen.interview.utterances.values() if s.channel is c] for c in SOUND
    }
    assert len(said[CANDIDATE]) == len(said[INTERVIEWER]) == 1
    assert "communication" in said[CANDIDATE][0]
    assert "dinosaurs" in said[INTERVIEWER][0]
