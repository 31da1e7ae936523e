"""Guides read again when their files change; while a file is broken, as they were before.

For programs that stay open: people edit guides beside them, and half a sentence that was saved must
not take away the guide that stood there a minute ago.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import CopilotError, GuideError
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import find_guide, load_guide, read_guide

#: What a guide's files looked like: where they lie, when they were changed, how long they are.
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A guide as it can be used now.

    Attributes:
        guide: The newest version that is whole.
        broken: What is wrong with its files since; None where they are what ``guide`` says.
    """

    guide: Guide
    broken: CopilotError | None = None


def stamp_of(role: str) -> Stamp:
    """What a role's files look like, found without reading them; empty where there are none.

    Args:
        role: A guide's id, or the path of a guide file.
    """
    try:
        files = find_guide(role)
    except CopilotError:
        return ()
    return tuple(
        stamp
        for path in (files.guide, *files.overlays.values())
        if (stamp := _stamp(path)) is not None
    )


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None  # gone since it was found; what is left makes another stamp
    return str(path), found.st_mtime_ns, found.st_size


class Shelf:
    """Guides by file and language; any thread may ask."""

    def __init__(self) -> None:
        self._held: dict[tuple[Path, str], tuple[Stamp, Shelved]] = {}
        self._lock = threading.Lock()

    def guide(self, role: str, language: str = "") -> Shelved:
        """A role's guide, read anew where its files are other than before.

        Args:
            role: A guide's id, or the path of a guide file.
            language: ``en`` or ``fr``; the one that the guide is written in where empty.

        Raises:
            UsageError: There is none, or it has no texts in that language.
            GuideError: It is broken, and was never seen whole.
        """
        path = find_guide(role).guide
        stamp = stamp_of(role)
        with self._lock:
            before = self._held.get((path, language))
            if before is not None and stamp and before[0] == stamp:
                return before[1]
            try:
                now = Shelved(load_guide(role, language) if language else read_guide(path))
            except GuideError as error:
                if before is None:
                    raise
                now = Shelved(before[1].guide, error)
            self._held[path, language] = stamp, now
            return now


#: The one of this program.
SHELF = Shelf()
