"""The list of sessions, fast: only what changed since the last time is read again."""

import contextlib
import sqlite3
from dataclasses import dataclass

from copilot.errors import StorageError
from copilot.store.index.database import (
    DamagedIndex,
    has_full_text,
    open_index,
    passing_index,
    throw_away,
)
from copilot.store.index.narrowing import number_range, roles_named
from copilot.store.index.places import index_path, stored_sessions
from copilot.store.index.query import Filters
from copilot.store.index.refreshing import refresh_records
from copilot.store.sessions import SessionStore

#: For fewer sessions than this no index is made, because reading them all is as fast.
_WORTH_IT = 200
_ALL = Filters()


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows of a session without looking into its folder again.

    Attributes:
        id: Its id.
        record: ``session.json``; None where it is broken or the session is encrypted.
        is_encrypted: Whether nothing of it can be read without its key.
        title: The role's name; this and what follows is empty where it cannot be read.
        language: Language of the interview.
        source: Where the sound came from, in words for people.
        alias: What the candidate is called instead of a name; empty where nothing is.
        duration_s: Its length in seconds; None where it has no end.
    """

    id: str
    record: bytes | None
    is_encrypted: bool
    title: str
    language: str
    source: str
    alias: str
    duration_s: float | None


def list_sessions(
    store: SessionStore, filters: Filters = _ALL, limit: int | None = None
) -> tuple[Listed, ...]:
    """Stored sessions, the newest id first.

    Args:
        store: The sessions.
        filters: Which of them.
        limit: How many at most; None for all.

    Raises:
        UsageError: No stored session is of the role.
    """
    path = index_path(store.root.parent)
    if path.exists() or len(stored_sessions(store.root)) >= _WORTH_IT:
        # Where the file cannot be used, the list is as right without, and only slower.
        with contextlib.suppress(StorageError):
            for _attempt in range(2):
                try:
                    if has_full_text():
                        with open_index(path) as connection:
                            return _listed(connection, store, filters, limit)
                except DamagedIndex:
                    throw_away(path)
    with passing_index(with_text=False) as connection:
        return _listed(connection, store, filters, limit)


def _listed(
    connection: sqlite3.Connection, store: SessionStore, filters: Filters, limit: int | None
) -> tuple[Listed, ...]:
    refresh_records(connection, store)
    first, stop = number_range(filters)
    where, values = "number >= ? AND number < ?", [first, stop]
    roles: tuple[str, ...] = ()
    if filters.role is not None:
        roles = roles_named(connection, filters.role)
        where += f" AND role IN ({', '.join('?' * len(roles))})"
    rows = connection.execute(
        "SELECT id, record, is_encrypted, ifnull(title, ''), ifnull(language, ''),"  # noqa: S608 - ours
        " ifnull(source, ''), ifnull(alias, ''), duration_s FROM session"
        f" WHERE {where} ORDER BY id DESC LIMIT ?",
        (*values, *roles, -1 if limit is None else limit),
    )
    return tuple(
        Listed(each, record, bool(encrypted), *texts) for each, record, encrypted, *texts in rows
    )
