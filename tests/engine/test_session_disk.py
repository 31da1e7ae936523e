"""A disk that fills up during a call: the call goes on, and what can be kept is kept."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
import soundfile

from copilot.engine.resuming import completed
from copilot.errors import StorageError
from copilot.events import CaptureKind, Channel, DiskTroubled
from copilot.interview import replay
from copilot.store import SessionFolder, SessionStore, read_journal
from tests.audio.disks import Disk, small_disk
from tests.builders import silence
from tests.engine.hall import SOUND, TURNS
from tests.engine.live import Attending, FakeCall, run_until
from tests.engine.parts import a_setup

pytestmark = pytest.mark.usefixtures("quick_sessions")

#: Longer than a megabyte, at which even the simplest disk is full.
LONG = {channel: np.concatenate([samples, silence(25)]) for channel, samples in SOUND.items()}


@pytest.fixture
def disk(tmp_path) -> Iterator[Disk]:
    place = tmp_path / "disk"
    place.mkdir()
    with small_disk(place) as disk:
        yield disk


@pytest.fixture
def setup(director, disk: Disk):
    store = SessionStore(disk.folder / "sessions")
    return a_setup(director, lockstep=False, store=store, capture=CaptureKind.CALL)


def _call(front: Attending, disk: Disk) -> FakeCall:
    """A call during which the disk fills up, and that goes on until that was told."""
    call = FakeCall(LONG)
    call.doing[1.9] = front.awaited(lambda event: event.type == "consent_recorded")
    call.doing[2.0] = disk.fill
    call.doing[39.0] = front.awaited(_begins)
    return call


def _is_over(event) -> bool:
    return isinstance(event, DiskTroubled) and event.over


def _begins(event) -> bool:
    return isinstance(event, DiskTroubled) and not event.over


def test_a_disk_that_fills_up_and_gets_room_again_costs_nothing(setup, disk: Disk) -> None:
    front = Attending()
    call = _call(front, disk)
    call.doing[39.1] = disk.make_room
    call.doing[39.2] = front.awaited(_is_over)

    session = run_until(front, setup, call, TURNS)

    told = front.of(DiskTroubled)
    assert "No space left" in told[0].reason or "File too large" in told[0].reason
    assert str(disk.folder) not in told[0].reason
    assert told[-1].over
    assert max(event.waiting_s for event in told) > 0
    assert {event.lost_s for event in told} == {0}
    assert len(front.texts()) == TURNS
    assert replay(front.events).capture.disk is None
    assert session.folder is not None
    assert session.folder.state() == "ended"
    assert session.folder.read_journal().events == tuple(front.events)
    for channel, samples in LONG.items():
        sound, _ = soundfile.read(session.folder.audio_path(channel), dtype="float32")
        np.testing.assert_allclose(sound, samples, atol=1e-4)


def test_a_disk_that_stays_full_is_told_at_once_and_again_after_all_text_was_shown(
    setup, disk: Disk
) -> None:
    front = Attending()
    before = set(threading.enumerate())

    with pytest.raises(StorageError) as caught:
        run_until(front, setup, _call(front, disk), TURNS)

    assert {thread.name for thread in set(threading.enumerate()) - before} <= {"ending"}
    assert caught.value.remedy
    assert len(front.texts()) == TURNS
    assert front.events[-1].type == "session_ended"
    assert front.vitals[-1].state == "ended"
    [folder] = [SessionFolder(path) for path in (disk.folder / "sessions").iterdir()]
    kept = read_journal(folder.journal_path).events
    assert kept == tuple(front.events)[: len(kept)]
    for channel in Channel:
        sound, _ = soundfile.read(folder.audio_path(channel), dtype="float32")
        np.testing.assert_allclose(sound, LONG[channel][: len(sound)], atol=1e-4)


def test_such_a_session_can_be_gone_on_with_once_there_is_room(setup, director, disk: Disk) -> None:
    front = Attending()
    call = _call(front, disk)
    with pytest.raises(StorageError):
        run_until(front, setup, call, TURNS)
    [folder] = [SessionFolder(path) for path in (disk.folder / "sessions").iterdir()]
    if folder.state() == "ended":
        return  # where we may not mount, the disk has room for the journal
    disk.make_room()
    if completed(folder):  # its last event had room, what is kept beside the journal had none
        assert folder.state() == "ended"
        return

    again = Attending()
    resumed = a_setup(director, lockstep=False, resume=folder, capture=CaptureKind.CALL)
    run_until(again, resumed, FakeCall({channel: silence(1) for channel in Channel}), 0)

    assert folder.state() == "ended"
    assert folder.read_journal().events == tuple(again.events)
