"""``knowledge new``: a guide with one worked example."""

import argparse
import sys
from pathlib import Path

from copilot.errors import ExitCode
from copilot.guides.making import new_guide
from copilot.knowledge.guide import LANGUAGES


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="the new guide's id, as head-baker")
    parser.add_argument("--title", default="", help="what the role is called")
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of the guide (default: en)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to (default: your own guides' folder)"
    )


def run(options: argparse.Namespace) -> int:
    """Write it."""
    made = new_guide(
        options.role, title=options.title, language=options.language, folder=options.out
    )
    named = made.guide if options.out else made.role
    sys.stdout.write(
        f"{made.guide}\n"
        f"Edit it as text, or: interview-copilot knowledge edit {made.role}\n"
        f"Then:               interview-copilot knowledge check {named}\n"
    )
    return ExitCode.OK
