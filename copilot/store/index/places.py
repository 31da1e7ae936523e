"""Where the index lies, and what lies in the folder of sessions."""

import contextlib
import functools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from copilot.paths import data_folder

#: Beside an index that a program is writing; SQLite makes and removes them.
_BESIDE = ("-journal", "-wal", "-shm")

_RECORD = "session.json"
_JOURNAL = "journal.jsonl"
_REVIEW = "review.jsonl"


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
    try:
        names = os.listdir(root)  # noqa: PTH208 - a Path for each of them costs more than the rest
        with _looking_into(root) as look:
            stamps = ((name, _stamp(look, f"{name}/{_RECORD}")) for name in names if name[0] != ".")
            return {name: stamp for name, stamp in stamps if stamp}
    except OSError:
        return {}


def text_stamps(root: Path, session_ids: Iterable[str]) -> list[str]:
    """A stamp of each session's journals that changes when one of them does."""
    try:
        with _looking_into(root) as look:
            return [
                f"{_stamp(look, f'{each}/{_JOURNAL}')} {_stamp(look, f'{each}/{_REVIEW}')}"
                for each in session_ids
            ]
    except OSError:
        return [" " for _ in session_ids]


_Look = Callable[[str], os.stat_result]


@contextlib.contextmanager
def _looking_into(root: Path) -> Iterator[_Look]:
    """``stat`` within a folder: the system need not find the folder again for each name."""
    if os.stat not in os.supports_dir_fd:
        yield lambda name: os.stat(f"{root}/{name}")  # noqa: PTH116 - as above
        return
    folder = os.open(root, os.O_RDONLY)
    try:
        yield functools.partial(os.stat, dir_fd=folder)
    finally:
        os.close(folder)


def _stamp(look: _Look, name: str) -> str:
    """Size and time of a file; empty where it is none."""
    try:
        found = look(name)
    except OSError:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}"
