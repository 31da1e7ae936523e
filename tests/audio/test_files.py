"""Recordings of any usual format are read; what cannot be read is said plainly."""

import contextlib
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.files import Frames, probe, read_16k
from copilot.audio.recorder import wav_header
from copilot.errors import AudioFileError
from tests.audio.m4a import write_m4a
from tests.builders import SPEECH, noise, silence, tone, write_sound


def _whole(path: Path) -> Frames:
    return np.concatenate(list(read_16k(probe(path))))


def _pitch_hz(samples: Frames) -> float:
    """The loudest frequency of one channel."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * SAMPLE_RATE_HZ / len(samples))


# -- what can be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rate_hz"),
    [
        ("a.wav", 16_000),
        ("a.wav", 8_000),
        ("a.wav", 44_100),
        ("a.flac", 48_000),
        ("a.flac", 96_000),
        ("a.ogg", 22_050),
        ("a.mp3", 44_100),
        ("a.aiff", 32_000),
    ],
)
def test_a_recording_is_read_at_16_khz_whatever_its_format_and_rate(
    tmp_path: Path, name: str, rate_hz: int
) -> None:
    path = write_sound(
        tmp_path / name,
        tone(2.3, 440, rate_hz=rate_hz),
        tone(2.3, 1000, rate_hz=rate_hz),
        rate_hz=rate_hz,
    )

    info = probe(path)
    frames = _whole(path)

    assert (info.channels, info.rate_hz, info.decoder) == (2, rate_hz, "soundfile")
    assert info.duration_s == pytest.approx(2.3, abs=0.001)
    assert frames.dtype == np.float32
    assert frames.shape[1] == 2
    assert len(frames) == pytest.approx(2.3 * SAMPLE_RATE_HZ, abs=2)
    assert [_pitch_hz(frames[:, side]) for side in (0, 1)] == pytest.approx([440, 1000], abs=1)
    assert np.sqrt(np.mean(frames**2)) == pytest.approx(0.25 / np.sqrt(2), rel=0.05)


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000])
def test_what_soundfile_cannot_read_is_read_through_ffmpeg(tmp_path: Path, rate_hz: int) -> None:
    path = write_m4a(
        tmp_path / "a.m4a",
        tone(2.0, 440, rate_hz=rate_hz),
        tone(2.0, 1000, rate_hz=rate_hz),
        rate_hz=rate_hz,
    )

    info = probe(path)
    frames = _whole(path)

    assert (info.channels, info.rate_hz, info.decoder) == (2, rate_hz, "av")
    assert info.duration_s == pytest.approx(2.0, abs=0.05)
    # AAC comes in frames of 1024 samples, so a file is up to that much longer than its sound.
    assert 0 <= len(frames) - 2.0 * SAMPLE_RATE_HZ <= 1024 * SAMPLE_RATE_HZ / rate_hz
    assert [_pitch_hz(frames[:, side]) for side in (0, 1)] == pytest.approx([440, 1000], abs=1)


def test_a_file_is_known_by_what_it_holds_not_by_its_name(tmp_path: Path) -> None:
    write_m4a(tmp_path / "a.m4a", tone(1.0), rate_hz=SAMPLE_RATE_HZ).rename(tmp_path / "a.wav")

    assert probe(tmp_path / "a.wav").decoder == "av"


def test_a_relative_name_with_a_colon_is_a_file_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_m4a(tmp_path / "call-10:30.m4a", tone(1.0), rate_hz=SAMPLE_RATE_HZ)
    monkeypatch.chdir(tmp_path)

    assert probe(Path("call-10:30.m4a")).channels == 1


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "DOUBLE"])
def test_samples_of_any_width_read_the_same(tmp_path: Path, subtype: str) -> None:
    expected = tone(0.5)
    soundfile.write(tmp_path / "a.wav", expected, SAMPLE_RATE_HZ, subtype=subtype)

    np.testing.assert_allclose(_whole(tmp_path / "a.wav")[:, 0], expected, atol=0.01)


def test_a_file_at_16_khz_is_read_sample_for_sample(tmp_path: Path) -> None:
    expected = noise(1.7)
    soundfile.write(tmp_path / "a.wav", expected, SAMPLE_RATE_HZ, subtype="FLOAT")

    np.testing.assert_array_equal(_whole(tmp_path / "a.wav")[:, 0], expected)


def test_real_speech_in_ogg_opus_is_read() -> None:
    frames = _whole(SPEECH / "en-004.ogg")

    assert len(frames) == 4.32 * SAMPLE_RATE_HZ


def test_resampling_shifts_nothing_in_time(tmp_path: Path) -> None:
    click = np.zeros(48_000, np.float32)
    click[24_000:24_048] = 0.9
    path = write_sound(tmp_path / "a.flac", click, rate_hz=48_000)

    assert np.argmax(np.abs(_whole(path)[:, 0])) == pytest.approx(8_000, abs=20)


def test_a_recording_comes_in_short_stretches(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.flac", tone(20, rate_hz=44_100), rate_hz=44_100)

    lengths = [len(frames) for frames in read_16k(probe(path))]

    assert max(lengths) <= SAMPLE_RATE_HZ
    assert len(lengths) >= 20


# -- what cannot be read --------------------------------------------------------------------------


def _refused(path: Path, message: str) -> None:
    with pytest.raises(AudioFileError, match=message) as caught:
        _whole(path)
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    _refused(tmp_path / "gone.wav", "no such file")


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    _refused(tmp_path, "is a folder")


def test_a_path_through_a_file_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    _refused(tmp_path / "a" / "b.wav", "Not a directory")


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    _refused(tmp_path / "a.wav", r"is empty \(0 bytes\)")


def test_a_recording_without_a_sample_holds_no_sound(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_header(0))
    _refused(tmp_path / "a.wav", "holds no sound")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.txt", b"Dear diary, " * 500),
        ("notes.wav", b"Dear diary, " * 500),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(500)),
        ("noise.mp3", np.random.default_rng(3).bytes(20_000)),
        ("one.wav", b"R"),
        ("header.wav", b"RIFF\x00\x00\x00\x00WAVE"),
        ("page.wav", b"<!doctype html><title>404</title>"),
    ],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)

    _refused(tmp_path / name, "no sound track|not a recording")


def _collect(path: Path) -> Frames:
    frames: list[Frames] = []
    with contextlib.suppress(AudioFileError):
        frames.extend(read_16k(probe(path)))
    return np.concatenate(frames)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_wav_file_that_was_cut_off_gives_what_is_there(tmp_path: Path, kept: float) -> None:
    expected = noise(4)
    path = write_sound(tmp_path / "a.wav", expected)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])

    frames = _whole(path)

    assert len(frames) == pytest.approx(len(expected) * kept, abs=50)
    np.testing.assert_allclose(frames[:, 0], expected[: len(frames)], atol=1e-4)


def test_a_flac_file_that_was_cut_off_gives_what_can_be_decoded_and_then_an_error(
    tmp_path: Path,
) -> None:
    path = write_sound(tmp_path / "a.flac", noise(8))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    _refused(path, "corrupt")
    decoded = _collect(path)
    assert 2.5 * SAMPLE_RATE_HZ < len(decoded) <= 4 * SAMPLE_RATE_HZ
    np.testing.assert_allclose(decoded[:, 0], noise(8)[: len(decoded)], atol=1e-4)


@pytest.mark.parametrize("kept", [0.01, 0.5, 0.9])
def test_an_m4a_file_that_was_cut_off_is_refused(tmp_path: Path, kept: float) -> None:
    path = write_m4a(tmp_path / "a.m4a", noise(4), rate_hz=SAMPLE_RATE_HZ)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])

    _refused(path, "not a recording")


def test_a_wav_file_that_promises_more_than_it_holds_gives_what_is_there(tmp_path: Path) -> None:
    header = bytearray(wav_header(0))
    struct.pack_into("<I", header, 40, 0xFFFF_FFF0)  # as streams write it
    (tmp_path / "a.wav").write_bytes(bytes(header) + (silence(1) + 1).astype("<i2").tobytes())

    assert len(_whole(tmp_path / "a.wav")) == SAMPLE_RATE_HZ


@pytest.fixture
def unreadable(tmp_path: Path) -> Iterator[Path]:
    path = write_sound(tmp_path / "a.wav", tone(0.1))
    path.chmod(0)
    yield path
    path.chmod(0o600)


def test_a_file_we_may_not_read_is_named(unreadable: Path) -> None:
    try:
        unreadable.read_bytes()
    except PermissionError:
        _refused(unreadable, re.escape("Permission denied"))
    else:
        pytest.skip("running as root: permissions do not bind")
