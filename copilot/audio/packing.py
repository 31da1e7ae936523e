"""Packing recordings to FLAC: the same samples in about half the room, and no moment without them.

The WAV goes only once the FLAC beside it is on disk for good and decodes to the very same samples.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.audio.recorder import HEADER_BYTES, Recorder
from copilot.errors import StorageError
from copilot.private_file import create_private, sync_folder

_STEP = 1 << 18  # samples at a time
_ROOM_BYTES = 4 << 20  # what noise may take in FLAC beyond its size in WAV, and some for others

_Samples = npt.NDArray[np.int16]


def pack_recording(wav: Path) -> Path:
    """Replace a recording by a FLAC file of the same samples.

    Interrupted at any moment, the WAV or a whole FLAC is there; called again, it goes on.

    Args:
        wav: A recording that nobody writes into any more, made by ``Recorder``.

    Returns:
        The packed file, readable by its owner alone; or ``wav``, where it holds no sound.

    Raises:
        SessionError: It is no such recording.
        StorageError: There is too little room, or the disk refused; the WAV is still there.
    """
    with Recorder.resume(wav) as recorder:  # repairs what a kill left behind
        if recorder.length == 0:
            return wav
    flac = wav.with_suffix(".flac")
    try:
        if not (flac.exists() and _hold_the_same(wav, flac)):
            _check_room(wav)
            _write_beside(wav, flac)
        wav.unlink()
    except OSError as error:
        raise StorageError.from_os_error(error, error.filename or flac) from error
    sync_folder(wav.parent)
    return flac


def _check_room(wav: Path) -> None:
    needed = wav.stat().st_size + _ROOM_BYTES
    free = shutil.disk_usage(wav.parent).free
    if free < needed:
        raise StorageError(
            f"{wav.parent}: packing {wav.name} takes up to {needed / 1e6:.0f} MB for a while, "
            f"and {free / 1e6:.0f} MB are free.",
            "Free space and pack again; the recording stays as it is.",
        )


def _write_beside(wav: Path, flac: Path) -> None:
    draft = flac.with_name(f".{flac.name}.new")
    draft.unlink(missing_ok=True)
    create_private(draft).close()
    try:
        _encode(wav, draft)
        if not _hold_the_same(wav, draft):
            raise StorageError(
                f"{draft} did not come out as it should.",
                "The recording stays as it is. Check the disk, then pack again.",
            )
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(flac)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    sync_folder(flac.parent)


def _encode(wav: Path, draft: Path) -> None:
    try:
        with soundfile.SoundFile(
            draft, "w", SAMPLE_RATE_HZ, 1, subtype="PCM_16", format="FLAC"
        ) as file:
            for samples in _recorded(wav):
                file.write(samples)
    except soundfile.LibsndfileError as error:
        raise StorageError(
            f"{draft} could not be written.",
            "The recording stays as it is. Free space, then pack again.",
        ) from error


def _recorded(wav: Path) -> Iterator[_Samples]:
    with wav.open("rb") as file:
        file.seek(HEADER_BYTES)
        while data := file.read(2 * _STEP):
            yield np.frombuffer(data, "<i2")


def _hold_the_same(wav: Path, flac: Path) -> bool:
    try:
        with soundfile.SoundFile(flac) as file:
            return (
                (file.samplerate, file.channels) == (SAMPLE_RATE_HZ, 1)
                and all(
                    np.array_equal(samples, file.read(len(samples), "int16"))
                    for samples in _recorded(wav)
                )
                and not len(file.read(1, "int16"))
            )
    except soundfile.LibsndfileError:
        return False
