"""The runner when a part fails: the session ends cleanly, with what was heard until then."""

import threading

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ
from copilot.engine.conductor import Conductor
from copilot.errors import AudioFileError, CopilotError, ModelError, StorageError
from copilot.interview import replay
from copilot.speech.transcriber import Transcriber
from tests.engine.hall import MODES, SOUND, Hall, Tape
from tests.engine.parts import (
    CANDIDATE,
    BreakingTranscriber,
    HeldSource,
    HeldTranscriber,
)


class CaptureOver:
    """Lets go once the capturing thread has ended."""

    def wait(self, timeout: float) -> bool:
        for thread in threading.enumerate():
            if thread.name == "capture":
                thread.join(timeout)
        return True


CORRUPT = AudioFileError("call.wav is corrupt.", "Choose another file.")


@MODES
def test_a_source_that_breaks_off_ends_the_session_as_failed(hall, texts, run) -> None:
    source = HeldSource(SOUND, breaks_after_s=8.0, error=CORRUPT)
    seen = hall(source=source)

    with pytest.raises(AudioFileError, match=r"call\.wav"):
        run(seen.runner)

    assert seen.ended.reason == "failed"
    assert seen.ended.detail == "Unusable recording"
    assert seen.heard.vitals[-1].state == "ended"
    # What was captured is on tape to the last block.
    np.testing.assert_array_equal(
        seen.tape.sound(CANDIDATE), SOUND[CANDIDATE][: len(seen.tape.sound(CANDIDATE))]
    )
    assert len(seen.tape.sound(CANDIDATE)) >= 7.5 * SAMPLE_RATE_HZ


def test_what_was_heard_before_a_source_broke_off_still_becomes_text(parts, whisper, texts) -> None:
    source = HeldSource(SOUND, breaks_after_s=8.0, error=CORRUPT)
    seen = Hall(parts, lambda: HeldTranscriber(whisper, CaptureOver()), source=source)

    with pytest.raises(AudioFileError):
        seen.runner.run()

    assert seen.texts()[:1] == texts[:1]


@MODES
def test_the_stretch_that_was_open_when_a_source_broke_off_still_becomes_text(
    hall, texts, run
) -> None:
    seen = hall(source=HeldSource(SOUND, breaks_after_s=8.0, error=CORRUPT))

    with pytest.raises(AudioFileError):
        run(seen.runner)

    assert len(seen.texts()) == 2  # the candidate was in the middle of an answer


@MODES
def test_a_stretch_the_recogniser_chokes_on_does_not_end_the_session(
    hall, texts, whisper, run
) -> None:
    seen = hall(BreakingTranscriber(whisper, RuntimeError("out of memory"), on=2))

    run(seen.runner)

    assert seen.ended.reason == "finished"
    assert seen.texts() == [texts[0], texts[2]]
    assert replay(seen.heard.events).discarded


@MODES
def test_whatever_the_recogniser_raises_the_session_has_an_end_that_says_so(
    hall, texts, whisper, run
) -> None:
    gone = ModelError("the model is gone.", "Fetch it.")
    seen = hall(BreakingTranscriber(whisper, gone, on=2))

    with pytest.raises(ModelError):
        run(seen.runner)

    assert (seen.ended.reason, seen.ended.detail) == ("failed", "Model not usable")
    assert seen.texts() == texts[:1]


@MODES
def test_a_model_that_cannot_be_loaded_ends_the_session_as_failed(parts, run) -> None:
    def load() -> Transcriber:
        raise ModelError("the model is gone.", "Fetch it.")

    seen = Hall(parts, load)

    with pytest.raises(ModelError):
        run(seen.runner)

    assert (seen.ended.reason, seen.ended.detail) == ("failed", "Model not usable")


@MODES
def test_a_full_disk_under_the_recording_ends_the_session_as_failed(hall, run) -> None:
    seen = hall(tape=Tape(full_after_s=3.0))

    with pytest.raises(StorageError):
        run(seen.runner)

    assert (seen.ended.reason, seen.ended.detail) == ("failed", "Cannot write")


@MODES
def test_an_event_the_journal_refuses_leaves_no_gap(hall, run) -> None:
    """A line that does not fit, though the shorter one about the end does."""
    seen = hall(refuses_from=4)

    with pytest.raises(StorageError):
        run(seen.runner)

    numbers = [event.seq for event in seen.heard.events]
    assert numbers == list(range(1, len(numbers) + 1))
    assert seen.ended.reason == "failed"


@MODES
def test_no_thread_outlives_a_failure(hall, run) -> None:
    before = set(threading.enumerate())
    seen = hall(source=HeldSource(SOUND, breaks_after_s=1.0, error=CORRUPT))

    with pytest.raises(CopilotError):
        run(seen.runner)

    assert set(threading.enumerate()) <= before


def test_a_conductor_that_cannot_be_made_stops_capture_and_says_why(parts, whisper) -> None:
    source = HeldSource(SOUND, endless=True)
    before = set(threading.enumerate())

    class Unmade(Hall):
        def conductor(self) -> Conductor:
            raise ModelError("the embedder is gone.", "Install again.")

    seen = Unmade(parts, lambda: whisper, source=source)

    with pytest.raises(ModelError):
        seen.runner.run()

    assert set(threading.enumerate()) <= before
