"""Removing a session from the index for good."""

from pathlib import Path

from copilot.store.index.database import (
    DamagedIndex,
    has_full_text,
    open_index,
    throw_away,
    transaction,
)
from copilot.store.index.places import index_path
from copilot.store.index.rows import overwrite_removed, remove_session


def forget(session_id: str, *, data: Path | None = None) -> None:
    """Remove a session's rows so that no byte of its text stays in the index file.

    To be called when the session is gone from its folder, or encrypted there: one that can still
    be read is taken in again by the next search. An index that cannot be read is removed as a
    whole; it is made anew from the other sessions.

    Args:
        session_id: The session; one that the index does not hold, or no index, is no error.
        data: The data folder, by default the user's.

    Raises:
        StorageError: The disk refused, or another program holds the index; nothing was removed.
    """
    path = index_path(data)
    if not path.exists():
        return
    if not has_full_text():
        throw_away(path)
        return
    try:
        with open_index(path) as connection, transaction(connection):
            # Also where no row is left: one replaced long ago may have left words behind.
            remove_session(connection, session_id)
            overwrite_removed(connection)
    except DamagedIndex:
        throw_away(path)
