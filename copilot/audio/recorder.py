"""A channel's recording on disk: 16 kHz, 16-bit mono WAV that is valid at any moment.

The sizes in the header are brought up to date with each sync, at least once a second of sound,
so that a program killed at any time leaves a file every player opens, short of a second at most.
"""

import io
import os
import struct
from pathlib import Path
from types import TracebackType

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Waveform
from copilot.errors import StorageError
from copilot.private_file import create_private

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_MAX_DATA_BYTES = 0xFFFF_FFFF - _HEADER.size


def wav_header(data_bytes: int) -> bytes:
    """The 44-byte RIFF header of a 16 kHz, 16-bit mono file with that many bytes of samples."""
    data_bytes = min(data_bytes, _MAX_DATA_BYTES)
    return _HEADER.pack(
        b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, 1, SAMPLE_RATE_HZ,
        SAMPLE_RATE_HZ * 2, 2, 16, b"data", data_bytes,
    )  # fmt: skip


class Recorder:
    """Appends one channel's sound to a WAV file."""

    def __init__(self, path: Path, *, sync_every_s: float = 1.0) -> None:
        """Create ``path``, readable by its owner alone.

        Raises:
            StorageError: It cannot be created; an existing file is never overwritten.
        """
        self.path = path
        self._sync_bytes = int(sync_every_s * SAMPLE_RATE_HZ) * 2
        self._data_bytes = 0
        self._synced_bytes = 0
        self._file = create_private(path)
        try:
            self._file.write(wav_header(0))
        except OSError as error:
            raise StorageError.from_os_error(error, path) from error

    def write(self, samples: Waveform) -> None:
        """Append ``samples``; on disk for good at the next sync, a second later at most.

        Raises:
            StorageError: The disk refused; what was written before stays readable.
        """
        pcm = (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        try:
            _write_all(self._file, pcm)
            self._data_bytes += len(pcm)
            if self._data_bytes - self._synced_bytes >= self._sync_bytes:
                self._sync()
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error

    def _sync(self) -> None:
        self._file.seek(0)
        self._file.write(wav_header(self._data_bytes))
        self._file.seek(0, os.SEEK_END)
        os.fsync(self._file.fileno())
        self._synced_bytes = self._data_bytes

    def close(self) -> None:
        """Bring the header up to date and close; safe to call again."""
        if self._file.closed:
            return
        try:
            self._sync()
        except OSError as error:
            raise StorageError.from_os_error(error, self.path) from error
        finally:
            self._file.close()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _write_all(file: io.FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
