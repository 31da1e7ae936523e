"""Opening a stored session that a command line names by its id."""

import argparse
import contextlib
import sys
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


def add_new_key(parser: argparse.ArgumentParser) -> None:
    """``--key-file`` and ``--passphrase``: what is to open a session from now on."""
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help="encrypt with this key file (default: INTERVIEW_COPILOT_KEY_FILE, else the "
        "settings', else a passphrase is asked for)",
    )
    key.add_argument(
        "--passphrase", action="store_true", help="ask for a passphrase, whatever key file is set"
    )


@contextlib.contextmanager
def opened_session(session_id: str, key_file: Path | None = None) -> Iterator[SessionFolder]:
    """The session of that id, readable until the block is left.

    An encrypted one is a private copy: what is changed in it is encrypted on leaving.

    Args:
        session_id: An id, the beginning of one, or ``last``.
        key_file: What ``--key-file`` named; matters to encrypted sessions alone.

    Raises:
        SessionError: There is none, or several begin so; or it is encrypted, and the key does not
            fit, a file is damaged, or another program has it open.
        InputError: The key file cannot be read, or the settings that name it.
        StorageError: There is no room for the copy, or what was changed could not be encrypted.
        UsageError: A passphrase is needed and nobody is there to type it, or a key file and none
            is named; or what encrypts is not installed.
    """
    folder = SessionStore().find(session_id)
    if not folder.is_encrypted:
        yield folder
        return
    # Here and not at the top: ordinary sessions need neither.
    from copilot.cli.key_asking import key_of  # noqa: PLC0415
    from copilot.store.encryption.ending import leaving_in_order  # noqa: PLC0415
    from copilot.store.encryption.opening import opened  # noqa: PLC0415

    key = key_of(folder, key_file)
    with leaving_in_order(), opened(folder, key) as copy:
        if not copy.is_in_memory:
            sys.stderr.write(
                f"No memory is free for session {folder.id}: while it is open, it lies readable "
                f"on disk in {copy.path}.\n"
            )
        yield copy.folder
