"""Leaving no byte of removed text in the index file.

Two things keep removed text. The full-text table only notes what was removed, and keeps its words
until it joins its parts. And SQLite overwrites removed rows, as ``secure_delete`` says, but not the
copies of them that it left in the gaps of other pages when it moved rows about. So all parts are
joined, and then the whole file is written anew.
"""

import sqlite3


def join_parts(connection: sqlite3.Connection) -> None:
    """Join the parts of the full-text table, which is also what makes a large one fast."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def note_removal(connection: sqlite3.Connection) -> None:
    """Note that something was removed, in the transaction that removed it.

    A program that is killed before ``scrub`` is through leaves that to the next one.
    """
    join_parts(connection)
    connection.execute("INSERT OR IGNORE INTO removal (pending) VALUES (1)")


def is_to_scrub(connection: sqlite3.Connection) -> bool:
    """Whether removed text may still lie in the file."""
    return connection.execute("SELECT 1 FROM removal").fetchone() is not None


def scrub(connection: sqlite3.Connection) -> None:
    """Write the file anew, outside of any transaction.

    Raises:
        sqlite3.Error: It could not be, and removed text may still lie in it.
    """
    connection.execute("VACUUM")
    connection.execute("DELETE FROM removal")
