"""A transcription server gives words as a model here would, or an error that says why not."""

import difflib
import logging
import math
import socket
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from faster_whisper import WhisperModel

from copilot.audio import SAMPLE_RATE_HZ
from copilot.errors import LateError, ServerError, UnbelievableError
from copilot.speech import remote as remote_module
from copilot.speech.remote import RemoteTranscriber, server_ref
from copilot.speech.server import server
from copilot.speech.transcriber import HeardWord, Transcription
from tests.builders import SPEECH, silence, spoken
from tests.speech.transcription_server import TranscriptionServer, serving, tiny_model

KEY = "sk-very-secret-7f3a"


@pytest.fixture(scope="module")
def model() -> WhisperModel:
    """One for all tests here."""
    return tiny_model()


@pytest.fixture
def service(model: WhisperModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[TranscriptionServer]:
    """A server on loopback that works, until it is told otherwise."""
    monkeypatch.setenv("GPU_KEY", KEY)
    with serving(TranscriptionServer(model)) as running:
        yield running


@pytest.fixture
def remote(service: TranscriptionServer) -> Iterator[RemoteTranscriber]:
    """A client of it."""
    client = RemoteTranscriber(server(service.url, "large-v3", "env:GPU_KEY"))
    yield client
    client.close()


def _alike(text: str, name: str) -> float:
    said = (SPEECH / f"{name}.txt").read_text("utf-8").split()
    heard = ["".join(c for c in word if c.isalnum()) for word in text.lower().split()]
    return difflib.SequenceMatcher(None, said, heard).ratio()


def _segment(text: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "start": 0.0,
        "end": 2.0,
        "avg_logprob": -0.2,
        "no_speech_prob": 0.01,
        **more,
    }


def _answer(*segments: dict[str, Any]) -> dict[str, Any]:
    return {"text": " ".join(s["text"] for s in segments), "segments": list(segments)}


# -- what comes back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "forms", "firm"),
    [
        (True, ("json", "verbose_json"), True),
        (False, ("json", "verbose_json"), True),
        (False, ("json",), False),
    ],
    ids=["words", "segments", "text"],
)
def test_a_real_voice_is_written_down_whatever_the_server_tells(
    words: bool,
    forms: tuple[str, ...],
    firm: bool,
    service: TranscriptionServer,
    remote: RemoteTranscriber,
) -> None:
    service.words, service.forms = words, forms

    heard = remote.transcribe(spoken("en-000"), language="en")

    assert _alike(heard.text, "en-000") > 0.9
    assert (heard.uncertain, heard.firm) == (False, firm)
    times = [word.start_s for word in heard.words]
    assert times == sorted(times)
    assert times[0] >= 0
    assert heard.words[-1].end_s <= len(spoken("en-000")) / SAMPLE_RATE_HZ
    assert remote.took_s is not None


def test_what_is_settled_stays_as_it_is(remote: RemoteTranscriber) -> None:
    whole = remote.transcribe(spoken("en-000"), language="en")
    said = tuple(HeardWord(w.text.upper(), w.start_s, w.end_s, 0.9) for w in whole.words[:5])

    heard = remote.transcribe(spoken("en-000"), language="en", said=said)

    assert heard.words[:5] == said
    assert heard.text.lower() == whole.text.lower()


def test_the_session_can_name_it(remote: RemoteTranscriber, service: TranscriptionServer) -> None:
    host = service.url.removeprefix("http://")

    assert remote.model == server_ref(server(service.url, "large-v3"))
    assert remote.model.name == f"large-v3 at {host}"
    assert remote.model.purpose == "transcription"
    assert remote.host == host


# -- what is sent ---------------------------------------------------------------------------------


def test_the_sound_the_language_and_what_was_said_before_are_sent_and_nothing_else(
    service: TranscriptionServer, remote: RemoteTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "somebody-elses")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: somebody-elses")
    service.key = KEY
    service.always = _answer(_segment("Yes."))
    samples = spoken("en-000")

    remote.transcribe(samples, language="fr", context="x" * 5000 + "Bonjour")

    (asked,) = service.asked
    assert asked.path == "/v1/audio/transcriptions"
    assert asked.fields["model"] == ["large-v3"]
    assert asked.fields["language"] == ["fr"]
    assert asked.fields["prompt"][0].endswith("Bonjour")
    assert len(asked.fields["prompt"][0]) < 500
    assert asked.fields["response_format"] == ["verbose_json"]
    assert asked.fields["timestamp_granularities[]"] == ["word", "segment"]
    assert (asked.rate_hz, len(asked.sound)) == (SAMPLE_RATE_HZ, len(samples))
    assert np.abs(asked.sound - samples).max() < 1e-3
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert "somebody-elses" not in str(asked)
    assert set(asked.headers) <= {
        "host", "connection", "accept", "accept-encoding", "authorization", "content-type",
        "content-length", "x-stainless-raw-response",
    }  # fmt: skip


def test_names_to_expect_are_sent_before_what_was_said(service: TranscriptionServer) -> None:
    service.always = _answer(_segment("Yes."))
    client = RemoteTranscriber(server(service.url), hotwords=["SLA", "ITIL"])

    client.transcribe(silence(1.0), language="en", context="We said so.")
    client.transcribe(silence(1.0), language="en")

    assert [asked.fields["prompt"] for asked in service.asked] == [
        ["SLA, ITIL We said so."], ["SLA, ITIL"],
    ]  # fmt: skip
    client.close()


def test_without_a_key_of_its_own_no_key_is_sent(
    service: TranscriptionServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    service.always = _answer(_segment("Yes."))
    client = RemoteTranscriber(server(service.url))

    assert client.transcribe(silence(1.0), language="en").text == "Yes."
    assert "authorization" not in service.asked[0].headers
    client.close()


def test_a_form_the_server_refuses_is_not_asked_for_again(
    service: TranscriptionServer, remote: RemoteTranscriber
) -> None:
    service.answers.extend([422, 400, {"text": "Yes."}, {"text": "No."}])

    assert remote.transcribe(silence(1.0), language="en").text == "Yes."
    assert remote.transcribe(silence(1.0), language="en").text == "No."
    assert [asked.fields["response_format"][0] for asked in service.asked] == [
        "verbose_json", "verbose_json", "json", "json",
    ]  # fmt: skip


def test_a_connection_that_the_server_has_closed_is_made_once_more(
    service: TranscriptionServer, remote: RemoteTranscriber
) -> None:
    service.answers.extend(["close", {"text": "Yes."}, "close", "close", {"text": "No."}])

    assert remote.transcribe(silence(1.0), language="en").text == "Yes."
    with pytest.raises(ServerError, match="cannot be reached"):
        remote.transcribe(silence(1.0), language="en")
    assert len(service.asked) == 4


def test_sound_is_sent_to_no_other_server_than_the_one_that_was_named(
    service: TranscriptionServer, remote: RemoteTranscriber
) -> None:
    service.answers.append("elsewhere")

    with pytest.raises(ServerError, match="307"):
        remote.transcribe(silence(1.0), language="en")
    assert len(service.asked) == 1


# -- what can be believed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("segment", "text", "uncertain", "firm"),
    [
        (_segment("Yes, we did."), "Yes, we did.", False, True),
        (_segment("Yes, we did.", avg_logprob=-1.2), "Yes, we did.", True, False),
        (_segment("Yes, we did.", avg_logprob=-0.9), "Yes, we did.", True, False),
        (_segment("Yes, we did.", no_speech_prob=0.5), "Yes, we did.", False, False),
        (_segment("Thank you.", avg_logprob=-1.2, no_speech_prob=0.8), "", False, True),
        ({"text": "Yes, we did."}, "Yes, we did.", False, False),
        (_segment("Yes, we did.", avg_logprob="high"), "Yes, we did.", False, False),
        (_segment(""), "", False, True),
    ],
)
def test_words_are_judged_like_those_of_a_model_here(
    segment: dict[str, Any],
    text: str,
    uncertain: bool,
    firm: bool,
    service: TranscriptionServer,
    remote: RemoteTranscriber,
) -> None:
    service.always = _answer(segment)

    heard = remote.transcribe(silence(2.0), language="en")

    assert (heard.text, heard.uncertain, heard.firm) == (text, uncertain, firm)


def test_what_a_server_makes_of_silence_is_left_out_and_what_was_said_stays(
    service: TranscriptionServer, remote: RemoteTranscriber
) -> None:
    service.always = _answer(
        _segment("Yes, we did."),
        _segment("Thank you.", start=2.0, end=4.0, avg_logprob=-1.4, no_speech_prob=0.9),
    )

    heard = remote.transcribe(silence(4.0), language="en")

    assert (heard.text, heard.uncertain) == ("Yes, we did.", False)


@pytest.mark.parametrize(
    "text", ["thank you " * 12, "no " * 9, " ".join(f"word{n}" for n in range(200))]
)
def test_a_loop_is_an_error_and_no_text(
    text: str, service: TranscriptionServer, remote: RemoteTranscriber
) -> None:
    service.always = _answer(_segment(text))

    with pytest.raises(UnbelievableError):
        remote.transcribe(silence(2.0), language="en")


# -- a server that fails --------------------------------------------------------------------------

BAD: list[Any] = [
    400, 401, 403, 404, 413, 429, 500, 502, 503, 204, 301,
    "break off", "endless", "endless error",
    b"", b"<html>busy</html>", b"\x00\x1b[2J", b'{"error": "x"}', b'{"text": 1}', b"[" * 100_000,
]  # fmt: skip


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that anybody logs."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(
        f"{record.getMessage()} {record.exc_info}" for record in caplog.records
    )


@pytest.mark.parametrize("how", BAD, ids=str)
def test_every_failure_is_one_error_that_tells_no_key_and_no_control_character(
    how: Any, service: TranscriptionServer, remote: RemoteTranscriber, logged: Callable[[], str]
) -> None:
    service.always = how

    with pytest.raises(ServerError) as caught:
        remote.transcribe(silence(1.0), language="en")

    said = f"{caught.value} {caught.value!r} {caught.value.__cause__!r}"
    assert KEY not in said
    assert caught.value.message.isprintable()
    assert KEY not in logged()
    assert len(service.asked) <= len(remote_module._FORMS)  # nothing is tried again by the library


def test_a_wrong_key_is_said_plainly_though_the_server_repeats_it(
    service: TranscriptionServer, remote: RemoteTranscriber, logged: Callable[[], str]
) -> None:
    service.key = "another"

    with pytest.raises(ServerError, match="does not take the key") as caught:
        remote.transcribe(silence(1.0), language="en")
    assert KEY not in f"{caught.value}{caught.value!r}{logged()}"


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        client = RemoteTranscriber(server(f"http://127.0.0.1:{taken.getsockname()[1]}"))

        with pytest.raises(ServerError, match="cannot be reached"):
            client.transcribe(silence(1.0), language="en")
        client.close()


def test_a_key_that_is_missing_sends_nothing(
    service: TranscriptionServer, remote: RemoteTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GPU_KEY")

    with pytest.raises(ServerError, match="GPU_KEY"):
        remote.transcribe(silence(1.0), language="en")
    assert service.asked == []


@pytest.mark.parametrize("how", ["hang", "stall"])
def test_nobody_waits_for_an_answer_longer_than_it_is_of_use(
    how: str,
    service: TranscriptionServer,
    remote: RemoteTranscriber,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote_module, "_ANSWER_S", 0.0)
    service.always = how

    with pytest.raises(LateError, match="does not"):
        remote.transcribe(silence(0.3), language="en")


def test_a_draft_that_comes_too_late_is_remembered(
    service: TranscriptionServer, remote: RemoteTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_module, "DRAFT_S", 0.2)
    service.answers.append("hang")
    service.always = _answer(_segment("Yes."))

    with pytest.raises(LateError):
        remote.draft(silence(2.0), language="en")
    assert remote.took_s == math.inf

    assert remote.transcribe(silence(2.0), language="en") == Transcription(
        (HeardWord("Yes.", 0.0, 2.0, math.exp(-0.2)),)
    )
    assert remote.took_s < math.inf
