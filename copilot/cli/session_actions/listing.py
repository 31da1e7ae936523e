"""``sessions list``: all that is stored, newest first."""

import argparse
import contextlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from copilot.cli.filters import add_filters, filters_from
from copilot.cli.json_output import print_json
from copilot.cli.parsing import positive
from copilot.errors import ExitCode, SessionError, StorageError
from copilot.store import SessionFolder, SessionRecord, SessionStore
from copilot.store.deleting import finish_deletions
from copilot.store.index import Filters, Listed, list_sessions
from copilot.timecode import timecode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_filters(parser)
    parser.add_argument("--limit", type=positive, metavar="N", help="the newest N only")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """List them."""
    filters = filters_from(options)
    store = SessionStore()
    with contextlib.suppress(StorageError):  # a full disk finishes nothing, but can be looked at
        finish_deletions(store, datetime.now(UTC))
    listed = list_sessions(store, filters, options.limit, with_records=options.json)
    if not listed and not options.json:
        which = "Nothing" if filters == Filters() else "No such session"
        sys.stdout.write(f"{which} is stored in {store.root}.\n")
    for each in listed:
        if each.is_readable and each.duration_s is not None:
            # What has ended does not change any more: nothing of it is looked at again.
            _tell_ended(store, each)
            continue
        folder = SessionFolder(store.root / each.id)
        try:
            if each.is_encrypted:
                _tell_encrypted(folder, as_json=options.json)
            else:
                _tell(folder, as_json=options.json)
        except SessionError as error:
            sys.stderr.write(f"{error}\n")
    return ExitCode.OK


def _tell_ended(store: SessionStore, session: Listed) -> None:
    if session.record is None:
        sys.stdout.write(_line(session, "ended", session.duration_s, is_resumable=False))
        return
    record = SessionRecord.model_validate_json(session.record)
    _tell_as_json(record, store.root / session.id, "ended", is_resumable=False)


def _tell(folder: SessionFolder, *, as_json: bool) -> None:
    record, state, is_resumable = folder.record(), folder.state(), folder.is_resumable()
    if as_json:
        _tell_as_json(record, folder.path, state, is_resumable=is_resumable)
        return
    duration_s = None if record.ended is None else record.ended.duration_s
    sys.stdout.write(_line(record, state, duration_s, is_resumable=is_resumable))


def _tell_as_json(record: SessionRecord, folder: Path, state: str, *, is_resumable: bool) -> None:
    data = {**record.model_dump(), "state": state, "folder": str(folder)}
    text = json.dumps({**data, "resumable": is_resumable}, ensure_ascii=False)
    sys.stdout.write(text + "\n")  # with no flush a line, which thousands of them would feel


def _line(
    session: Listed | SessionRecord, state: str, duration_s: float | None, *, is_resumable: bool
) -> str:
    length = "-" if duration_s is None else timecode(duration_s)
    alias = f"{session.alias}, " if session.alias else ""
    return (
        f"{session.id}  {state:<11} {length:>8}  {session.language}  {alias}{session.title}"
        f"  ({session.source}){'  can be resumed' if is_resumable else ''}\n"
    )


def _tell_encrypted(folder: SessionFolder, *, as_json: bool) -> None:
    # Here and not at the top: ordinary sessions need none of it.
    from copilot.store.encryption.changing import settle  # noqa: PLC0415
    from copilot.store.encryption.copies import left_copies  # noqa: PLC0415
    from copilot.store.encryption.vault import opened_by  # noqa: PLC0415

    settle(folder)
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
