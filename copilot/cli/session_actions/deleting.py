"""``sessions delete``: remove a session with everything in it, and prove that it is gone."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from copilot.cli.json_output import print_json
from copilot.cli.opening import add_session_argument, opened_session
from copilot.cli.session_actions.asking import agreed
from copilot.errors import ExitCode, SessionError
from copilot.store import SessionFolder, SessionStore
from copilot.store.deleting import (
    Deletion,
    Known,
    check_deletable,
    delete_sessions,
    finish_deletions,
    known_of,
)
from copilot.store.receipts import Receipt, Receipts


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--open",
        action="store_true",
        help="open an encrypted session with its key before, so that it can be searched for "
        "afterwards and copies of it can be named",
    )
    parser.add_argument("--json", action="store_true", help="print the receipt, for machines")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Delete it, once somebody agreed."""
    store, now = SessionStore(), datetime.now(UTC)
    finished = finish_deletions(store, now)
    is_gone = not (store.root / options.id).exists()  # else it was restored from a backup
    if is_gone and options.id in [receipt.id for receipt in finished]:
        return told(store, finished, as_json=options.json)
    if finished and not options.json:
        told(store, finished, as_json=False)
    folder = _found(store, options.id)
    check_deletable(folder)
    question = f"Delete {folder.id} with its sound and text for good?"
    if not options.yes and not agreed(question):
        return ExitCode.OK
    known = {folder.id: _read_before(folder, options)} if options.open else None
    receipts = delete_sessions([folder], Deletion(getpass.getuser(), now), known)
    return told(store, receipts, as_json=options.json)


def _read_before(folder: SessionFolder, options: argparse.Namespace) -> Known:
    with opened_session(folder.id, options.key_file) as opened:
        return known_of(opened)


def _found(store: SessionStore, session_id: str) -> SessionFolder:
    """The session; its folder by its whole name where ``session.json`` is missing."""
    try:
        return store.find(session_id)
    except SessionError:
        bare = store.root / session_id
        is_name = session_id not in ("", ".", "..") and bare.name == session_id
        if is_name and not session_id.startswith(".") and bare.is_dir():
            return SessionFolder(bare)
        raise


def told(store: SessionStore, receipts: Sequence[Receipt], *, as_json: bool) -> int:
    """Print what deleting came to; the exit code says whether anything is left."""
    for receipt in receipts:
        if as_json:
            print_json({**receipt.model_dump(), "deleted": True})
        else:
            sys.stderr.write("\n".join(_lines(store, receipt)) + "\n")
    is_left = any(receipt.check and receipt.check.result == "found" for receipt in receipts)
    return ExitCode.FAILED if is_left else ExitCode.OK


def _lines(store: SessionStore, receipt: Receipt) -> list[str]:
    lines = [f"Deleted {receipt.id}: {receipt.files} files, {receipt.bytes / 1e6:.1f} MB."]
    check = receipt.check
    if check is None or check.result == "not possible":
        lines.append("No phrase of it was known, so nothing could be searched for.")
    else:
        searched = f"{check.phrases} phrases of it were searched for in {check.files} files"
        lines.append(f"{searched} ({check.bytes / 1e6:.1f} MB): {len(check.found_in)} hold one.")
        lines += [f"  still there: {store.root.parent / place}" for place in check.found_in]
        lines += [f"  could not be read: {store.root.parent / place}" for place in check.unread]
    if receipt.outside:
        lines.append("Copies were written elsewhere; delete them yourself:")
        lines += [f"  {each.path} ({each.kind}, {each.written_at})" for each in receipt.outside]
    lines.append(f"Receipt: {Receipts(store.root.parent).path(receipt.id)}")
    return lines
