"""``sessions purge``: delete what is past its date."""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from copilot.cli.session_actions.asking import agreed
from copilot.cli.session_actions.deleting import told
from copilot.cli.session_actions.due import line_of, told_standings
from copilot.errors import CopilotError, ExitCode
from copilot.store import SessionStore
from copilot.store.deleting import Deletion, check_deletable, delete_sessions, finish_deletions
from copilot.store.retention import Standing


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("--json", action="store_true", help="print the receipts, for machines")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")


def run(options: argparse.Namespace) -> int:
    """Delete it, once somebody agreed."""
    store, now = SessionStore(), datetime.now(UTC)
    told(store, finish_deletions(store, now), as_json=options.json)
    due = [each for each in told_standings(store) if each.is_due(now) and _may_go(each)]
    if not due:
        sys.stderr.write("Nothing is past its date that could be deleted.\n")
        return ExitCode.OK
    sys.stderr.writelines(line_of(standing, now) + "\n" for standing in due)
    if options.dry_run:
        return ExitCode.OK
    count = "1 interview" if len(due) == 1 else f"{len(due)} interviews"
    if not options.yes and not agreed(f"Delete {count} with sound and text for good?"):
        return ExitCode.OK
    deletion = Deletion(getpass.getuser(), now, "retention")
    receipts = delete_sessions([standing.folder for standing in due], deletion)
    return told(store, receipts, as_json=options.json)


def _may_go(standing: Standing) -> bool:
    """Whether a session may be deleted now; says why not."""
    try:
        check_deletable(standing.folder)
    except CopilotError as error:
        sys.stderr.write(f"Left out. {error}\n")
        return False
    return True
