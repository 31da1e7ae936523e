"""Opening the index file: private, of our version, and with deleted text overwritten."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from copilot.errors import CopilotError, StorageError
from copilot.i18n import N_, _
from copilot.private_file import create_private, make_private_folder
from copilot.store.index.places import remove_index
from copilot.store.index.schema import APPLICATION, FORMAT, SESSIONS, TEXTS

#: So long another program that writes is waited for.
_PATIENCE_S = 20.0
_CACHE_KIB = 32_000

#: The disk's or another program's fault, so that making the index anew would not help.
_REFUSED = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    }
)


class DamagedIndex(Exception):  # noqa: N818 - never shown: the index is made anew
    """The file is no index, or not one that this version can read."""


def has_full_text() -> bool:
    """Whether this Python's SQLite can search text."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
        except sqlite3.DatabaseError:
            return False
    return True


def check_full_text() -> None:
    """Make sure that this Python's SQLite can search text.

    Raises:
        CopilotError: It cannot.
    """
    if not has_full_text():
        raise CopilotError(
            _("the SQLite of this Python was built without FTS5, its full-text search."),
            _(
                "Use a Python from python.org, your distribution or uv; theirs have it."
                " Everything but the search works without."
            ),
            title=N_("Search not possible"),
        )


@contextlib.contextmanager
def open_index(path: Path, *, writable: bool = True) -> Iterator[sqlite3.Connection]:
    """The index at ``path``, made where it is missing; every transaction is begun by the caller.

    Args:
        path: The file.
        writable: Whether it is to be changed; else a missing one is not made either.

    Raises:
        DamagedIndex: The file is no index of this version, or turns out to be damaged.
        StorageError: The disk refused, or another program holds it.
    """
    with telling(path):
        if writable:
            _make_private(path)
        mode = "rw" if writable else "ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=_PATIENCE_S,
        )
        with contextlib.closing(connection):
            _set_up(connection)
            _check_format(connection, writable=writable)
            yield connection


@contextlib.contextmanager
def passing_index(*, with_text: bool) -> Iterator[sqlite3.Connection]:
    """An index in memory, for when there can be none on disk.

    Args:
        with_text: Whether it is to be searched; else it only lists.
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SESSIONS + (TEXTS if with_text else ""))
        yield connection


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the index into what can be done about it.

    Raises:
        DamagedIndex: The file is to be made anew.
        StorageError: The disk refused, or another program holds it.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a defect of ours, not the file's
    except sqlite3.Error as error:
        # The lowest byte is the kind of error, the rest says more.
        kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if kind in _REFUSED:
            raise StorageError(
                f"{path}: {error}.",
                _("Free space, close programs that use it, or delete it: it is made anew."),
            ) from error
        raise DamagedIndex(str(error)) from error
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it; other programs that write wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def throw_away(path: Path) -> None:
    """Remove an index that cannot be read.

    Raises:
        StorageError: The disk refused.
    """
    try:
        remove_index(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def _make_private(path: Path) -> None:
    if not path.exists():
        make_private_folder(path.parent)
        try:
            create_private(path).close()
        except StorageError:
            if not path.exists():  # else another program was faster
                raise
    elif path.is_file() and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _set_up(connection: sqlite3.Connection) -> None:
    # What is deleted is overwritten. A rollback journal is removed with each transaction, whereas a
    # write-ahead log would keep deleted text for as long as another program reads.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # else text would be written to /tmp
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _check_format(connection: sqlite3.Connection, *, writable: bool) -> None:
    if _number(connection, "user_version") == FORMAT:
        return
    if not writable:
        raise DamagedIndex("it is of another version.")
    with transaction(connection):
        if _number(connection, "user_version") == FORMAT:
            return  # another program was faster
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            raise DamagedIndex("it is of another version.")
        for statement in (SESSIONS + TEXTS).split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
