"""The encrypted files of one session, and the encrypted list that says which is which.

    sealed/key.json          the session's key, locked (``key_slot.py``)
    sealed/manifest          the list: an encrypted file itself (``container.py``)
    sealed/4f0c…             one file each, under a random name

Files are never changed. What is written anew gets a new name, and the list is replaced in one
step: a program killed at any moment leaves the earlier state or the later one. Files that no list
names are what such a program left, and go the next time.
"""

import contextlib
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from copilot.errors import SessionError, StorageError
from copilot.i18n import _
from copilot.private_file import create_private, sync_folder, write_all, write_private
from copilot.store.encryption.container import Damaged, seal, unseal
from copilot.store.encryption.key_slot import (
    KeySlot,
    Scrypt,
    new_session_key,
    read_slot,
    write_slot,
)
from copilot.store.encryption.keys import Key
from copilot.store.encryption.marker import SEALED, note_passing

_SLOT = "key.json"
_MANIFEST = "manifest"


class SealedFile(BaseModel):
    """One encrypted file.

    Attributes:
        name: What the file is called in a plain session, with ``/`` between folders.
        stored: Its name in ``sealed``.
        bytes: How long the text is.
        changed_ns: When the plain file was changed last, in nanoseconds since 1970.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    stored: str
    bytes: int
    changed_ns: int

    @field_validator("name")
    @classmethod
    def _stays_below(cls, name: str) -> str:
        path = PurePosixPath(name)
        if path.is_absolute() or not path.parts or ".." in path.parts:
            raise ValueError(name)
        return name

    @property
    def purpose(self) -> str:
        """What ties the encrypted bytes to this file and to this version of it."""
        return f"file {self.stored} {self.name}"


class Manifest(BaseModel):
    """All encrypted files of a session."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    files: tuple[SealedFile, ...]

    @property
    def length(self) -> int:
        """Bytes of text in all files."""
        return sum(file.bytes for file in self.files)


class Vault:
    """The folder ``sealed`` of a session, with the key that opens it."""

    def __init__(self, folder: Path, session_key: bytes) -> None:
        """Use ``open`` or ``create``.

        Args:
            folder: The session's folder.
            session_key: Its own key, 32 bytes.
        """
        self.path = folder / SEALED
        self._folder = folder
        self._key = session_key

    @classmethod
    def open(cls, folder: Path, key: Key) -> "Vault":
        """The encrypted files of a session.

        Raises:
            SessionError: The key does not fit, or ``key.json`` is missing or damaged.
            UsageError: The package ``cryptography`` is not installed.
        """
        path = folder / SEALED / _SLOT
        return cls(folder, read_slot(path).open(key, path))

    @classmethod
    def create(cls, folder: Path, key: Key, *, scrypt: Scrypt | None = None) -> "Vault":
        """An empty one, whose list has to be written before it is one.

        Raises:
            StorageError: The disk refused.
            UsageError: The package ``cryptography`` is not installed.
        """
        vault = cls(folder, new_session_key())
        slot = KeySlot.locking(vault._key, key, scrypt)
        try:
            vault.path.mkdir(mode=0o700)
        except OSError as error:
            raise StorageError.from_os_error(error, vault.path) from error
        note_passing(folder)
        write_slot(slot, vault.path / _SLOT)
        return vault

    def lock_with(self, key: Key, *, scrypt: Scrypt | None = None) -> None:
        """Let another passphrase or key file open it from now on, and the one so far no more.

        Raises:
            StorageError: The disk refused; everything is as it was.
        """
        write_slot(KeySlot.locking(self._key, key, scrypt), self.path / _SLOT)
        sync_folder(self.path)

    def manifest(self) -> Manifest:
        """Which files there are.

        Raises:
            SessionError: The list is missing or damaged.
        """
        path = self.path / _MANIFEST
        try:
            with path.open("rb") as file:
                data = b"".join(unseal(file, self._key, _MANIFEST))
            return Manifest.model_validate_json(data)
        except OSError as error:
            raise SessionError(f"{path}: {error.strerror}.", _restore()) from error
        except (Damaged, ValidationError) as error:
            raise SessionError(
                _("{path}: the list of the session's files was changed or cut off.", path=path),
                _restore(),
            ) from error

    def prepared(self, manifest: Manifest) -> bytes:
        """The bytes of a list, for ``replace``."""
        written = io.BytesIO()
        text = io.BytesIO(manifest.model_dump_json().encode())
        seal(text, written.write, self._key, _MANIFEST)
        return written.getvalue()

    def replace(self, prepared: bytes) -> None:
        """Make a list the one that counts, in one step, once its files are safely on disk.

        Raises:
            StorageError: The disk refused; the earlier one stays.
        """
        sync_folder(self.path)
        write_private(self.path / _MANIFEST, prepared)
        sync_folder(self.path)

    def head(self) -> str:
        """A hash of the list as it lies there: two states of the session never share one.

        Raises:
            SessionError: There is none.
        """
        path = self.path / _MANIFEST
        try:
            return head_of(path.read_bytes())
        except OSError as error:
            raise SessionError(f"{path}: {error.strerror}.", _restore()) from error

    def add(self, source: Path, name: str) -> SealedFile:
        """Encrypt a file and force it to disk; it counts once a list names it.

        Raises:
            StorageError: It cannot be read, or the disk refused.
        """
        stored = secrets.token_hex(16)
        draft = SealedFile(name=name, stored=stored, bytes=0, changed_ns=0)
        target = self.path / stored
        try:
            with source.open("rb") as plain, create_private(target) as file:
                changed_ns = os.fstat(plain.fileno()).st_mtime_ns
                length = seal(plain, lambda data: write_all(file, data), self._key, draft.purpose)
                os.fsync(file.fileno())
        except OSError as error:
            raise StorageError.from_os_error(error, error.filename or target) from error
        return draft.model_copy(update={"bytes": length, "changed_ns": changed_ns})

    def chunks(self, file: SealedFile) -> Iterator[bytes]:
        """A file's text, a chunk at a time; all of it is there only once no error came.

        Raises:
            SessionError: It is missing, or was changed, cut off or put in another's place.
        """
        path = self.path / file.stored
        try:
            with path.open("rb") as sealed:
                yield from unseal(sealed, self._key, file.purpose)
        except OSError as error:
            raise SessionError(
                _(
                    "{name} of session {session} is missing: {path}: {reason}.",
                    name=file.name,
                    session=self._folder.name,
                    path=path,
                    reason=error.strerror,
                ),
                _restore(),
            ) from error
        except Damaged as error:
            raise SessionError(
                _(
                    "{name} of session {session} was changed or cut off after it was encrypted: "
                    "{path}, part {part}.",
                    name=file.name,
                    session=self._folder.name,
                    path=path,
                    part=error.chunk,
                ),
                _restore(),
            ) from error

    def extract(self, file: SealedFile, folder: Path) -> None:
        """Write a file's text below ``folder``, where it has the age it had.

        Raises:
            SessionError: It is missing or damaged; what was written of it is removed.
            StorageError: The disk refused.
        """
        target = folder / file.name
        try:
            for parent in reversed(target.relative_to(folder).parents[:-1]):
                (folder / parent).mkdir(mode=0o700, exist_ok=True)
            target.unlink(missing_ok=True)
            with create_private(target) as plain:
                for chunk in self.chunks(file):
                    write_all(plain, chunk)
                os.fsync(plain.fileno())
            os.utime(target, ns=(file.changed_ns, file.changed_ns))
        except (OSError, SessionError) as error:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise StorageError.from_os_error(error, error.filename or target) from error
            raise

    def tidy(self, manifest: Manifest) -> None:
        """Remove files that the list does not name; what cannot be removed goes another time."""
        keep = {_SLOT, _MANIFEST, *(file.stored for file in manifest.files)}
        with contextlib.suppress(OSError):
            for path in self.path.iterdir():
                if path.name not in keep:
                    path.unlink()


def head_of(prepared: bytes) -> str:
    """What ``head`` says once this list is in place."""
    return hashlib.sha256(prepared).hexdigest()


def opened_by(folder: Path) -> Literal["passphrase", "key file"]:
    """What opens an encrypted session.

    Raises:
        SessionError: ``key.json`` is missing or damaged.
    """
    return read_slot(folder / SEALED / _SLOT).opened_by


def named(manifest: Manifest, name: str) -> SealedFile:
    """The file of that name.

    Raises:
        SessionError: There is none, which no session of ours lacks.
    """
    for file in manifest.files:
        if file.name == name:
            return file
    raise SessionError(_("the encrypted session holds no {name}.", name=name), _restore())


def _restore() -> str:
    return _("Restore the session's folder from a backup.")
