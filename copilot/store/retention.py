"""How long interviews are kept, by role, and which are past their date."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from copilot.errors import InputError, SessionError
from copilot.i18n import _
from copilot.store.holds import Hold, Holds
from copilot.store.record import SessionRecord
from copilot.store.session_folder import SessionFolder
from copilot.store.sessions import SessionStore

#: The entry of the settings that holds for every role without one of its own.
DEFAULT = "default"
KEEP = "keep"

#: A hundred years; more is a slip of the hand.
MOST_DAYS = 36_500

#: Sessions that come due within so many days are worth a word.
SOON_DAYS = 14

#: No interview is older than the program. A machine that lost its clock begins at 1970 or so, and
#: what it recorded today must not be past its date tomorrow.
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)

_ID_TIME = re.compile(r"(\d{8}-\d{6})(?:-|$)")


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for which interviews are kept.

    Attributes:
        by_role: Days by the guide's id, and under ``default`` for all others; None keeps them.
    """

    by_role: Mapping[str, int | None]

    def days(self, role: str | None) -> int | None:
        """How long an interview for ``role`` is kept; None for as long as nobody deletes it.

        Args:
            role: The guide's id; None where it cannot be read, as of an encrypted session.
        """
        if role is not None and role in self.by_role:
            return self.by_role[role]
        return self.by_role.get(DEFAULT)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one session stands.

    Attributes:
        folder: The session.
        role: The guide's id; None where the session is encrypted.
        started_at: When it began.
        days: How long it is kept; None for as long as nobody deletes it.
        hold: Why it is kept whatever its age; None where it is not.
    """

    folder: SessionFolder
    role: str | None
    started_at: datetime
    days: int | None
    hold: Hold | None

    @property
    def due_at(self) -> datetime | None:
        """When it is past its date; None where it never is, or not in any year there is."""
        if self.days is None:
            return None
        try:
            return self.started_at + timedelta(days=self.days)
        except OverflowError:  # a clock that was some thousand years ahead
            return None

    def days_left(self, now: datetime) -> float | None:
        """Days until it is past its date, less than 0 afterwards; None where it never is."""
        return None if self.due_at is None else (self.due_at - now) / timedelta(days=1)

    def is_due(self, now: datetime) -> bool:
        """Whether it is past its date."""
        return self.due_at is not None and self.due_at <= now


def retention_in(chosen: Mapping[str, Any] | None) -> Retention:
    """The retention that the settings name.

    Raises:
        InputError: An entry is neither a number of days nor ``keep``.
    """
    found: dict[str, int | None] = {}
    for role, value in (chosen or {}).items():
        is_days = isinstance(value, int) and not isinstance(value, bool)
        if value != KEEP and not (is_days and 0 < value <= MOST_DAYS):
            raise InputError(
                _(
                    "settings.json: retention.{role} is {value!r}, which is no number of days.",
                    role=role,
                    value=value,
                ),
                _("Set it anew: interview-copilot sessions retention {role} DAYS.", role=role),
            )
        found[role] = None if value == KEEP else value
    return Retention(found)


def standings(
    store: SessionStore, retention: Retention
) -> tuple[list[Standing], list[SessionError]]:
    """Where every session stands, those due first; and those of which it cannot be told."""
    found: list[Standing] = []
    problems: list[SessionError] = []
    for folder in store.folders():
        try:
            found.append(standing_of(folder, retention))
        except SessionError as error:
            problems.append(error)
    never = datetime.max.replace(tzinfo=UTC)
    found.sort(key=lambda standing: (standing.due_at or never, standing.folder.id))
    return found, problems


def standing_of(
    folder: SessionFolder, retention: Retention, opened: SessionRecord | None = None
) -> Standing:
    """Where one session stands.

    An encrypted one goes by the default, as purging has to judge it without its key.

    Args:
        folder: The stored session.
        retention: What was chosen.
        opened: What an encrypted session's record says; its start is then known to the second.

    Raises:
        SessionError: Its record is broken, or its hold; or nobody can tell when it began.
    """
    role: str | None = None
    if folder.is_encrypted:
        started = (opened and _moment(opened.started_at)) or _from_id(folder)
    else:
        record = folder.record()
        role = record.role
        started = _moment(record.started_at) or _from_id(folder)
    hold = Holds(folder.path.parent.parent).of(folder.id)
    return Standing(folder, role, started, retention.days(role), hold)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment >= _EARLIEST else None


def _from_id(folder: SessionFolder) -> datetime:
    """When a session began, by its id: nothing else of an encrypted one can be read."""
    found = _ID_TIME.match(folder.id)
    try:
        began = datetime.strptime(found[1] if found else "", "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        began = None
    if began is None or began < _EARLIEST:
        raise SessionError(
            _("when session {session} began cannot be told.", session=folder.id),
            _("It is never past its date; delete it yourself when it is time."),
        )
    return began
