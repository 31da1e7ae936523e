"""The tape: capture hands sound over and goes on, whatever the disk does meanwhile."""

import math
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
import soundfile

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.recorder import Recorder, to_pcm
from copilot.audio.tape import DiskTrouble, Tape
from copilot.errors import SessionError, StorageError
from copilot.events import Channel
from tests.audio.disks import Disk, MountedDisk, can_mount, small_disk
from tests.builders import noise, silence

INTERVIEWER, CANDIDATE = Channel
SECOND = SAMPLE_RATE_HZ
SOUND = {INTERVIEWER: noise(120, seed=1), CANDIDATE: noise(120, seed=2)}


def _paths(folder: Path) -> dict[Channel, Path]:
    return {channel: folder / f"{channel}.wav" for channel in Channel}


def _block(start: int, count: int = SECOND) -> Block:
    return Block(start, {c: SOUND[c][start : start + count] for c in Channel})


def _write(tape: Tape, seconds: int) -> None:
    """Go on with the sound, block by block."""
    for _ in range(seconds):
        tape.write(_block(tape.length))


def _recorded(folder: Path) -> dict[Channel, Waveform]:
    """What a player hears."""
    return {
        channel: soundfile.read(path, dtype="int16")[0] for channel, path in _paths(folder).items()
    }


def _pcm(samples: Waveform) -> Waveform:
    return np.frombuffer(to_pcm(samples), "<i2")


def _assert_recorded(folder: Path, seconds: float, **silent: tuple[float, float]) -> None:
    """Both files hold the sound's first seconds, but for a silent stretch."""
    for channel, samples in _recorded(folder).items():
        expected = _pcm(SOUND[channel][: int(seconds * SECOND)]).copy()
        start_s, end_s = silent.get(channel.value, silent.get("both", (0.0, 0.0)))
        expected[int(start_s * SECOND) : int(end_s * SECOND)] = 0
        np.testing.assert_array_equal(samples, expected, channel)


class Listening:
    """Hears of trouble, and waits for it."""

    def __init__(self) -> None:
        self._told: queue.SimpleQueue[DiskTrouble] = queue.SimpleQueue()
        self.threads: set[str] = set()

    def __call__(self, trouble: DiskTrouble) -> None:
        self.threads.add(threading.current_thread().name)
        self._told.put(trouble)

    def next(self) -> DiskTrouble:
        """The next thing told."""
        return self._told.get(timeout=30)

    def until_over(self) -> DiskTrouble:
        """The last thing told of a trouble."""
        while not (trouble := self.next()).over:
            pass
        return trouble

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits to be heard."""
        return self._told.empty()


class Retries:
    """The wait before the disk is tried again, which ends when the test says so."""

    def __init__(self) -> None:
        self.asked: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._go = threading.Semaphore(0)

    def __call__(self, seconds: float) -> None:
        self.asked.put(seconds)
        self._go.acquire()

    def allow(self, times: int = 1) -> None:
        """Let the disk be tried again."""
        self._go.release(times)


class NotingRecorder(Recorder):
    """A recorder that says what it has forced to disk."""

    changed = threading.Condition()
    lengths: ClassVar[dict[str, int]] = {}

    def sync(self) -> None:
        super().sync()
        with self.changed:
            self.lengths[self.path.stem] = self.length
            self.changed.notify_all()

    @classmethod
    def wait_for(cls, channel: Channel, length: int) -> None:
        """Return once so many samples of a channel are on disk for good."""
        with cls.changed:
            assert cls.changed.wait_for(lambda: cls.lengths[channel] == length, timeout=30)


class HeldRecorder(Recorder):
    """A recorder on a disk that takes as long as the test wants."""

    held = threading.Event()
    goes_on = threading.Event()

    def write_pcm(self, pcm: bytes) -> None:
        self.held.set()
        self.goes_on.wait()
        super().write_pcm(pcm)


@pytest.fixture
def told() -> Listening:
    return Listening()


@pytest.fixture
def retries() -> Retries:
    return Retries()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path) as disk:
        yield disk


@pytest.fixture
def synced() -> type[NotingRecorder]:
    NotingRecorder.lengths.clear()
    return NotingRecorder


@pytest.fixture
def held() -> Iterator[type[HeldRecorder]]:
    HeldRecorder.held.clear()
    HeldRecorder.goes_on.clear()
    yield HeldRecorder
    HeldRecorder.goes_on.set()


# -- all is well ----------------------------------------------------------------------------------


def test_what_is_handed_over_is_on_disk_when_the_tape_is_closed(
    tmp_path: Path, told: Listening
) -> None:
    with Tape(_paths(tmp_path), on_trouble=told) as tape:
        for start in range(0, 5 * SECOND, 512):
            tape.write(_block(start, min(512, 5 * SECOND - start)))
        assert tape.length == 5 * SECOND

    _assert_recorded(tmp_path, 5)
    assert told.is_quiet
    assert tape.waiting_s == tape.lost_s == 0


def test_a_channel_a_block_lacks_is_silent_and_as_long_as_the_other(tmp_path: Path) -> None:
    with Tape(_paths(tmp_path)) as tape:
        tape.write(_block(0))
        tape.write(Block(SECOND, {INTERVIEWER: SOUND[INTERVIEWER][SECOND : 2 * SECOND]}))
        tape.write(_block(2 * SECOND))

    _assert_recorded(tmp_path, 3, candidate=(1, 2))


def test_a_channel_that_is_shorter_than_its_block_is_filled_up(tmp_path: Path) -> None:
    with Tape(_paths(tmp_path)) as tape:
        tape.write(
            Block(0, {INTERVIEWER: SOUND[INTERVIEWER][:SECOND], CANDIDATE: silence(0.5) + 0.5})
        )

    assert {len(samples) for samples in _recorded(tmp_path).values()} == {SECOND}


def test_a_gap_before_a_block_is_silence_of_its_length(tmp_path: Path) -> None:
    with Tape(_paths(tmp_path)) as tape:
        tape.write(_block(0))
        tape.write(_block(4 * SECOND))
        tape.write_silence(SECOND)
        assert tape.length == 6 * SECOND

    for channel, samples in _recorded(tmp_path).items():
        np.testing.assert_array_equal(samples[: 4 * SECOND][SECOND:], 0)
        np.testing.assert_array_equal(
            samples[4 * SECOND : 5 * SECOND], _pcm(SOUND[channel][4 * SECOND : 5 * SECOND])
        )
        assert len(samples) == 6 * SECOND


def test_hours_of_silence_take_no_room(tmp_path: Path) -> None:
    with Tape(_paths(tmp_path)) as tape:
        tape.write(_block(0))
        tape.write_silence(3 * 3600 * SECOND)
        tape.write(_block(tape.length, 0))

    for path in _paths(tmp_path).values():
        assert path.stat().st_size == 44 + 2 * SECOND * (3 * 3600 + 1)
        assert path.stat().st_blocks * 512 < 1_000_000


def test_the_end_of_a_recording_is_forced_to_disk_though_nothing_follows(
    tmp_path: Path, synced: type[NotingRecorder]
) -> None:
    with Tape(_paths(tmp_path), recorder=synced) as tape:
        tape.write(_block(0))
        synced.wait_for(CANDIDATE, SECOND)
        _assert_recorded(tmp_path, 1)


def test_every_channel_is_forced_to_disk_each_second(
    tmp_path: Path, synced: type[NotingRecorder]
) -> None:
    now_s = 0.0
    with Tape(_paths(tmp_path), recorder=synced, clock=lambda: now_s) as tape:
        for number in range(1, 7):
            now_s += 0.75  # that much sound comes in that time
            tape.write(_block(tape.length, SECOND * 3 // 4))
            for channel in Channel:
                synced.wait_for(channel, number * SECOND * 3 // 4)


def test_closing_twice_is_safe_and_a_closed_tape_takes_nothing(tmp_path: Path) -> None:
    tape = Tape(_paths(tmp_path))
    tape.close()
    tape.close()

    with pytest.raises(ValueError, match="closed"):
        tape.write(_block(0))


def test_a_tape_that_cannot_be_created_is_an_error_and_leaves_the_other_file_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "candidate.wav").write_bytes(b"someone else's")

    with pytest.raises(StorageError, match=r"candidate\.wav"):
        Tape(_paths(tmp_path))
    assert (tmp_path / "candidate.wav").read_bytes() == b"someone else's"


# -- a disk that refuses --------------------------------------------------------------------------


def _filled_up(disk: Disk, tape: Tape, told: Listening) -> DiskTrouble:
    """Write until the disk is full; what was told."""
    disk.fill()
    _write(tape, 40)
    return told.next()


def test_a_full_disk_is_told_at_once_and_nothing_is_lost_once_there_is_room(
    disk: Disk, told: Listening, retries: Retries
) -> None:
    tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries)

    trouble = _filled_up(disk, tape, told)

    assert str(disk.folder) in trouble.reason
    assert trouble.waiting_s > 0
    assert not trouble.over
    assert retries.asked.get(timeout=30) == 1.0

    disk.make_room()
    retries.allow(100)
    over = told.until_over()
    tape.close()

    assert (over.lost_s, over.over) == (0, True)
    _assert_recorded(disk.folder, 40)
    assert told.threads == {"tape-watch"}
    assert told.is_quiet


def test_a_disk_that_stays_full_is_tried_again_and_told_anew_as_more_waits(
    disk: Disk, told: Listening, retries: Retries
) -> None:
    tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries)
    last = _filled_up(disk, tape, told)
    for _ in range(3):
        retries.asked.get(timeout=30)
        retries.allow()
    while tape.waiting_s - last.waiting_s >= 10:
        last = told.next()
    more_s = math.ceil(last.waiting_s + 10 - tape.waiting_s)
    _write(tape, more_s - 1)
    assert told.is_quiet

    _write(tape, 1)

    assert told.next().waiting_s >= last.waiting_s + 10
    disk.make_room()
    retries.allow(100)
    tape.close()
    _assert_recorded(disk.folder, 40 + more_s)


def test_what_was_written_stays_readable_while_the_disk_is_full(
    disk: Disk, told: Listening, retries: Retries
) -> None:
    tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries)
    _filled_up(disk, tape, told)
    retries.asked.get(timeout=30)

    for channel, samples in _recorded(disk.folder).items():
        np.testing.assert_array_equal(samples, _pcm(SOUND[channel])[: len(samples)])
    disk.make_room()
    retries.allow(100)
    tape.close()


def test_closing_on_a_full_disk_is_an_error_that_says_how_much_is_missing(
    disk: Disk, told: Listening, retries: Retries
) -> None:
    tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries)
    _filled_up(disk, tape, told)
    retries.allow(100)

    with pytest.raises(StorageError, match=r"last \d+ s of sound could not be written") as caught:
        tape.close()
    tape.close()

    assert str(disk.folder) in caught.value.message
    for channel, samples in _recorded(disk.folder).items():
        np.testing.assert_array_equal(samples, _pcm(SOUND[channel])[: len(samples)])


def test_closing_tries_the_disk_a_last_time(disk: Disk, told: Listening) -> None:
    tape = Tape(_paths(disk.folder), on_trouble=told)
    _filled_up(disk, tape, told)
    disk.make_room()

    tape.close()

    _assert_recorded(disk.folder, 40)
    assert told.until_over().over


def test_where_memory_is_full_too_the_newest_sound_becomes_silence(
    disk: Disk, told: Listening, retries: Retries
) -> None:
    room_s = 45
    tape = Tape(
        _paths(disk.folder), on_trouble=told, pause=retries, memory_bytes=room_s * 4 * SECOND
    )
    _write(tape, 1)
    _filled_up(disk, tape, told)
    retries.asked.get(timeout=30)
    kept_s = tape.length // SECOND + room_s - int(tape.waiting_s)
    _write(tape, kept_s + 1 - tape.length // SECOND)

    while not (trouble := told.next()).lost_s:
        pass
    assert trouble.lost_s == tape.lost_s == 1  # told at once, not after ten seconds
    _write(tape, 4)

    disk.make_room()
    retries.allow(100)
    assert told.until_over().lost_s == 5
    _write(tape, 3)
    tape.close()
    _assert_recorded(disk.folder, kept_s + 8, both=(kept_s, kept_s + 5))


def test_a_file_that_was_deleted_is_begun_anew_and_its_loss_is_told(
    tmp_path: Path, told: Listening, synced: type[NotingRecorder]
) -> None:
    tape = Tape(_paths(tmp_path), on_trouble=told, recorder=synced)
    _write(tape, 3)
    synced.wait_for(CANDIDATE, 3 * SECOND)

    (tmp_path / "candidate.wav").unlink()
    _write(tape, 2)
    trouble = told.next()
    over = trouble if trouble.over else told.until_over()
    tape.close()

    assert "candidate.wav: No such file" in trouble.reason
    assert over.lost_s == 3
    _assert_recorded(tmp_path, 5, candidate=(0, 3))


if can_mount():

    def test_a_disk_that_becomes_read_only_is_another_trouble_and_nothing_is_lost(
        disk: Disk, told: Listening, retries: Retries
    ) -> None:
        assert isinstance(disk, MountedDisk)
        tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries)
        assert "No space left" in _filled_up(disk, tape, told).reason
        retries.asked.get(timeout=30)

        disk.forbid_writing()
        retries.allow()
        while "Read-only" not in told.next().reason:
            pass

        disk.make_room()
        retries.allow(100)
        assert told.until_over().lost_s == 0
        tape.close()
        _assert_recorded(disk.folder, 40)

    def test_a_disk_that_was_unplugged_is_found_again(
        disk: Disk, told: Listening, retries: Retries, synced: type[NotingRecorder]
    ) -> None:
        assert isinstance(disk, MountedDisk)
        disk.make_room()
        tape = Tape(_paths(disk.folder), on_trouble=told, pause=retries, recorder=synced)
        _write(tape, 5)
        synced.wait_for(CANDIDATE, 5 * SECOND)

        disk.go_away()
        _write(tape, 5)
        assert "No such file" in told.next().reason
        retries.allow()
        retries.asked.get(timeout=30)
        assert retries.asked.get(timeout=30) == 1.0  # and it was still away
        disk.come_back()
        retries.allow(100)

        assert told.until_over().lost_s == 0
        _write(tape, 2)
        tape.close()
        _assert_recorded(disk.folder, 12)


# -- a slow disk ----------------------------------------------------------------------------------


def test_a_disk_that_is_stuck_never_holds_up_capture_and_is_told_after_three_seconds(
    tmp_path: Path, told: Listening, held: type[HeldRecorder]
) -> None:
    now_s = 0.0
    tape = Tape(_paths(tmp_path), on_trouble=told, recorder=held, clock=lambda: now_s)
    tape.write(_block(0))
    assert held.held.wait(30)
    for _ in range(3):
        now_s += 1
        tape.write(_block(tape.length))
    assert told.is_quiet

    now_s += 1
    tape.write(_block(tape.length))

    trouble = told.next()
    assert trouble == DiskTrouble(f"{tmp_path}: the disk is too slow.", 5, 0)
    told_twice = [tape.trouble]

    held.goes_on.set()
    assert told.until_over().over
    assert [*told_twice, tape.trouble] == [trouble, None]
    tape.close()
    _assert_recorded(tmp_path, 5)


def test_closing_waits_for_a_slow_disk(
    tmp_path: Path, told: Listening, held: type[HeldRecorder]
) -> None:
    tape = Tape(_paths(tmp_path), on_trouble=told, recorder=held)
    _write(tape, 30)
    closer = threading.Thread(target=tape.close)
    closer.start()
    held.goes_on.set()
    closer.join()

    _assert_recorded(tmp_path, 30)


def test_a_defect_in_a_recorder_is_told_like_a_refusing_disk(
    tmp_path: Path, told: Listening
) -> None:
    class Broken(Recorder):
        def write_pcm(self, pcm: bytes) -> None:
            raise RuntimeError("odd")

    tape = Tape(_paths(tmp_path), on_trouble=told, recorder=Broken)
    tape.write(_block(0))

    assert "odd" in told.next().reason
    with pytest.raises(StorageError, match="odd"):
        tape.close()


# -- resuming -------------------------------------------------------------------------------------


def _tape_of(folder: Path, seconds: int) -> None:
    with Tape(_paths(folder)) as tape:
        _write(tape, seconds)


def test_a_resumed_tape_goes_on_where_it_ended(tmp_path: Path) -> None:
    _tape_of(tmp_path, 3)

    with Tape.resume(_paths(tmp_path)) as tape:
        assert tape.length == 3 * SECOND
        _write(tape, 2)

    _assert_recorded(tmp_path, 5)


def test_the_shorter_channel_is_padded_on_resuming(tmp_path: Path) -> None:
    _tape_of(tmp_path, 3)
    with (tmp_path / "candidate.wav").open("r+b") as file:
        file.truncate(44 + 2 * 2 * SECOND + 1)

    with Tape.resume(_paths(tmp_path)) as tape:
        assert tape.length == 3 * SECOND
        _write(tape, 1)

    _assert_recorded(tmp_path, 4, candidate=(2, 3))


def test_a_missing_channel_begins_as_silence_on_resuming(tmp_path: Path) -> None:
    _tape_of(tmp_path, 3)
    (tmp_path / "interviewer.wav").unlink()

    with Tape.resume(_paths(tmp_path)) as tape:
        _write(tape, 1)

    _assert_recorded(tmp_path, 4, interviewer=(0, 3))


def test_a_file_of_another_kind_is_not_resumed(tmp_path: Path) -> None:
    _tape_of(tmp_path, 1)
    soundfile.write(tmp_path / "candidate.wav", np.zeros((100, 2)), 44_100)
    before = (tmp_path / "candidate.wav").read_bytes()

    with pytest.raises(SessionError, match=r"candidate\.wav is no recording"):
        Tape.resume(_paths(tmp_path))
    assert (tmp_path / "candidate.wav").read_bytes() == before
