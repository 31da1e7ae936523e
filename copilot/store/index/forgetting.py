"""Removing sessions from the index for good."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from copilot.store.index.database import (
    DamagedIndex,
    has_full_text,
    open_index,
    throw_away,
    transaction,
)
from copilot.store.index.places import index_path
from copilot.store.index.rows import remove_session
from copilot.store.index.scrubbing import note_removal, scrub


def forget(session_id: str, *, data: Path | None = None) -> None:
    """Remove a session's rows so that no byte of its text stays in the index file.

    To be called when the session is gone from its folder, or encrypted there: one that can still
    be read is taken in again by the next search. An index that cannot be read or written anew is
    removed as a whole; it is made anew from the other sessions.

    Args:
        session_id: The session; one that the index does not hold, or no index, is no error.
        data: The data folder, by default the user's.

    Raises:
        StorageError: The disk refused, or another program holds the index; the text may still
            be there.
    """
    forget_all([session_id], data=data)


def forget_all(session_ids: Iterable[str], *, data: Path | None = None) -> None:
    """The same for several sessions, which takes no longer than for one.

    Raises:
        StorageError: As ``forget`` says.
    """
    path = index_path(data)
    if not path.exists():
        return
    if not has_full_text():
        throw_away(path)
        return
    try:
        with open_index(path) as connection:
            with transaction(connection):
                for session_id in session_ids:
                    remove_session(connection, session_id)
                # Also where no row is left: one replaced long ago may have left words behind.
                note_removal(connection)
            try:
                scrub(connection)
            except sqlite3.Error as error:
                # There is no room to write it anew, or somebody reads it without end.
                raise DamagedIndex(str(error)) from error
    except DamagedIndex:
        throw_away(path)
