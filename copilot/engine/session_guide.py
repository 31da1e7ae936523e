"""The guide to read a stored session with: the one it ran with, wherever that is to be had."""

from dataclasses import dataclass

from copilot.errors import CopilotError, GuideError, SessionError, UsageError
from copilot.events import SessionStarted
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.store import SessionFolder
from copilot.store.guides import KEPT_GUIDE, kept_guide


@dataclass(frozen=True, slots=True)
class SessionGuide:
    """The guide of a session.

    Attributes:
        guide: In the language the session began in.
        is_its_own: Whether it is the very guide that the session ran with.
        notice: What people are to be told of it; empty where nothing is.
    """

    guide: Guide
    is_its_own: bool
    notice: str = ""


def session_guide(
    folder: SessionFolder, started: SessionStarted, role: str | None = None
) -> SessionGuide:
    """The guide a session ran with: as it kept it, else as it lies in the folders of guides today.

    Args:
        folder: The session's; of an encrypted one, the copy that can be read.
        started: Its first event.
        role: A guide's id or file, for a session that kept none or whose own is damaged.

    Raises:
        SessionError: What it kept is damaged, and ``role`` names no other.
        UsageError: It kept none, and the folders of guides have none either.
        GuideError: It kept none, and the one in the folders of guides is broken.
    """
    named = role or started.guide.role
    try:
        kept = kept_guide(folder)
        if kept is not None and kept.sha256 != started.guide.sha256:
            raise _anothers(folder)
    except SessionError:
        if role is None:
            raise
        kept = None
    if kept is not None:
        return SessionGuide(kept.guide, True, _changed_since(kept.guide, kept.sha256, named))
    guide = load_guide(named, started.language)
    if guide.content_hash() == started.guide.sha256:
        return SessionGuide(guide, True)
    return SessionGuide(
        guide,
        False,
        _(
            "The guide {role} is another version today than the one that session {session} ran "
            "with, which was not kept.",
            role=guide.id,
            session=folder.id,
        ),
    )


def changed_since(folder: SessionFolder, started: SessionStarted) -> str:
    """What is to be said where the guide on disk is not the one a session ran with; else nothing.

    It raises no error: for a screen or report that does without the guide itself.
    """
    try:
        return session_guide(folder, started).notice
    except (SessionError, UsageError, GuideError) as error:
        return error.message


def _changed_since(guide: Guide, sha256: str, role: str) -> str:
    try:
        today = load_guide(role, guide.language)
    except CopilotError:
        return _(
            "The guide {role} cannot be read today; the session goes by the one it ran with.",
            role=role,
        )
    if today.content_hash() == sha256:
        return ""
    return _(
        "The guide {role} has changed since; the session goes by the one it ran with.", role=role
    )


def _anothers(folder: SessionFolder) -> SessionError:
    return SessionError(
        _(
            "{path}: this is another guide than the one the session's journal names.",
            path=folder.path / KEPT_GUIDE,
        ),
        _("Restore it from a backup. Reviews and reports of the session do not need it."),
    )
