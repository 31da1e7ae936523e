"""``sessions pack``: store a session's sound as FLAC."""

import argparse
import sys

from copilot.cli.json_output import print_json
from copilot.cli.opening import ID_HELP
from copilot.errors import ExitCode, SessionError
from copilot.events import Channel
from copilot.store import SessionFolder, SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument(
        "--accept",
        action="store_true",
        help="pack an interrupted session as it is; it cannot be resumed after that",
    )


def run(options: argparse.Namespace) -> int:
    """Pack it."""
    # Here and not at the top: the other actions need no sound.
    from copilot.audio.packing import pack_recording  # noqa: PLC0415

    folder = SessionStore().find(options.id)
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
