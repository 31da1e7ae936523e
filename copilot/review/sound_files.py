"""The sound of a session beside its report: packed as FLAC, which browsers play."""

import contextlib
import shutil
from pathlib import Path

import soundfile

from copilot.errors import AudioFileError, StorageError
from copilot.events import Channel
from copilot.i18n import _
from copilot.private_file import create_private
from copilot.store import SessionFolder

_STEP = 1 << 18  # samples at a time


def write_sound(session: SessionFolder, folder: Path, stem: str) -> dict[Channel, Path]:
    """Write the recording of each side that has one, instead of earlier ones of the same names.

    Args:
        session: The session.
        folder: Where to.
        stem: What the names begin with, such as ``report`` for ``report-candidate.flac``.

    Returns:
        The files, readable by their owner alone; none where no sound was kept.

    Raises:
        AudioFileError: A recording is damaged.
        StorageError: The disk refused; what is half written is not left behind.
    """
    written: dict[Channel, Path] = {}
    for channel in Channel:
        recording = session.recording(channel)
        if recording is not None and _frames(recording):
            target = folder / f"{stem}-{channel}.flac"
            _write(recording, target)
            written[channel] = target
    return written


def _frames(recording: Path) -> int:
    try:
        return int(soundfile.info(recording).frames)
    except (OSError, soundfile.LibsndfileError) as error:
        raise _damaged(recording) from error


def _write(recording: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.new")
    try:
        draft.unlink(missing_ok=True)
        create_private(draft).close()
        if recording.suffix == ".flac":
            shutil.copyfile(recording, draft)
        else:
            _pack(recording, draft)
        draft.replace(target)
    except OSError as error:
        raise StorageError.from_os_error(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _pack(recording: Path, draft: Path) -> None:
    try:
        source = soundfile.SoundFile(recording)
    except (OSError, soundfile.LibsndfileError) as error:
        raise _damaged(recording) from error
    with source:
        try:
            with soundfile.SoundFile(
                draft, "w", source.samplerate, source.channels, subtype="PCM_16", format="FLAC"
            ) as packed:
                while len(samples := source.read(_STEP, "int16")):
                    packed.write(samples)
        except soundfile.LibsndfileError as error:
            raise StorageError(
                _("{path} could not be written.", path=draft),
                _("Free space, or name another place with --output."),
            ) from error


def _damaged(recording: Path) -> AudioFileError:
    return AudioFileError(
        _("{path} is no recording of a session, or it was damaged.", path=recording),
        _("Leave --audio out: the report itself needs no sound."),
    )
