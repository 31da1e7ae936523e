"""``sessions receipts``: what was deleted, when and by whom."""

import argparse
import sys
from datetime import UTC, datetime

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode
from copilot.store import SessionStore
from copilot.store.deleting import finish_deletions
from copilot.store.receipts import Receipts

_FOUND = {
    "clean": "nothing left",
    "found": "something is left",
    "unread": "not all could be searched",
    "not possible": "not searched",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """List them, the latest first."""
    store = SessionStore()
    finish_deletions(store, datetime.now(UTC))
    receipts, broken = Receipts(store.root.parent).all()
    for error in broken:
        sys.stderr.write(f"{error}\n")
    if not receipts and not options.json:
        sys.stdout.write("No session was deleted.\n")
    for receipt in receipts:
        if options.json:
            print_json(receipt.model_dump())
            continue
        found = _FOUND[receipt.check.result] if receipt.check else "not searched"
        sys.stdout.write(
            f"{receipt.id}  deleted {receipt.deleted_at} by {receipt.by or '?'} ({receipt.reason})"
            f"  {receipt.files} files, {receipt.bytes / 1e6:.1f} MB  {found}\n"
        )
    return ExitCode.OK
