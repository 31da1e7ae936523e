"""The list of sessions, fast: only what changed since the last time is read again."""

import contextlib
import sqlite3
from typing import NamedTuple

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


class Listed(NamedTuple):
    """What the list shows of a session without looking into its folder again.

    Attributes:
        id: Its id.
        record: ``session.json``, where it was asked for.
        is_readable: Whether ``session.json`` is whole and the session not encrypted.
        is_encrypted: Whether nothing of it can be read without its key.
        title: The role's name; this and what follows is empty where it cannot be read.
        language: Language of the interview.
        source: Where the sound came from, in words for people.
        alias: What the candidate is called instead of a name; empty where nothing is.
        duration_s: Its length in seconds; None where it has no end.
    """

    id: str
    record: bytes | None
    is_readable: bool
    is_encrypted: bool
    title: str
    language: str
    source: str
    alias: str
    duration_s: float | None


def list_sessions(
    store: SessionStore,
    filters: Filters = _ALL,
    limit: int | None = None,
    *,
    with_records: bool = False,
) -> list[Listed]:
    """Stored sessions, the newest id first.

    Args:
        store: The sessions.
        filters: Which of them.
        limit: How many at most; None for all.
        with_records: Whether each comes with its ``session.json``.

    Raises:
        UsageError: No stored session is of the role.
    """
    path = index_path(store.root.parent)
    query = _Query(filters, limit, with_records)
    if path.exists() or len(stored_sessions(store.root)) >= _WORTH_IT:
        # Where the file cannot be used, the list is as right without, and only slower.
        with contextlib.suppress(StorageError):
            for _attempt in range(2):
                try:
                    if has_full_text():
                        with open_index(path) as connection:
                            return _listed(connection, store, query)
                except DamagedIndex:
                    throw_away(path)
    with passing_index(with_text=False) as connection:
        return _listed(connection, store, query)


class _Query(NamedTuple):
    filters: Filters
    limit: int | None
    with_records: bool


def _listed(connection: sqlite3.Connection, store: SessionStore, query: _Query) -> list[Listed]:
    refresh_records(connection, store)
    where, values = "number >= ? AND number < ?", list[object](number_range(query.filters))
    if query.filters.role is not None:
        roles = roles_named(connection, query.filters.role)
        where += f" AND role IN ({', '.join('?' * len(roles))})"
        values += roles
    record = "record" if query.with_records else "NULL"
    rows = connection.execute(
        f"SELECT id, {record}, record IS NOT NULL, is_encrypted, ifnull(title, ''),"  # noqa: S608 - ours
        " ifnull(language, ''), ifnull(source, ''), ifnull(alias, ''), duration_s"
        f" FROM session WHERE {where} ORDER BY id DESC LIMIT ?",
        (*values, -1 if query.limit is None else query.limit),
    )
    return list(map(Listed._make, rows))
