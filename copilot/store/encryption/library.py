"""The one place that asks the package ``cryptography`` for something; it is an extra.

It is imported only when a session is really encrypted or opened, so that everything else works
without it and begins as fast as before.
"""

from typing import Protocol

from copilot.errors import UsageError
from copilot.i18n import _

KEY_BYTES = 32
TAG_BYTES = 16
NONCE_BYTES = 12


class Refused(Exception):  # noqa: N818 - never leaves this package
    """The key is another one, or the bytes were changed: the two cannot be told apart."""


class Cipher(Protocol):
    """AES-256-GCM with one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """``data`` encrypted, and behind it the tag of 16 bytes."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The opposite."""


def check_installed() -> None:
    """Make sure that what encrypts is there.

    Raises:
        UsageError: The package is not installed.
    """
    cipher(bytes(KEY_BYTES))


def cipher(key: bytes) -> Cipher:
    """AES-256-GCM (NIST SP 800-38D) with a key of 32 bytes.

    Raises:
        UsageError: The package is not installed.
    """
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415
    except ImportError as error:
        raise _missing() from error
    return AESGCM(key)


def decrypted(with_cipher: Cipher, nonce: bytes, data: bytes, about: bytes) -> bytes:
    """What was encrypted with that key, nonce and associated data.

    Raises:
        Refused: It was not, or it was changed since.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - there, or no cipher either

    try:
        return with_cipher.decrypt(nonce, data, about)
    except InvalidTag as error:
        raise Refused from error


def stretched(passphrase: bytes, salt: bytes, *, n: int, r: int, p: int) -> bytes:
    """A key of 32 bytes from a passphrase, made slow and hungry for memory (scrypt, RFC 7914).

    Args:
        passphrase: As bytes.
        salt: Random.
        n: How much work, a power of two; together with ``r``, 128 * n * r bytes of memory.
        r: Size of a block.
        p: How often.

    Raises:
        UsageError: The package is not installed.
    """
    try:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415
    except ImportError as error:
        raise _missing() from error
    return Scrypt(salt=salt, length=KEY_BYTES, n=n, r=r, p=p).derive(passphrase)


def derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose from a key that is random already (HKDF, RFC 5869).

    Raises:
        UsageError: The package is not installed.
    """
    try:
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415
    except ImportError as error:
        raise _missing() from error
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(key)


def _missing() -> UsageError:
    return UsageError(
        _("encryption needs the package cryptography, which is not installed."),
        "pip install 'interview-copilot[encryption]'",
    )
