"""Encrypting a session as soon as it has ended, where the settings ask for that."""

from pathlib import Path

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.settings import load_settings
from copilot.store import SessionFolder
from copilot.store.encryption.changing import encrypt
from copilot.store.encryption.keys import FileKey, read_key_file
from copilot.store.encryption.library import check_installed


def configured_encryption() -> FileKey | None:
    """The key that sessions are encrypted with when they end; None where they are not.

    Raises:
        InputError: The settings cannot be understood, or the key file they name cannot be read.
        UsageError: What encrypts is not installed.
    """
    named = load_settings().encrypt_with
    if named is None:
        return None
    check_installed()
    return read_key_file(Path(named).expanduser())


def encrypt_ended(folder: SessionFolder, key: FileKey) -> None:
    """Encrypt a session that has come to a clean end; an interrupted one waits to be gone on with.

    Raises:
        CopilotError: It could not be encrypted, and is stored as it is.
    """
    if folder.state() != "ended":
        return
    try:
        encrypt(folder, key)
    except CopilotError as error:
        error.remedy = _(
            "The interview is stored, but not encrypted: interview-copilot sessions encrypt"
            " {session}. {remedy}",
            session=folder.id,
            remedy=error.remedy,
        ).strip()
        raise
