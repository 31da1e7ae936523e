"""Searching all sessions: the index is brought up to date first, then asked."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import StorageError
from copilot.i18n import _
from copilot.store.index.content import Reader
from copilot.store.index.database import (
    DamagedIndex,
    check_full_text,
    open_index,
    passing_index,
    telling,
    throw_away,
)
from copilot.store.index.matching import FoundSession, Hit, find
from copilot.store.index.places import index_path, stored_sessions
from copilot.store.index.query import Query, expressions
from copilot.store.index.refreshing import Progress, refresh_records, refresh_text
from copilot.store.sessions import SessionStore

__all__ = ["Answer", "FoundSession", "Hit", "bring_up_to_date", "search"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes:
        sessions: The sessions with their hits, newest first, no more than were asked for.
        total: How many sessions there are beyond the limit as well.
        is_apart: Whether no line has all the words, so that sessions are shown that have them in
            different lines.
        searched: How many sessions were looked at.
        encrypted: How many could not be, because they are encrypted.
        damaged: The ids of those that could only be read in part.
        words: What to tell of the index itself, where something is wrong with it.
    """

    sessions: tuple[FoundSession, ...]
    total: int
    is_apart: bool
    searched: int
    encrypted: int
    damaged: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sessions:
    """Where the index is made from."""

    store: SessionStore
    read: Reader
    progress: Progress

    def refresh(self, connection: sqlite3.Connection) -> int:
        """Bring an index up to date; how many sessions were read."""
        refresh_records(connection, self.store)
        return refresh_text(connection, self.store, self.read, self.progress)


def search(
    query: Query,
    read: Reader,
    *,
    store: SessionStore | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Answer:
    """Search all stored sessions.

    Args:
        query: What for.
        read: Reads a session's content.
        store: The sessions, by default the user's.
        progress: Told how far bringing the index up to date has come.

    Raises:
        UsageError: The query has no word in it, or names a role, question, flag or point that
            stands nowhere.
        CopilotError: This Python's SQLite cannot search text.
    """
    check_full_text()
    expressions(query.words)  # what cannot be searched for is said before much is read
    sessions = _Sessions(store or SessionStore(), read, progress)
    path = index_path(sessions.store.root.parent)
    if not path.exists() and not stored_sessions(sessions.store.root):
        return Answer((), 0, is_apart=False, searched=0, encrypted=0, damaged=())
    words: list[str] = []
    try:
        for _attempt in range(2):
            try:
                return _search_file(path, sessions, query, words)
            except DamagedIndex:
                throw_away(path)
                words = [_("The search index could not be read and was made anew.")]
    except StorageError as error:
        words = [
            _("There is no search index on disk, so all was read anew: {why}", why=error.message)
        ]
    with passing_index(with_text=True) as connection:
        sessions.refresh(connection)
        return _answer(connection, query, words)


def bring_up_to_date(
    read: Reader,
    *,
    store: SessionStore | None = None,
    anew: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Read what changed into the index, without searching.

    Args:
        read: Reads a session's content.
        store: The sessions, by default the user's.
        anew: Whether to throw away what is there first.
        progress: Told how far it has come.

    Returns:
        How many sessions were read.

    Raises:
        StorageError: The disk refused, or another program holds the index.
        CopilotError: This Python's SQLite cannot search text.
    """
    check_full_text()
    sessions = _Sessions(store or SessionStore(), read, progress)
    path = index_path(sessions.store.root.parent)
    if anew:
        throw_away(path)
    if not path.exists() and not stored_sessions(sessions.store.root):
        return 0
    try:
        return _refreshed(path, sessions)
    except DamagedIndex:
        throw_away(path)
    return _refreshed(path, sessions)


def _refreshed(path: Path, sessions: _Sessions) -> int:
    with open_index(path) as connection:
        return sessions.refresh(connection)


def _search_file(path: Path, sessions: _Sessions, query: Query, words: list[str]) -> Answer:
    """Search by the file, brought up to date, or as it is where it cannot be.

    Raises:
        DamagedIndex: The file has to be made anew.
        StorageError: There is none and can be none.
    """
    with open_index(path) as connection:
        told = list(words)
        try:
            with telling(path):
                sessions.refresh(connection)
        except StorageError as error:
            if not _count(connection, "text_stamp IS NOT NULL"):
                raise
            told.append(
                _(
                    "The search index could not be brought up to date, so that the newest"
                    " sessions may be missing: {why}",
                    why=error.message,
                )
            )
        return _answer(connection, query, told)


def _answer(connection: sqlite3.Connection, query: Query, words: list[str]) -> Answer:
    found = find(connection, query)
    damaged = connection.execute("SELECT id FROM session WHERE NOT is_whole ORDER BY id DESC")
    return Answer(
        found.sessions,
        found.total,
        found.is_apart,
        searched=_count(connection, "text_stamp IS NOT NULL"),
        encrypted=_count(connection, "is_encrypted"),
        damaged=tuple(session_id for [session_id] in damaged),
        words=tuple(words),
    )


def _count(connection: sqlite3.Connection, which: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM session WHERE {which}")  # noqa: S608 - ours
    return int(found.fetchone()[0])
