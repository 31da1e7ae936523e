"""``models server``: off by default, on when somebody says so, and never with a key in a file."""

import io
from pathlib import Path

import pytest

from copilot.cli import doctor
from copilot.cli.main import command_parser
from copilot.cli.options import chosen_server
from copilot.engine.doctor import Finding
from copilot.settings import load_settings, settings_path
from tests.cli.command import ROLE, run
from tests.speech.transcription_server import TranscriptionServer, serving


def _says(*arguments: str) -> str:
    done = run("models", "server", *arguments)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_at_first_no_sound_leaves_the_machine() -> None:
    assert "no sound leaves this machine" in _says()
    assert chosen_server(command_parser("demo").parse_args([])) is None


def test_a_server_is_chosen_said_plainly_and_given_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GPU_KEY", "sk-very-secret")

    said = _says("https://gpubox.example", "--model", "large-v3", "--key-env", "GPU_KEY")

    assert "sound → gpubox.example" in said
    assert "not encrypted" not in said
    assert "sk-very-secret" not in said + settings_path().read_text()
    assert _says() == said
    chosen = chosen_server(command_parser("demo").parse_args([]))
    assert chosen is not None
    assert (chosen.url, chosen.model) == ("https://gpubox.example/v1", "large-v3")
    assert chosen.key() == "sk-very-secret"
    assert chosen_server(command_parser("demo").parse_args(["--no-server"])) is None

    assert "No sound leaves" in _says("off")
    assert load_settings().server is None
    assert chosen_server(command_parser("demo").parse_args([])) is None


def test_a_model_chosen_before_stays() -> None:
    run("models", "use", "tiny.en")
    _says("http://127.0.0.1:8000")
    _says("off")

    assert load_settings().model == "tiny.en"


def test_what_is_missing_or_unencrypted_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPU_KEY", raising=False)

    said = _says("http://gpubox.example", "--allow-http", "--key-env", "GPU_KEY")

    assert "not encrypted" in said
    assert "no key for gpubox.example in the environment variable GPU_KEY" in said
    assert chosen_server(command_parser("demo").parse_args([])) is not None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["http://gpubox.example"], "unencrypted"),
        (["gpubox"], "no address"),
        (["https://me:hunter2@gpubox.example"], "no name, password or key"),
        (["https://gpubox.example", "--key-env", "sk-hunter2"], "no name of an environment"),
        (["https://gpubox.example", "--model", ""], "the model's name"),
        (["https://gpubox.example", "--key-env", "A", "--keyring"], "--keyring"),
    ],
)
def test_what_cannot_be_used_is_refused_and_changes_nothing(
    arguments: list[str], says: str
) -> None:
    done = run("models", "server", *arguments)

    assert done.code == 2
    assert says in done.err
    assert "hunter2" not in done.err
    assert not settings_path().exists()


def test_a_server_somebody_wrote_into_the_settings_is_checked_as_well(tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('{"server": "http://8.8.8.8/v1"}')

    done = run("demo", "--headless", "--speed", "max", "--no-save", "--model", "tiny.en")

    assert done.code == 2
    assert "unencrypted" in done.err


def test_the_doctor_looks_at_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    # The speed of the local models has tests of its own and takes long.
    monkeypatch.setattr(doctor, "check_speed", lambda *_, **__: Finding("speed", "not measured"))
    parser = command_parser("doctor")
    out = io.StringIO()
    answer = {"text": "No.", "segments": [{"text": "No.", "start": 0, "end": 1}]}
    with serving(TranscriptionServer(always=answer)) as service:
        _says(service.url)
        host = service.url.removeprefix("http://")

        found = doctor._check_rest(parser.parse_args(["--model", "tiny.en"]), out)
        asked = len(service.asked)
        without = doctor._check_rest(parser.parse_args(["--model", "tiny.en", "--no-server"]), out)

    assert f"Server\n  sound → {host}: whisper-1 answers" in out.getvalue()
    assert [finding.name for finding in found][-1] == "server"
    assert "server" not in [finding.name for finding in without]
    assert len(service.asked) == asked == 2


def test_a_live_session_without_a_screen_has_the_notice_say_where_sound_goes() -> None:
    from copilot.cli.live import _consent  # noqa: PLC0415

    _says("https://gpubox.example")
    arguments = ["--role", ROLE, "--headless", "--consent", "given"]
    parser = command_parser("live")

    consent = _consent(parser.parse_args(arguments))
    alone = _consent(parser.parse_args([*arguments, "--no-server"]))

    assert consent is not None
    assert alone is not None
    assert "gpubox.example" in consent.wording
    assert "gpubox.example" not in alone.wording
