"""``knowledge show``: a guide for reading."""

import argparse
import sys

from copilot.cli import options as shared
from copilot.errors import ExitCode
from copilot.knowledge.loading import load_guide
from copilot.knowledge.showing import to_text


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("role", metavar="ROLE", help="a guide's id, or the path of its file")
    shared.add_language(parser)
    parser.add_argument("--full", action="store_true", help="with every sentence listened for")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    guide = load_guide(options.role, options.language)
    sys.stdout.write(to_text(guide, full=options.full))
    return ExitCode.OK
