"""Where the index lies, and what lies in the folder of sessions."""

import os
from pathlib import Path

from copilot.paths import data_folder

#: Beside an index that a program is writing; SQLite makes and removes them.
_BESIDE = ("-journal", "-wal", "-shm")

_RECORD = "session.json"
_TEXTS = ("journal.jsonl", "review.jsonl")


def index_path(data: Path | None = None) -> Path:
    """The index of the sessions in ``data``, by default the user's data folder."""
    return (data or data_folder()) / "index.sqlite3"


def remove_index(path: Path) -> None:
    """Remove the index with what a killed program may have left beside it.

    Raises:
        OSError: The disk refused.
    """
    # Last of all the index itself: what lies beside it would spoil the next one.
    for each in (*(path.with_name(path.name + suffix) for suffix in _BESIDE), path):
        each.unlink(missing_ok=True)


def stored_sessions(root: Path) -> dict[str, str]:
    """Every session's id, with a stamp of its ``session.json`` that changes when the file does.

    Folders with a hidden name are none: they are being made or deleted.
    """
    found: dict[str, str] = {}
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                name = entry.name
                stamp = "" if name[0] == "." else _stamp(f"{entry.path}/{_RECORD}")
                if stamp:
                    found[name] = stamp
    except OSError:
        return {}
    return found


def text_stamp(root: Path, session_id: str) -> str:
    """A stamp of a session's journals that changes when one of them does."""
    return " ".join(_stamp(f"{root}/{session_id}/{name}") for name in _TEXTS)


def _stamp(path: str) -> str:
    """Size and time of a file; empty where it is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - tens of thousands of them, and a Path each costs more
    except OSError:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}"
