"""A guide's or overlay's YAML file, changed in place: comments, order and layout survive."""

import contextlib
import hashlib
import os
import stat
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from copilot.errors import GuideError, StorageError
from copilot.guides.editing.edits import Edit, Place
from copilot.guides.editing.intended import intended, same
from copilot.guides.editing.splicing import CannotSpliceError, Spliced, spliced
from copilot.guides.editing.tree import Entry, Node, comments, line_number, parse
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import read_guide, read_overlay
from copilot.knowledge.yaml_file import YamlFile
from copilot.private_file import make_private_folder, sync_folder

_BOM = "\ufeff"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class GuideFile:
    """One file, as it stands on disk and as it would be written.

    A change touches the lines it is about and no other character of the file. After each it is
    held that the data is what was meant and that no comment was lost; else the change is refused.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        """Read ``path``.

        Args:
            path: The file.
            text: What it says, where it is not on the disk yet; None to read it there.

        Raises:
            GuideError: It cannot be read, or is no YAML mapping.
        """
        # Names file, line and remedy of whatever is wrong.
        YamlFile(path, text=None if text is None else text.removeprefix(_BOM))
        self.path = path
        self._on_disk = _read(path) if text is None else text
        self._text = self._on_disk.removeprefix(_BOM)
        self._data: Any = None

    # -- looking --------------------------------------------------------------------------------

    @property
    def data(self) -> Any:
        """What the file says, as mappings, lists, texts and numbers; not to be changed."""
        if self._data is None:
            self._data = yaml.load(self._text, Loader=_Loader)  # noqa: S506 - the safe loader
        return self._data

    def get(self, place: Place) -> Any:
        """What stands there.

        Raises:
            KeyError: Nothing does.
        """
        found: Any = self.data
        for part in place:
            found = found[_key(found, part)]
        return found

    def line_of(self, place: Place) -> int:
        """The line of the deepest part of a place that is in the file, counted from 1."""
        return self._line_in(self._text, place)

    def lines_of(self, places: Iterable[Place]) -> list[int]:
        """The lines of many places, counted from 1; 0 for one that is not in the file."""
        root = parse(self._text)
        found = []
        for place in places:
            way = _way(root, place)
            is_there = len(way) == len(place) and bool(way)
            found.append(line_number(self._text, way[-1].start) if is_there else 0)
        return found

    def text(self) -> str:
        """The file as it would be written."""
        return (_BOM if self._on_disk.startswith(_BOM) else "") + self._text

    @property
    def on_disk(self) -> str:
        """The file as it was when it was read or written last."""
        return self._on_disk

    @property
    def is_changed(self) -> bool:
        """Whether what would be written is not what was read."""
        return self.text() != self._on_disk

    def changed_on_disk(self) -> bool:
        """Whether somebody else has written the file, or taken it away, since it was read."""
        try:
            return _read(self.path) != self._on_disk
        except FileNotFoundError:
            return self._on_disk != ""  # else that is known, by looking again
        except (OSError, UnicodeDecodeError):
            return True

    def content_hash(self) -> str:
        """SHA-256 of what would be written, hexadecimal."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    # -- changing -------------------------------------------------------------------------------

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make changes, one after the other; all of them, or none.

        Raises:
            KeyError: One names a place that is not there.
            GuideError: One cannot be made without changing something else, too; the message names
                the line.
        """
        made = list(edits)
        try:
            self._text, self._data = self._applied(self._text, self.data, made)
        except GuideError:
            # Which of them it was: one after the other, where that is worth the time.
            text, data = self._text, self.data
            for edit in made if len(made) > 1 else ():
                text, data = self._applied(text, data, [edit])
            raise

    def _applied(self, text: str, data: Any, edits: Sequence[Edit]) -> tuple[str, Any]:
        if not edits:
            return text, data
        lost = Counter(comments(text, parse(text)))
        wanted, changed = data, text
        for edit in edits:
            wanted = intended(wanted, edit)
            done = self._changed(changed, edit)
            changed = done.text
            lost -= Counter(done.gone)
        why = _("other parts of the file depend on it")
        try:
            found = yaml.load(changed, Loader=_Loader)  # noqa: S506 - the safe loader
            lost -= Counter(comments(changed, parse(changed)))
        except (yaml.YAMLError, ValueError) as error:
            raise self._refused(self._line_in(text, edits[0].place), why) from error
        if lost:
            why = _("a comment would be lost: {comment}", comment=next(iter(lost)))
        if lost or not same(found, wanted):
            raise self._refused(self._line_in(text, edits[0].place), why)
        return changed, found

    def _changed(self, text: str, edit: Edit) -> Spliced:
        try:
            return spliced(text, edit)
        except CannotSpliceError as error:
            raise self._refused(line_number(text, error.offset), error.why) from error
        except (yaml.YAMLError, ValueError) as error:
            line = self._line_in(text, edit.place)
            raise self._refused(line, _("other parts of the file depend on it")) from error

    def _line_in(self, text: str, place: Place) -> int:
        way = _way(parse(text), place)
        return line_number(text, way[-1].start) if way else 1

    def _refused(self, line: int, why: str) -> GuideError:
        return GuideError(
            _(
                "{path}:{line}: this cannot be changed in place: {why}.",
                path=self.path,
                line=line,
                why=why,
            ),
            _("Change the file with a text editor there."),
        )

    def put(self, text: str) -> None:
        """Let ``text`` be what would be written, as when a change is taken back.

        Raises:
            GuideError: It is no YAML mapping; what there was stays.
        """
        bare = text.removeprefix(_BOM)
        YamlFile(self.path, text=bare)
        self._text, self._data = bare, None

    def take_up(self, text: str, *, read: str) -> None:
        """Let a text be what would be written that was made of another reading of the file.

        Args:
            text: It.
            read: SHA-256 of what the file said then. Where it says something else today, it counts
                as changed by somebody else.

        Raises:
            GuideError: It is no YAML mapping; what there was stays.
        """
        self.put(text)
        if hashlib.sha256(self._on_disk.encode()).hexdigest() != read:
            self._on_disk = ""

    # -- writing --------------------------------------------------------------------------------

    def check(self, guide: Guide | None = None) -> None:
        """Hold what would be written to the rules of guides.

        Args:
            guide: For an overlay, the guide it is laid over; by default the one beside it.

        Raises:
            GuideError: It breaks them; every problem names its line in what would be written.
        """
        self.read(guide)

    def read(self, guide: Guide | None = None) -> Guide:
        """What would be written, as a guide: its own, or one that it is laid over.

        Args:
            guide: For an overlay, the guide it is laid over; by default the one beside it.

        Raises:
            GuideError: It breaks the rules of guides.
        """
        role, *language = self.path.stem.split(".")
        if not language:
            return read_guide(self.path, self._text)
        beside = self.path.with_name(f"{role}{self.path.suffix}")
        below = read_guide(beside) if guide is None else guide
        return read_overlay(self.path, below, self._text).laid_over(below)

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            GuideError: It would break the rules of guides, or the file changed meanwhile.
            StorageError: The disk refuses.
        """
        self.check()
        if self.changed_on_disk():
            raise GuideError(
                _("{path} was changed by somebody else meanwhile.", path=self.path),
                _("Open it again, then make the change once more."),
            )
        self.write()

    def write(self) -> None:
        """Write the file as it is, whole or not at all, whatever stands on the disk.

        Raises:
            StorageError: The disk refuses; what stood there still stands.
        """
        text = self.text()
        write_whole(self.path, text)
        self._on_disk = text

    def look_again(self) -> str:
        """What stands on the disk now; from then on it is what was read.

        What would be written stays. Where the file is gone, nothing stands there.

        Raises:
            StorageError: It cannot be read.
        """
        try:
            self._on_disk = _read(self.path) if self.path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError(
                _("{path} cannot be read.", path=self.path),
                _("Check the file and its permissions."),
            ) from error
        return self._on_disk


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all; its line ends and an earlier file's permissions stay.

    Folders that are missing are made for their owner alone. What is no file, such as a pipe or a
    device, is written into and not replaced.

    Raises:
        StorageError: The disk refuses; what stood there still stands.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
            return
        real = Path(os.path.realpath(path))  # a link goes on leading to where it leads
        make_private_folder(real.parent)
        _replace(real, text)
        sync_folder(real.parent)
    except OSError as error:
        raise StorageError(
            f"{path}: {error.strerror or error}.", _("Check the folder and the disk.")
        ) from error


def _replace(path: Path, text: str) -> None:
    """Write a draft beside a file and let it take the file's place.

    Raises:
        OSError: The disk refuses.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None

    def opened(name: str, flags: int) -> int:
        # Whoever may not read the file may not read its draft for a moment either.
        return os.open(name, flags, 0o666 if mode is None else 0o600)

    try:
        draft.unlink(missing_ok=True)
        with open(draft, "x", encoding="utf-8", newline="", opener=opened) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _way(root: Node, place: Place) -> list[Entry]:
    """The entries that lead to a place, as far as there are any."""
    node, way = root, list[Entry]()
    for part in place:
        entry = node.entry(part)
        if entry is None:
            break
        way.append(entry)
        node = entry.value
    return way


def _key(holder: Any, part: str | int) -> Any:
    """The key or index of ``part``: in a list of items a text is the id of one."""
    if isinstance(holder, list):
        if isinstance(part, int):
            if -len(holder) <= part < len(holder):
                return part
        else:
            for index, item in enumerate(holder):
                if isinstance(item, dict) and str(item.get("id")) == part:
                    return index
    elif isinstance(holder, dict):
        for key in holder:
            if str(key) == str(part):  # YAML reads the keys of anchors as numbers
                return key
    raise KeyError(part)
