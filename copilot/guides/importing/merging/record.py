"""What the last import made, kept beside the guide: by it the author's own changes are told."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.errors import StorageError
from copilot.guides.importing.outline import Outline, from_yaml
from copilot.i18n import _
from copilot.knowledge.sentence import Sentence
from copilot.private_file import make_private_folder, write_private

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What an import made.

    Attributes:
        outline: What the guide would say had nobody but imports written it.
        documents: The SHA-256 of each document's content, by the name of its file.
        by_model: What a language model found: places with lines; see ``mark``.
    """

    outline: Outline
    documents: dict[str, str]
    by_model: frozenset[str] = frozenset()


def record_path(guide: Path) -> Path:
    """Where the record of the imports into a guide or overlay lies."""
    return guide.parent / ".imported" / f"{guide.name.removesuffix('.yaml')}.json"


def read_record(guide: Path) -> Record | None:
    """The record of the last import into a guide; None where there is none that can be read."""
    try:
        held = json.loads(record_path(guide).read_bytes())
        if held["format"] != _FORMAT:
            return None
        return Record(
            from_yaml(held["outline"], overlay=False),
            {str(file): str(digest) for file, digest in held["documents"].items()},
            frozenset(map(str, held["by_model"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_record(guide: Path, record: Record) -> None:
    """Keep the record of an import, readable for its owner alone, whole or not at all.

    To be called once the guide itself is written, so that a record is never newer than its guide.

    Raises:
        StorageError: The disk refuses.
    """
    held = {
        "format": _FORMAT,
        "documents": record.documents,
        "by_model": sorted(record.by_model),
        "outline": _plain(record.outline),
    }
    path = record_path(guide)
    make_folder(path.parent)
    write_private(path, json.dumps(held, ensure_ascii=False, indent=1).encode())


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; it may be there.

    Raises:
        StorageError: The disk refuses.
    """
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StorageError(
            f"{folder}: {error.strerror}.", _("Check the folder, or choose another one.")
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {"text": str(value), "origin": value.origin}
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
