"""All stored sessions: making, listing and finding them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from copilot.errors import SessionError, StorageError, nearest
from copilot.i18n import _
from copilot.paths import data_folder
from copilot.private_file import make_private_folder
from copilot.store.encryption.marker import SEALED
from copilot.store.record import SessionRecord
from copilot.store.session_folder import RECORD, SessionFolder


class SessionStore:
    """All stored sessions of this user."""

    def __init__(self, root: Path | None = None) -> None:
        """Use ``root``, by default the ``sessions`` folder of the data folder."""
        self.root = root or data_folder() / "sessions"

    def create(self, record: SessionRecord) -> SessionFolder:
        """Make the folder of a new session, with its record.

        Raises:
            StorageError: The disk refused; nothing is left behind.
        """
        folder = SessionFolder(self.root / record.id)
        try:
            make_private_folder(self.root)
            folder.path.mkdir(mode=0o700)
        except OSError as error:
            raise StorageError.from_os_error(error, folder.path) from error
        try:
            folder.write_record(record)
        except StorageError:
            shutil.rmtree(folder.path, ignore_errors=True)
            raise
        return folder

    def folders(self) -> list[SessionFolder]:
        """All sessions, newest first; an encryption that was cut off is settled before."""
        if not self.root.is_dir():
            return []
        found = [SessionFolder(path.parent) for path in self.root.glob(f"[!.]*/{RECORD}")]
        for folder in found:
            if (folder.path / SEALED).is_dir():
                _settle(folder)
        return sorted(found, key=lambda folder: folder.id, reverse=True)

    def find(self, session_id: str) -> SessionFolder:
        """The session of that id; the beginning of an id, or ``last``, will do.

        Raises:
            SessionError: There is none, or several begin so.
        """
        folders = self.folders()
        if session_id == "last" and folders:
            return folders[0]
        matching = [folder for folder in folders if folder.id.startswith(session_id)]
        exact = [folder for folder in matching if folder.id == session_id]
        if len(exact or matching) == 1 and session_id:
            return (exact or matching)[0]
        if len(matching) > 1 and session_id:
            raise SessionError(
                _(
                    "{matching} sessions begin with {session_id!r}.",
                    matching=len(matching),
                    session_id=session_id,
                ),
                "Give more of the id: " + ", ".join(folder.id for folder in matching[:5]),
            )
        raise SessionError(
            _("there is no session {session_id!r}.", session_id=session_id),
            nearest(session_id, [folder.id for folder in folders])
            if folders
            else _("Nothing is stored yet."),
        )


def new_session_id(now: datetime | None = None) -> str:
    """An id that sorts by time, two within one second too: ``20261121-140512-3f9a1``.

    The last part is the microsecond, in hexadecimal digits.
    """
    moment = now or datetime.now(UTC)
    return f"{moment:%Y%m%d-%H%M%S}-{moment.microsecond:05x}"


def _settle(folder: SessionFolder) -> None:
    # Here and not at the top: it is rarely needed, and knows this module.
    from copilot.store.encryption.changing import settle  # noqa: PLC0415

    settle(folder)
