"""Unsaved changes of a guide, kept so that they outlive whatever ends the program."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

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
    """Where the unsaved changes of a guide and its overlays are kept."""
    name = hash_of(str(guide.resolve()))[:16]
    return data_folder() / "guide-edits" / f"{guide.stem}-{name}.json"


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
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    kept = _Kept(format=_FORMAT, files=dict(files))
    write_private(path, kept.model_dump_json().encode())


def unsaved_of(guide: Path) -> dict[str, Unsaved]:
    """The changes kept of a guide, by the names of its files; what cannot be read is none."""
    try:
        kept = _Kept.model_validate(json.loads(recovery_path(guide).read_bytes()))
    except (OSError, ValueError, ValidationError):
        return {}
    return kept.files if kept.format == _FORMAT else {}
