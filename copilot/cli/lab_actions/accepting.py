"""``lab accept``: make a variant of a prompt the one that is used."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from copilot.cli.lab_actions.asking import confirm
from copilot.errors import ExitCode
from copilot.lab.optimising.accepting import accept, acceptance


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a prompt, or a variant of one")
    parser.add_argument("--yes", action="store_true", help="take it without being asked")


def run(options: argparse.Namespace) -> int:
    """Show what changes, ask, and do it."""
    wanted = acceptance(options.file)
    if wanted.proposed.sha256 == wanted.in_use.sha256:
        sys.stderr.write(f"It is in use already: {wanted.in_use.path}\n")
        return ExitCode.OK
    sys.stdout.write("\n".join(map(_visible, wanted.diff)) + "\n")
    sys.stdout.flush()
    if wanted.in_use.language != wanted.proposed.language:
        sys.stderr.write(f"So far {wanted.in_use.path} was used for this language as well.\n")
    confirm(f"Use it as {wanted.target}?", yes=options.yes)
    kept = accept(wanted, datetime.now().astimezone())
    if kept is not None:
        again = f"interview-copilot lab accept {kept}"
        sys.stderr.write(f"What stood there before is kept. To go back: {again}\n")
    sys.stderr.write(f"In use from the next request on: {wanted.target}\n")
    return ExitCode.OK


def _visible(line: str) -> str:
    """A line without what a terminal would take for a command."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "�" for sign in line)
