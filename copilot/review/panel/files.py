"""Files in a folder that others share: read with suspicion, and written for all who share it."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from copilot.errors import CopilotError, InputError, StorageError
from copilot.i18n import _
from copilot.private_file import write_private
from copilot.review.panel.model import Bundle, Panel, Seal
from copilot.review.plain_line import plain_line

_LARGEST = 4 << 20  # bytes; a bundle has a few thousand
_Model = TypeVar("_Model", Panel, Seal, Bundle)


def same(name: str, other: str) -> bool:
    """Whether two names mean one person: capitals and the ways to write an accent do not count."""
    return folded(name) == folded(other)


def folded(name: str) -> str:
    """A name in the one form in which names are compared."""
    return unicodedata.normalize("NFKC", plain_line(name)).casefold()


def stem(seal: Seal) -> str:
    """The name of a seal's file and of its bundle's, without an ending; no two seals share one."""
    whole = hashlib.sha256(f"{folded(seal.rater)}\n{folded(seal.candidate)}".encode()).hexdigest()
    names = (_slug(seal.rater), _slug(seal.candidate), whole[:8], str(seal.number))
    return "-".join(name for name in names if name)


def _slug(name: str) -> str:
    """A name in letters that every file system takes."""
    plain = unicodedata.normalize("NFKD", folded(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:24]


def files(folder: Path, problems: list[CopilotError]) -> Iterator[tuple[Path, bytes]]:
    """The files of a folder with what they hold; those that cannot be read become problems."""
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        problems.append(InputError(f"{folder}: {error.strerror}."))
        return
    for path in paths:
        if path.name.startswith(".") or path.suffix != ".json":
            continue  # what file systems and sharing programs leave
        try:
            yield path, read(path)
        except InputError as error:
            problems.append(error)


def read(path: Path) -> bytes:
    """What a file holds.

    Raises:
        InputError: It is missing, a link, unreadable or far too large.
    """
    try:
        if not path.is_file() or path.is_symlink():
            raise InputError(
                _("{path}: there is no such file.", path=path),
                _("Name a panel's folder; interview-copilot panel new makes one."),
            )
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}.", _("Make it readable.")) from error
    if len(data) > _LARGEST:
        raise InputError(_("{path}: it is far too large.", path=path), _("Take it out of here."))
    return data


def parsed(model: type[_Model], path: Path, data: bytes) -> _Model:
    """What a file says.

    Raises:
        InputError: It is not what it should be; the message names the file and the place.
    """
    try:
        return model.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = plain_line(".".join(str(part) for part in first["loc"]))
        raise InputError(
            f"{path}: {where or 'JSON'}: {plain_line(first['msg'])}.",
            _("The file was damaged, is another's, or was written by another version."),
        ) from error


def make_folder(path: Path, like: Path | None = None) -> None:
    """Make a folder where there is none, private, or shared with the same people as ``like``.

    Raises:
        StorageError: The disk refused.
    """
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=like is None)
            if like is not None:
                path.chmod(like.stat().st_mode & 0o7777)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def write(path: Path, data: bytes) -> None:
    """Write a file that may be read by those who may read the folder it lies in.

    Raises:
        StorageError: The disk refused.
    """
    write_private(path, data)
    try:
        path.chmod(0o600 | (path.parent.stat().st_mode & 0o066))
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
