"""What a human refused once is not proposed again: kept by hash, so that no text stays behind."""

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from copilot.errors import GuideError
from copilot.guides.editing.edits import Edit, shown
from copilot.guides.enriching.own import changing, own_folder
from copilot.i18n import _
from copilot.private_file import write_private

_NOT_WORDS = re.compile(r"[\W_]+")


def folded(value: Any) -> str:
    """A text without capitals, accents, punctuation and spaces that make no difference."""
    if isinstance(value, dict):
        return " / ".join(folded(value[key]) for key in sorted(value, key=str))
    bare = unicodedata.normalize("NFKD", str(value)).casefold()
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", kept).strip()


def refused_path(role: str) -> Path:
    """Where the hashes of a role's refused proposals lie."""
    return own_folder() / ".refused" / f"{role}.json"


def refused_hashes(role: str) -> frozenset[str]:
    """The hashes of what was refused for a role.

    Raises:
        GuideError: The file cannot be read.
    """
    path = refused_path(role)
    try:
        hashes = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError) as error:
        raise GuideError(
            _("{path}: the list of refused proposals cannot be read.", path=path),
            _("Move it away; what was refused may then be proposed again."),
        ) from error
    return frozenset(map(str, hashes)) if isinstance(hashes, list) else frozenset()


def remember_refused(role: str, edit: Edit, language: str | None = None) -> None:
    """Never propose that text at that place again.

    Raises:
        GuideError: The file of refused proposals cannot be read.
        StorageError: The disk refused.
    """
    path = refused_path(role)
    with changing(path):
        hashes = refused_hashes(role) | {text_hash(edit, language)}
        write_private(path, json.dumps(sorted(hashes), indent=1).encode())


def text_hash(edit: Edit, language: str | None) -> str:
    """By what a proposed text is known again, at its place in the guide or in an overlay."""
    told = "\n".join([language or "", shown(edit.place), folded(edit.value)])
    return hashlib.sha256(told.encode()).hexdigest()
