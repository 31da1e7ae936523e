"""Which stored sessions are compared, and why others are not."""

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.errors import CopilotError, SessionError, UsageError, nearest
from copilot.i18n import _
from copilot.review.comparing.columns import Source, source_of
from copilot.review.comparing.model import LeftOut
from copilot.review.plain_line import plain_line
from copilot.review.reading import read_reviewed
from copilot.store import SessionFolder, SessionStore
from copilot.store.index import Filters, list_sessions


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to compare.

    Attributes:
        sources: The sessions.
        left_out: Those of the role, or encrypted, that could not be read.
    """

    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]


def of_role(store: SessionStore, role: str, filters: Filters) -> Gathered:
    """Every session of a role that has ended or was interrupted.

    Args:
        store: The sessions.
        role: A guide's id.
        filters: From when to when; a role in it is not looked at.

    Raises:
        SessionError: No session of that role is left to compare.
        GuideError: A pack of the user's own is broken.
    """
    sources: list[Source] = []
    left_out: list[LeftOut] = []
    others: set[str] = set()
    hidden = load_unsolicited()
    for listed in list_sessions(store, Filters(since=filters.since, until=filters.until)):
        folder = SessionFolder(store.root / listed.id)
        if listed.is_encrypted:
            why = _("encrypted; name it with --session and it is asked for its key")
            left_out.append(LeftOut(session_id=listed.id, why=why))
            continue
        try:
            record = folder.record()
        except SessionError as error:
            left_out.append(LeftOut(session_id=listed.id, why=plain_line(error.message)))
            continue
        if record.role != role:
            others.add(record.role)
            continue
        _read(folder, hidden, sources, left_out)
    if not sources:
        raise _nobody(role, sorted(others), left_out)
    return Gathered(tuple(sources), tuple(left_out))


def named(folders: Sequence[SessionFolder], role: str) -> Gathered:
    """The sessions that somebody named, which are open.

    Raises:
        UsageError: One is of another role.
        SessionError: None of them can be read.
    """
    sources: list[Source] = []
    left_out: list[LeftOut] = []
    hidden = load_unsolicited()
    for folder in folders:
        found = folder.record().role
        if found != role:
            raise UsageError(
                _("session {session} is of the role {role!r}.", session=folder.id, role=found),
                _("Compare candidates for one role at a time."),
            )
        _read(folder, hidden, sources, left_out)
    if not sources:
        raise _nobody(role, [], left_out)
    return Gathered(tuple(sources), tuple(left_out))


def _read(
    folder: SessionFolder, hidden: Unsolicited, sources: list[Source], left_out: list[LeftOut]
) -> None:
    if folder.state() == "running":
        left_out.append(LeftOut(session_id=folder.id, why=_("still running")))
        return
    try:
        state, alias = read_reviewed(folder), folder.record().alias
    except CopilotError as error:
        left_out.append(LeftOut(session_id=folder.id, why=plain_line(error.message)))
        return
    sources.append(source_of(folder.id, state, alias, hidden))


def _nobody(role: str, others: Sequence[str], left_out: Sequence[LeftOut]) -> SessionError:
    why = "; ".join(f"{left.session_id}: {left.why}" for left in left_out[:3])
    remedy = why or (nearest(role, others) if others else _("Hold an interview first."))
    return SessionError(_("no session of the role {role!r} can be compared.", role=role), remedy)
