"""Writing and removing what the index holds of one session."""

import sqlite3
from dataclasses import dataclass

from copilot.errors import SessionError
from copilot.store.index.content import About, Content, Speaker
from copilot.store.index.schema import (
    MOST_AT_ONCE,
    MOST_LINES,
    free_number,
    line_floor,
    session_floor,
    started_s,
)
from copilot.store.record import SessionRecord
from copilot.store.session_folder import SessionFolder

#: Letters that stand for two, which the tokenizer would keep apart from those.
_JOINED = (("œ", "oe"), ("Œ", "Oe"), ("æ", "ae"), ("Æ", "Ae"))


def spelt_out(text: str) -> str:
    """``text`` with joined letters apart, as the index has it: cœur as coeur."""
    for joined, apart in _JOINED:
        text = text.replace(joined, apart)
    return text


def _spelt_out(column: str) -> str:
    for joined, apart in _JOINED:
        column = f"replace({column}, '{joined}', '{apart}')"
    return column


_COLUMNS = ", ".join(Speaker)
_AS_INDEXED = ", ".join(_spelt_out(speaker) for speaker in Speaker)
_OF_SESSION = "FROM said WHERE number >= ? AND number < ?"


@dataclass(frozen=True, slots=True)
class _About:
    record: bytes | None
    is_encrypted: bool
    about: About | None
    alias: str | None = None
    duration_s: float | None = None


def put_record(connection: sqlite3.Connection, folder: SessionFolder, stamp: str) -> bool:
    """Take in what a session's ``session.json`` says, in a transaction of the caller's.

    Args:
        connection: The index.
        folder: The session.
        stamp: The file's, taken before this.

    Returns:
        Whether text was removed: the session is encrypted by now, or started at another time than
        the one it was numbered by.
    """
    read = _read(folder)
    known = connection.execute(
        "SELECT number, text_stamp FROM session WHERE id = ?", (folder.id,)
    ).fetchone()
    values = (
        stamp,
        read.record,
        read.is_encrypted,
        *(_values(read.about)),
        read.alias,
        read.duration_s,
    )
    moved = (
        known is not None and read.about is not None and not _is_numbered(known[0], folder, read)
    )
    if moved:
        remove_session(connection, folder.id)
    if known is None or moved:
        started_at = read.about.started_at if read.about else ""
        number = free_number(connection, started_s(started_at, folder.id))
        connection.execute(
            "INSERT INTO session (number, id, is_whole, record_stamp, record, is_encrypted, role,"
            " title, language, source, started_at, alias, duration_s)"
            " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, folder.id, *values),
        )
        return moved
    number, text_stamp = known
    connection.execute(
        "UPDATE session SET record_stamp = ?, record = ?, is_encrypted = ?, role = ?, title = ?,"
        " language = ?, source = ?, started_at = ?, alias = ?, duration_s = ? WHERE number = ?",
        (*values, number),
    )
    if read.about is None and not read.is_encrypted:
        # The journal tells what the session is, once its text is read again.
        connection.execute("UPDATE session SET text_stamp = NULL WHERE number = ?", (number,))
    if read.is_encrypted and text_stamp is not None:
        _remove_text(connection, number)
        connection.execute("UPDATE session SET text_stamp = NULL WHERE number = ?", (number,))
        return True
    return False


def _is_numbered(number: int, folder: SessionFolder, read: _About) -> bool:
    """Whether a session's number is one of those for the time at which it started."""
    started_at = read.about.started_at if read.about else ""
    return number >= session_floor(started_s(started_at, folder.id)) > number - MOST_AT_ONCE


def put_content(
    connection: sqlite3.Connection, session_id: str, content: Content, stamp: str
) -> None:
    """Replace the text of a session, in a transaction of the caller's.

    Args:
        connection: The index.
        session_id: A session whose record stands there; nothing happens where it does not.
        content: What to find it by.
        stamp: The journals', taken before they were read.
    """
    row = connection.execute(
        "SELECT number FROM session WHERE id = ? AND NOT is_encrypted", (session_id,)
    ).fetchone()
    if row is None:
        return
    [number] = row
    _remove_text(connection, number)
    connection.execute(
        "UPDATE session SET text_stamp = ?, is_whole = ? WHERE number = ?",
        (stamp, content.is_whole, number),
    )
    if content.about is not None:
        connection.execute(
            "UPDATE session SET role = ?, title = ?, language = ?, source = ?, started_at = ?"
            " WHERE number = ? AND record IS NULL",
            (*_values(content.about), number),
        )
    connection.executemany(
        "INSERT OR IGNORE INTO known (kind, id, label, session) VALUES (?, ?, ?, ?)",
        ((each.kind, each.id, each.label, number) for each in content.known),
    )
    first = line_floor(number)
    for speaker in Speaker:
        connection.executemany(
            f"INSERT INTO said (number, line, at_s, question, {speaker}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a name of ours
            (
                (place, line.id, line.at_s, line.question, line.text)
                for place, line in enumerate(content.lines[:MOST_LINES], start=first)
                if line.speaker is speaker
            ),
        )
    connection.execute(
        f"INSERT INTO words (rowid, question, {_COLUMNS})"
        f" SELECT number, question, {_AS_INDEXED} {_OF_SESSION}",
        _range(number),
    )


def remove_session(connection: sqlite3.Connection, session_id: str) -> bool:
    """Remove a session's rows, in a transaction of the caller's.

    Returns:
        Whether there were any, so that ``overwrite_removed`` has something to do.
    """
    row = connection.execute("SELECT number FROM session WHERE id = ?", (session_id,)).fetchone()
    if row is None:
        return False
    _remove_text(connection, row[0])
    connection.execute("DELETE FROM session WHERE number = ?", row)
    return True


def _remove_text(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(
        f"INSERT INTO words (words, rowid, question, {_COLUMNS})"
        f" SELECT 'delete', number, question, {_AS_INDEXED} {_OF_SESSION}",
        _range(number),
    )
    connection.execute("DELETE FROM said WHERE number >= ? AND number < ?", _range(number))
    connection.execute("DELETE FROM known WHERE session = ?", (number,))


def _range(number: int) -> tuple[int, int]:
    return line_floor(number), line_floor(number + 1)


def _values(about: About | None) -> tuple[str | None, ...]:
    if about is None:
        return (None,) * 5
    return about.role, about.title, about.language, about.source, about.started_at


def _read(folder: SessionFolder) -> _About:
    try:
        if folder.is_encrypted:
            return _About(None, True, None)
    except SessionError:  # by a newer version
        return _About(None, True, None)
    try:
        data = (folder.path / "session.json").read_bytes()
        record = SessionRecord.model_validate_json(data)
    except (OSError, ValueError):
        return _About(None, False, None)
    about = About(record.role, record.title, record.language, record.source, record.started_at)
    length = None if record.ended is None else record.ended.duration_s
    return _About(data, False, about, record.alias, length)
