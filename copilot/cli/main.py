"""``interview-copilot``: finds the command, runs it, and says plainly what went wrong."""

import argparse
import errno
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Protocol, cast

from copilot import __version__
from copilot.cli.language import interface_language
from copilot.cli.parsing import CommandParser
from copilot.errors import CopilotError, ExitCode, StorageError, nearest
from copilot.i18n import INTERFACE_LANGUAGES, speak

# numpy's own threads wait for each other while the speech model uses the same cores; one is faster
# for the small products here. It has to be said before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

#: Each command's module is imported only when it is asked for, so that the first screen is fast.
COMMANDS = {
    "start": "the start screen: new interview, resume, review, rehearse, settings",
    "live": "hold an interview: both sides of the call, as it happens",
    "devices": "list what can hear you and the call",
    "doctor": "prove by sound that the set-up works",
    "demo": "hear the interview that ships, in the app or as events",
    "serve": "show the app in a browser on this machine",
    "replay": "run the whole pipeline over a recording or an earlier session",
    "transcribe": "write down what a recording says",
    "match": "match an answer, or many, against a question's expected points",
    "knowledge": "list, show and check guides",
    "prompts": "list, show, render and check what a language model is asked",
    "llm": "choose and check a language model for sharper suggestions",
    "sessions": "stored sessions: list, show, resume, encrypt, hand out, anonymise, delete",
    "review": "go through a stored session: what was said, found, rated and noted",
    "recap": "tell what was heard, question by question, in quotes or in prose",
    "report": "write a session's report",
    "search": "find stored sessions by what was said in them",
    "compare": "candidates for a role side by side; the machine puts none first",
    "panel": "several raters who see each other's ratings once all have handed theirs in",
    "lab": "tune prompts and guides on cases and held interviews, and see what changes",
    "keys": "list what can be done on each screen, by which key, and change keys",
    "models": "list, fetch, verify and choose speech models, or a transcription server",
}


class CommandModule(Protocol):
    """What every command's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


def command_module(name: str) -> CommandModule:
    """The module behind a command."""
    return cast("CommandModule", importlib.import_module(f"copilot.cli.{name}"))


def command_parser(name: str) -> argparse.ArgumentParser:
    """The full parser of one command."""
    parser = CommandParser(prog=f"interview-copilot {name}", description=_sentence(COMMANDS[name]))
    command_module(name).configure(parser)
    return parser


def top_parser() -> argparse.ArgumentParser:
    """The parser that only finds the command."""
    listed = "\n".join(f"  {name:<12}{what}" for name, what in COMMANDS.items())
    parser = CommandParser(
        prog="interview-copilot",
        usage="interview-copilot [--lang en|fr] COMMAND …",
        description="A terminal copilot for people who interview.",
        epilog=f"commands:\n{listed}\n\ninterview-copilot COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"interview-copilot {__version__}")
    parser.add_argument(
        "--lang",
        choices=tuple(INTERFACE_LANGUAGES),
        help="language of the interface (default: INTERVIEW_COPILOT_LANG, the settings, then the "
        "machine's)",
    )
    parser.add_argument("command", metavar="COMMAND", help=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is one of ``ExitCode``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        sys.stdout.flush()  # here, where a failure can still be told
    except CopilotError as error:
        return _told(error)
    except KeyboardInterrupt:
        # On a terminal the cursor stands behind what was typed, or behind ^C.
        sys.stderr.write("\nStopped.\n" if sys.stderr.isatty() else "Stopped.\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return ExitCode.UNREAD
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            raise
        # Every file of ours names itself, so this is what was printed.
        _give_up_stdout()
        return _told(StorageError(f"the output: {error.strerror}.", "Free space, then try again."))
    return code


def _told(error: CopilotError) -> int:
    if os.environ.get("INTERVIEW_COPILOT_DEBUG"):
        traceback.print_exc()
    sys.stderr.write(f"{error}\n")
    return error.exit_code


def _give_up_stdout() -> None:
    """Send what is still buffered nowhere, or the interpreter complains of it when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: list[str]) -> int:
    if _asks_for_nothing(given) and _in_terminal():
        given = [*given, "start"]
    split = _place_of_command(given)
    options = top_parser().parse_args(given[: split + 1])
    speak(interface_language(options.lang))
    name = options.command
    if name not in COMMANDS:
        top_parser().error(f"there is no command {name!r}. {nearest(name, COMMANDS)}")
    parsed = command_parser(name).parse_args(given[split + 1 :])
    return command_module(name).run(parsed)


def _asks_for_nothing(given: list[str]) -> bool:
    """Whether nothing is named but the interface's language."""
    return (
        not given
        or (len(given) == 2 and given[0] == "--lang")
        or (len(given) == 1 and given[0].startswith("--lang="))
    )


def _in_terminal() -> bool:
    """Whether somebody can see a screen and press keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _place_of_command(given: list[str]) -> int:
    """Where the command stands: the first word that neither is an option nor belongs to one."""
    for place, word in enumerate(given):
        if not word.startswith("-") and (place == 0 or given[place - 1] != "--lang"):
            return place
    return len(given)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


if __name__ == "__main__":
    sys.exit(main())
