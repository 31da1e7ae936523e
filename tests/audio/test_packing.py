"""Packing: the same samples in less room, and never a moment without them."""

import json
import shutil
import stat
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio import Waveform
from copilot.audio.packing import pack_recording
from copilot.audio.recorder import Recorder, wav_header
from copilot.errors import SessionError, StorageError
from tests.builders import noise, run_python, spoken, tone
from tests.store.killing import killed_at_every_step


def _recording(folder: Path, sound: Waveform | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with Recorder(folder / "candidate.wav") as recorder:
        recorder.write(spoken("en-000") if sound is None else sound)
    return folder / "candidate.wav"


def _samples(path: Path) -> Waveform:
    return np.asarray(soundfile.read(path, dtype="int16")[0])


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(spoken("en-000"), id="speech"),
        pytest.param(noise(40, loudness=1.0), id="clipped noise"),
        pytest.param(tone(20), id="tone"),
        pytest.param(np.zeros(500_000, np.float32), id="silence"),
        pytest.param(noise(1)[:1], id="one sample"),
    ],
)
def test_a_packed_recording_holds_the_very_same_samples(tmp_path: Path, sound: Waveform) -> None:
    wav = _recording(tmp_path, sound)
    expected = _samples(wav)

    flac = pack_recording(wav)

    assert _names(tmp_path) == ["candidate.flac"]
    np.testing.assert_array_equal(_samples(flac), expected)
    assert soundfile.info(flac).samplerate == 16_000
    assert stat.S_IMODE(flac.stat().st_mode) == 0o600


def test_packed_speech_takes_less_room(tmp_path: Path) -> None:
    wav = _recording(tmp_path)
    before = wav.stat().st_size

    assert pack_recording(wav).stat().st_size < 0.7 * before


def test_an_empty_recording_stays_as_it_is(tmp_path: Path) -> None:
    wav = _recording(tmp_path, noise(0))

    assert pack_recording(wav) == wav
    assert _names(tmp_path) == ["candidate.wav"]


def test_what_a_kill_left_beyond_the_header_is_packed_too(tmp_path: Path) -> None:
    wav = _recording(tmp_path)
    expected = _samples(wav)
    with wav.open("r+b") as file:
        file.write(wav_header(100))

    np.testing.assert_array_equal(_samples(pack_recording(wav)), expected)


def test_another_file_is_not_packed(tmp_path: Path) -> None:
    wav = tmp_path / "candidate.wav"
    soundfile.write(wav, np.zeros((100, 2)), 44_100)

    with pytest.raises(SessionError, match="no recording"):
        pack_recording(wav)
    assert _names(tmp_path) == ["candidate.wav"]


def test_a_packed_file_of_other_samples_is_replaced(tmp_path: Path) -> None:
    wav = _recording(tmp_path)
    expected = _samples(wav)
    for other in (np.zeros(100), _samples(wav)[:-1], np.append(_samples(wav), 0)):
        soundfile.write(wav.with_suffix(".flac"), other.astype(np.int16), 16_000)
        np.testing.assert_array_equal(_samples(pack_recording(wav)), expected)
        wav.with_suffix(".flac").unlink()
        _recording(tmp_path)


def test_what_is_no_flac_is_replaced(tmp_path: Path) -> None:
    wav = _recording(tmp_path)
    expected = _samples(wav)
    wav.with_suffix(".flac").write_bytes(b"fLaC and then nothing")

    np.testing.assert_array_equal(_samples(pack_recording(wav)), expected)


def test_killed_at_any_step_the_samples_are_there_and_packing_goes_on(tmp_path: Path) -> None:
    sound = noise(3)
    expected = _samples(_recording(tmp_path / "expected", sound))

    def make(number: int) -> Path:
        return _recording(tmp_path / str(number), sound).parent

    act = """
from copilot.audio.packing import pack_recording

def act(folder):
    pack_recording(folder / "candidate.wav")
"""
    kills = 0
    for folder in killed_at_every_step(act, make):
        wav, flac = folder / "candidate.wav", folder / "candidate.flac"
        for whole in (path for path in (wav, flac) if path.exists()):
            np.testing.assert_array_equal(_samples(whole), expected)
        assert wav.exists() or flac.exists()
        kills += wav.exists()
        if wav.exists():
            pack_recording(wav)
        assert _names(folder) == ["candidate.flac"]
        np.testing.assert_array_equal(_samples(flac), expected)
    assert kills > 4


_PACK_ON_A_FULL_DISK = """
import json, resource, sys
from pathlib import Path
from copilot.audio.packing import pack_recording
from copilot.errors import StorageError

wav = Path(sys.argv[1])
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
try:
    pack_recording(wav)
except StorageError as error:
    print(json.dumps(str(error)))
"""


def test_a_disk_that_fills_up_meanwhile_is_an_error_and_the_recording_stays(
    tmp_path: Path,
) -> None:
    wav = _recording(tmp_path, noise(10))
    before = wav.read_bytes()

    message = json.loads(run_python(_PACK_ON_A_FULL_DISK, wav))

    assert "candidate.flac" in message
    assert "The recording stays as it is" in message
    assert wav.read_bytes() == before
    assert _names(tmp_path) == ["candidate.wav"]


def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav = _recording(tmp_path, noise(10))
    real = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        "copilot.audio.packing.shutil.disk_usage", lambda _: real._replace(free=300_000)
    )

    with pytest.raises(StorageError, match=r"takes up to 5 MB .* 0 MB are free") as caught:
        pack_recording(wav)
    assert "Free space" in caught.value.remedy
    assert _names(tmp_path) == ["candidate.wav"]
