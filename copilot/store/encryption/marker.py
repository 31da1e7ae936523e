"""``session.json`` of an encrypted session: all that can be read without its key."""

import contextlib
import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import create_private, sync_folder, write_private

#: The file that says of every session what it is, encrypted or not.
RECORD = "session.json"
#: Where the encrypted files lie, in the session's folder.
SEALED = "sealed"
#: Lies in ``sealed`` as long as that folder is not yet, or no longer, the session.
_PASSING = "passing"


class Marker(BaseModel):
    """``session.json`` of an encrypted session.

    Replacing the one kind of ``session.json`` by the other is the single step by which a session
    becomes encrypted or plain again: what else lies in the folder goes by what it says.

    Attributes:
        format: Version of the folder's layout, as in the record of a plain session.
        id: The session's id.
        encrypted: Version of the encryption, see ``docs/encryption.md``.
        plain_left: Whether plain files may lie beside the encrypted ones that have to go.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    id: str
    encrypted: Literal[1] = 1
    plain_left: bool = False

    def write(self, folder: Path) -> None:
        """Replace the folder's ``session.json`` in one step.

        Raises:
            StorageError: The disk refused; the earlier file stays.
        """
        write_private(folder / RECORD, self.model_dump_json(indent=2).encode() + b"\n")


def read_marker(folder: Path) -> Marker | None:
    """What the folder's ``session.json`` says where the session is encrypted.

    Returns:
        None where it is not encrypted, or where nothing can be told because the file is missing
        or broken: reading the record says so.

    Raises:
        SessionError: It was encrypted by a newer version.
    """
    try:
        return marker_in((folder / RECORD).read_bytes(), folder / RECORD)
    except OSError:
        return None


def marker_in(data: bytes, path: Path) -> Marker | None:
    """The marker in the bytes of a ``session.json``; None where they are none.

    Raises:
        SessionError: It was written by a newer version; the message names ``path``.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):  # or one damaged file would hide all other sessions
        return None
    if not isinstance(found, dict) or "encrypted" not in found:
        return None
    try:
        return Marker.model_validate(found)
    except ValidationError as error:
        raise SessionError(
            _("{path}: it was encrypted in a way this version does not know.", path=path),
            _("Open it with the version that encrypted it, or with a newer one."),
        ) from error


def note_passing(folder: Path) -> None:
    """Note that ``sealed`` is not the session where ``session.json`` is a plain one.

    Without this note nobody removes it: a plain ``session.json`` that was put back by hand, as from
    a backup, says nothing of what is encrypted.

    Raises:
        StorageError: The disk refused.
    """
    path = folder / SEALED / _PASSING
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    create_private(path).close()
    sync_folder(folder / SEALED)


def forget_passing(folder: Path) -> None:
    """Take that back, as ``sealed`` is the session now.

    Raises:
        StorageError: The disk refused.
    """
    path = folder / SEALED / _PASSING
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    sync_folder(folder / SEALED)


def is_passing(folder: Path) -> bool:
    """Whether ``sealed`` may go where ``session.json`` is a plain one: noted so, or empty."""
    sealed = folder / SEALED
    try:
        return (sealed / _PASSING).is_file() or not any(sealed.iterdir())
    except OSError:
        return False


def remove_sealed(folder: Path) -> None:
    """Remove ``sealed``, the note last, so that a program killed meanwhile leaves it to the next.

    Raises:
        StorageError: The disk refused.
    """
    sealed = folder / SEALED
    try:
        for path in sealed.iterdir():
            if path.name != _PASSING:
                path.unlink()
        (sealed / _PASSING).unlink(missing_ok=True)
        sealed.rmdir()
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or sealed) from error


def needs_key(session_id: str) -> SessionError:
    """Why an encrypted session cannot be read as it lies there."""
    return SessionError(
        _("session {session} is encrypted.", session=session_id),
        _(
            "Open it with its key, or undo that: interview-copilot sessions decrypt {session}.",
            session=session_id,
        ),
    )
