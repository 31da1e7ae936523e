"""``llm``: off by default, on when somebody says so, and never with a key in a file."""

import io
import json
from collections.abc import Iterator

import pytest

from copilot.cli import doctor
from copilot.cli.main import command_parser
from copilot.cli.options import chosen_llm
from copilot.engine.doctor import Finding
from copilot.settings import load_settings, settings_path
from tests.cli.command import ROLE, run
from tests.llm.scripted_server import Refuses, Says, ScriptedServer, playing

KEY = "sk-very-secret"
REMOTE = ("add", "mine", "--url", "https://llm.example", "--model", "large")


def _says(*arguments: str) -> str:
    done = run("llm", *arguments)
    assert (done.code, done.err) == (0, "")
    return done.out


def _chosen(*arguments: str):
    return chosen_llm(command_parser("demo").parse_args(list(arguments)))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=Says('{"word": "ready"}'))) as running:
        yield running


def test_at_first_no_text_leaves_the_machine() -> None:
    assert "no text leaves this machine" in _says("list")
    assert _chosen() is None


def test_a_profile_is_added_used_listed_and_given_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LLM_KEY", KEY)

    added = _says(*REMOTE, "--key", "env:LLM_KEY")
    assert "mine added: large at llm.example." in added
    assert "Nothing is sent yet." in added
    assert _chosen() is None

    used = _says("use", "mine")
    assert "text → llm.example" in used
    assert "not encrypted" not in used
    assert KEY not in added + used + _says("list") + settings_path().read_text()
    assert "* mine" in _says("list")
    chosen = _chosen()
    assert chosen is not None
    assert (chosen.url, chosen.model) == ("https://llm.example/v1", "large")
    assert chosen.key() == KEY

    assert "No text is sent" in _says("use", "off")
    assert _chosen() is None
    assert "None is in use" in _says("list")


def test_the_command_line_wins_over_the_settings() -> None:
    _says(*REMOTE)
    _says("add", "ollama", "--model", "small")
    _says("use", "mine")

    other = _chosen("--llm", "ollama")

    assert other is not None
    assert other.url == "http://127.0.0.1:11434/v1"  # the usual one
    assert _chosen("--llm", "off") is None


@pytest.mark.parametrize("command", ["live", "replay", "demo", "doctor"])
def test_every_command_that_holds_an_interview_takes_it(command: str) -> None:
    required = ["--role", ROLE] if command == "live" else []
    parsed = command_parser(command).parse_args([*required, "--llm", "off"])

    assert chosen_llm(parsed) is None


def test_an_added_profile_is_changed_by_adding_it_again() -> None:
    _says(*REMOTE)
    _says("use", "mine")

    said = _says(
        *(*REMOTE[:-1], "larger", "--context-tokens", "16384"),
        *("--prices", "0.4", "1.6", "--session-cost", "2"),
    )

    assert "mine changed: larger at llm.example." in said
    assert "It is in use." in said
    chosen = _chosen()
    assert chosen is not None
    assert (chosen.model, chosen.context_tokens, chosen.session_cost) == ("larger", 16384, 2)
    assert chosen.prices is not None


def test_a_profile_that_is_removed_is_used_no_more() -> None:
    _says(*REMOTE)
    _says("use", "mine")

    said = _says("remove", "mine")

    assert "No text is sent" in said
    assert load_settings().llm is None
    assert load_settings().llm_profiles is None


def test_other_settings_stay() -> None:
    run("models", "use", "tiny.en")
    _says(*REMOTE)
    _says("remove", "mine")

    assert load_settings().model == "tiny.en"


def test_what_is_missing_or_unencrypted_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LLM_KEY", raising=False)

    said = _says(
        *("add", "mine", "--url", "http://llm.example", "--model", "m"),
        *("--allow-http", "--key", "env:LLM_KEY"),
    )

    assert "not encrypted" in said
    assert "there is no key for llm.example in the environment variable LLM_KEY" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "mine", "--url", "http://llm.example", "--model", "m"], "unencrypted"),
        (["add", "mine", "--url", "llm", "--model", "m"], "no address"),
        (["add", "mine", "--url", "https://me:hunter2@llm.example", "--model", "m"], "no name,"),
        (
            ["add", "mine", "--url", "https://x.example", "--model", "m", "--key", "hunter2"],
            "no na",
        ),
        (["add", "mine", "--url", "https://llm.example", "--model", ""], "the model's name"),
        (["add", "Mine!", "--url", "https://llm.example", "--model", "m"], "small letters"),
        (["add", "mine", "--model", "m"], "--url is missing"),
        (["add", "openai", "--model", "m"], "without a key"),
        ([*REMOTE, "--session-cost", "1"], "without prices"),
        (["use", "mine"], "there is no profile 'mine'"),
        (["remove", "mine"], "there is no profile 'mine'"),
        (["check", "mine"], "there is no profile 'mine'"),
        (["check"], "no language model is in use"),
    ],
)
def test_what_cannot_be_used_is_refused_and_changes_nothing(
    arguments: list[str], says: str
) -> None:
    done = run("llm", *arguments)

    assert done.code == 2
    assert says in done.err
    assert "hunter2" not in done.err
    assert not settings_path().exists()


def test_an_unknown_profile_on_the_command_line_names_the_nearest() -> None:
    _says(*REMOTE)

    done = run("demo", "--headless", "--speed", "max", "--no-save", "--llm", "mina")

    assert done.code == 2
    assert "Did you mean 'mine'?" in done.err


def test_a_broken_profile_hides_no_other_and_is_named_when_used() -> None:
    _says(*REMOTE)
    settings = json.loads(settings_path().read_text())
    settings["llm_profiles"]["broken"] = {"url": "https://x.example", "modell": "m"}
    settings_path().write_text(json.dumps(settings))

    listed = _says("list")
    done = run("llm", "use", "broken")

    assert "large at llm.example" in listed
    assert "llm_profiles.broken" in listed
    assert done.code == 3
    assert "llm_profiles.broken" in done.err


# -- whether it works -----------------------------------------------------------------------------


def test_the_check_says_what_works(server: ScriptedServer) -> None:
    _says("add", "toy", "--url", server.url, "--model", "toy")

    said = _says("check", "toy")

    assert "toy, toy" in said
    assert "keeps to a JSON schema" in said
    assert len(server.asked) == 2


def test_the_check_of_one_that_fails_says_so_by_its_exit_code(server: ScriptedServer) -> None:
    server.always = Refuses(401)
    _says("add", "toy", "--url", server.url, "--model", "toy")
    _says("use", "toy")

    done = run("llm", "check")

    assert done.code == 1
    assert "Language model endpoint failed" in done.out


def test_the_doctor_looks_at_it(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # The speed of the local models has tests of its own and takes long.
    monkeypatch.setattr(doctor, "check_speed", lambda *_, **__: Finding("speed", "not measured"))
    _says("add", "toy", "--url", server.url, "--model", "toy")
    _says("use", "toy")
    parser, out = command_parser("doctor"), io.StringIO()

    found = doctor._check_rest(parser.parse_args(["--model", "tiny.en"]), out)
    asked = len(server.asked)
    without = doctor._check_rest(parser.parse_args(["--model", "tiny.en", "--llm", "off"]), out)

    assert "Language model\n  text → 127.0.0.1" in out.getvalue()
    assert found[-1].name == "llm"
    assert "llm" not in [finding.name for finding in without]
    assert len(server.asked) == asked == 2


# -- consent --------------------------------------------------------------------------------------


def test_a_live_session_without_a_screen_has_the_notice_say_where_text_goes() -> None:
    from copilot.cli.live import _consent  # noqa: PLC0415

    _says(*REMOTE)
    _says("use", "mine")
    arguments = ["--role", ROLE, "--headless", "--consent", "given"]
    parser = command_parser("live")

    consent = _consent(parser.parse_args(arguments))
    alone = _consent(parser.parse_args([*arguments, "--llm", "off"]))

    assert consent is not None
    assert alone is not None
    assert "llm.example" in consent.wording
    assert "llm.example" not in alone.wording
