"""``review``: go through a stored session again."""

import argparse

from copilot.cli.opening import add_key_file, opened_session
from copilot.errors import ExitCode, SessionError
from copilot.store import SessionFolder, SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "session",
        metavar="SESSION",
        nargs="?",
        help="a session's id, the beginning of one, or last (default: choose from a list)",
    )
    add_key_file(parser)


def run(options: argparse.Namespace) -> int:
    """Open the review."""
    store = SessionStore()
    if options.session is not None:
        with opened_session(options.session, options.key_file) as folder:
            _review(folder)
    elif not store.folders():
        raise SessionError(f"nothing is stored in {store.root}.", "Hold an interview first.")
    else:
        _review(None)
    return ExitCode.OK


def _review(folder: SessionFolder | None) -> None:
    # Not before it is known that there is something to show.
    from copilot.tui.review.app import run_review  # noqa: PLC0415

    run_review(folder)
