"""What commands and their actions are parsed with; it says what is wrong as all our errors do."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from copilot.errors import ExitCode


class CommandParser(argparse.ArgumentParser):
    """Says what is wrong in the words of all our errors."""

    def error(self, message: str) -> NoReturn:
        """Say it, with the way to the help, and leave."""
        text = message[:1].lower() + message[1:]
        end = "" if text.endswith((".", "?")) else "."
        sys.stderr.write(f"Not understood: {text}{end}\n→ {self.prog} --help\n")
        raise SystemExit(ExitCode.USAGE)


class LaterParser(CommandParser):
    """The parser of an action among many; its arguments are added when somebody asks for them.

    So that only the action that is done has its module, and all that this needs, imported.

    Attributes:
        fill: Adds the arguments; None once they are there.
    """

    fill: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(  # type: ignore[override] # argparse has overloads nobody needs here
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As argparse does it."""
        self._filled()
        return super().parse_known_args(args, namespace)

    def format_help(self) -> str:
        """As argparse does it."""
        self._filled()
        return super().format_help()

    def _filled(self) -> None:
        fill, self.fill = self.fill, None
        if fill is not None:
            fill(self)


def positive(text: str) -> int:
    """A whole number above 0."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)
