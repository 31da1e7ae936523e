"""The runner: capture waits for nobody, nothing is lost, and commands are carried out."""

import threading

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ
from copilot.engine.commands import EndSession, SetQuestion, TakeSuggestion
from copilot.engine.runner import Runner
from copilot.events import Channel, QuestionAsked
from tests.engine.hall import DINOSAURS, MODES, SOUND, TURNS, Hall
from tests.engine.parts import (
    CANDIDATE,
    PATIENCE_S,
    HeldSource,
    HeldTranscriber,
    Parts,
    RememberingTranscriber,
)

# -- when all goes well ---------------------------------------------------------------------------


@MODES
def test_a_recording_is_heard_to_its_end(hall, texts, run) -> None:
    seen = hall()
    run(seen.runner)

    assert seen.ended.reason == "finished"
    assert seen.ended.duration_s == pytest.approx(len(SOUND[CANDIDATE]) / SAMPLE_RATE_HZ, abs=0.001)
    assert seen.texts() == texts
    for channel, sound in SOUND.items():
        np.testing.assert_array_equal(seen.tape.sound(channel), sound)


def test_the_same_recording_always_gives_the_same_events(hall) -> None:
    first, second = hall(), hall()
    first.runner.run_lockstep()
    second.runner.run_lockstep()

    assert first.heard.events == second.heard.events


@MODES
def test_vitals_tell_of_levels_speech_and_the_end(hall, run) -> None:
    seen = hall()
    run(seen.runner)

    vitals = seen.heard.vitals
    assert vitals[-1].state == "ended"
    assert {v.state for v in vitals[:-1]} == {"listening"}
    assert [v.now_s for v in vitals] == sorted(v.now_s for v in vitals)
    if run is Runner.run_lockstep:
        assert {channel for v in vitals for channel in v.speaking} == set(Channel)
        assert all(set(v.levels_dbfs) == set(Channel) for v in vitals[:-2])
        assert {v.waiting for v in vitals} == {0}


# -- slow text ------------------------------------------------------------------------------------


def test_a_slow_transcriber_holds_up_no_sound_and_loses_none(hall, texts, whisper) -> None:
    source = HeldSource(SOUND)
    # Not one stretch becomes text before the source has handed on everything.
    seen = hall(HeldTranscriber(whisper, source.handed_on), source=source)

    seen.runner.run()

    assert seen.texts() == texts
    assert seen.ended.reason == "finished"
    for channel, sound in SOUND.items():
        np.testing.assert_array_equal(seen.tape.sound(channel), sound)


def test_text_that_falls_behind_shows_as_lag(parts, whisper) -> None:
    gate = threading.Event()
    seen = Hall(parts, lambda: HeldTranscriber(whisper, gate))
    behind = []

    def look(vitals) -> None:
        if vitals.waiting == TURNS and not gate.is_set():
            behind.append(vitals.lag_s)
            gate.set()

    seen.on_vitals = look
    seen.runner.run()

    first_turn_s = len(DINOSAURS) / SAMPLE_RATE_HZ
    assert behind
    assert behind[0] == pytest.approx(len(SOUND[CANDIDATE]) / SAMPLE_RATE_HZ - first_turn_s, abs=1)


def test_capture_does_not_wait_for_models_to_load(
    parts: Parts, whisper: RememberingTranscriber
) -> None:
    source = HeldSource(SOUND)

    def load() -> RememberingTranscriber:
        assert source.handed_on.wait(PATIENCE_S)
        return whisper

    seen = Hall(parts, load, source=source)
    seen.runner.run()

    assert len(seen.texts()) == TURNS
    assert seen.ended.reason == "finished"


# -- commands -------------------------------------------------------------------------------------


def test_a_live_call_ends_on_command_and_what_was_heard_is_still_worked_off(
    parts, whisper, texts
) -> None:
    source = HeldSource(SOUND, endless=True)
    gate = threading.Event()
    seen = Hall(parts, lambda: HeldTranscriber(whisper, gate), source=source)
    running = threading.Thread(target=seen.runner.run)
    running.start()
    assert source.handed_on.wait(PATIENCE_S)

    seen.runner.send(EndSession())
    gate.set()
    running.join(PATIENCE_S)

    assert not running.is_alive()
    assert seen.ended.reason == "user"
    assert seen.texts() == texts
    assert "finishing" in {vitals.state for vitals in seen.heard.vitals}


@MODES
def test_a_command_is_carried_out_while_the_session_runs(hall, run) -> None:
    seen = hall()
    seen.on_event = lambda event: (
        seen.runner.send(SetQuestion("metrics")) if event.type == "utterance_heard" else None
    )

    run(seen.runner)

    asked = [event for event in seen.heard.events if isinstance(event, QuestionAsked)]
    assert asked[0].question == "metrics"
    assert seen.ended.reason == "finished"


@MODES
def test_a_command_that_means_nothing_any_more_does_no_harm(hall, run) -> None:
    seen = hall()
    seen.runner.send(TakeSuggestion("s7"))

    run(seen.runner)

    assert seen.ended.reason == "finished"


@MODES
def test_the_end_can_come_before_anything_was_heard(hall, run) -> None:
    seen = hall()
    seen.runner.send(EndSession())

    run(seen.runner)

    assert (seen.ended.reason, seen.texts()) == ("user", [])
