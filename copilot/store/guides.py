"""The guide a session ran with, kept word for word in its folder.

``guide.jsonl`` has two lines. The first is the guide's content, the very bytes whose SHA-256 the
session's first event names; the second says where its sentences come from, which that hash leaves
out. It is not packed: deleting a session looks for what was said, byte by byte, in here too.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from copilot.errors import SessionError
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.sentence import origin_of
from copilot.private_file import write_private
from copilot.store.session_folder import SessionFolder

#: What the file is called in a session's folder.
KEPT_GUIDE = "guide.jsonl"

#: The way to a text: keys and indices from the outside in.
_Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class KeptGuide:
    """A guide as a session kept it.

    Attributes:
        guide: In the language of the interview, every text with its origin.
        sha256: Its hash when it was kept, as the session's first event names it.
    """

    guide: Guide
    sha256: str


class _About(BaseModel):
    """The second line.

    Attributes:
        format: Version of the file's layout.
        sha256: Hash of the first line.
        origins: Of each sentence that has one of its own: the way to it, and the origin.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    sha256: str
    origins: tuple[tuple[_Loc, str], ...] = ()


def keep_guide(folder: SessionFolder, guide: Guide) -> None:
    """Keep the guide a session runs with; to be done before its first event.

    Args:
        folder: The session's, which we hold.
        guide: In the language of the interview, as it is used.

    Raises:
        StorageError: The disk refused.
    """
    content = guide.content()
    about = _About(sha256=_hash(content.encode()), origins=tuple(_origins(guide.data(), ())))
    lines = f"{content}\n{about.model_dump_json()}\n"
    write_private(folder.path / KEPT_GUIDE, lines.encode())


def has_kept_guide(folder: SessionFolder) -> bool:
    """Whether a session kept its guide, be it damaged by now."""
    return (folder.path / KEPT_GUIDE).is_file()


def kept_guide(folder: SessionFolder) -> KeptGuide | None:
    """The guide a session ran with; None where it kept none, as those of earlier versions did.

    Args:
        folder: The session's; of an encrypted one, the copy that can be read.

    Raises:
        SessionError: The file cannot be read, was changed, or was written by another version.
    """
    path = folder.path / KEPT_GUIDE
    try:
        content, about_line = path.read_bytes().splitlines()
        about = _About.model_validate_json(about_line)
        if _hash(content) != about.sha256:
            raise _unusable(folder, _("it was changed or cut off"))
        data = json.loads(content)
        for loc, origin in about.origins:
            _give_origin(data, loc, origin)
        return KeptGuide(Guide.model_validate(data), about.sha256)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(folder, error.strerror or str(error)) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise _unusable(folder, _("it was changed or cut off")) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _unusable(folder: SessionFolder, reason: str) -> SessionError:
    return SessionError(
        _(
            "{path}: the guide that the session ran with cannot be read: {reason}.",
            path=folder.path / KEPT_GUIDE,
            reason=reason,
        ),
        _("Restore it from a backup. Reviews and reports of the session do not need it."),
    )


def _origins(value: Any, loc: _Loc) -> Iterator[tuple[_Loc, str]]:
    if isinstance(value, str):
        if origin := origin_of(value):
            yield loc, origin
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _origins(item, (*loc, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _origins(item, (*loc, index))


def _give_origin(data: Any, loc: _Loc, origin: str) -> None:
    *before, last = loc
    for part in before:
        data = data[part]
    data[last] = {"text": data[last], "origin": origin}
