"""Which held interviews may lend sentences to a guide."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.settings import load_settings
from copilot.store import SessionFolder, SessionStore
from copilot.store.retention import Standing, retention_in, standing_of


@dataclass(slots=True)
class Usable:
    """Sessions of one role.

    Attributes:
        folders: Those that may be read now, newest first.
        left_out: Why others may not, and how many.
    """

    folders: list[SessionFolder] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def usable_sessions(role: str) -> Usable:
    """The sessions held for a role that may lend sentences.

    Raises:
        InputError: The settings cannot be understood.
    """
    found = Usable()
    for folder in SessionStore().folders():
        why = _("encrypted; name it by its id") if folder.is_encrypted else ""
        if not why:
            try:
                if folder.record().role != role:
                    continue
            except CopilotError:
                why = _("its record cannot be read")
        why = why or unusable(folder)
        if why:
            found.left_out[why] = found.left_out.get(why, 0) + 1
        else:
            found.folders.append(folder)
    return found


def unusable(folder: SessionFolder) -> str:
    """Why a session may lend nothing; empty where it may.

    A hold keeps a session for a dispute, not for other uses; what is past its date should be gone.

    Args:
        folder: The session's, as it is stored, or the copy of an encrypted one that can be read.

    Raises:
        InputError: The settings cannot be understood.
    """
    if folder.state() == "running":
        return _("it is running")
    try:
        standing = _standing(folder)
    except CopilotError as error:
        return error.message
    if standing.hold is not None:
        return _("on hold, and kept for that alone")
    if standing.is_due(datetime.now(UTC)):
        return _("past its date, and to be deleted")
    return ""


def _standing(folder: SessionFolder) -> Standing:
    retention = retention_in(load_settings().retention)
    stored = next((each for each in SessionStore().folders() if each.id == folder.id), folder)
    return standing_of(stored, retention, folder.record())
