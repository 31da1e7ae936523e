"""Files that hold what people said: readable by their owner alone."""

import contextlib
import errno
import io
import os
from pathlib import Path

from copilot.errors import StorageError


def create_private(path: Path) -> io.FileIO:
    """Create ``path`` with mode 0600, unbuffered and open for writing.

    Raises:
        StorageError: It exists already, or the disk refused.
    """
    try:
        return _create(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def write_private(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` in one step, so that it is never half written.

    What is no file, such as a pipe or a device, is written into and not replaced.

    Raises:
        StorageError: The disk refused; an earlier file stays as it was.
    """
    if not path.is_dir() and path.exists() and not path.is_file():
        _write_into(path, data)
        return
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with _create(draft) as file:
            write_all(file, data)
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; one may be there.

    ``Path.mkdir`` gives the ones above what the umask leaves: who may write there can put another
    folder in the place of the sessions.

    Raises:
        OSError: The disk refused, or a file is in the way.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def check_in_place(file: io.FileIO, path: Path) -> None:
    """Make sure that ``path`` still leads to the open ``file``.

    Where a file was deleted or its disk went away, the system goes on taking what is written
    into it, and nobody will ever read that.

    Raises:
        OSError: It does not.
    """
    if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
        raise OSError(errno.ESTALE, "Another file has taken this one's place")


def sync_folder(folder: Path) -> None:
    """Force the names in ``folder`` to disk, on systems that know how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write ``data`` to the end, in as many steps as the system takes.

    Raises:
        OSError: The disk refused; a part may have been written.
    """
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _write_into(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def _create(path: Path) -> io.FileIO:
    # The builtin, because Path.open takes no opener.
    return open(path, "xb", buffering=0, opener=_owner_only)


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
