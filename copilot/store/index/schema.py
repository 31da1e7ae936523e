"""The tables of the index, and how their rows are numbered.

Sessions are numbered by the time they started, and lines by their session's number and their own
place in it. The newest lines therefore have the highest numbers, and all that is asked for (newest
first, between two dates, one session) is a range of numbers, which full-text tables find fast.
"""

import sqlite3
from datetime import UTC, datetime

#: Written into the file; an index with another number is made anew. To be raised whenever the
#: tables change, or what is read from a session.
FORMAT = 1
#: Says whose file it is, to programs that look at SQLite files.
APPLICATION = 0x49435349

_TIE_BITS = 12  # sessions that started in the same second
_LINE_BITS = 18  # lines of one session; nobody talks for three days
_LAST_SECOND = (1 << 33) - 2  # in the year 2242
MOST_AT_ONCE = 1 << _TIE_BITS
MOST_LINES = 1 << _LINE_BITS

SESSIONS = """
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record_stamp TEXT NOT NULL,     -- of session.json when it was read
    text_stamp TEXT,                -- of the journals when they were read; NULL before that
    record BLOB,                    -- session.json; NULL where it is broken or encrypted
    is_encrypted INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,      -- whether all of its text could be read
    role TEXT, title TEXT, language TEXT, source TEXT, started_at TEXT, alias TEXT,
    duration_s REAL                 -- NULL where it has no end
);
"""
TEXTS = """
-- Holds a row as long as removed text may be left in the file.
CREATE TABLE removal (pending INTEGER PRIMARY KEY);
CREATE TABLE known (
    kind TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, session INTEGER NOT NULL,
    PRIMARY KEY (kind, id, label, session)
) WITHOUT ROWID;
CREATE INDEX known_of_session ON known (session);
CREATE TABLE said (
    number INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    at_s REAL NOT NULL,
    question TEXT, candidate TEXT, interviewer TEXT, note TEXT
);
CREATE VIRTUAL TABLE words USING fts5 (
    question, candidate, interviewer, note,
    content = 'said', content_rowid = 'number', columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);
"""


def session_floor(at_s: float) -> int:
    """The least number of a session that started at ``at_s``, seconds since 1970."""
    return int(min(max(at_s, 0.0), _LAST_SECOND)) << _TIE_BITS


def session_end() -> int:
    """One more than the number of any session."""
    return (_LAST_SECOND + 1) << _TIE_BITS


def line_floor(session: int) -> int:
    """The number of a session's first line, and one more than the last of those before it."""
    return session << _LINE_BITS


def session_of_lines(column: str) -> str:
    """The SQL for the session's number, given a line's."""
    return f"({column} >> {_LINE_BITS})"


def started_s(started_at: str, session_id: str) -> float:
    """When a session started, in seconds since 1970.

    Args:
        started_at: As ``session.json`` says; may be empty or no time.
        session_id: Holds the time as well, for sessions that do not say.
    """
    for text, form in ((started_at, None), (session_id[:15], "%Y%m%d-%H%M%S")):
        try:
            read = datetime.strptime(text, form) if form else datetime.fromisoformat(text)
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            continue
    return 0.0


def free_number(connection: sqlite3.Connection, at_s: float) -> int:
    """A number for another session that started at ``at_s``."""
    wanted = session_floor(at_s)
    taken = connection.execute("SELECT 1 FROM session WHERE number = ?", (wanted,)).fetchone()
    if taken is None:
        return wanted
    row = connection.execute(
        "SELECT number + 1 FROM session AS this WHERE number >= ? AND NOT EXISTS"
        " (SELECT 1 FROM session WHERE number = this.number + 1) ORDER BY number LIMIT 1",
        (wanted,),
    ).fetchone()
    return int(row[0])
