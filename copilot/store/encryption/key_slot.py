"""``key.json``: a session's own random key, locked by the user's passphrase or key file.

The files are encrypted with the session's key, which never changes. So another passphrase means
writing this small file anew and nothing else.
"""

import base64
import json
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
)

from copilot.errors import SessionError
from copilot.i18n import _
from copilot.private_file import write_private
from copilot.store.encryption.keys import FileKey, Key, Passphrase
from copilot.store.encryption.library import (
    KEY_BYTES,
    NONCE_BYTES,
    Refused,
    cipher,
    decrypted,
    derived,
    stretched,
)

_PURPOSE = b"interview-copilot session key 1"
_SALT_BYTES = 16


def _from_base64(value: Any) -> Any:
    return base64.b64decode(value, validate=True) if isinstance(value, str) else value


_Bytes = Annotated[
    bytes,
    BeforeValidator(_from_base64),
    PlainSerializer(lambda value: base64.b64encode(value).decode()),
]


class Scrypt(BaseModel):
    """How a passphrase becomes a key; bounded, so that a forged file cannot hang the program.

    Attributes:
        n: How much work, a power of two.
        r: Size of a block; 128 * n * r bytes of memory are needed, 128 MiB by default.
        p: How often.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    n: int = Field(default=2**17, ge=2**14, le=2**20)
    r: int = Field(default=8, ge=8, le=16)
    p: int = Field(default=1, ge=1, le=4)

    @field_validator("n")
    @classmethod
    def _is_power_of_two(cls, n: int) -> int:
        if n & (n - 1):
            raise ValueError(n)
        return n


class KeySlot(BaseModel):
    """``key.json``.

    Attributes:
        format: Version of this file.
        opened_by: What opens it.
        scrypt: How the passphrase becomes a key; None with a key file.
        salt: Random; new each time the file is written.
        nonce: Random; new each time the file is written.
        locked: The session's key, encrypted, with its tag.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    opened_by: Literal["passphrase", "key file"]
    scrypt: Scrypt | None = None
    salt: _Bytes = Field(min_length=_SALT_BYTES, max_length=_SALT_BYTES)
    nonce: _Bytes = Field(min_length=NONCE_BYTES, max_length=NONCE_BYTES)
    locked: _Bytes = b""

    def _about(self) -> bytes:
        """Everything but the key itself, so that none of it can be changed unnoticed."""
        told = self.model_dump(exclude={"locked"})
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

    def _locking_key(self, key: Key) -> bytes:
        if isinstance(key, FileKey):
            return derived(key.secret, self.salt, _PURPOSE)
        work = self.scrypt or Scrypt()
        return stretched(key.secret, self.salt, n=work.n, r=work.r, p=work.p)

    @classmethod
    def locking(cls, session_key: bytes, key: Key, scrypt: Scrypt | None = None) -> "KeySlot":
        """The session's own key, locked.

        Args:
            session_key: 32 bytes.
            key: What is to open it from now on.
            scrypt: How much work a passphrase is to be; as much as is usual where None.

        Raises:
            UsageError: The package ``cryptography`` is not installed.
        """
        by_passphrase = isinstance(key, Passphrase)
        slot = cls(
            opened_by="passphrase" if by_passphrase else "key file",
            scrypt=(scrypt or Scrypt()) if by_passphrase else None,
            salt=secrets.token_bytes(_SALT_BYTES),
            nonce=secrets.token_bytes(NONCE_BYTES),
        )
        locking = cipher(slot._locking_key(key))
        locked = locking.encrypt(slot.nonce, session_key, slot._about())
        return slot.model_copy(update={"locked": locked})

    def open(self, key: Key, path: Path) -> bytes:
        """The session's own key, 32 bytes.

        Args:
            key: What the user gave.
            path: Where this was read; for messages.

        Raises:
            SessionError: The key does not fit, or the file was changed.
            UsageError: The package ``cryptography`` is not installed.
        """
        if isinstance(key, FileKey) != (self.opened_by == "key file"):
            raise self._other_kind(path)
        try:
            return decrypted(cipher(self._locking_key(key)), self.nonce, self.locked, self._about())
        except Refused as error:
            raise _does_not_fit(key, path) from error

    def _other_kind(self, path: Path) -> SessionError:
        session = path.parent.parent.name
        if self.opened_by == "passphrase":
            return SessionError(
                _("session {session} was encrypted with a passphrase.", session=session),
                _("Leave the key file out; the passphrase is asked for."),
            )
        return SessionError(
            _("session {session} was encrypted with a key file.", session=session),
            _("Name that file with --key-file, or in INTERVIEW_COPILOT_KEY_FILE."),
        )


def new_session_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def read_slot(path: Path) -> KeySlot:
    """What ``key.json`` says.

    Raises:
        SessionError: It is missing or damaged; the message names it.
    """
    try:
        return KeySlot.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SessionError(f"{path}: {error.strerror}.", _lost()) from error
    except ValidationError as error:
        raise SessionError(_("{path}: the file is damaged.", path=path), _lost()) from error


def write_slot(slot: KeySlot, path: Path) -> None:
    """Replace ``key.json`` in one step.

    Raises:
        StorageError: The disk refused; the earlier file stays.
    """
    write_private(path, slot.model_dump_json(indent=2).encode() + b"\n")


def _lost() -> str:
    return _("Without it the session cannot be opened; restore it from a backup.")


def _does_not_fit(key: Key, path: Path) -> SessionError:
    session = path.parent.parent.name
    if isinstance(key, FileKey):
        return SessionError(
            _("the key in {file} does not fit session {session}.", file=key.path, session=session),
            _("Name the key file it was encrypted with. Nothing was changed."),
        )
    return SessionError(
        _("the passphrase does not fit session {session}.", session=session),
        _("Try again: capital letters and the keyboard's layout count. Nothing was changed."),
    )
