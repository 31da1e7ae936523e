"""What is removed when a session is deleted: its files, which are counted, and other traces."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from copilot.errors import StorageError
from copilot.private_file import sync_folder
from copilot.store.holds import Holds
from copilot.store.receipts import Kind, Removed

#: What a folder's name begins with while it is being removed.
HIDDEN = ".deleting-"

_LAST = ("journal.jsonl", "review.jsonl")


def counted(folder: Path) -> dict[Kind, Removed]:
    """How many files of which kind a session's folder holds, and how many bytes."""
    counts: dict[Kind, Removed] = {}
    for parent, _folders, names in os.walk(folder):
        for name in names:
            if name.endswith(".lock"):
                continue
            path = Path(parent, name)
            kind = _kind(path.relative_to(folder))
            before = counts.get(kind, Removed(files=0, bytes=0))
            try:
                size = path.lstat().st_size
            except OSError:
                size = 0
            counts[kind] = Removed(files=before.files + 1, bytes=before.bytes + size)
    return counts


def _kind(path: Path) -> Kind:
    if path.suffix in (".wav", ".flac"):
        return "recordings"
    known: dict[str, Kind] = {
        "journal.jsonl": "transcript",
        "review.jsonl": "reviews",
        "guide.jsonl": "guide",
        "session.json": "record",
        "reports": "reports",
        "sealed": "encrypted",
    }
    return known.get(path.parts[0], "other")


def remove_folder(root: Path, session_id: str) -> None:
    """Remove the folder under its hidden name, the journals last.

    As long as they are there, a deletion that was cut off can still learn what to look for.

    Raises:
        StorageError: The disk refused.
    """
    hidden = root / f"{HIDDEN}{session_id}"
    try:
        if hidden.is_dir() and not hidden.is_symlink():
            for path in hidden.iterdir():
                if path.name not in _LAST:
                    _remove_one(path)
            shutil.rmtree(hidden)
        elif hidden.is_symlink():
            hidden.unlink()
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or hidden) from error
    sync_folder(root)


def _remove_one(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def forget_elsewhere(data: Path, session_ids: Sequence[str]) -> None:
    """Remove what lies of sessions outside their folders: index, copies, holds, drafts, the lab's.

    Raises:
        StorageError: The disk refused.
    """
    # Here and not at the top: listing sessions looks for deletions cut off, and finds none.
    from copilot.store.encryption import forget_copies  # noqa: PLC0415
    from copilot.store.index.forgetting import forget_all  # noqa: PLC0415
    from copilot.store.lab_traces import forget_in_lab  # noqa: PLC0415

    forget_all(session_ids, data=data)
    forget_in_lab(data, session_ids)
    for session_id in session_ids:
        forget_copies(session_id)
        Holds(data).take_off(session_id)
        for path in _named_after(data, session_id):
            try:
                _remove_one(path)
            except OSError as error:
                raise StorageError.from_os_error(error, path) from error


def _named_after(data: Path, session_id: str) -> Iterator[Path]:
    """Drafts of ours that are called after the session; what has another name somebody else made.

    A folder of sessions may have any name, ``git`` too, so that bearing it is not enough.
    """
    draft = re.compile(rf"\.{re.escape(session_id)}(?:[.-].*)?\.new")
    for folder in (data, data / "sessions"):
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if draft.fullmatch(path.name))
