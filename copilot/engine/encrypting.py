"""Encrypting a session as soon as it has ended, where the settings ask for that."""

from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.settings import load_settings
from copilot.store import SessionFolder

if TYPE_CHECKING:
    from copilot.store.encryption.keys import FileKey

# What encrypts is imported where it is asked for: most interviews begin without it.


def configured_encryption() -> "FileKey | None":
    """The key that sessions are encrypted with when they end; None where they are not.

    Raises:
        InputError: The settings cannot be understood, or the key file they name cannot be read.
        UsageError: What encrypts is not installed.
    """
    named = load_settings().encrypt_with
    if named is None:
        return None
    from copilot.store.encryption.keys import read_key_file  # noqa: PLC0415
    from copilot.store.encryption.library import check_installed  # noqa: PLC0415

    check_installed()
    return read_key_file(Path(named).expanduser())


def encrypt_ended(folder: SessionFolder, key: "FileKey") -> None:
    """Encrypt a session that has come to a clean end; an interrupted one waits to be gone on with.

    Raises:
        CopilotError: It could not be encrypted, and is stored as it is.
    """
    from copilot.store.encryption.changing import encrypt  # noqa: PLC0415

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
