"""Where copies of a session went outside the data folder: whoever deletes it has to be told."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from copilot.errors import StorageError
from copilot.paths import data_folder

_NAME = "exports.jsonl"


@dataclass(frozen=True, slots=True)
class Exported:
    """A copy that was written.

    Attributes:
        path: Where, absolute.
        kind: What it is, in a word or two: ``report``, ``for the candidate``.
        written_at: When, ISO 8601 with offset.
    """

    path: str
    kind: str
    written_at: str


def remember_export(
    folder: Path, path: Path, kind: str, *, written_at: datetime | None = None
) -> None:
    """Note in a session's folder that a copy of it was written elsewhere.

    What lies in the data folder is not noted: deleting the session finds it there. What is no file
    or folder, such as a pipe, keeps nothing.

    Args:
        folder: The session's folder.
        path: The file or folder that was written.
        kind: What it is, in a word or two, such as ``report``.
        written_at: When; now where None.

    Raises:
        StorageError: The disk refused; the copy stands all the same.
    """
    written = path.absolute()
    is_kept = path.is_file() or path.is_dir()
    if not is_kept or _is_in(written, data_folder()) or _is_in(written, folder):
        return
    moment = (written_at or datetime.now(UTC)).isoformat(timespec="seconds")
    line = json.dumps(asdict(Exported(str(written), kind, moment)), ensure_ascii=False) + "\n"
    target = folder / _NAME
    try:
        # One write at the end of the file, so that two programs never write into each other.
        descriptor = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode("utf-8", "surrogateescape"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError.from_os_error(error, target) from error


def known_exports(folder: Path) -> tuple[Exported, ...]:
    """The copies noted in a session's folder, each path once with its last writing.

    A line that cannot be read is left out: what is known of the others still helps.
    """
    try:
        lines = (folder / _NAME).read_bytes().splitlines()
    except OSError:
        return ()
    found: dict[str, Exported] = {}
    for line in lines:
        try:
            item = json.loads(line.decode("utf-8", "surrogateescape"))
            one = Exported(str(item["path"]), str(item["kind"]), str(item["written_at"]))
        except (ValueError, KeyError, TypeError):
            continue
        found.pop(one.path, None)
        found[one.path] = one
    return tuple(found.values())


def _is_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
