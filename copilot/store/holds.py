"""Sessions that must be kept for now, whatever their age and whoever asks: a dispute, an audit.

A hold stands beside the sessions and not in one, so that it binds an encrypted session as well,
of which nothing can be read.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import make_private_folder, write_private

_FOLDER = "holds"


class Hold(BaseModel):
    """That a session is kept for now.

    Attributes:
        format: Version of this file.
        id: The session's id.
        since: From when on, ISO 8601 with offset.
        by: The login name of who asked for it.
        reason: Why, in their words; may be empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    id: str
    since: str
    by: str
    reason: str = ""


class Holds:
    """The holds in a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER

    def _path(self, session_id: str) -> Path:
        return self._folder / f"{session_id}.json"

    def of(self, session_id: str) -> Hold | None:
        """Why a session is kept; None where it is not.

        Raises:
            SessionError: There is a hold, but it cannot be read; it binds all the same.
        """
        path = self._path(session_id)
        try:
            return Hold.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise SessionError(
                _("{path}: this hold cannot be read.", path=path),
                _("Put the session on hold again, or take the hold off."),
            ) from error

    def put(self, session_id: str, *, since: datetime, by: str, reason: str) -> Hold:
        """Keep a session from now on; an earlier hold is replaced.

        Raises:
            StorageError: The disk refused.
        """
        hold = Hold(id=session_id, since=since.isoformat(timespec="seconds"), by=by, reason=reason)
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise StorageError.from_os_error(error, self._folder) from error
        write_private(self._path(session_id), hold.model_dump_json(indent=2).encode() + b"\n")
        return hold

    def take_off(self, session_id: str) -> bool:
        """Let a session go by its age again.

        Returns:
            Whether it was on hold.

        Raises:
            StorageError: The disk refused.
        """
        path = self._path(session_id)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error
        return True
