"""``sessions list``: all that is stored, newest first."""

import argparse
import contextlib
import sys
from datetime import UTC, datetime

from copilot.cli.printing import print_json
from copilot.errors import ExitCode, SessionError, StorageError
from copilot.store import SessionStore
from copilot.store.deleting import finish_deletions
from copilot.timecode import timecode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """List them."""
    store = SessionStore()
    with contextlib.suppress(StorageError):  # a full disk finishes nothing, but can be looked at
        finish_deletions(store, datetime.now(UTC))
    folders = store.folders()
    if not folders and not options.json:
        sys.stdout.write(f"Nothing is stored in {store.root}.\n")
    for folder in folders:
        try:
            record, state = folder.record(), folder.state()
        except SessionError as error:
            sys.stderr.write(f"{error}\n")
            continue
        if options.json:
            data = {**record.model_dump(), "state": state, "folder": str(folder.path)}
            print_json({**data, "resumable": folder.is_resumable()})
            continue
        length = timecode(record.ended.duration_s) if record.ended else "-"
        sys.stdout.write(
            f"{record.id}  {state:<11} {length:>8}  {record.language}  {record.title}"
            f"  ({record.source}){'  can be resumed' if folder.is_resumable() else ''}\n"
        )
    return ExitCode.OK
