"""Outputs that need not be asked for again, one file each, by the key of their item.

Errors are never kept. Every file names the stored session its case came from, so that deleting a
session finds what the lab made of it.
"""

import contextlib
import json
import os
from pathlib import Path

from pydantic import ValidationError

from copilot.errors import StorageError
from copilot.lab.folders import cache_folder
from copilot.lab.grid import Item
from copilot.lab.results import Produced
from copilot.private_file import make_private_folder

_FORMAT = 1


class Cache:
    """For one run; several programs may use the same folder at once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Make nothing yet.

        Args:
            folder: Where the files lie; the lab's own unless given.
        """
        self._folder = folder or cache_folder()

    def find(self, item: Item) -> Produced | None:
        """What came out when an item of this key was done; None where none was, or it is damaged.

        A damaged file is replaced by the next ``keep``.
        """
        try:
            entry = json.loads(self._path(item.key).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(entry, dict) or entry.get("key") != item.key:
            return None
        try:
            produced = Produced.model_validate(entry.get("produced"))
        except ValidationError:
            return None
        return None if produced.failed else produced

    def keep(self, item: Item, produced: Produced) -> None:
        """Keep what came out, unless that is an error.

        Raises:
            StorageError: The disk refused.
        """
        if produced.failed:
            return
        entry = {
            "format": _FORMAT,
            "key": item.key,
            "task": item.case.task,
            "session": item.case.session,
            "produced": produced.model_dump(mode="json"),
        }
        path = self._path(item.key)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            make_private_folder(path.parent)
            # Not forced to disk: what a power cut spoils is noticed, and asked for again.
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(entry, file, ensure_ascii=False)
            draft.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise StorageError.from_os_error(error, path) from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
