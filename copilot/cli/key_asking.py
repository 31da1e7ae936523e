"""The key of a session: a key file that was named, else a passphrase that is asked for.

A passphrase is only ever typed. On a command line or in the environment others could read it.
"""

import getpass
import sys
from pathlib import Path

from copilot.errors import UsageError
from copilot.store import SessionFolder
from copilot.store.encryption.chosen import chosen_key_file
from copilot.store.encryption.keys import Key, Passphrase, check_new, read_key_file
from copilot.store.encryption.vault import opened_by


def key_of(folder: SessionFolder, key_file: Path | None) -> Key:
    """The key of an encrypted session; a passphrase is asked for where it has one.

    Args:
        folder: The session.
        key_file: What ``--key-file`` named.

    Raises:
        InputError: The key file cannot be read, or the settings that name it.
        SessionError: The session's files are damaged.
        UsageError: A passphrase is needed and nobody is there, or a key file and none is named.
    """
    if opened_by(folder.path) == "passphrase":
        # One that was named for this session is a mistake that the session speaks of itself.
        return _typed(f"Passphrase of {folder.id}: ") if key_file is None else _read(key_file)
    chosen = chosen_key_file(key_file)
    if chosen is None:
        raise UsageError(
            f"session {folder.id} is encrypted with a key file, and none is named.",
            "Name it with --key-file, or in INTERVIEW_COPILOT_KEY_FILE.",
        )
    return _read(chosen)


def new_key(key_file: Path | None, *, ask: bool) -> Key:
    """The key that a session is to be encrypted with from now on.

    Args:
        key_file: The key file that was named.
        ask: Whether a passphrase is wanted even where the environment or the settings name one.

    Raises:
        InputError: The key file cannot be read, or the settings that name it.
        UsageError: A passphrase is needed and nobody is there, or it is too short.
    """
    chosen = None if ask else chosen_key_file(key_file)
    if chosen is not None:
        return _read(chosen)
    passphrase = _typed("New passphrase: ")
    check_new(passphrase)
    if _typed("The same again: ").secret != passphrase.secret:
        raise UsageError("the two passphrases differ.", "Nothing was changed; try again.")
    return passphrase


def _read(path: Path) -> Key:
    return read_key_file(path.expanduser())


def _typed(question: str) -> Passphrase:
    if not sys.stdin.isatty():
        raise UsageError(
            "a passphrase is needed, and nobody is there to type it.",
            "Run it in a terminal, or use a key file: interview-copilot sessions key new FILE.",
        )
    try:
        return Passphrase(getpass.getpass(question, sys.stderr))
    except EOFError as error:
        raise UsageError("no passphrase was given.", "Nothing was changed; try again.") from error
