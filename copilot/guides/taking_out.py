"""A guide in memory as a file of its own, for whoever wants the one a session ran with."""

import enum
from pathlib import Path
from typing import Any

import yaml

from copilot.errors import UsageError
from copilot.guides.editing.guide_file import write_whole
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.sentence import Sentence

_WIDTH = 100


def as_yaml(guide: Guide) -> str:
    """The guide as YAML that loads as the same guide, origins included; in its language alone."""
    data = _plain(guide.model_dump(by_alias=True, exclude_defaults=True))
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=_WIDTH)


def take_out(guide: Guide, path: Path) -> Path:
    """Write a guide as a file that can be named wherever a role can.

    Args:
        guide: In one language.
        path: A folder, or a file that is called after the guide's id, as guides' files are.

    Returns:
        The file written.

    Raises:
        UsageError: There is such a file already, or its name is not the guide's id.
        StorageError: The disk refuses.
    """
    file = path / f"{guide.id}.yaml" if path.is_dir() else path
    if file.suffix not in (".yaml", ".yml") or file.stem != guide.id:
        raise UsageError(
            _("{path}: the file of this guide is called {id}.yaml.", path=file, id=guide.id),
            _("Name a folder, or a file of that name."),
        )
    if file.exists() or file.is_symlink():
        raise UsageError(
            _("{path}: there is something of that name already.", path=file),
            _("Name another folder."),
        )
    write_whole(file, as_yaml(guide))
    return file


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {"text": str(value), "origin": value.origin}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
