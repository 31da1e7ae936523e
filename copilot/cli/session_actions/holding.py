"""``sessions hold``: keep a session for now, whatever its age and whoever would delete it."""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from copilot.cli.json_output import print_json
from copilot.cli.opening import ID_HELP
from copilot.errors import ExitCode, UsageError
from copilot.store import SessionStore
from copilot.store.holds import Holds


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    parser.add_argument("--off", action="store_true", help="let it go by its age again")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, such as a case number")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Put it on hold, or take the hold off."""
    store = SessionStore()
    folder = store.find(options.id)
    holds = Holds(store.root.parent)
    if options.off and options.reason:
        raise UsageError("--off takes no reason.", "Leave --reason out.")
    if options.off:
        was_held = holds.take_off(folder.id)
        if options.json:
            print_json({"id": folder.id, "hold": None})
        else:
            what = "goes by its age again" if was_held else "was not on hold"
            sys.stderr.write(f"{folder.id} {what}.\n")
        return ExitCode.OK
    now, by = datetime.now(UTC), getpass.getuser()
    hold = holds.put(folder.id, since=now, by=by, reason=" ".join(options.reason.split()))
    if options.json:
        print_json({"id": folder.id, "hold": hold.model_dump()})
    else:
        sys.stderr.write(f"{folder.id} is kept until somebody takes the hold off.\n")
    return ExitCode.OK
