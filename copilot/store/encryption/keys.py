"""What opens an encrypted session: a passphrase, or a file with a random key."""

import base64
import binascii
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from copilot.errors import InputError, StorageError, UsageError
from copilot.i18n import _
from copilot.private_file import create_private, sync_folder, write_all
from copilot.store.encryption.library import KEY_BYTES

#: Shorter passphrases are found by trying, whatever is done to make a try slow.
LEAST_CHARACTERS = 12

_FIRST_LINE = "interview-copilot key file 1"
_MOST_BYTES = 4096  # a key file is far shorter; what is longer is another file


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What somebody keeps in mind; never printed, logged or stored."""

    text: str = field(repr=False)

    @property
    def secret(self) -> bytes:
        """The bytes a key is made of; the same on all keyboards and systems."""
        return unicodedata.normalize("NFC", self.text).encode()


@dataclass(frozen=True, slots=True)
class FileKey:
    """The random key of a key file.

    Attributes:
        secret: 32 bytes.
        path: Where it was read; for messages.
    """

    secret: bytes = field(repr=False)
    path: Path


Key = Passphrase | FileKey


def check_new(passphrase: Passphrase) -> None:
    """Make sure that a passphrase about to be used for the first time is long enough.

    Raises:
        UsageError: It is not.
    """
    if len(passphrase.text) < LEAST_CHARACTERS:
        raise UsageError(
            _("the passphrase has {count} characters.", count=len(passphrase.text)),
            _(
                "Take {least} or more; several words that you remember are best.",
                least=LEAST_CHARACTERS,
            ),
        )


def make_key_file(path: Path) -> FileKey:
    """Write a new random key into a file that only its owner can read.

    Raises:
        StorageError: There is a file of that name already, or the disk refused.
    """
    secret = secrets.token_bytes(KEY_BYTES)
    text = f"{_FIRST_LINE}\n{base64.b64encode(secret).decode()}\n"
    if path.exists():
        raise StorageError(
            _("{path}: there is a file of that name already.", path=path),
            _("Name another: what was encrypted with a key is lost once the key is overwritten."),
        )
    with create_private(path) as file:
        try:
            write_all(file, text.encode())
            os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            raise StorageError.from_os_error(error, path) from error
    sync_folder(path.parent)
    return FileKey(secret, path)


def read_key_file(path: Path) -> FileKey:
    """The key in a key file.

    Raises:
        InputError: It cannot be read, or is no key file; the message names it.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}.", _("Name the key file of the session.")
        ) from error
    first, _newline, rest = data.decode("ascii", errors="replace").partition("\n")
    try:
        secret = base64.b64decode(rest.strip(), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if first.strip() != _FIRST_LINE or len(secret) != KEY_BYTES:
        raise InputError(
            _("{path}: this is no key file, or it was damaged.", path=path),
            _(
                "Name the very file the session was encrypted with; to make a new one: "
                "interview-copilot sessions key new FILE."
            ),
        )
    return FileKey(secret, path)
