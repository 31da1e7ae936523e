"""Unsaved changes of a guide, kept so that they outlive whatever ends the program.

Each program keeps its own file, so that two editors on one guide take nothing from each other. A
lock that lasts as long as the program tells which files belong to one that is over.
"""

import functools
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import filelock
from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import StorageError
from copilot.paths import data_folder
from copilot.private_file import make_private_folder, write_private

_FORMAT = 1


class Unsaved(BaseModel):
    """One file with changes.

    Attributes:
        read: SHA-256 of the file when it was read, hexadecimal.
        text: As it would have been written.
    """

    model_config = ConfigDict(extra="forbid")

    read: str
    text: str


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: int
    files: dict[str, Unsaved]


def hash_of(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def recovery_path(guide: Path) -> Path:
    """Where this program keeps the unsaved changes of a guide and its overlays."""
    return _folder() / f"{_stem(guide)}{os.getpid()}.json"


def keep_unsaved(guide: Path, files: Mapping[str, Unsaved]) -> None:
    """Keep changes until they are saved or given up; none takes away what was kept.

    Args:
        guide: The guide's file.
        files: The changed ones by their names.

    Raises:
        StorageError: The disk refused.
    """
    path = recovery_path(guide)
    try:
        if not files:
            path.unlink(missing_ok=True)
            return
        make_private_folder(path.parent)
        _hold(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    kept = _Kept(format=_FORMAT, files=dict(files))
    write_private(path, kept.model_dump_json().encode())


def unsaved_of(guide: Path) -> dict[str, Unsaved]:
    """The changes kept of a guide, by the names of its files; what cannot be read is none.

    What a program that is over has left becomes this one's, the newest first; what another one
    that is running keeps is left alone.
    """
    own = recovery_path(guide)
    if not own.exists():
        for left in _left(guide):
            try:
                _hold(own.parent)
                left.replace(own)
            except OSError:
                return _read(left)
            break
    return _read(own)


def _read(path: Path) -> dict[str, Unsaved]:
    try:
        kept = _Kept.model_validate(json.loads(path.read_bytes()))
    except (OSError, ValueError, ValidationError):
        return {}
    return kept.files if kept.format == _FORMAT else {}


def _folder() -> Path:
    return data_folder() / "guide-edits"


def _stem(guide: Path) -> str:
    return f"{guide.stem}-{hash_of(str(guide.resolve()))[:16]}-"


# -- whose files they are -------------------------------------------------------------------------


def _left(guide: Path) -> Iterator[Path]:
    """What programs that are over have kept of a guide, newest first."""
    stem = _stem(guide)
    try:
        found = [path for path in _folder().iterdir() if path.name.startswith(stem)]
        found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return
    for path in found:
        if _is_over(path.stem.removeprefix(stem), path.parent):
            yield path


def _is_over(program: str, folder: Path) -> bool:
    lock = _lock(folder, program)
    try:
        with lock.acquire(timeout=0):
            Path(lock.lock_file).unlink(missing_ok=True)
    except (filelock.Timeout, OSError):
        return False
    return True


@functools.cache
def _hold(folder: Path) -> filelock.BaseFileLock:
    """Say that this program is running, until it is not."""
    for former in folder.glob(".*.lock"):
        _is_over(former.stem.removeprefix("."), folder)  # takes away what it left
    lock = _lock(folder, str(os.getpid()))
    lock.acquire(timeout=0)
    return lock


def _lock(folder: Path, program: str) -> filelock.BaseFileLock:
    # Held by the program, and not by the thread that happened to keep something first.
    return filelock.FileLock(folder / f".{program}.lock", mode=0o600, thread_local=False)
