"""Files that hold what people said: readable by their owner alone."""

import contextlib
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
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


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
