"""``sessions delete``: remove a session with everything in it."""

import argparse
import sys

from copilot.cli.opening import ID_HELP
from copilot.cli.printing import print_json
from copilot.errors import ExitCode, UsageError
from copilot.store import SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Delete it, once somebody agreed."""
    folder = SessionStore().find(options.id)
    if not options.yes:
        if not sys.stdin.isatty():
            raise UsageError("nobody is there to confirm.", "Add --yes to delete without asking.")
        sys.stderr.write(f"Delete {folder.id} with its sound and text for good? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().lower() not in {"y", "yes", "o", "oui"}:
            sys.stderr.write("Kept.\n")
            return ExitCode.OK
    folder.delete()
    if options.json:
        print_json({"id": folder.id, "deleted": True})
    else:
        sys.stderr.write(f"Deleted {folder.id}.\n")
    return ExitCode.OK
