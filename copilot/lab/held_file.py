"""A file that only one program changes at a time."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import filelock

from copilot.errors import StorageError
from copilot.private_file import make_private_folder

#: Whoever holds one does so for one change.
_PATIENCE_S = 10.0


@contextlib.contextmanager
def held(path: Path, doing: str) -> Iterator[None]:
    """Nobody else changes a file of the lab meanwhile; its folder is made where it is missing.

    Args:
        path: The file, which need not be there yet.
        doing: What others do to it, for the error, such as ``adding cases``.

    Raises:
        StorageError: The disk refused, or another program holds the file for too long.
    """
    try:
        make_private_folder(path.parent)
        with filelock.FileLock(path.with_suffix(".lock"), timeout=_PATIENCE_S, mode=0o600):
            yield
    except filelock.Timeout as error:
        raise StorageError(
            f"{path}: another program has been {doing} for {_PATIENCE_S:.0f} s.",
            "Wait until it is through, or end it, then try again.",
        ) from error
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
