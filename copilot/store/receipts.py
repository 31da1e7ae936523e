"""Receipts of deleted sessions: that they are gone, when and by whom, and no word of them.

A deletion that has begun keeps its receipt as ``<id>.begun``; once it is through, as ``<id>.json``.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import make_private_folder, write_private

_FOLDER = "receipts"

#: What a session's files are, as a receipt counts them.
Kind = Literal[
    "recordings", "transcript", "reviews", "reports", "guide", "record", "encrypted", "other"
]


class Removed(BaseModel):
    """How much of a kind was removed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: int
    bytes: int


class Outside(BaseModel):
    """A copy that was written outside the data folder, which deleting does not reach.

    Attributes:
        path: Where it was written.
        kind: What it is, in a word or two.
        written_at: When, ISO 8601 with offset.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    kind: str
    written_at: str


class Check(BaseModel):
    """What searching the data folder for phrases of the transcript came to.

    Attributes:
        result: ``clean``; ``found`` where a phrase still stands somewhere; ``unread`` where files
            could not be read; ``not possible`` where no phrase was known, as with an encrypted
            session, one in which nothing was said, or a deletion that was cut off.
        phrases: How many phrases were looked for.
        files: How many files were read.
        bytes: How many bytes they hold.
        found_in: The files a phrase still stands in, relative to the data folder.
        unread: The files that could not be read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    result: Literal["clean", "found", "unread", "not possible"]
    phrases: int = 0
    files: int = 0
    bytes: int = 0
    found_in: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Receipt(BaseModel):
    """That a session was deleted.

    Attributes:
        format: Version of this file.
        id: The session's id.
        begun_at: When somebody asked for it, ISO 8601 with offset.
        deleted_at: When it was through; None while it is not.
        by: The login name of who deleted it.
        reason: Asked for, or past its date.
        removed: What was removed, by kind.
        outside: Copies written outside the data folder that are known of.
        check: Whether anything of the transcript is left; None until it was looked for.
        app_version: Version that deleted it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    id: str
    begun_at: str
    deleted_at: str | None = None
    by: str
    reason: Literal["asked", "retention"]
    removed: dict[Kind, Removed]
    outside: tuple[Outside, ...] = ()
    check: Check | None = None
    app_version: str

    @property
    def files(self) -> int:
        """How many files were removed."""
        return sum(each.files for each in self.removed.values())

    @property
    def bytes(self) -> int:
        """How many bytes they held."""
        return sum(each.bytes for each in self.removed.values())


class Receipts:
    """The receipts in a data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / _FOLDER

    def path(self, session_id: str) -> Path:
        """Where a session's receipt is."""
        return self.folder / f"{session_id}.json"

    def _begun_path(self, session_id: str) -> Path:
        return self.folder / f"{session_id}.begun"

    def begin(self, receipt: Receipt) -> None:
        """Write down that a deletion begins.

        Raises:
            StorageError: The disk refused.
        """
        self.make_folder()
        self._write(self._begun_path(receipt.id), receipt)

    def finish(self, receipt: Receipt) -> Path:
        """Write down that it is through.

        Returns:
            Where the receipt is.

        Raises:
            StorageError: The disk refused.
        """
        self.make_folder()
        path = self.path(receipt.id)
        self._write(path, receipt)
        self.forget_begun(receipt.id)
        return path

    def make_folder(self) -> None:
        """Make the folder that holds them, for its owner alone.

        Raises:
            StorageError: The disk refused.
        """
        try:
            make_private_folder(self.folder)
        except OSError as error:
            raise StorageError.from_os_error(error, self.folder) from error

    def forget_begun(self, session_id: str) -> None:
        """Take back that a deletion began.

        Raises:
            StorageError: The disk refused.
        """
        path = self._begun_path(session_id)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error

    def begun_ids(self) -> tuple[str, ...]:
        """The sessions whose deletion began and is not through."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.begun")))

    def begun(self, session_id: str) -> Receipt | None:
        """The receipt of a deletion that is not through; None where there is no readable one."""
        try:
            return _read(self._begun_path(session_id))
        except SessionError:
            return None

    def all(self) -> tuple[list[Receipt], list[SessionError]]:
        """Every receipt, the latest deletion first, and what is wrong with broken ones."""
        found: list[Receipt] = []
        broken: list[SessionError] = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                found.append(_read(path))
            except SessionError as error:
                broken.append(error)
        found.sort(key=lambda receipt: receipt.deleted_at or receipt.begun_at, reverse=True)
        return found, broken

    @staticmethod
    def _write(path: Path, receipt: Receipt) -> None:
        write_private(path, receipt.model_dump_json(indent=2).encode() + b"\n")


def _read(path: Path) -> Receipt:
    try:
        return Receipt.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SessionError(f"{path}: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise SessionError(
            f"{path}: {where}: {first['msg']}.",
            _("The receipt was damaged or written by another version."),
        ) from error
