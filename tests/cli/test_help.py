"""Help, version, and what is said to a command line that cannot be understood."""

import pytest

from copilot import __version__
from copilot.cli.main import COMMANDS
from tests.builders import run_python
from tests.cli.command import ROLE, run

ACTIONS = {
    "knowledge": (
        "list",
        "show",
        "check",
        "edit",
        "import",
        "enrich",
        "new",
        "copy",
        "diff",
        "export",
        "plan",
        "import-plan",
        "schema",
    ),
    "sessions": ("list", "show", "verify", "delete"),
    "models": ("list", "fetch", "verify"),
}

_HEAVY_AFTER = """
import contextlib, io, sys
from copilot.cli.main import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    try:
        main(sys.argv[1:])
    except SystemExit as leaving:
        assert not leaving.code
assert out.getvalue()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(flag: str) -> None:
    loaded = set(run_python(_HEAVY_AFTER, flag).split())

    assert not loaded & {"numpy", "textual", "faster_whisper", "onnxruntime", "pydantic", "av"}


@pytest.mark.parametrize("command", ["demo", "sessions", "report"])
def test_help_of_a_command_loads_no_model_and_no_screen(command: str) -> None:
    loaded = set(run_python(_HEAVY_AFTER, command, "--help").split())

    assert not loaded & {"textual", "faster_whisper", "onnxruntime", "av"}


def test_version() -> None:
    done = run("--version")

    assert (done.code, done.out, done.err) == (0, f"interview-copilot {__version__}\n", "")


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_every_command(flag: str) -> None:
    done = run(flag)

    assert (done.code, done.err) == (0, "")
    for command, what in COMMANDS.items():
        assert f"  {command}" in done.out
        assert what in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_says_what_it_does(command: str) -> None:
    done = run(command, "--help")

    assert (done.code, done.err) == (0, "")
    assert f"usage: interview-copilot {command}" in done.out
    assert COMMANDS[command][1:20] in done.out


@pytest.mark.parametrize(
    ("command", "action"), [(c, action) for c, actions in ACTIONS.items() for action in actions]
)
def test_help_of_an_action(command: str, action: str) -> None:
    done = run(command, action, "--help")

    assert (done.code, done.err) == (0, "")
    assert f"usage: interview-copilot {command} {action}" in done.out


@pytest.mark.parametrize(
    ("arguments", "says", "see"),
    [
        ([], "COMMAND", ""),
        (["--nonsense"], "COMMAND", ""),
        (["--nonsense", "demo"], "--nonsense", ""),
        (["rapport"], "Did you mean 'report'?", ""),
        (["x"], "Known: compare, demo, ", ""),
        (["replay", "--nonsense", "a.wav"], "--nonsense", "replay "),
        (["replay", "a.wav", "b.wav"], "b.wav", "replay "),
        (["replay", "--role"], "--role", "replay "),
        (["transcribe"], "FILE", "transcribe "),
        (["knowledge"], "ACTION", "knowledge "),
        (["sessions"], "ACTION", "sessions "),
        (["models"], "ACTION", "models "),
        (["sessions", "list", "x"], "x", "sessions "),
        (["report"], "ID", "report "),
        (["report", "last", "--format", "docx"], "'docx'", "report "),
        (["knowledge", "schema", "event"], "'event'", "knowledge schema "),
    ],
)
def test_a_command_line_that_cannot_be_understood(
    arguments: list[str], says: str, see: str
) -> None:
    done = run(*arguments)

    assert (done.code, done.out) == (2, "")
    assert says in done.message
    assert f"→ interview-copilot {see}--help\n" in done.message


@pytest.mark.parametrize("command", ["demo --headless", f"replay call.wav --role {ROLE}"])
@pytest.mark.parametrize(
    "speed", ["0", "-1", "-0.5", "nan", "inf", "-inf", "1e9", "fast", "", "٤٤٤٤"]
)
def test_a_speed_that_is_none(command: str, speed: str) -> None:
    done = run(*command.split(), f"--speed={speed}")

    assert (done.code, done.out) == (2, "")
    assert "--speed" in done.message
    assert "is no speed; give a number such as 4, or max" in done.message


@pytest.mark.parametrize("speed", ["-1", "0", "nan"])
def test_the_same_as_a_word_of_its_own(speed: str) -> None:
    done = run("demo", "--headless", "--speed", speed)

    assert (done.code, done.out) == (2, "")
    assert "--speed" in done.message
