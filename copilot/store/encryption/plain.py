"""Which of the files in a session's folder are the session."""

import os
import shutil
from pathlib import Path

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import sync_folder
from copilot.store.encryption.marker import RECORD, SEALED

#: Where an opened copy lies in the session's folder, where memory has no room for it.
OPENED = ".opened"

_OURS = {SEALED, OPENED}
_LOCKS = {".lock", ".review.lock"}


def plain_files(folder: Path) -> list[str]:
    """The session's files, by their names below its folder, with ``/`` between.

    Locks and half-written drafts are none of them.

    Raises:
        SessionError: There is something that is neither file nor folder, such as a link.
        StorageError: The folder cannot be read.
    """
    try:
        return sorted(_below(folder, ""))
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or folder) from error


def _below(folder: Path, before: str) -> list[str]:
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{before}{entry.name}"
            if name in _OURS or name in _LOCKS or _is_draft(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                found += _below(folder / entry.name, f"{name}/")
            elif entry.is_file(follow_symlinks=False):
                found.append(name)
            else:
                raise SessionError(
                    _("{path}: this is neither a file nor a folder.", path=entry.path),
                    _("Take it out of the session's folder, then try again."),
                )
    return found


def _is_draft(name: str) -> bool:
    return name.startswith(".") and name.endswith(".new")


def remove_plain(folder: Path) -> None:
    """Remove everything from a folder but ``session.json``, the locks and what is encrypted.

    Raises:
        StorageError: The disk refused; what is left can be removed later.
    """
    try:
        for path in folder.iterdir():
            if path.name in _OURS or path.name in _LOCKS or path.name == RECORD:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or folder) from error
    finally:
        sync_folder(folder)
