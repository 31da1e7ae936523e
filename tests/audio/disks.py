"""Disks that refuse for real.

Where we may mount, a small file system in memory that can be filled, made read-only and taken
away; elsewhere the limit the system puts on the size of a file, which does what a full disk does.
"""

import contextlib
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

_LIMIT_BYTES = 1 << 20


def can_mount() -> bool:
    """Whether this user may mount file systems here."""
    tool = shutil.which("unshare")
    return tool is not None and _runs(tool, "--mount", "true")


def _runs(*command: object) -> bool:
    done = subprocess.run([*map(str, command)], capture_output=True, check=False)
    return done.returncode == 0


def _mount(*arguments: object) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


class Disk:
    """A disk of a megabyte.

    Attributes:
        folder: A folder on it, for the test's files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        """Leave no room."""
        raise NotImplementedError

    def make_room(self) -> None:
        """Let there be room again, and much of it."""
        raise NotImplementedError


class LimitedDisk(Disk):
    """A disk that is full once a file has a megabyte."""

    def fill(self) -> None:
        """Files end where the longest one ends now."""
        longest = max(path.stat().st_size for path in self.folder.iterdir())
        self._limit(max(longest, _LIMIT_BYTES))

    def make_room(self) -> None:
        """Files may have any length."""
        self._limit(None)

    def _limit(self, size: int | None) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


class MountedDisk(Disk):
    """A file system of its own."""

    def __init__(self, place: Path) -> None:
        self._real, self._seen = place / "real", place / "seen"
        self._real.mkdir()
        self._seen.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={_LIMIT_BYTES},mode=700", "none", self._real)
        self.come_back()
        super().__init__(self._seen / "session")
        self.folder.mkdir()

    def fill(self) -> None:
        """A file of another program takes all the room."""
        with (
            (self._real / "other").open("wb", buffering=0) as file,
            contextlib.suppress(OSError),
        ):
            while file.write(bytes(4096)):
                pass

    def make_room(self) -> None:
        """A larger disk, and the other file gone."""
        _mount("-o", "remount,size=64m,rw", self._real)
        (self._real / "other").unlink(missing_ok=True)

    def forbid_writing(self) -> None:
        """Make it read-only; nobody may hold a file open."""
        _mount("-o", "remount,ro", self._real)

    def go_away(self) -> None:
        """Unplug it while files are open."""
        subprocess.run(["umount", "-l", str(self._seen)], check=True)

    def come_back(self) -> None:
        """Plug it in."""
        _mount("--bind", self._real, self._seen)

    def remove(self) -> None:
        """Take everything down."""
        for place in (self._seen, self._real):
            _runs("umount", "-l", place)


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[Disk]:
    """The best disk there is here, made in the empty folder ``place``."""
    if can_mount():
        mounted = MountedDisk(place)
        try:
            yield mounted
        finally:
            mounted.remove()
        return
    limited = LimitedDisk(place)
    try:
        yield limited
    finally:
        limited.make_room()
