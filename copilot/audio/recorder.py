"""A channel's recording on disk: 16 kHz, 16-bit mono WAV that is valid at any moment.

The sizes in the header are brought up to date with each write, so that a program killed at any
time leaves a file every player opens. What a kill leaves beyond them is kept on resuming.
"""

import contextlib
import errno
import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.errors import CopilotError, SessionError, StorageError
from copilot.private_file import check_in_place, create_private, write_all

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_MAX_DATA_BYTES = 0xFFFF_FFFF - _HEADER.size
#: Refusals to lengthen a file without writing, as some file systems do, rather than to store.
_CANNOT_EXTEND = {errno.EPERM, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS}
_ZEROS = bytes(1 << 20)

#: Where the samples begin in a recording, in bytes.
HEADER_BYTES = _HEADER.size


def wav_header(data_bytes: int) -> bytes:
    """The 44-byte RIFF header of a 16 kHz, 16-bit mono file with that many bytes of samples."""
    data_bytes = min(data_bytes, _MAX_DATA_BYTES)
    return _HEADER.pack(
        b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, 1, SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ * 2, 2, 16, b"data", data_bytes,
    )  # fmt: skip


def to_pcm(samples: Waveform) -> bytes:
    """Samples as 16-bit PCM: what is too loud is clipped, what is no number is silence."""
    numbers = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return (np.clip(numbers, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


class Recorder:
    """Appends one channel's sound to a WAV file."""

    def __init__(self, path: Path, *, sync_every_s: float = 1.0, resume: bool = False) -> None:
        """Create ``path``, readable by its owner alone; or, to ``resume``, as the method says.

        Args:
            path: The file.
            sync_every_s: After how much sound, in seconds, a write forces it to disk;
                ``math.inf`` leaves that to ``sync``.
            resume: Whether to go on with an earlier recording.

        Raises:
            StorageError: It cannot be created; an existing file is never overwritten.
        """
        self.path = path
        self._sync_bytes = sync_every_s * SAMPLE_RATE_HZ * 2
        self._synced_bytes = 0
        self._data_bytes = 0
        self._file = _opened(path) if resume else create_private(path)
        try:
            self._data_bytes = _recorded_bytes(self._file, path) if resume else 0
            self.cut(self.length)
        except CopilotError:
            self.abandon()
            if not resume:
                with contextlib.suppress(OSError):
                    path.unlink()
            raise

    @classmethod
    def resume(cls, path: Path, *, sync_every_s: float = 1.0) -> Self:
        """Open an earlier recording to go on at its end.

        A header that lags behind the file, as after a kill, is repaired: whole samples beyond it
        are kept, half a sample is dropped.

        Args:
            path: A recording made by this class.
            sync_every_s: As for a new recording.

        Raises:
            SessionError: It is no such recording; it stays as it is.
            StorageError: It is missing or cannot be written.
        """
        return cls(path, sync_every_s=sync_every_s, resume=True)

    @property
    def length(self) -> int:
        """How many samples it holds."""
        return self._data_bytes // 2

    def write(self, samples: Waveform) -> None:
        """Append ``samples``; on disk for good at the next sync, a second later at most.

        Raises:
            StorageError: The disk refused; what was written before stays readable.
        """
        self.write_pcm(to_pcm(samples))

    def write_pcm(self, pcm: bytes) -> None:
        """Append 16-bit samples, as ``to_pcm`` makes them.

        Raises:
            StorageError: The disk refused; what was written before stays readable.
        """
        with self._appending(len(pcm)):
            self._file.seek(HEADER_BYTES + self._data_bytes)
            write_all(self._file, pcm)

    def write_silence(self, count: int) -> None:
        """Append ``count`` silent samples; hours of them take no time and mostly no room.

        Raises:
            StorageError: The disk refused; what was written before stays readable.
        """
        with self._appending(count * 2):
            end = HEADER_BYTES + self._data_bytes
            self._file.truncate(end)  # nothing of a write that failed may sound in it
            try:
                # What was never written reads as zeros, and most file systems store none of it.
                self._file.truncate(end + count * 2)
            except OSError as error:
                if error.errno not in _CANNOT_EXTEND:
                    raise
                self._file.seek(end)
                _write_zeros(self._file, count * 2)

    @contextlib.contextmanager
    def _appending(self, size: int) -> Iterator[None]:
        """What is done here appends ``size`` bytes, or, where the disk refuses, nothing."""
        before = self._data_bytes
        try:
            yield
            self._data_bytes = before + size
            self._write_header()
        except OSError as error:
            self._data_bytes = before
            with contextlib.suppress(OSError):
                self._file.truncate(HEADER_BYTES + before)
            raise StorageError.from_os_error(error, self.path) from error
        if self._data_bytes - self._synced_bytes >= self._sync_bytes:
            self.sync()

    def cut(self, length: int) -> None:
        """Keep the first ``length`` samples only; on disk for good when it returns.

        Raises:
            StorageError: The disk refused.
        """
        try:
            self._data_bytes = length * 2
            self._write_header()
            self._file.truncate(HEADER_BYTES + length * 2)
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        self.sync()

    def _write_header(self) -> None:
        self._file.seek(0)
        write_all(self._file, wav_header(self._data_bytes))

    def sync(self) -> None:
        """Force what was written to disk.

        Raises:
            StorageError: The disk refused, or the file is no longer where it was.
        """
        try:
            os.fsync(self._file.fileno())
            check_in_place(self._file, self.path)
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        self._synced_bytes = self._data_bytes

    def close(self) -> None:
        """Force everything to disk and close; safe to call again.

        Raises:
            StorageError: The disk refused; the file is closed all the same.
        """
        if self._file.closed:
            return
        try:
            self.sync()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without forcing anything to disk: for a file that failed already."""
        with contextlib.suppress(OSError):
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _opened(path: Path) -> io.FileIO:
    try:
        return path.open("r+b", buffering=0)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def _recorded_bytes(file: io.FileIO, path: Path) -> int:
    """Length of the samples in a recording, by its size and not by its header."""
    try:
        header = file.read(HEADER_BYTES)
        size = os.fstat(file.fileno()).st_size - HEADER_BYTES
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    if len(header) < HEADER_BYTES:
        if not wav_header(0).startswith(header):
            raise _not_ours(path)
        return 0  # killed before the first sample
    *_, data_bytes = _HEADER.unpack(header)
    if header != wav_header(data_bytes):
        raise _not_ours(path)
    return size - size % 2


def _not_ours(path: Path) -> SessionError:
    return SessionError(
        f"{path} is no recording of this program's own (16 kHz, 16-bit mono WAV).",
        "It was changed after it was recorded; restore it from a backup.",
    )


def _write_zeros(file: io.FileIO, size: int) -> None:
    for start in range(0, size, len(_ZEROS)):
        write_all(file, _ZEROS[: size - start])
