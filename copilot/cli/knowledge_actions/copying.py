"""``knowledge copy``: a guide under another name, to go on from."""

import argparse
import sys
from pathlib import Path

from copilot.errors import ExitCode
from copilot.guides.making import copied_guide


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="a guide's id, or the path of its file")
    parser.add_argument("new", metavar="NEW", help="the copy's id, as head-baker")
    parser.add_argument("--title", default="", help="what the role is called (default: as before)")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where to (default: your own guides' folder)"
    )


def run(options: argparse.Namespace) -> int:
    """Copy it."""
    made = copied_guide(options.role, options.new, title=options.title, folder=options.out)
    for path in (made.guide, *made.overlays):
        sys.stdout.write(f"{path}\n")
    return ExitCode.OK
