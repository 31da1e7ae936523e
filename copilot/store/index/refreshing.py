"""Bringing the index up to date: only what changed is read again."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from copilot.store.index.content import Reader
from copilot.store.index.database import transaction
from copilot.store.index.places import stored_sessions, text_stamps
from copilot.store.index.rows import put_content, put_record, remove_session
from copilot.store.index.scrubbing import is_to_scrub, join_parts, note_removal, scrub
from copilot.store.session_folder import SessionFolder
from copilot.store.sessions import SessionStore

#: Told how many sessions were read, and how many there are to read.
Progress = Callable[[int, int], None]

#: Sessions a transaction: few enough that others do not wait long for their turn.
_BATCH = 100
#: From so many on, the parts of the full-text table are joined, which makes searching faster.
_MANY = 1000


def refresh_records(connection: sqlite3.Connection, store: SessionStore) -> None:
    """Take in new, changed and removed sessions, without their text.

    Raises:
        sqlite3.Error: The index cannot be written.
    """
    there = stored_sessions(store.root)
    known = dict(connection.execute("SELECT id, record_stamp FROM session"))
    if there == known:
        return
    with transaction(connection):
        removed = [remove_session(connection, each) for each in known.keys() - there.keys()]
        for session_id, stamp in sorted(there.items()):
            if known.get(session_id) != stamp:
                folder = SessionFolder(store.root / session_id)
                removed.append(put_record(connection, folder, stamp))
        if any(removed) and _has_text(connection):
            note_removal(connection)


def refresh_text(
    connection: sqlite3.Connection, store: SessionStore, read: Reader, progress: Progress
) -> int:
    """Read the text of every session whose journals changed, the newest first.

    Returns:
        How many were read.

    Raises:
        sqlite3.Error: The index cannot be written; what was read before stands in it.
    """
    known = dict(
        connection.execute(
            "SELECT id, text_stamp FROM session WHERE NOT is_encrypted ORDER BY number DESC"
        )
    )
    stamps = zip(known, text_stamps(store.root, known), strict=True)
    changed = [(session_id, stamp) for session_id, stamp in stamps if known[session_id] != stamp]
    done = 0
    for batch in _batches(changed):
        contents = [
            (session_id, read(SessionFolder(store.root / session_id)), stamp)
            for session_id, stamp in batch
        ]
        with transaction(connection):
            for session_id, content, stamp in contents:
                # One that was deleted meanwhile must not come back.
                if (store.root / session_id).is_dir():
                    put_content(connection, session_id, content, stamp)
        done += len(batch)
        progress(done, len(changed))
    if done >= _MANY:
        with transaction(connection):
            join_parts(connection)
    if is_to_scrub(connection):
        scrub(connection)
    return done


def _has_text(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'")
    return found.fetchone() is not None


def _batches(items: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    left = iter(items)
    while batch := list(islice(left, _BATCH)):
        yield batch
