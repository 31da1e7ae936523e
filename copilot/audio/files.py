"""Reading recordings of any usual format as a stream of 16 kHz blocks, in flat memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import av.audio.resampler
import av.error
import numpy as np
import numpy.typing as npt
import soundfile
import soxr
from av.container import InputContainer

from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.errors import AudioFileError
from copilot.i18n import _

#: float32, shape (n, channels), in the range -1 to 1.
Frames = npt.NDArray[np.float32]

_READ_S = 0.5  # how much of a file is decoded at a time, in seconds


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """What a recording says of itself.

    Attributes:
        path: The file.
        channels: How many channels it has.
        rate_hz: Its own sample rate.
        duration_s: Length in seconds, or None where the container does not tell.
        decoder: ``soundfile`` or ``av``.
    """

    path: Path
    channels: int
    rate_hz: int
    duration_s: float | None
    decoder: str


def probe(path: Path) -> AudioInfo:
    """Find out what ``path`` holds without decoding it.

    Raises:
        AudioFileError: It is missing, empty, or no recording that can be read.
    """
    _check_readable(path)
    try:
        with soundfile.SoundFile(path) as file:
            info = AudioInfo(
                path, file.channels, file.samplerate, file.frames / file.samplerate, "soundfile"
            )
    except soundfile.LibsndfileError:
        info = _probe_with_av(path)
    if info.duration_s is not None and info.duration_s <= 0:
        raise AudioFileError(
            _("{path} holds no sound.", path=path), _("Record again, or choose another file.")
        )
    return info


def _check_readable(path: Path) -> None:
    try:
        if path.is_dir():
            raise AudioFileError(
                _("{path} is a folder.", path=path), _("Name the recording itself.")
            )
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise AudioFileError(_("{path}: no such file.", path=path), _("Check the path.")) from error
    except OSError as error:
        raise AudioFileError(
            f"{path}: {error.strerror}.", _("Check the path and the file's permissions.")
        ) from error
    if size == 0:
        raise AudioFileError(
            _("{path} is empty (0 bytes).", path=path), _("Record again, or choose another file.")
        )


def _probe_with_av(path: Path) -> AudioInfo:
    try:
        with _open_with_av(path) as container:
            if not container.streams.audio:
                raise AudioFileError(
                    _("{path} has no sound track.", path=path),
                    _("Choose a file that contains sound."),
                )
            stream = container.streams.audio[0]
            duration = container.duration
            return AudioInfo(
                path,
                stream.codec_context.channels,
                stream.codec_context.sample_rate,
                None if duration is None else duration / av.time_base,
                "av",
            )
    except (av.error.FFmpegError, ValueError) as error:
        raise _not_a_recording(path) from error


def _open_with_av(path: Path) -> InputContainer:
    # Said outright: FFmpeg takes what stands before a colon in a name for a protocol.
    return av.open(f"file:{path}", metadata_errors="ignore")


def _not_a_recording(path: Path) -> AudioFileError:
    return AudioFileError(
        _("{path} is not a recording that can be read, or it is corrupt.", path=path),
        _("WAV, FLAC, OGG, Opus, MP3, M4A and the sound of MP4, MKV and WebM files can be read."),
    )


def read_16k(info: AudioInfo) -> Iterator[Frames]:
    """The whole recording, resampled to 16 kHz, in stretches of about half a second.

    Raises:
        AudioFileError: The file is corrupt. What could be decoded before has been yielded.
    """
    decoded = _decode_with_soundfile(info) if info.decoder == "soundfile" else _decode_with_av(info)
    if info.rate_hz == SAMPLE_RATE_HZ:
        yield from decoded
        return
    resampler = soxr.ResampleStream(info.rate_hz, SAMPLE_RATE_HZ, info.channels, dtype="float32")
    for frames in decoded:
        resampled = resampler.resample_chunk(frames)
        if len(resampled):
            yield resampled.reshape(-1, info.channels)
    rest = resampler.resample_chunk(np.zeros((0, info.channels), np.float32), last=True)
    if len(rest):
        yield rest.reshape(-1, info.channels)


def _decode_with_soundfile(info: AudioInfo) -> Iterator[Frames]:
    size = int(info.rate_hz * _READ_S)
    try:
        with soundfile.SoundFile(info.path) as file:
            while len(frames := file.read(size, dtype="float32", always_2d=True)):
                yield frames
    except soundfile.LibsndfileError as error:
        raise _not_a_recording(info.path) from error


def _decode_with_av(info: AudioInfo) -> Iterator[Frames]:
    try:
        with _open_with_av(info.path) as container:
            stream = container.streams.audio[0]
            to_float = av.audio.resampler.AudioResampler(format="fltp", rate=info.rate_hz)
            for frame in container.decode(stream):
                for converted in to_float.resample(frame):
                    yield np.ascontiguousarray(converted.to_ndarray().T, dtype=np.float32)
            for converted in to_float.resample(None):
                yield np.ascontiguousarray(converted.to_ndarray().T, dtype=np.float32)
    except (av.error.FFmpegError, ValueError) as error:
        raise _not_a_recording(info.path) from error
