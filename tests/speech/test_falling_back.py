"""No text is lost and none is made up, whatever becomes of the transcription server."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from copilot.audio import Waveform
from copilot.errors import ModelError
from copilot.speech import remote as remote_module
from copilot.speech.falling_back import FallingBack
from copilot.speech.remote import RemoteTranscriber
from copilot.speech.server import server
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import spoken
from tests.speech.transcription_server import PATIENCE_S, TranscriptionServer, serving

YES = {
    "text": "Yes.",
    "segments": [{"text": "Yes.", "start": 0, "end": 1, "avg_logprob": -0.1, "no_speech_prob": 0}],
}
LOOP = {"text": "thank you " * 20}


class Bench:
    """A server, a client that falls back to a real model, and a clock to turn."""

    def __init__(self, service: TranscriptionServer, make_local: Callable[[], Transcriber]) -> None:
        self.service = service
        self.now_s = 0.0
        self.troubles: list[str] = []
        self.remote = RemoteTranscriber(server(service.url))
        self.falling = FallingBack(
            self.remote, make_local, on_trouble=self.troubles.append, clock=lambda: self.now_s
        )

    def words(self, samples: Waveform) -> Transcription:
        """The final text of a stretch."""
        return self.falling.transcribe(samples, language="en")

    def settle(self) -> None:
        """Wait until the server has answered what it is tried with."""
        trial = self.falling._trial
        assert trial is not None
        trial._future.exception(PATIENCE_S)

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return len(self.service.asked)


@pytest.fixture
def service() -> Iterator[TranscriptionServer]:
    """A server on loopback that says yes to everything."""
    with serving(TranscriptionServer(always=YES)) as running:
        yield running


@pytest.fixture
def bench(service: TranscriptionServer, tiny: WhisperTranscriber) -> Iterator[Bench]:
    """The same with Whisper tiny.en to fall back to."""
    made = Bench(service, lambda: tiny)
    yield made
    made.remote.close()


@pytest.fixture(scope="module")
def here(tiny: WhisperTranscriber) -> Transcription:
    """What the model of this machine makes of the clip."""
    return tiny.transcribe(spoken("en-004"), language="en")


def test_while_the_server_answers_its_words_are_taken(bench: Bench) -> None:
    assert bench.words(spoken("en-004")).text == "Yes."
    assert bench.falling.draft(spoken("en-004"), language="en").text == "Yes."
    assert bench.falling.model == bench.remote.model
    assert (bench.troubles, bench.asked) == ([], 2)


@pytest.mark.parametrize(
    "how", [401, 429, 500, "break off", "endless", b"<html>", {"text": 3}, "hang"], ids=str
)
def test_what_the_server_fails_at_is_transcribed_here_at_once(
    how: Any, bench: Bench, here: Transcription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_module, "_ANSWER_S", -len(spoken("en-004")) / 16_000 + 0.3)
    bench.service.always = how

    assert bench.words(spoken("en-004")) == here
    (trouble,) = bench.troubles
    assert trouble.isprintable()
    assert trouble.endswith("text is made on this machine")


def test_a_loop_is_done_again_here_and_the_server_stays_in_use(
    bench: Bench, here: Transcription
) -> None:
    bench.service.answers.append(LOOP)

    assert bench.words(spoken("en-004")) == here
    assert bench.words(spoken("en-004")).text == "Yes."
    assert bench.troubles == []


def test_a_server_that_failed_is_left_alone_and_then_tried_while_nobody_waits(
    bench: Bench, here: Transcription
) -> None:
    bench.service.answers.append(500)
    assert bench.words(spoken("en-004")) == here

    bench.now_s = 4.9
    assert bench.words(spoken("en-004")) == here
    assert bench.asked == 1

    bench.now_s = 5.0
    assert bench.words(spoken("en-004")) == here
    bench.settle()
    assert bench.asked == 2
    assert len(bench.troubles) == 1

    assert bench.words(spoken("en-004")).text == "Yes."
    assert bench.troubles[-1] == ""


def test_the_pause_grows_to_a_minute_and_starts_anew_once_the_server_has_worked(
    bench: Bench,
) -> None:
    bench.service.always = 500
    short = spoken("en-004")[:8000]
    bench.words(short)
    pauses = []
    for _ in range(6):
        again_at = bench.falling._again_at
        assert again_at is not None
        pauses.append(again_at - bench.now_s)
        bench.now_s = again_at
        bench.words(short)
        bench.settle()
        bench.words(short)  # learns that it failed again

    assert pauses == [5, 10, 20, 40, 60, 60]

    bench.service.always = YES
    bench.now_s += 60
    bench.words(short)
    bench.settle()
    assert bench.words(short).text == "Yes."
    bench.service.always = 500
    bench.words(short)
    assert bench.falling._again_at == bench.now_s + 5


def test_two_workers_that_meet_the_same_failure_count_it_once(bench: Bench) -> None:
    bench.service.always = 500
    short = spoken("en-004")[:8000]
    workers = [threading.Thread(target=bench.words, args=(short,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert bench.falling._again_at == 5
    assert len(bench.troubles) == 1


# -- drafts ---------------------------------------------------------------------------------------


def test_drafts_are_made_here_while_the_server_is_slow_and_final_text_is_not(
    bench: Bench, tiny: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = spoken("en-004")
    draft = tiny.draft(samples, language="en")
    bench.remote.took_s = 1.5

    assert bench.falling.draft(samples, language="en") == draft
    assert bench.asked == 0
    assert bench.words(samples).text == "Yes."
    assert bench.falling.draft(samples, language="en").text == "Yes."

    monkeypatch.setattr(remote_module, "DRAFT_S", 0.2)
    bench.service.answers.append("hang")
    assert bench.falling.draft(samples, language="en") == draft
    assert bench.falling.draft(samples, language="en") == draft
    assert bench.asked == 3
    assert bench.troubles == []


def test_no_draft_waits_for_the_local_model(
    service: TranscriptionServer, tiny: WhisperTranscriber
) -> None:
    service.always = 500
    loaded = threading.Event()

    def slowly() -> Transcriber:
        assert loaded.wait(PATIENCE_S)
        return tiny

    bench = Bench(service, slowly)

    assert bench.falling.draft(spoken("en-004"), language="en").words == ()
    loaded.set()
    assert bench.words(spoken("en-004")).words
    bench.remote.close()


def test_without_a_local_model_the_server_still_serves(service: TranscriptionServer) -> None:
    def missing() -> Transcriber:
        raise ModelError("the model is not here.")

    bench = Bench(service, missing)

    assert bench.words(spoken("en-004")).text == "Yes."
    service.always = 500
    with pytest.raises(ModelError, match="not here"):
        bench.words(spoken("en-004"))
    bench.remote.close()
