"""A guide's or overlay's YAML file, changed in place: comments, order and layout survive."""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from copilot.errors import GuideError, StorageError
from copilot.guides.editing.edits import Action, Edit, Place, shown
from copilot.knowledge.loading import read_guide, read_overlay
from copilot.knowledge.sentence import Sentence
from copilot.knowledge.yaml_file import YamlFile

_NEVER_WRAPPED = 1_000_000


class GuideFile:
    """One file, as it stands on disk and as it would be written."""

    def __init__(self, path: Path) -> None:
        """Read ``path``.

        Raises:
            GuideError: It cannot be read, or is no YAML mapping.
        """
        YamlFile(path)  # names file, line and remedy of whatever is wrong
        self.path = path
        self._yaml = _yaml()
        self._on_disk = path.read_text(encoding="utf-8")
        self._root: CommentedMap = self._yaml.load(self._on_disk)

    def get(self, place: Place) -> Any:
        """What stands there.

        Raises:
            KeyError: Nothing does.
        """
        found: Any = self._root
        for part in place:
            found = found[_key(found, part)]
        return found

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make changes, one after the other.

        Raises:
            KeyError: One names a place that is not there.
        """
        for edit in edits:
            self._apply(edit)

    def _apply(self, edit: Edit) -> None:
        *way, last = edit.place
        match edit.action:
            case Action.REMOVE:
                holder = self.get(tuple(way))
                del holder[_key(holder, last)]
            case Action.SET:
                holder = self._made(tuple(way))
                if isinstance(holder, CommentedSeq) and isinstance(last, str):
                    raise KeyError(shown(edit.place))
                holder[_key(holder, last)] = _node(edit.value)
            case Action.ADD:
                held = self._made(edit.place, CommentedSeq)
                held.insert(len(held) if edit.at is None else edit.at, _node(edit.value))

    def _made(self, place: Place, form: type[Any] = CommentedMap) -> Any:
        """What stands there; mappings on the way, and ``form`` at its end, are made if missing."""
        found: Any = self._root
        for number, part in enumerate(place, start=1):
            if isinstance(found, CommentedMap) and found.get(part) is None:
                found[part] = form() if number == len(place) else CommentedMap()
            found = found[_key(found, part)]
        return found

    def text(self) -> str:
        """The file as it would be written."""
        stream = io.StringIO()
        self._yaml.dump(self._root, stream)
        return stream.getvalue()

    def changed_on_disk(self) -> bool:
        """Whether somebody else has written the file since it was read."""
        try:
            return self.path.read_text(encoding="utf-8") != self._on_disk
        except (OSError, UnicodeDecodeError):
            return True

    def check(self) -> None:
        """Hold what would be written to the rules of guides.

        Raises:
            GuideError: It breaks them; every problem names its line in what would be written.
        """
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / self.path.name
            trial.write_text(self.text(), encoding="utf-8")
            role, *language = self.path.stem.split(".")
            if language:
                read_overlay(trial, read_guide(self.path.with_name(f"{role}{self.path.suffix}")))
            else:
                read_guide(trial)

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            GuideError: It would break the rules of guides, or the file changed meanwhile.
            StorageError: The disk refuses.
        """
        self.check()
        if self.changed_on_disk():
            raise GuideError(
                f"{self.path} was changed by somebody else meanwhile.",
                "Open it again, then make the change once more.",
            )
        text = self.text()
        write_whole(self.path, text)
        self._on_disk = text

    def content_hash(self) -> str:
        """SHA-256 of what would be written, hexadecimal."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        StorageError: The disk refuses; what stood there still stands.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageError(
            f"{path}: {error.strerror}.", "Check the folder and the disk."
        ) from error


def _yaml() -> YAML:
    made = YAML()
    made.preserve_quotes = True
    made.width = _NEVER_WRAPPED
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def _key(holder: Any, part: str | int) -> str | int:
    """The key or index of ``part``: in a list of items a text is the id of one."""
    if isinstance(holder, CommentedSeq) and isinstance(part, str):
        for index, item in enumerate(holder):
            if isinstance(item, CommentedMap) and item.get("id") == part:
                return index
        raise KeyError(part)
    if isinstance(holder, CommentedMap) and part not in holder and str(part).isdigit():
        return int(part)  # YAML reads the keys of anchors as numbers
    return part


def _node(value: Any) -> Any:
    if isinstance(value, Sentence):
        made = CommentedMap({"text": str(value), "origin": value.origin})
        made.fa.set_flow_style()
        return made
    if isinstance(value, dict):
        return CommentedMap({key: _node(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return CommentedSeq([_node(each) for each in value])
    return value
