"""``sessions export``: a copy for the candidate of what is held about them."""

import argparse
import sys
from pathlib import Path

from copilot.cli.json_output import print_json
from copilot.cli.opening import add_session_argument, opened_session
from copilot.cli.reporting.rating_first import read_for_report
from copilot.errors import ExitCode, SessionError
from copilot.events import Channel
from copilot.review.for_candidate import Keeping, held_about, write_for_candidate
from copilot.review.for_candidate.folder import check_free
from copilot.review.reading import read_reviewed
from copilot.settings import load_settings
from copilot.store import SessionFolder, SessionStore
from copilot.store.exports import remember_export
from copilot.store.retention import retention_in, standing_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the action's arguments."""
    add_session_argument(parser)
    parser.add_argument(
        "--for-candidate",
        action="store_true",
        required=True,
        help="all that is held about the candidate: a page, the transcript, data for machines",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="the folder to make (default: for-candidate-ID in the current one)",
    )
    parser.add_argument("--audio", action="store_true", help="with the recordings")
    parser.add_argument(
        "--without-notes",
        action="store_true",
        help="leave out notes, ratings and recommendation; the page says that they are withheld",
    )
    parser.add_argument("--json", action="store_true", help="for machines")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    stored = SessionStore().find(options.id)
    path = options.output or Path(f"for-candidate-{stored.id}")
    check_free(path)
    with opened_session(stored.id, options.key_file) as folder:
        recordings = _recordings(folder)
        if folder.state() == "running":
            raise SessionError(f"session {stored.id} is running.", "End it first.")
        # What was found is the candidate's to have at any time; whoever opens the copy sees it too.
        state = read_for_report(folder, agreed=True) or read_reviewed(folder)
        held = held_about(
            state,
            keeping=_keeping(stored, folder),
            alias=folder.record().alias,
            recordings=tuple(recording.name for recording in recordings),
            with_notes=not options.without_notes,
        )
        write_for_candidate(held, path, recordings if options.audio else ())
        remember_export(folder.path, path, "for the candidate")
    if options.json:
        print_json({"id": stored.id, "folder": str(path), "withheld": list(held.withheld)})
    else:
        sys.stderr.write(f"Wrote {path}\nFill in who is responsible in about-you.html.\n")
    return ExitCode.OK


def _recordings(folder: SessionFolder) -> tuple[Path, ...]:
    found = (folder.recording(channel) for channel in Channel)
    return tuple(path for path in found if path is not None)


def _keeping(stored: SessionFolder, opened: SessionFolder) -> Keeping:
    """How long it is kept; the hold stands beside the stored session, the role in the opened."""
    standing = standing_of(stored, retention_in(load_settings().retention), opened.record())
    until = standing.due_at
    return Keeping(
        until=None if until is None else f"{until:%Y-%m-%d}",
        on_hold=standing.hold is not None,
    )
