"""``sessions list``: all that is stored, newest first."""

import argparse
import contextlib
import sys
from datetime import UTC, datetime

from copilot.cli.printing import print_json
from copilot.errors import ExitCode, SessionError, StorageError
from copilot.store import SessionFolder, SessionStore
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
            if folder.is_encrypted:
                _tell_encrypted(folder, as_json=options.json)
                continue
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


def _tell_encrypted(folder: SessionFolder, *, as_json: bool) -> None:
    # Here and not at the top: ordinary sessions need none of it.
    from copilot.store.encryption.copies import left_copies  # noqa: PLC0415
    from copilot.store.encryption.vault import opened_by  # noqa: PLC0415

    key = opened_by(folder.path)
    copies = [str(copy.path) for copy in left_copies(folder.path)]
    if as_json:
        told = {"id": folder.id, "state": "encrypted", "folder": str(folder.path)}
        print_json({**told, "resumable": False, "opened_by": key, "open_copies": copies})
        return
    sys.stdout.write(f"{folder.id}  encrypted  opened by its {key}\n")
    for path in copies:
        sys.stdout.write(
            f"  readable as long as it is open, or until it is opened the next time: {path}\n"
        )
