"""``review``: go through a stored session again."""

import argparse

from copilot.errors import ExitCode, SessionError
from copilot.store import SessionStore


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "session",
        metavar="SESSION",
        nargs="?",
        help="a session's id, the beginning of one, or last (default: choose from a list)",
    )


def run(options: argparse.Namespace) -> int:
    """Open the review."""
    store = SessionStore()
    folder = None
    if options.session is not None:
        folder = store.find(options.session)
    elif not store.folders():
        raise SessionError(f"nothing is stored in {store.root}.", "Hold an interview first.")
    # Not before it is known that there is something to show.
    from copilot.tui.review.app import run_review  # noqa: PLC0415

    run_review(folder)
    return ExitCode.OK
