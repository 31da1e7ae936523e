"""Opening a stored session that a command line names by its id."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from copilot.store import SessionFolder, SessionStore

ID_HELP = "a session's id, the beginning of one, or last"


def add_session_argument(parser: argparse.ArgumentParser) -> None:
    """``ID``, kept as ``id``, and the ``--key-file`` of an encrypted session."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    add_key_file(parser)


def add_key_file(parser: argparse.ArgumentParser) -> None:
    """``--key-file``, kept as ``key_file``."""
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="the key file of an encrypted session (default: INTERVIEW_COPILOT_KEY_FILE, else the "
        "settings', else the passphrase is asked for)",
    )


@contextlib.contextmanager
def opened_session(session_id: str, key_file: Path | None = None) -> Iterator[SessionFolder]:
    """The session of that id, readable until the block is left.

    Args:
        session_id: An id, the beginning of one, or ``last``.
        key_file: What ``--key-file`` named.

    Raises:
        SessionError: There is none, or several begin so.
    """
    del key_file  # an ordinary session needs none
    yield SessionStore().find(session_id)
