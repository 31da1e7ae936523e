"""``sessions show``: what happened, line by line."""

import argparse
import sys

from copilot.cli.opening import add_session_argument, opened_session
from copilot.cli.printing import PlainLines
from copilot.errors import ExitCode
from copilot.events import event_to_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Print every event."""
    lines = PlainLines()
    with opened_session(options.id, options.key_file) as folder:
        for event in folder.read_journal().events:
            if options.json:
                sys.stdout.write(event_to_json(event).decode() + "\n")
            else:
                lines.on_event(event)
    return ExitCode.OK
