"""A session with a language model says where text goes, and loses nothing when it fails."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from copilot.audio.recording import RecordingSource
from copilot.engine import session as session_module
from copilot.engine.consent import consent_notice, save_notice
from copilot.engine.language_model import NO_ANSWER, LanguageModel
from copilot.engine.language_model_check import check_language_model
from copilot.engine.session import Session
from copilot.engine.setup import Consent
from copilot.engine.vitals import Vitals
from copilot.events import (
    AskOutcome,
    ConsentDecision,
    Event,
    ModelAsked,
    SessionEnded,
    SessionStarted,
    SuggestionOffered,
    SuggestionSharpened,
)
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.llm.exchange import Patience
from copilot.llm.profile import profile
from copilot.store import SessionStore
from tests.builders import run_python, write_sound
from tests.engine.asked import PACK
from tests.engine.parts import CANDIDATE, INTERVIEWER, Noting, a_setup, demo_extract
from tests.llm.asking import KEY, QUICK, toy
from tests.llm.llama_server import llama_server
from tests.llm.scripted_server import BreaksOff, Refuses, Says, ScriptedServer, playing

#: Only a test that hangs ever waits this long.
_LONG_S = 240.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question of the demo, its answer, and a pause."""
    sound = demo_extract(29.2, 75.0)
    path = tmp_path_factory.mktemp("sound") / "call.wav"
    return write_sound(path, sound[INTERVIEWER], sound[CANDIDATE])


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=Says("{}"))) as running:
        yield running


@pytest.fixture
def heard() -> Noting:
    return Noting()


def _run(director: Guide, recording: Path, heard: Noting, **changes: object) -> Session:
    source = RecordingSource.from_file(recording)
    session = Session(a_setup(director, **changes), source, [heard])
    session.run()
    assert replay(heard.events).ended is not None
    return session


def _without_model(events: list[Event]) -> list[str]:
    """What happened, but for what a language model was asked and is."""
    kinds = (SessionStarted, ModelAsked, SessionEnded)
    return [
        str(event).split("at_s=", 1)[1]  # the numbers differ
        for event in events
        if not isinstance(event, kinds)
    ]


# -- where text goes ------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_sessions")
def test_the_first_event_says_where_text_goes_and_no_file_holds_the_key(
    director: Guide,
    recording: Path,
    heard: Noting,
    server: ScriptedServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LLM_KEY", KEY)
    server.key = KEY
    chosen = toy(server.url, key_from="env:LLM_KEY")
    store = SessionStore(tmp_path / "sessions")

    _run(director, recording, heard, llm=chosen, store=store)

    started = heard.events[0]
    assert isinstance(started, SessionStarted)
    assert started.llm_goes_to == started.text_goes_to == (chosen.host,)
    assert started.sound_goes_to == ()
    assert [m.name for m in started.models if m.purpose == "language"] == [f"toy at {chosen.host}"]
    assert server.asked
    assert any(isinstance(event, ModelAsked) for event in heard.events)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


@pytest.mark.usefixtures("quick_sessions")
def test_declined_sends_nothing_and_says_so(
    director: Guide, recording: Path, heard: Noting, server: ScriptedServer
) -> None:
    declined = Consent(ConsentDecision.DECLINED, "Ada", "May we?")

    _run(director, recording, heard, llm=toy(server.url), consent=declined)

    started = heard.events[0]
    assert isinstance(started, SessionStarted)
    assert (started.llm_goes_to, started.text_goes_to, started.models) == ((), (), ())
    assert server.asked == []


def test_a_resumed_session_sends_text_only_to_where_it_was_sent_before() -> None:
    chosen = profile("mine", "https://llm.example", "m")
    told, untold = LanguageModel(chosen), LanguageModel(chosen)

    told.keep_to(["llm.example"])
    untold.keep_to(["another.example"])

    assert told.text_goes_to == ("llm.example",)
    assert (untold.text_goes_to, untold.models) == ((), ())


def test_without_a_language_model_nothing_of_it_is_loaded() -> None:
    loaded = run_python(
        "import sys, copilot.engine.session\n"
        "names = {'copilot.llm.client', 'copilot.engine.asking.wiring'}\n"
        "print(*{n.partition('.')[0] for n in sys.modules} & {'openai', 'httpx2', 'jinja2'})\n"
        "print(*names & set(sys.modules))"
    )

    assert loaded.strip() == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_notice_names_the_host_and_that_text_goes_there(language: str) -> None:
    notice = consent_notice(language, llm_goes_to="llm.example")
    both = consent_notice(language, "gpubox.example", "llm.example")

    assert notice.startswith(consent_notice(language))
    assert "llm.example" in notice.splitlines()[-1]
    assert {"en": "text", "fr": "texte"}[language] in notice.splitlines()[-1]
    assert [name in both for name in ("gpubox.example", "llm.example")] == [True, True]


def test_a_notice_of_the_users_own_that_names_the_host_stays_as_it_is() -> None:
    save_notice("en", "All is sent to llm.example.")

    assert consent_notice("en", llm_goes_to="llm.example") == "All is sent to llm.example."


# -- the local tier goes on -----------------------------------------------------------------------


@pytest.mark.usefixtures("quick_sessions")
@pytest.mark.parametrize(
    "turn",
    [
        Refuses(404),
        Refuses(500),
        BreaksOff('{"target": "x"'),
        Says("no JSON"),
        Says('{"target": "x", "utterance_ids": [], "builds_on": "", "question": "", "reason": ""}'),
    ],
    ids=["gone", "failing", "killed in mid-stream", "talking", "nothing to say"],
)
def test_with_a_model_that_fails_all_is_as_without_one(
    director: Guide,
    recording: Path,
    server: ScriptedServer,
    turn: Says | Refuses | BreaksOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session_module, "LanguageModel", partial(LanguageModel, patience=QUICK))
    server.always = turn
    alone, failed = Noting(), Noting()

    _run(director, recording, alone)
    _run(director, recording, failed, llm=toy(server.url))

    assert _without_model(failed.events) == _without_model(alone.events) != []
    assert any(isinstance(event, SuggestionOffered) for event in failed.events)
    outcomes = {e.outcome for e in failed.events if isinstance(e, ModelAsked)}
    assert outcomes <= {AskOutcome.FAILED, AskOutcome.REFUSED, AskOutcome.CANCELLED}
    assert outcomes
    troubles = {vitals.llm_trouble for vitals in failed.vitals}
    assert troubles <= {"", NO_ANSWER}
    assert {vitals.llm_trouble for vitals in alone.vitals} == {""}


@pytest.mark.usefixtures("quick_sessions")
def test_the_same_recording_and_the_same_answers_give_the_same_events(
    director: Guide, recording: Path, server: ScriptedServer
) -> None:
    first, second = Noting(), Noting()

    _run(director, recording, first, llm=toy(server.url))
    _run(director, recording, second, llm=toy(server.url))

    assert _without_model(first.events) == _without_model(second.events)
    kinds = [[event.type for event in heard.events] for heard in (first, second)]
    assert kinds[0] == kinds[1]


@pytest.mark.usefixtures("quick_sessions")
def test_on_several_threads_answers_come_in_beside_everything_else(
    director: Guide, recording: Path, heard: Noting, server: ScriptedServer
) -> None:
    _run(director, recording, heard, llm=toy(server.url), lockstep=False)

    assert any(isinstance(event, ModelAsked) for event in heard.events)
    assert isinstance(heard.events[-1], SessionEnded)


def test_a_sign_of_life_stays_as_it_is_while_all_is_well() -> None:
    vitals = Vitals(1.0)

    assert LanguageModel(None).told(vitals) is vitals


# -- doctor ---------------------------------------------------------------------------------------


def test_the_doctor_says_whether_it_answers(server: ScriptedServer) -> None:
    server.always = Says('{"word": "ready"}')

    finding = check_language_model(toy(server.url), patience=QUICK)

    assert finding.problem is None
    assert finding.text.startswith(f"text → {toy(server.url).host}: toy, toy")


def test_one_that_fails_is_no_grave_problem(server: ScriptedServer) -> None:
    server.always = Refuses(401)

    finding = check_language_model(toy(server.url), patience=QUICK)

    assert finding.problem is not None
    assert not finding.problem.grave
    assert "from the guide alone" in finding.problem.remedy


# -- a real one -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def smollm2() -> Iterator[str]:
    with llama_server() as running:
        yield running.url


@pytest.mark.usefixtures("quick_sessions")
def test_a_real_server_is_asked_and_breaks_nothing(
    director: Guide,
    recording: Path,
    heard: Noting,
    smollm2: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient = Patience(live_s=_LONG_S, connect_s=60)
    monkeypatch.setattr(session_module, "LanguageModel", partial(LanguageModel, patience=patient))
    chosen = profile("smollm2", smollm2, "smollm2", context_tokens=8192)

    _run(director, recording, heard, llm=chosen)

    calls = [event for event in heard.events if isinstance(event, ModelAsked)]
    assert calls
    sharpened = [e for e in heard.events if isinstance(e, SuggestionSharpened)]
    assert len(sharpened) == sum(call.outcome is AskOutcome.SHARPENED for call in calls)
    assert isinstance(heard.events[-1], SessionEnded)
    assert "language model" not in [thread.name for thread in threading.enumerate()]


def test_every_topic_is_kept_from_the_model() -> None:
    assert {"fr", "eu", "us"} <= set(PACK.id.split("+"))
