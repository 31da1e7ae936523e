"""The stored sessions, as lists of them show them."""

from dataclasses import dataclass
from datetime import datetime

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.store import SessionFolder, SessionStore
from copilot.timecode import timecode


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One stored session.

    Attributes:
        folder: Its folder.
        title: The role's name; empty where its record is broken.
        began: When it began, on this machine's clock; empty where that is unknown.
        language: Language of the interview.
        length: How long it was; empty where it has no end.
        state: ``ended``, ``running``, ``interrupted``, ``encrypted``, or ``damaged``.
        resumable: Whether one can go on with it.
        has_sound: Whether it was kept with its sound.
        problem: What is wrong with it.
    """

    folder: SessionFolder
    title: str = ""
    began: str = ""
    language: str = ""
    length: str = ""
    state: str = "damaged"
    resumable: bool = False
    has_sound: bool = False
    problem: str = ""

    @property
    def named(self) -> str:
        """When and what, on one line."""
        return f"{self.began}  {self.title}" if self.title else self.folder.id

    @property
    def stands(self) -> str:
        """How it stands, for people."""
        match self.state:
            case "ended":
                return self.length
            case "running":
                return _("running in another program")
            case "interrupted":
                return _("interrupted")
            case "encrypted":
                return _("encrypted")
            case _:
                return _("damaged")


def stored_sessions(root: SessionStore | None = None) -> tuple[StoredSession, ...]:
    """All stored sessions, newest first; a damaged one is among them and says so."""
    return tuple(_session(folder) for folder in (root or SessionStore()).folders())


def _session(folder: SessionFolder) -> StoredSession:
    try:
        if folder.is_encrypted:
            return StoredSession(folder, state="encrypted")
        record, state = folder.record(), folder.state()
        resumable = state == "interrupted" and folder.is_resumable()
        has_sound = folder.audio_form() != "none"
    except CopilotError as error:
        return StoredSession(folder, problem=f"{error.message} {error.remedy}".strip())
    except OSError as error:
        return StoredSession(folder, problem=f"{folder.path}: {error.strerror or error}.")
    return StoredSession(
        folder,
        title=record.title,
        began=_moment(record.started_at),
        language=record.language,
        length="" if record.ended is None else timecode(record.ended.duration_s),
        state=state,
        resumable=resumable,
        has_sound=has_sound,
    )


def _moment(written: str) -> str:
    try:
        return f"{datetime.fromisoformat(written).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return ""
