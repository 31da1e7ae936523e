"""What was recorded is heard again: from any moment, one side or both, and it stops at a word."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.packing import pack_recording
from copilot.audio.playback import Player
from copilot.audio.recorder import Recorder
from copilot.errors import AudioFileError, DeviceError
from tests.audio.capture.conftest import envelope, found_at, loud_speech
from tests.builders import silence, write_sound
from tests.sound_server import CALL, PATIENCE_S, SoundServer, sound_server  # noqa: F401

INTERVIEWER, CANDIDATE = loud_speech("en-004", 4), loud_speech("fr-000", 4)


class Ear:
    """Listens to what an output plays."""

    def __init__(self, server: SoundServer) -> None:
        self._process = subprocess.Popen(
            ["parec", f"--device={CALL}.monitor", "--rate=16000", "--channels=1", "--format=s16le",
             "--latency-msec=20", "--raw"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._heard = bytearray()
        self._awake = threading.Event()
        threading.Thread(target=self._drain, daemon=True).start()
        assert self._awake.wait(PATIENCE_S), "the output does not wake up"

    def _drain(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while data := stream.read(640):
                self._heard += data
                self._awake.set()

    @property
    def samples(self) -> Waveform:
        whole = bytes(self._heard[: len(self._heard) // 2 * 2])
        return np.asarray(np.frombuffer(whole, "<i2") / 32768, np.float32)

    @property
    def heard_s(self) -> float:
        return len(self._heard) / 2 / SAMPLE_RATE_HZ

    def until(self, heard_s: float) -> None:
        _until(lambda: self.heard_s >= heard_s)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def _until(holds) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        threading.Event().wait(0.02)


@pytest.fixture
def ear(sound_server: SoundServer) -> Iterator[Ear]:  # noqa: F811
    ear = Ear(sound_server)
    try:
        yield ear
    finally:
        ear.close()


@pytest.fixture
def player() -> Iterator[Player]:
    player = Player()
    yield player
    player.stop()


def _recorded(path: Path, sound: Waveform) -> Path:
    with Recorder(path) as recorder:
        recorder.write(sound)
    return path


def _likeness(ear: Ear, sound: Waveform) -> float:
    return found_at(envelope(sound), envelope(ear.samples))[1]


def _heard_out(player: Player, ear: Ear) -> None:
    _until(lambda: not player.playing)
    assert player.failure is None
    ear.until(ear.heard_s + 0.3)


def test_a_recording_is_heard_from_any_moment_as_wav_and_packed(
    tmp_path: Path, player: Player, ear: Ear
) -> None:
    wav = _recorded(tmp_path / "candidate.wav", CANDIDATE)
    for path in (wav, None):
        begun_s = ear.heard_s
        player.play(path or pack_recording(wav), 2.0, 3.5)
        assert player.playing
        _heard_out(player, ear)
        heard = envelope(ear.samples[round(begun_s * SAMPLE_RATE_HZ) :])
        wanted = CANDIDATE[2 * SAMPLE_RATE_HZ : round(3.5 * SAMPLE_RATE_HZ)]
        assert found_at(envelope(wanted), heard)[1] > 0.9
        before = CANDIDATE[: round(1.5 * SAMPLE_RATE_HZ)]
        assert found_at(envelope(before), heard)[1] < 0.8
        assert player.position_s == pytest.approx(3.5, abs=0.3)


def test_both_sides_are_heard_as_one_conversation(tmp_path: Path, player: Player, ear: Ear) -> None:
    pause = silence(4)
    paths = [
        _recorded(tmp_path / "interviewer.wav", np.concatenate([INTERVIEWER, pause])),
        _recorded(tmp_path / "candidate.wav", np.concatenate([pause, CANDIDATE])),
    ]
    player.play(paths, 1.0)
    _heard_out(player, ear)
    conversation = np.concatenate([INTERVIEWER, CANDIDATE])[SAMPLE_RATE_HZ:]
    assert _likeness(ear, conversation) > 0.9


def test_what_is_still_being_recorded_can_be_heard(
    tmp_path: Path, player: Player, ear: Ear
) -> None:
    with Recorder(tmp_path / "candidate.wav") as recorder:
        recorder.write(CANDIDATE)
        player.play(recorder.path, 0.0)
        recorder.write(INTERVIEWER)
        _heard_out(player, ear)
    assert _likeness(ear, CANDIDATE) > 0.9


def test_playing_something_else_silences_what_played(
    tmp_path: Path, player: Player, ear: Ear
) -> None:
    long = _recorded(tmp_path / "long.wav", np.tile(INTERVIEWER, 20))
    short = _recorded(tmp_path / "short.wav", CANDIDATE)
    player.play(long, 0.0)
    _until(lambda: player.position_s > 0.1)
    player.play(short, 0.0)
    _heard_out(player, ear)
    assert _likeness(ear, CANDIDATE) > 0.9


def test_stopping_is_heard_at_once(tmp_path: Path, player: Player, ear: Ear) -> None:
    player.play(_recorded(tmp_path / "long.wav", np.tile(INTERVIEWER, 20)), 10.0)
    _until(lambda: player.position_s > 10.5)
    player.stop()
    assert not player.playing
    stopped_s = ear.heard_s
    ear.until(stopped_s + 2.0)
    after = ear.samples[-SAMPLE_RATE_HZ:]
    assert np.abs(after).max() < 0.001
    assert player.failure is None
    assert 10.5 <= player.position_s < 15


@pytest.mark.parametrize("broken", ["missing", "text", "other rate", "before the end"])
def test_what_cannot_be_played_is_named(tmp_path: Path, player: Player, broken: str) -> None:
    path = tmp_path / "candidate.wav"
    if broken == "text":
        path.write_text("no sound")
    elif broken == "other rate":
        write_sound(path, CANDIDATE, rate_hz=8000)
    elif broken == "before the end":
        _recorded(path, CANDIDATE)
    with pytest.raises(AudioFileError, match=r"candidate\.wav") as caught:
        player.play(path, 60.0)
    assert caught.value.remedy
    assert not player.playing


def test_an_output_that_goes_away_is_told(
    tmp_path: Path,
    player: Player,
    sound_server: SoundServer,  # noqa: F811
) -> None:
    player.play(_recorded(tmp_path / "long.wav", np.tile(INTERVIEWER, 20)), 0.0)
    _until(lambda: player.position_s > 0.2)
    sound_server.kill()
    _until(lambda: not player.playing)
    assert isinstance(player.failure, DeviceError)
    assert player.failure.remedy


def test_a_machine_without_any_output_is_told(
    tmp_path: Path, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    player.play(_recorded(tmp_path / "candidate.wav", CANDIDATE), 0.0)
    _until(lambda: not player.playing)
    assert isinstance(player.failure, DeviceError)
    assert "play" in player.failure.message
