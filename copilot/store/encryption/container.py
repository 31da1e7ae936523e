"""One encrypted file: a header, then chunks that can be read one after another.

    8 bytes   ``ICSEALED``
    1 byte    version of this layout: 1
    4 bytes   bytes of text in every chunk but the last, big-endian
    32 bytes  salt, random
    chunks    text encrypted with AES-256-GCM, each followed by its tag of 16 bytes

A file has a key of its own, derived from the session's key and the salt (HKDF-SHA256), so that no
nonce is ever used twice with one key: the nonce is the chunk's number and whether it is the last.
Associated data are the header and what the file is for. So a chunk that is changed, left out,
repeated or moved is found, and so is a file that is cut off, longer than it was, or in another
file's place. The construction is the STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015
(https://eprint.iacr.org/2015/189).
"""

import secrets
import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from copilot.store.encryption.library import (
    NONCE_BYTES,
    TAG_BYTES,
    Cipher,
    Refused,
    cipher,
    decrypted,
    derived,
)

#: Bytes of text in a chunk; what is held in memory of a file, however long it is.
CHUNK_BYTES = 1 << 20

_MAGIC = b"ICSEALED"
_VERSION = 1
_SALT_BYTES = 32
_HEADER = struct.Struct(f">{len(_MAGIC)}sBI{_SALT_BYTES}s")
_PURPOSE = b"interview-copilot file 1"
_MOST_CHUNK_BYTES = 1 << 24  # what a forged header may make us hold in memory


class Damaged(Exception):  # noqa: N818 - never leaves this package
    """The file is not what was written.

    Attributes:
        chunk: Number of the chunk that is not, from 1; 0 for the header.
    """

    def __init__(self, chunk: int) -> None:
        self.chunk = chunk
        super().__init__(chunk)


def seal(
    source: BinaryIO,
    write: Callable[[bytes], object],
    session_key: bytes,
    purpose: str,
    *,
    chunk_bytes: int = CHUNK_BYTES,
) -> int:
    """Encrypt all of ``source``.

    Args:
        source: What is read to its end, a chunk at a time.
        write: Takes the encrypted bytes in order.
        session_key: The session's key, 32 bytes.
        purpose: What the file is for; it opens for nothing else.
        chunk_bytes: Bytes of text in a chunk.

    Returns:
        How many bytes of text were encrypted.

    Raises:
        OSError: Reading or writing failed.
        UsageError: The package ``cryptography`` is not installed.
    """
    header = _HEADER.pack(_MAGIC, _VERSION, chunk_bytes, secrets.token_bytes(_SALT_BYTES))
    with_cipher, about = _prepared(header, session_key, purpose)
    write(header)
    length = 0
    for number, chunk, is_last in _chunks(source, chunk_bytes):
        write(with_cipher.encrypt(_nonce(number, is_last), chunk, about))
        length += len(chunk)
    return length


def unseal(source: BinaryIO, session_key: bytes, purpose: str) -> Iterator[bytes]:
    """What was encrypted, a chunk at a time; each was checked before it is given out.

    Whoever takes the chunks must not believe that they are all before the last was given out.

    Raises:
        Damaged: The file was changed, cut off, or is for another purpose; or the key is another.
        OSError: Reading failed.
        UsageError: The package ``cryptography`` is not installed.
    """
    header = source.read(_HEADER.size)
    try:
        magic, version, chunk_bytes, _salt = _HEADER.unpack(header)
    except struct.error as error:
        raise Damaged(0) from error
    if (magic, version) != (_MAGIC, _VERSION) or not 0 < chunk_bytes <= _MOST_CHUNK_BYTES:
        raise Damaged(0)
    with_cipher, about = _prepared(header, session_key, purpose)
    for number, chunk, is_last in _chunks(source, chunk_bytes + TAG_BYTES):
        if len(chunk) < TAG_BYTES:
            raise Damaged(number)
        try:
            yield decrypted(with_cipher, _nonce(number, is_last), chunk, about)
        except Refused as error:
            raise Damaged(number) from error


def _prepared(header: bytes, session_key: bytes, purpose: str) -> tuple[Cipher, bytes]:
    key = derived(session_key, header[-_SALT_BYTES:], _PURPOSE)
    return cipher(key), header + purpose.encode()


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes([is_last])


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes, and whether it is the last, which alone may be shorter or empty."""
    number, chunk = 1, source.read(size)
    while following := source.read(size):
        yield number, chunk, False
        number, chunk = number + 1, following
    yield number, chunk, True
