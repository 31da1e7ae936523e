"""What was recorded is on disk and playable at any moment, whatever happens to the program."""

import json
import re
import stat
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.recorder import Recorder, wav_header
from copilot.errors import StorageError
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
    np.testing.assert_allclose(playable, 0.5, atol=1e-4)
