"""A session with a transcription server says where the sound goes, and loses nothing when it fails."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.audio.recording import RecordingSource
from copilot.engine.served import Served
from copilot.engine.server_check import check_server
from copilot.engine.session import Session
from copilot.engine.setup import Consent
from copilot.engine.vitals import Vitals
from copilot.events import ConsentDecision, SessionEnded, SessionStarted, UtteranceHeard
from copilot.knowledge.guide import Guide
from copilot.speech.server import Server, server
from copilot.speech.whisper import WhisperTranscriber
from copilot.store import SessionStore
from tests.builders import run_python, write_sound
from tests.engine.parts import CANDIDATE, INTERVIEWER, Noting, a_setup, demo_extract
from tests.speech.transcription_server import TranscriptionServer, serving, tiny_model

KEY = "sk-very-secret-7f3a"


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some sentences of the demo."""
    sound = demo_extract(29.2, 45.0)
    path = tmp_path_factory.mktemp("sound") / "call.wav"
    return write_sound(path, sound[INTERVIEWER], sound[CANDIDATE])


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[TranscriptionServer]:
    """A working server that wants a key."""
    monkeypatch.setenv("GPU_KEY", KEY)
    with serving(TranscriptionServer(tiny_model(), key=KEY)) as running:
        yield running


def _at(service: TranscriptionServer) -> Server:
    return server(service.url, "large-v3", "env:GPU_KEY")


def _run(director: Guide, recording: Path, **changes: object) -> tuple[Session, Noting]:
    heard = Noting()
    session = Session(a_setup(director, **changes), RecordingSource.from_file(recording), [heard])
    session.run()
    return session, heard


def _texts(heard: Noting) -> list[str]:
    return [e.utterance.text for e in heard.events if isinstance(e, UtteranceHeard)]


def test_the_first_event_says_where_the_sound_goes_and_no_file_holds_the_key(
    director: Guide, recording: Path, service: TranscriptionServer, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path / "sessions")

    session, heard = _run(director, recording, server=_at(service), store=store)

    started = heard.events[0]
    assert isinstance(started, SessionStarted)
    host = service.url.removeprefix("http://")
    assert started.sound_goes_to == started.text_goes_to == (host,)
    names = [model.name for model in started.models if model.purpose == "transcription"]
    assert names == [f"large-v3 at {host}", "Whisper tiny.en (int8)"]
    assert service.asked
    assert "someone on your team" in " ".join(_texts(heard))
    assert session.folder is not None
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_with_a_server_that_fails_the_text_is_that_of_this_machine(
    director: Guide, recording: Path, service: TranscriptionServer
) -> None:
    service.always = 500

    _, alone = _run(director, recording)
    _, fallen_back = _run(director, recording, server=_at(service))

    assert _texts(fallen_back) == _texts(alone) != []
    assert isinstance(fallen_back.events[-1], SessionEnded)
    troubles = {vitals.server_trouble for vitals in fallen_back.vitals} - {""}
    assert len(troubles) == 1
    assert "text is made on this machine" in troubles.pop()
    assert {vitals.trouble for vitals in fallen_back.vitals} == {""}


@pytest.mark.parametrize("how", [None, 503])
def test_with_drafts_and_several_workers_every_stretch_gets_its_text(
    how: int | None, director: Guide, recording: Path, service: TranscriptionServer
) -> None:
    service.always = how

    _, heard = _run(director, recording, server=_at(service), lockstep=False)

    assert "someone on your team" in " ".join(_texts(heard))
    assert isinstance(heard.events[-1], SessionEnded)


def test_declined_sends_nothing_and_says_so(
    director: Guide, recording: Path, service: TranscriptionServer
) -> None:
    declined = Consent(ConsentDecision.DECLINED, "Ada", "May we?")

    _, heard = _run(director, recording, server=_at(service), consent=declined)

    started = heard.events[0]
    assert isinstance(started, SessionStarted)
    assert (started.sound_goes_to, started.text_goes_to, started.models) == ((), (), ())
    assert service.asked == []


def test_a_resumed_session_sends_sound_only_to_where_it_was_sent_before(
    tiny: WhisperTranscriber,
) -> None:
    gpubox = server("https://gpubox.example")
    told, untold = Served(gpubox), Served(gpubox)

    told.keep_to(["gpubox.example"])
    untold.keep_to(["another.example"])

    assert told.sound_goes_to == ("gpubox.example",)
    assert (untold.sound_goes_to, untold.models) == ((), ())
    assert untold.transcriber(lambda: tiny) is tiny


def test_without_a_server_nothing_of_it_is_loaded() -> None:
    loaded = run_python(
        "import sys, copilot.engine.session\n"
        "from copilot.engine.served import Served\n"
        "Served(None).transcriber(lambda: None)\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'openai', 'httpx2', 'keyring'})"
    )

    assert loaded.strip() == ""


# -- doctor ---------------------------------------------------------------------------------------


def test_the_doctor_says_how_fast_the_server_answers(service: TranscriptionServer) -> None:
    ticks = iter(range(100))
    ticking = threading.Lock()

    def clock() -> float:
        with ticking:
            return next(ticks) / 20

    finding = check_server(_at(service), clock=clock)

    assert finding.problem is None
    assert finding.text.startswith(f"sound → {_at(service).host}: large-v3 answers a second of ")
    assert "not encrypted" in finding.text
    assert [len(asked.sound) for asked in service.asked] == [16_000, 16_000]


def test_a_server_that_fails_is_no_grave_problem(service: TranscriptionServer) -> None:
    service.key = "another"

    finding = check_server(_at(service))

    assert finding.problem is not None
    assert not finding.problem.grave
    assert "does not take the key" in finding.text
    assert KEY not in f"{finding}"


def test_a_sign_of_life_stays_as_it_is_while_the_server_works() -> None:
    vitals = Vitals(1.0)

    assert Served(None).told(vitals) is vitals
