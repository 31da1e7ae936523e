"""Files of data, which are text but no documents: a guide itself, YAML, JSON, CSV."""

import json
import re
from pathlib import Path

from copilot.guides.documents.opening import no_document
from copilot.guides.documents.trouble import DocumentError
from copilot.i18n import N_, _
from copilot.paths import config_folder

_QUESTIONS = re.compile(r"^questions:[ \t]*(?:#.*)?$", re.M)
_ID = re.compile(r"^[ \t]*-[ \t]+\{?id:[ \t]", re.M)
_YAML = (".yaml", ".yml")
_TABLES = (".csv", ".tsv")
_FROM_TABLE = N_("Copy the table into a Word file, or its questions into a text file, a line each.")
_FROM_DATA = N_("Copy the questions into a text file, a line each, and give that.")


def check_is_prose(text: str, path: Path) -> None:
    """Refuse data: a reader of prose would take its keys and separators for words.

    Args:
        text: All of the file.
        path: It; named in errors.

    Raises:
        DocumentError: The text is a guide in YAML, or YAML, JSON or a table of values.
    """
    suffix = path.suffix.lower()
    if _QUESTIONS.search(text) and _ID.search(text):
        raise DocumentError(
            _("{path}: this is a guide already, no document to make one of.", path=path),
            _(
                "Put it in {folder}, where your own guides are, and look at it: "
                "interview-copilot knowledge check {name}",
                folder=config_folder() / "knowledge",
                name=path.stem,
            ),
        )
    if suffix in _YAML:
        raise no_document(path, N_("a YAML file"), _FROM_DATA)
    if suffix == ".json" or _is_json(text):
        raise no_document(path, N_("a JSON file"), _FROM_DATA)
    if suffix in _TABLES:
        raise no_document(path, N_("a table of values (CSV)"), _FROM_TABLE)


def _is_json(text: str) -> bool:
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    if begins not in ("{", "["):
        return False
    try:
        return isinstance(json.loads(text.lstrip("\ufeff")), dict | list)
    except (ValueError, RecursionError):
        return False
