"""``sessions``: list, show, verify, resume, pack and delete what is stored."""

import argparse
import sys
from collections.abc import Callable

from copilot.cli import resuming
from copilot.cli.printing import PlainLines, print_json
from copilot.errors import ExitCode, SessionError, UsageError
from copilot.events import Channel, event_to_json
from copilot.interview import replay
from copilot.store import SessionFolder, SessionStore
from copilot.timecode import timecode

_ID_HELP = "a session's id, the beginning of one, or last"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all stored sessions, newest first")
    show = actions.add_parser("show", help="what happened, line by line")
    verify = actions.add_parser("verify", help="check a journal's hash chain")
    resume = actions.add_parser("resume", help="go on with an interrupted session")
    pack = actions.add_parser("pack", help="store a session's sound as FLAC: smaller, nothing lost")
    delete = actions.add_parser("delete", help="remove a session with everything in it")
    for action in (show, verify, resume, pack, delete):
        action.add_argument("id", metavar="ID", help=_ID_HELP)
    for action in (listing, show, verify, pack, delete):
        action.add_argument("--json", action="store_true", help="for machines")
    resuming.configure(resume)
    pack.add_argument(
        "--accept",
        action="store_true",
        help="pack an interrupted session as it is; it cannot be resumed after that",
    )
    delete.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    store = SessionStore()
    if options.action == "list":
        return _list(store, as_json=options.json)
    action: Callable[[SessionFolder, argparse.Namespace], int] = {
        "show": _show,
        "verify": _verify,
        "resume": resuming.resume,
        "pack": _pack,
        "delete": _delete,
    }[options.action]
    return action(store.find(options.id), options)


def _list(store: SessionStore, *, as_json: bool) -> int:
    folders = store.folders()
    if not folders and not as_json:
        sys.stdout.write(f"Nothing is stored in {store.root}.\n")
    for folder in folders:
        try:
            record, state = folder.record(), folder.state()
        except SessionError as error:
            sys.stderr.write(f"{error}\n")
            continue
        if as_json:
            data = {**record.model_dump(), "state": state, "folder": str(folder.path)}
            print_json({**data, "resumable": folder.is_resumable()})
            continue
        length = timecode(record.ended.duration_s) if record.ended else "-"
        sys.stdout.write(
            f"{record.id}  {state:<11} {length:>8}  {record.language}  {record.title}"
            f"  ({record.source}){'  can be resumed' if folder.is_resumable() else ''}\n"
        )
    return ExitCode.OK


def _show(folder: SessionFolder, options: argparse.Namespace) -> int:
    lines = PlainLines()
    for event in folder.read_journal().events:
        if options.json:
            sys.stdout.write(event_to_json(event).decode() + "\n")
        else:
            lines.on_event(event)
    return ExitCode.OK


def _verify(folder: SessionFolder, options: argparse.Namespace) -> int:
    reading = folder.read_journal()
    interview = replay(reading.events)
    result = {
        "id": folder.id,
        "events": len(reading.events),
        "utterances": len(interview.utterances),
        "head": reading.head,
        "torn_bytes": reading.torn_bytes,
        "ended": interview.ended is not None,
    }
    if options.json:
        print_json(result)
        return ExitCode.OK
    sys.stdout.write(
        f"{folder.id}: {result['events']} events, the chain is whole (head {reading.head[:12]}…)\n"
    )
    if reading.torn_bytes:
        sys.stdout.write(
            f"The last line was cut off ({reading.torn_bytes} bytes): the program was stopped "
            "while writing it. Everything before it stands.\n"
        )
    if interview.ended is None and folder.state() == "running":
        sys.stdout.write("The session is still running.\n")
    elif interview.ended is None:
        sys.stdout.write("The session was interrupted: it has no end.\n")
    return ExitCode.OK


def _pack(folder: SessionFolder, options: argparse.Namespace) -> int:
    # Here and not at the top: the other actions need no sound.
    from copilot.audio.packing import pack_recording  # noqa: PLC0415

    _check_packable(folder, accept=options.accept)
    before = folder.audio_bytes()
    with folder.locked():
        for path in folder.audio_paths().values():
            if path.is_file():
                pack_recording(path)
    if folder.audio_form() != "flac":
        raise SessionError(f"the recordings of {folder.id} are empty.", "There is nothing to pack.")
    after = folder.audio_bytes()
    if options.json:
        print_json({"id": folder.id, "before_bytes": before, "after_bytes": after})
    elif before == after:
        sys.stdout.write(f"{folder.id}: the sound is packed already, {before / 1e6:.1f} MB.\n")
    else:
        sys.stdout.write(
            f"{folder.id}: {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after; "
            "every sample is the same.\n"
        )
    return ExitCode.OK


def _check_packable(folder: SessionFolder, *, accept: bool) -> None:
    state = folder.state()
    if state == "running":
        raise SessionError(f"session {folder.id} is running.", "End it first, then pack it.")
    if state == "interrupted" and not accept:
        raise SessionError(
            f"session {folder.id} was interrupted, and packed sound cannot be recorded on.",
            "Resume it and end it, or accept it as it is with --accept.",
        )
    if all(folder.recording(channel) is None for channel in Channel):
        raise SessionError(
            f"session {folder.id} was kept without sound.", "There is nothing to pack."
        )


def _delete(folder: SessionFolder, options: argparse.Namespace) -> int:
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
