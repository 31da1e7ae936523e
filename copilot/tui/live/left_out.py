"""Which parts of the screen have failed and were left out."""

import contextlib
import os
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from copilot.paths import data_folder
from copilot.private_file import make_private_folder

#: So many failures are written down in one session; one that repeats itself says nothing new.
_MOST_KEPT = 50


class LeftOut:
    """Keeps the screen going without the parts that fail, and writes down what failed.

    The file holds when, which part, the type of the error and where in the code it was raised. It
    never holds the error's text, because that may quote what was said.
    """

    def __init__(self, told: Callable[[bool], None], path: Path | None = None) -> None:
        """Begin with all parts well.

        Args:
            told: Called with whether any part is left out, when that changes.
            path: The file; ``screen-errors.log`` beside the sessions by default.
        """
        self._told = told
        self._path = path
        self._failing: set[str] = set()
        self._kept: set[str] = set()

    def failed(self, part: str, error: Exception) -> None:
        """A part of the screen raised ``error``."""
        self._write_down(part, error)
        if part not in self._failing:
            self._failing.add(part)
            self._told(True)

    def worked(self, part: str) -> None:
        """A part of the screen did its work."""
        if part in self._failing:
            self._failing.remove(part)
            self._told(bool(self._failing))

    def _write_down(self, part: str, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-6:]))
        what = f"{part} {type(error).__name__} {where}"
        if what in self._kept or len(self._kept) >= _MOST_KEPT:
            return
        self._kept.add(what)
        line = f"{datetime.now(UTC).isoformat(timespec='seconds')} {what}\n"
        path = self._path or data_folder() / "screen-errors.log"
        # A disk that refuses must not make it worse.
        with contextlib.suppress(OSError):
            make_private_folder(path.parent)
            with open(path, "a", encoding="utf-8", opener=_owner_only) as file:
                file.write(line)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
