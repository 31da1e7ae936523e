"""What narrows a search: names that people type, found among those that are stored."""

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from copilot.errors import UsageError, nearest
from copilot.i18n import _
from copilot.knowledge.phrases import folded
from copilot.store.index.query import Filters, Query
from copilot.store.index.schema import session_end, session_floor


def number_range(filters: Filters) -> tuple[int, int]:
    """The numbers of sessions between two days: the first, and one after the last."""
    first = 0 if filters.since is None else session_floor(_midnight_s(filters.since))
    if filters.until is None or filters.until == date.max:
        return first, session_end()
    return first, session_floor(_midnight_s(filters.until + timedelta(days=1)))


def _midnight_s(day: date) -> float:
    try:
        return datetime.combine(day, time()).timestamp()  # local time, as the user means it
    except (OverflowError, ValueError, OSError):
        return 0.0 if day.year < 1971 else float("inf")


def roles_named(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """The ids of the stored roles that ``name`` means.

    Raises:
        UsageError: It means none.
    """
    rows = connection.execute("SELECT DISTINCT role, title FROM session WHERE role IS NOT NULL")
    found = _meant(name, _labels(rows))
    if not found:
        roles = connection.execute("SELECT DISTINCT role FROM session WHERE role IS NOT NULL")
        raise UsageError(
            _("no stored session is of the role {name!r}.", name=name),
            nearest(name, [role for [role] in roles]),
        )
    return found


def known_named(connection: sqlite3.Connection, kind: str, name: str) -> tuple[str, ...]:
    """The ids of the stored questions, flags or points that ``name`` means.

    Raises:
        UsageError: It means none.
    """
    labels = _labels(
        connection.execute("SELECT DISTINCT id, label FROM known WHERE kind = ?", [kind])
    )
    found = _meant(name, labels)
    if not found:
        messages = {
            "question": _("no stored session has a question {name!r}.", name=name),
            "flag": _("in no stored session was a flag {name!r} raised.", name=name),
            "point": _("in no stored session was a point {name!r} evidenced.", name=name),
        }
        raise UsageError(messages[kind], nearest(name, labels))
    return found


def sessions_with(connection: sqlite3.Connection, query: Query) -> set[int] | None:
    """The numbers of the sessions that a query narrows down to; None where it does not.

    Dates are left out: ``number_range`` has them.

    Raises:
        UsageError: A name means nothing that is stored.
    """
    sets: list[set[int]] = []
    if query.filters.role is not None:
        roles = roles_named(connection, query.filters.role)
        sets.append(
            _numbers(
                connection,
                f"SELECT number FROM session WHERE role IN ({_marks(roles)})",  # noqa: S608 - ours
                roles,
            )
        )
    for kind, name in (("question", query.question), ("flag", query.flag), ("point", query.point)):
        if name is not None:
            ids = known_named(connection, kind, name)
            sets.append(
                _numbers(
                    connection,
                    f"SELECT session FROM known WHERE kind = ? AND id IN ({_marks(ids)})",  # noqa: S608 - ours
                    (kind, *ids),
                )
            )
    return set.intersection(*sets) if sets else None


def _numbers(connection: sqlite3.Connection, sql: str, values: tuple[str, ...]) -> set[int]:
    return {number for [number] in connection.execute(sql, values)}


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _labels(rows: sqlite3.Cursor) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for each, label in rows:
        labels.setdefault(each, []).append(label or "")
    return labels


def _meant(name: str, labels: Mapping[str, list[str]]) -> tuple[str, ...]:
    if name in labels:
        return (name,)
    words = folded(name).strip()
    if not words:
        return ()
    return tuple(
        each
        for each, names in labels.items()
        if words == folded(each) or any(words in folded(label) for label in names)
    )
