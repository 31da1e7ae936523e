"""Playing what a session recorded, from any moment: one channel, or both as they were heard."""

import contextlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from copilot.audio import playback_process
from copilot.audio.blocks import SAMPLE_RATE_HZ
from copilot.errors import AudioFileError, CopilotError, DeviceError
from copilot.i18n import _
from copilot.timecode import timecode

_SCRIPT = Path(playback_process.__file__)
_STEP = SAMPLE_RATE_HZ // 10  # samples at a time
#: What a Pulse server buffers before it is heard, in milliseconds; it may else be two seconds.
_LATENCY_MS = 60

_Samples = npt.NDArray[np.float32]


class Player:
    """Plays stretches of recordings on the default output, one at a time.

    Nothing here waits for a device: what goes wrong with it after ``play`` has returned is told by
    ``failure``.
    """

    def __init__(self) -> None:
        self._run: _Run | None = None

    def play(self, path: Path | Sequence[Path], start_s: float, end_s: float | None = None) -> None:
        """Play from ``start_s`` on, instead of what plays now; returns at once.

        Args:
            path: A WAV or FLAC of a session, which may still be being written; several are
                mixed, so that a conversation is heard as it was.
            start_s: Where to begin, in seconds of the recording.
            end_s: Where to stop; None for the end of what has been recorded.

        Raises:
            AudioFileError: A file is missing, is no recording of a session, or holds no sound
                there.
        """
        self.stop()
        paths = [path] if isinstance(path, Path) else list(path)
        tracks = [_Track(file) for file in paths]
        begin = round(max(0.0, start_s) * SAMPLE_RATE_HZ)
        length = max((track.length for track in tracks), default=0)
        end = length if end_s is None else min(length, round(end_s * SAMPLE_RATE_HZ))
        if begin >= end:
            named = " + ".join(str(file) for file in paths) or _("this session")
            raise AudioFileError(
                _(
                    "{named}: there is no sound at {timecode}.",
                    named=named,
                    timecode=timecode(max(0.0, start_s)),
                ),
                _("Play from another line."),
            )
        self._run = _Run(tracks, begin, end)

    def stop(self) -> None:
        """Be silent, at once; safe to call when nothing plays."""
        if self._run is not None:
            self._run.stop()

    @property
    def playing(self) -> bool:
        """Whether something is playing, or about to."""
        return self._run is not None and not self._run.over.is_set()

    @property
    def position_s(self) -> float:
        """What is heard now, in seconds of the recording; where it stopped, when nothing plays."""
        return 0.0 if self._run is None else self._run.position_s

    @property
    def failure(self) -> CopilotError | None:
        """Why the last ``play`` came to nothing, or broke off; None where all went well."""
        return None if self._run is None else self._run.failure


class _Track:
    """One recording, opened where it is read so that what is appended meanwhile is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb"):
                pass
            with soundfile.SoundFile(path) as file:
                self.length, self._rate_hz = file.frames, file.samplerate
        except OSError as error:
            raise AudioFileError(
                f"{path}: {error.strerror}.", _("The sound of this session is not there any more.")
            ) from error
        except soundfile.LibsndfileError as error:
            raise _unreadable(path) from error
        if self._rate_hz != SAMPLE_RATE_HZ:
            raise _unreadable(path)

    def stretch(self, begin: int, end: int) -> Iterator[_Samples]:
        """Samples from ``begin`` to ``end`` in steps; silence where it ends before."""
        try:
            with soundfile.SoundFile(self.path) as file:
                file.seek(min(begin, file.frames))
                for start in range(begin, end, _STEP):
                    size = min(_STEP, end - start)
                    heard = file.read(size, "float32", always_2d=True).mean(axis=1)
                    yield np.pad(heard, (0, size - len(heard)))
        except (OSError, soundfile.LibsndfileError) as error:
            raise _unreadable(self.path) from error


def _unreadable(path: Path) -> AudioFileError:
    return AudioFileError(
        _("{path} is no recording of a session, or it was damaged.", path=path),
        _("Restore it from a backup; the text of the session is not touched by this."),
    )


def _mixed(tracks: Sequence[_Track], begin: int, end: int) -> Iterator[_Samples]:
    for parts in zip(*(track.stretch(begin, end) for track in tracks), strict=True):
        yield np.clip(np.sum(parts, axis=0), -1.0, 1.0)


class _Run:
    """One stretch being played by a process of its own."""

    def __init__(self, tracks: Sequence[_Track], begin: int, end: int) -> None:
        self.over = threading.Event()
        self.failure: CopilotError | None = None
        self.position_s = begin / SAMPLE_RATE_HZ
        self._begin_s = self.position_s
        self._opened = threading.Event()
        self._stopped = False
        self._rate_hz, self._delay_s, self._output = SAMPLE_RATE_HZ, 0.0, "the default output"
        self._process = _start()
        threading.Thread(target=self._listen, name="playback told", daemon=True).start()
        threading.Thread(
            target=self._feed, args=(tracks, begin, end), name="playback", daemon=True
        ).start()

    def stop(self) -> None:
        """End it at once, whatever state its sound server is in."""
        self._stopped = True
        self.over.set()
        self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    def _listen(self) -> None:
        stream = cast("io.BufferedReader", self._process.stdout)
        ended = False
        for line in stream:
            told: dict[str, Any] = json.loads(line)
            if "opened" in told:
                self._rate_hz, self._delay_s = told["rate_hz"], told["delay_s"]
                self._output = told["opened"]
                self._opened.set()
            elif "played" in told:
                heard_s = max(0.0, told["played"] / self._rate_hz - self._delay_s)
                self.position_s = self._begin_s + heard_s
            elif "failed" in told:
                self._fail(_device_failed(self._output, told["failed"]))
            ended = ended or "ended" in told
        self._process.wait()
        stream.close()
        if not (ended or self._stopped or self.failure):
            self._fail(_device_failed(self._output, "the sound system went away"))
        self._opened.set()  # whoever waits for it need not any more
        self.over.set()

    def _fail(self, error: CopilotError) -> None:
        if not self._stopped:
            self.failure = self.failure or error

    def _feed(self, tracks: Sequence[_Track], begin: int, end: int) -> None:
        stream = cast("io.BufferedWriter", self._process.stdin)
        self._opened.wait()
        resampler = soxr.ResampleStream(SAMPLE_RATE_HZ, self._rate_hz, 1, dtype="float32")
        convert = self._rate_hz != SAMPLE_RATE_HZ
        try:
            for samples in _mixed(tracks, begin, end):
                stream.write(_pcm(resampler.resample_chunk(samples) if convert else samples))
                stream.flush()
        except CopilotError as error:
            self._fail(error)
            self._kill()
        except OSError:
            pass  # it was stopped, or its process has told why it ended
        finally:
            with contextlib.suppress(OSError):
                stream.close()


def _pcm(samples: _Samples) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()


def _device_failed(output: str, reason: str) -> DeviceError:
    if "PortAudio library not found" in reason or "No module named" in reason:
        return DeviceError(
            _("nothing can be played: PortAudio is not installed."),
            _(
                "Install it: apt-get install libportaudio2 libasound2-plugins, brew install "
                "portaudio."
            ),
        )
    if "querying device -1" in reason:
        return DeviceError(
            _("there is no output to play on."), _("Connect one and choose it as the default.")
        )
    return DeviceError(
        _("{output} does not play: {reason}.", output=output, reason=reason),
        _("Check that an output is connected and chosen as the default, then play again."),
    )


def _start() -> "subprocess.Popen[bytes]":
    # -P: the script's folder holds modules of ours that are not to be found as top-level ones.
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-P", str(_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PULSE_LATENCY_MSEC": str(_LATENCY_MS), **os.environ},
        # Ctrl-C in the terminal is for the app to answer.
        start_new_session=True,
    )
