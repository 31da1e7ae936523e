"""Where an opened copy may lie: in memory, which no disk ever sees, if there is room."""

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

_MEMORY = {"tmpfs", "ramfs"}
_NAME = "interview-copilot"
_SPARE_BYTES = 32 << 20  # what is left to others, and to what a review adds


def memory_folders(*, make: bool = False) -> list[Path]:
    """Folders of this user alone that are kept in memory, the best first.

    Args:
        make: Whether to make those that are missing.
    """
    found = [_own_folder(place, make=make) for place in _places()]
    return [folder for folder in found if folder is not None]


def has_room(folder: Path, length: int) -> bool:
    """Whether so many bytes fit, with some to spare."""
    try:
        return shutil.disk_usage(folder).free > length + _SPARE_BYTES
    except OSError:
        return False


def _places() -> Iterator[Path]:
    if sys.platform != "linux":
        return
    given = os.environ.get("XDG_RUNTIME_DIR")
    for place in ([Path(given)] if given else []) + [Path("/dev/shm")]:  # noqa: S108
        if place.is_dir() and _file_system(place) in _MEMORY:
            yield place


def _own_folder(place: Path, *, make: bool) -> Path | None:
    """Our folder in a place that others may write as well; None where it is not safely ours."""
    folder = place / f"{_NAME}-{os.getuid()}"
    with contextlib.suppress(OSError):
        if make:
            folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.getuid()
            and stat.S_IMODE(found.st_mode) == 0o700
        ):
            return folder
    return None


def _file_system(path: Path) -> str:
    """The kind of file system ``path`` is on; empty where that cannot be told."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    wanted, best, kind = path.resolve(), -1, ""
    for line in lines:
        before, _dash, after = line.partition(" - ")
        mounted = Path(before.split()[4].encode().decode("unicode_escape"))
        # Of two on one place, the later one covers the earlier.
        if wanted.is_relative_to(mounted) and len(mounted.parts) >= best:
            best, kind = len(mounted.parts), after.split()[0]
    return kind
