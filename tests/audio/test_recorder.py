"""What was recorded is on disk and playable at any moment, whatever happens to the program."""

import errno
import io
import json
import os
import re
import stat
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.recorder import Recorder, wav_header
from copilot.errors import SessionError, StorageError
from tests.builders import noise, run_python, start_python


def _read(path: Path) -> Waveform:
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate_hz == SAMPLE_RATE_HZ
    assert samples.shape[1] == 1
    return np.asarray(samples[:, 0], np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "candidate.wav"


def test_what_was_written_is_what_is_played(path: Path) -> None:
    expected = noise(3.3)
    with Recorder(path) as recorder:
        for start in range(0, len(expected), 512):
            recorder.write(expected[start : start + 512])

    np.testing.assert_allclose(_read(path), expected, atol=2 / 32768)


def test_the_file_is_plain_16_bit_mono_wav(path: Path) -> None:
    with Recorder(path) as recorder:
        recorder.write(noise(1))

    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert (file.getframerate(), file.getnframes()) == (SAMPLE_RATE_HZ, SAMPLE_RATE_HZ)


def test_too_loud_samples_are_clipped_and_do_not_turn_over(path: Path) -> None:
    with Recorder(path) as recorder:
        recorder.write(np.array([1.5, -1.5, 1.0, -1.0, 0.0], np.float32))

    np.testing.assert_allclose(_read(path), [1, -1, 1, -1, 0], atol=1e-4)


def test_nothing_recorded_is_an_empty_wav_file(path: Path) -> None:
    Recorder(path).close()

    assert len(_read(path)) == 0


def test_the_file_can_be_played_after_every_block_short_of_a_second_at_most(path: Path) -> None:
    expected = noise(2.5)
    with Recorder(path) as recorder:
        for start in range(0, len(expected), 512):
            recorder.write(expected[start : start + 512])
            written = min(start + 512, len(expected))
            playable = _read(path)
            assert written - SAMPLE_RATE_HZ < len(playable) <= written
            np.testing.assert_allclose(playable, expected[: len(playable)], atol=2 / 32768)


def test_a_recording_is_readable_by_its_owner_alone(path: Path) -> None:
    Recorder(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_recording_is_never_overwritten(path: Path) -> None:
    path.write_bytes(b"someone else's")

    with pytest.raises(StorageError, match=re.escape(str(path))):
        Recorder(path)
    assert path.read_bytes() == b"someone else's"


def test_closing_twice_is_safe(path: Path) -> None:
    recorder = Recorder(path)

    recorder.close()
    recorder.close()


def test_a_header_never_promises_more_than_its_format_can_say() -> None:
    assert len(wav_header(0)) == len(wav_header(6_000_000_000)) == 44


def test_what_is_no_number_is_silence(path: Path) -> None:
    with Recorder(path) as recorder:
        recorder.write(np.array([np.nan, np.inf, -np.inf, 0.5], np.float32))

    np.testing.assert_allclose(_read(path), [0, 1, -1, 0.5], atol=1e-4)


# -- silence --------------------------------------------------------------------------------------

_HOURS = 5 * 3600 * SAMPLE_RATE_HZ


def test_hours_of_silence_take_no_room(path: Path) -> None:
    with Recorder(path) as recorder:
        recorder.write(noise(1))
        recorder.write_silence(_HOURS)
        recorder.write(noise(1))
        assert recorder.length == _HOURS + 2 * SAMPLE_RATE_HZ

    assert path.stat().st_size == 44 + 2 * recorder.length
    assert path.stat().st_blocks * 512 < 1_000_000
    with soundfile.SoundFile(path) as file:
        assert file.frames == recorder.length
        file.seek(_HOURS)
        assert not file.read(SAMPLE_RATE_HZ).any()
        np.testing.assert_allclose(file.read(), noise(1), atol=2 / 32768)


class _Reluctant(io.FileIO):
    """A file on a system that lets no file grow without being written."""

    def truncate(self, size: int | None = None) -> int:
        if size is not None and size > os.fstat(self.fileno()).st_size:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        return super().truncate(size)


def test_silence_is_written_where_a_file_cannot_grow_otherwise(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "copilot.audio.recorder.create_private", lambda path: _Reluctant(path, "xb")
    )
    with Recorder(path) as recorder:
        recorder.write(noise(1))
        recorder.write_silence(60 * SAMPLE_RATE_HZ)
        recorder.write(noise(1))

    playable = _read(path)
    assert len(playable) == 62 * SAMPLE_RATE_HZ
    assert not playable[SAMPLE_RATE_HZ : 61 * SAMPLE_RATE_HZ].any()
    np.testing.assert_allclose(playable[-SAMPLE_RATE_HZ:], noise(1), atol=2 / 32768)


# -- going on with a recording --------------------------------------------------------------------


def _recorded(path: Path, seconds: float = 2.0) -> Path:
    with Recorder(path) as recorder:
        recorder.write(noise(seconds))
    return path


def test_a_recording_is_gone_on_with_at_its_end(path: Path) -> None:
    _recorded(path)

    with Recorder.resume(path) as recorder:
        assert recorder.length == 2 * SAMPLE_RATE_HZ
        recorder.write(noise(1, seed=2))

    expected = np.concatenate([noise(2), noise(1, seed=2)])
    np.testing.assert_allclose(_read(path), expected, atol=2 / 32768)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_samples_beyond_the_header_are_kept_and_half_a_sample_is_dropped(path: Path) -> None:
    data = _recorded(path).read_bytes()
    path.write_bytes(wav_header(100) + data[44:] + b"x")
    assert len(_read(path)) == 50

    Recorder.resume(path).close()

    assert path.read_bytes() == data


def test_a_header_that_promises_more_than_there_is_is_repaired(path: Path) -> None:
    data = _recorded(path).read_bytes()
    path.write_bytes(data[:-1000])

    with Recorder.resume(path) as recorder:
        assert recorder.length == 2 * SAMPLE_RATE_HZ - 500

    assert len(_read(path)) == 2 * SAMPLE_RATE_HZ - 500


@pytest.mark.parametrize("size", [0, 1, 43, 44])
def test_a_recording_that_was_killed_at_its_very_beginning_is_gone_on_with(
    path: Path, size: int
) -> None:
    path.write_bytes(wav_header(0)[:size])

    with Recorder.resume(path) as recorder:
        recorder.write(noise(1))

    np.testing.assert_allclose(_read(path), noise(1), atol=2 / 32768)


def _other(path: Path, channels: int = 1, rate_hz: int = SAMPLE_RATE_HZ, **kind: str) -> None:
    soundfile.write(path, np.zeros((100, channels)), rate_hz, **kind)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: path.write_bytes(b"RIFX"), id="short"),
        pytest.param(lambda path: path.write_bytes(b"\0" * 500), id="zeros"),
        pytest.param(lambda path: _other(path, channels=2), id="stereo"),
        pytest.param(lambda path: _other(path, rate_hz=44_100), id="rate"),
        pytest.param(lambda path: _other(path, subtype="PCM_24"), id="24 bit"),
        pytest.param(lambda path: _other(path, format="FLAC"), id="flac"),
        pytest.param(
            lambda path: path.write_bytes(
                b"RIFF" + (300).to_bytes(4, "little") + wav_header(200)[8:] + bytes(264)
            ),
            id="something behind the samples",
        ),
    ],
)
def test_what_we_did_not_record_is_refused_and_left_alone(
    path: Path, make: Callable[[Path], object]
) -> None:
    make(path)
    before = path.read_bytes()

    with pytest.raises(SessionError, match=re.escape(str(path))) as caught:
        Recorder.resume(path)
    assert "backup" in caught.value.remedy
    assert path.read_bytes() == before


def test_a_missing_recording_cannot_be_gone_on_with(path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        Recorder.resume(path)
    assert not path.exists()


def test_a_recording_can_be_cut(path: Path) -> None:
    with Recorder(path) as recorder:
        recorder.write(noise(3))
        recorder.cut(SAMPLE_RATE_HZ)
        recorder.write(noise(1, seed=2))

    expected = np.concatenate([noise(3)[:SAMPLE_RATE_HZ], noise(1, seed=2)])
    np.testing.assert_allclose(_read(path), expected, atol=2 / 32768)


def test_a_file_that_was_deleted_or_replaced_is_noticed(path: Path) -> None:
    recorder = Recorder(path)
    path.unlink()
    with pytest.raises(StorageError, match="No such file"):
        recorder.sync()

    path.write_bytes(b"another")
    with pytest.raises(StorageError, match="taken this one's place"):
        recorder.close()


# -- crashes --------------------------------------------------------------------------------------

_RECORD_FOR_EVER = """
import sys
from pathlib import Path
import numpy as np
from copilot.audio.recorder import Recorder

recorder = Recorder(Path(sys.argv[1]))
start = 0
while True:
    ramp = np.arange(start, start + 512) % 20000 / 32767
    recorder.write(ramp.astype(np.float32))
    start += 512
    print(start)
"""


@pytest.mark.parametrize("blocks", [1, 31, 32, 63, 64, 200, 1000])
def test_a_killed_program_leaves_a_recording_that_lacks_a_second_at_most(
    path: Path, blocks: int
) -> None:
    program = start_python(_RECORD_FOR_EVER, path)
    assert program.stdout is not None
    with program:
        written = [int(program.stdout.readline()) for _ in range(blocks)][-1]
        program.kill()

    playable = _read(path)

    assert len(playable) > written - SAMPLE_RATE_HZ
    expected = np.arange(len(playable)) % 20000 / 32767
    np.testing.assert_allclose(playable, expected, atol=1.5 / 32767)


_RECORD_ON_A_FULL_DISK = """
import json, resource, sys
from pathlib import Path
import numpy as np
from copilot.audio.recorder import Recorder
from copilot.errors import StorageError

_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), hard))
recorder, written, message = Recorder(Path(sys.argv[1])), 0, None
try:
    while True:
        recorder.write(np.full(512, 0.5, np.float32))
        written += 512
except StorageError as error:
    message = error.message
recorder.close()
print(json.dumps({"written": written, "message": message}))
"""


@pytest.mark.parametrize("room", [44, 45, 44 + 40_000, 44 + 40_001, 44 + 1024 * 40])
def test_a_full_disk_is_one_clear_error_and_what_was_recorded_stays_playable(
    path: Path, room: int
) -> None:
    seen = json.loads(run_python(_RECORD_ON_A_FULL_DISK, path, room))

    playable = _read(path)
    assert str(path) in seen["message"]
    assert len(playable) == seen["written"]
    assert path.stat().st_size == 44 + 2 * seen["written"]
    np.testing.assert_allclose(playable, 0.5, atol=1e-4)
