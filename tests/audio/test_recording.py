"""A recording is a source like a live call: two channels on one clock, without gaps or overlaps."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.files import probe
from copilot.audio.recording import MAX_SPEED, RecordingSource
from copilot.errors import AudioFileError
from copilot.events import Channel
from tests.audio.m4a import write_m4a
from tests.builders import noise, silence, spoken, tone, write_sound

BOTH = (Channel.INTERVIEWER, Channel.CANDIDATE)


def _exact(path: Path, *channels: Waveform) -> Path:
    """A WAV file that keeps every sample as it is."""
    soundfile.write(path, np.stack(channels, axis=1), SAMPLE_RATE_HZ, subtype="FLOAT")
    return path


def _joined(blocks: Sequence[Block], channel: Channel) -> Waveform:
    return np.concatenate([block.samples[channel] for block in blocks])


def _check_one_clock(blocks: Sequence[Block]) -> None:
    expected = 0
    for block in blocks:
        assert block.start == expected
        assert {len(samples) for samples in block.samples.values()} == {len(block)}
        assert all(samples.dtype == np.float32 for samples in block.samples.values())
        expected += len(block)
        assert block.end_s == expected / SAMPLE_RATE_HZ


# -- one file of two channels ---------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 511, 512, 8191, 8192, 8193, 16384, 100_003])
@pytest.mark.parametrize("speed", [MAX_SPEED, 1e9])
def test_left_is_the_interviewer_and_right_the_candidate_sample_for_sample(
    tmp_path: Path, length: int, speed: float
) -> None:
    left, right = noise(7, seed=1)[:length], noise(7, seed=2)[:length]
    source = RecordingSource.from_file(_exact(tmp_path / "a.wav", left, right), speed=speed)

    blocks = list(source.blocks())

    assert source.channels == BOTH
    _check_one_clock(blocks)
    np.testing.assert_array_equal(_joined(blocks, Channel.INTERVIEWER), left)
    np.testing.assert_array_equal(_joined(blocks, Channel.CANDIDATE), right)


@pytest.mark.parametrize(("speed", "size"), [(MAX_SPEED, 8192), (1e9, 512)])
def test_blocks_are_of_one_size_but_for_the_last(tmp_path: Path, speed: float, size: int) -> None:
    path = _exact(tmp_path / "a.wav", noise(2.1, seed=1), noise(2.1, seed=2))

    lengths = [len(block) for block in RecordingSource.from_file(path, speed=speed).blocks()]

    assert set(lengths[:-1]) == {size}
    assert 0 < lengths[-1] <= size


def test_a_source_tells_what_it_plays(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "interview.flac", noise(2.5, seed=1), noise(2.5, seed=2))

    source = RecordingSource.from_file(path)

    assert source.description == "recording interview.flac"
    assert source.duration_s == 2.5


# -- a file a side --------------------------------------------------------------------------------


def _sides(folder: Path, kind: str) -> tuple[Path, Path, float, float]:
    """The interviewer's file, the candidate's, and the seconds of each."""
    rates = {"wav": (8_000, 44_100), "flac": (48_000, 16_000), "ogg": (22_050, 48_000)}
    asks_hz, answers_hz = rates.get(kind, (16_000, 44_100))
    asks = write_sound(folder / "asks.wav", tone(2.4, 300, rate_hz=asks_hz), rate_hz=asks_hz)
    answer = tone(5.1, 700, rate_hz=answers_hz)
    answers = folder / f"answers.{kind}"
    if kind == "m4a":
        write_m4a(answers, answer, rate_hz=answers_hz)
    else:
        write_sound(answers, answer, rate_hz=answers_hz)
    return asks, answers, 2.4, 5.1


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3", "m4a"])
def test_two_files_of_any_format_rate_and_length_play_on_one_clock(
    tmp_path: Path, kind: str
) -> None:
    asks, answers, asks_s, answers_s = _sides(tmp_path, kind)
    source = RecordingSource.from_sides(asks, answers)

    blocks = list(source.blocks())

    assert source.channels == BOTH
    assert source.description == f"recording asks.wav + answers.{kind}"
    assert source.duration_s == pytest.approx(answers_s, abs=0.05)
    _check_one_clock(blocks)
    spare = 1024 if kind == "m4a" else 2
    assert sum(map(len, blocks)) == pytest.approx(answers_s * SAMPLE_RATE_HZ, abs=spare)
    interviewer = _joined(blocks, Channel.INTERVIEWER)
    ends = round(asks_s * SAMPLE_RATE_HZ)
    assert np.abs(interviewer[: ends - 200]).max() > 0.2
    assert not interviewer[ends + 2 :].any()


@pytest.mark.parametrize("longer", Channel)
def test_the_shorter_side_is_silent_once_its_file_ends(tmp_path: Path, longer: Channel) -> None:
    sound = {channel: noise(1.3, seed=3) for channel in Channel}
    sound[longer] = noise(9.4, seed=4)
    paths = {c: _exact(tmp_path / f"{c}.wav", waveform) for c, waveform in sound.items()}
    shorter = next(channel for channel in Channel if channel is not longer)

    blocks = list(RecordingSource.from_sides(paths[BOTH[0]], paths[BOTH[1]]).blocks())

    np.testing.assert_array_equal(_joined(blocks, longer), sound[longer])
    padded = np.concatenate([sound[shorter], silence(9.4 - 1.3)])
    np.testing.assert_array_equal(_joined(blocks, shorter), padded)


def test_several_channels_on_one_side_are_mixed(tmp_path: Path) -> None:
    left, right = noise(1, seed=1), noise(1, seed=2)
    asks = _exact(tmp_path / "asks.wav", left, right, left)
    answers = _exact(tmp_path / "answers.wav", noise(1, seed=5))

    blocks = list(RecordingSource.from_sides(asks, answers).blocks())

    expected = (2 * left + right) / 3
    np.testing.assert_allclose(_joined(blocks, Channel.INTERVIEWER), expected, atol=1e-6)


def test_one_file_may_stand_for_both_sides_when_it_is_asked_for(tmp_path: Path) -> None:
    path = _exact(tmp_path / "a.wav", noise(1))

    assert len(list(RecordingSource.from_sides(path, path).blocks())) == 2


# -- whatever there is ----------------------------------------------------------------------------


def test_a_recording_of_one_voice_is_taken_as_one_channel(tmp_path: Path) -> None:
    mono = _exact(tmp_path / "mono.wav", noise(1))
    doubled = _exact(tmp_path / "doubled.wav", noise(1), noise(1))
    three = _exact(tmp_path / "three.wav", noise(1), noise(1), noise(1))
    two = _exact(tmp_path / "two.wav", noise(1, seed=1), noise(1, seed=2))

    for path in (mono, doubled, three):
        source = RecordingSource.from_anything(path)
        assert source.channels == (Channel.CANDIDATE,)
        blocks = list(source.blocks())
        np.testing.assert_allclose(_joined(blocks, Channel.CANDIDATE), noise(1), atol=1e-6)
    assert RecordingSource.from_anything(two).channels == BOTH


# -- what cannot be used --------------------------------------------------------------------------


def test_one_channel_cannot_tell_two_speakers_apart(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="has one channel") as caught:
        RecordingSource.from_file(_exact(tmp_path / "a.wav", noise(1)))
    assert "--interviewer FILE --candidate FILE" in caught.value.remedy


@pytest.mark.parametrize("count", [3, 6])
def test_more_than_two_channels_are_refused(tmp_path: Path, count: int) -> None:
    path = _exact(tmp_path / "a.wav", *(noise(1, seed=seed) for seed in range(count)))

    with pytest.raises(AudioFileError, match=f"has {count} channels; an interview has two"):
        RecordingSource.from_file(path)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_the_same_sound_on_both_channels_is_refused(tmp_path: Path, name: str) -> None:
    path = write_sound(tmp_path / name, spoken("en-004"), spoken("en-004"))

    with pytest.raises(AudioFileError, match="the same sound on both channels") as caught:
        RecordingSource.from_file(path)
    assert "own channel" in caught.value.remedy


@pytest.mark.parametrize("name", ["a.wav", "a.mp3"])
def test_a_side_that_hears_the_other_one_faintly_is_another_sound(
    tmp_path: Path, name: str
) -> None:
    voice = spoken("en-004")
    path = write_sound(tmp_path / name, voice, 0.5 * voice)

    assert RecordingSource.from_file(path).channels == BOTH


def test_silence_on_both_sides_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", silence(1), silence(1))

    assert RecordingSource.from_file(path).duration_s == 1


def test_a_missing_side_is_named(tmp_path: Path) -> None:
    asks = _exact(tmp_path / "asks.wav", noise(1))

    with pytest.raises(AudioFileError, match=r"answers\.wav: no such file"):
        RecordingSource.from_sides(asks, tmp_path / "answers.wav")


def test_a_side_that_turns_out_corrupt_is_named_after_what_could_be_played(
    tmp_path: Path,
) -> None:
    asks = _exact(tmp_path / "asks.wav", noise(8))
    answers = write_sound(tmp_path / "answers.flac", noise(8))
    data = answers.read_bytes()
    answers.write_bytes(data[: len(data) // 2])
    played: list[Block] = []

    with pytest.raises(AudioFileError, match=r"answers\.flac .* corrupt"):
        played.extend(RecordingSource.from_sides(asks, answers).blocks())
    _check_one_clock(played)
    assert played[-1].end_s > 2


# -- pace -----------------------------------------------------------------------------------------


class _Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.slept_s: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.now_s += seconds


def _paced(folder: Path, speed: float, clock: _Clock) -> RecordingSource:
    path = _exact(folder / "a.wav", noise(3, seed=1), noise(3, seed=2))
    return RecordingSource([(probe(path), BOTH)], speed=speed, sleep=clock.sleep, clock=clock)


@pytest.mark.parametrize("speed", [1, 4, 0.5])
def test_a_block_comes_when_a_sound_card_would_have_it(tmp_path: Path, speed: float) -> None:
    clock = _Clock()
    for block in _paced(tmp_path, speed, clock).blocks():
        assert clock.now_s - 1000.0 == pytest.approx(block.end_s / speed)

    assert sum(clock.slept_s) == pytest.approx(3 / speed)


def test_as_fast_as_the_machine_can_never_waits(tmp_path: Path) -> None:
    clock = _Clock()

    assert sum(map(len, _paced(tmp_path, MAX_SPEED, clock).blocks())) == 3 * SAMPLE_RATE_HZ
    assert clock.slept_s == []


def test_a_listener_that_fell_behind_is_caught_up_with_and_loses_nothing(tmp_path: Path) -> None:
    clock = _Clock()
    late: list[float] = []
    for block in _paced(tmp_path, 1, clock).blocks():
        late.append(clock.now_s - 1000.0 - block.end_s)
        if block.start == 0:
            clock.now_s += 1.5  # the listener was busy

    assert len(late) == -(-3 * SAMPLE_RATE_HZ // 512)
    assert late[1] == pytest.approx(1.5 - 512 / SAMPLE_RATE_HZ)
    assert late[-1] == pytest.approx(0)
    assert min(clock.slept_s) > 0


# -- stopping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("speed", [MAX_SPEED, 1e9])
def test_a_stopped_source_ends_at_the_next_block(tmp_path: Path, speed: float) -> None:
    path = _exact(tmp_path / "a.wav", noise(5, seed=1), noise(5, seed=2))
    source = RecordingSource.from_file(path, speed=speed)
    heard = 0
    for _ in source.blocks():
        heard += 1
        if heard == 3:
            source.stop()

    assert heard == 3
    assert list(source.blocks()) == []


def test_stopping_wakes_a_source_that_waits_for_its_next_block(tmp_path: Path) -> None:
    path = _exact(tmp_path / "a.wav", noise(1, seed=1), noise(1, seed=2))
    source = RecordingSource.from_file(path, speed=1e-6)  # the first block would take nine hours
    waiting = threading.Event()

    def listen() -> None:
        waiting.set()
        for _ in source.blocks():
            pytest.fail("a block came much too early")

    listener = threading.Thread(target=listen)
    listener.start()
    waiting.wait()
    source.stop()
    listener.join(timeout=60)

    assert not listener.is_alive()
