"""A session's recordings: found whatever their form, and never lost while they change places."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio.packing import pack_recording
from copilot.audio.recorder import Recorder
from copilot.errors import SessionError, StorageError
from copilot.events import Channel
from copilot.store import SessionFolder, SessionStore, open_journal, read_journal
from tests.builders import tone
from tests.store.killing import killed_at_every_step
from tests.store.records import a_record, ended_with, held_by_another_program
from tests.story import Story

INTERVIEWER, CANDIDATE = Channel
HZ = {INTERVIEWER: 200.0, CANDIDATE: 400.0}
#: What an end writes into the record of the sessions here.
ENDED = a_record(ended={
    "ended_at": "2026-03-02T09:30:00+00:00", "duration_s": 1, "events": 0, "journal_head": "0" * 64
})  # fmt: skip


def _record_sound(folder: SessionFolder) -> SessionFolder:
    for channel, path in folder.audio_paths().items():
        with Recorder(path) as recorder:
            recorder.write(tone(1, HZ[channel]))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    """A session that was interrupted, with its sound."""
    return _record_sound(SessionStore().create(a_record()))


def _heard(folder: SessionFolder) -> list[float | None]:
    """Whose voice each channel's recording holds, by its pitch; None where there is none."""
    found: list[float | None] = []
    for channel in Channel:
        path = folder.recording(channel)
        if path is None:
            found.append(None)
            continue
        spectrum = np.abs(np.fft.rfft(soundfile.read(path)[0]))
        found.append(float(spectrum.argmax()))
    return found


def _sound_files(folder: SessionFolder) -> list[str]:
    return sorted(path.name for path in folder.path.iterdir() if path.suffix in {".wav", ".flac"})


# -- which there are ------------------------------------------------------------------------------


def test_recordings_are_found_whatever_their_form(folder: SessionFolder) -> None:
    assert folder.recording(CANDIDATE) == folder.audio_path(CANDIDATE)
    assert folder.audio_form() == "wav"
    before = folder.audio_bytes()

    pack_recording(folder.audio_path(CANDIDATE))

    assert folder.recording(CANDIDATE) == folder.path / "candidate.flac"
    assert folder.recording(INTERVIEWER) == folder.audio_path(INTERVIEWER)
    assert folder.audio_form() == "wav"
    pack_recording(folder.audio_path(INTERVIEWER))
    assert folder.audio_form() == "flac"
    assert folder.audio_bytes() < before == 2 * (44 + 32_000)
    assert _heard(folder) == [200, 400]


def test_while_both_forms_are_there_the_wav_counts(folder: SessionFolder) -> None:
    (folder.path / "candidate.flac").write_bytes(b"half")

    assert folder.recording(CANDIDATE) == folder.audio_path(CANDIDATE)
    assert folder.audio_form() == "wav"


def test_a_session_without_sound_has_no_recording(tmp_path: Path) -> None:
    folder = SessionStore().create(a_record())

    assert folder.recording(CANDIDATE) is None
    assert (folder.audio_form(), folder.audio_bytes()) == ("none", 0)


# -- changing places ------------------------------------------------------------------------------


def test_channels_that_were_swapped_change_places_at_the_end(folder: SessionFolder) -> None:
    folder.end(ENDED, exchange_audio=True)

    assert folder.state() == "ended"
    assert _heard(folder) == [400, 200]
    assert _sound_files(folder) == ["candidate.wav", "interviewer.wav"]


def test_without_a_swap_they_stay_where_they_are(folder: SessionFolder) -> None:
    folder.end(ENDED)

    assert folder.record() == ENDED
    assert _heard(folder) == [200, 400]


@pytest.mark.parametrize("packed", [[CANDIDATE], [INTERVIEWER], [CANDIDATE, INTERVIEWER]])
def test_packed_recordings_change_places_too(folder: SessionFolder, packed: list[Channel]) -> None:
    for channel in packed:
        pack_recording(folder.audio_path(channel))
    folder.end(ENDED)

    folder.exchange_audio()

    assert _heard(folder) == [400, 200]
    folder.exchange_audio()
    assert _heard(folder) == [200, 400]


def test_half_a_packing_does_not_confuse_an_exchange(folder: SessionFolder) -> None:
    (folder.path / "candidate.flac").write_bytes(b"half")

    folder.end(ENDED, exchange_audio=True)

    assert _heard(folder) == [400, 200]
    assert _sound_files(folder) == ["candidate.wav", "interviewer.wav"]


@pytest.mark.parametrize("kept", [[], [CANDIDATE], [INTERVIEWER]])
def test_where_a_recording_is_missing_nothing_changes_places(
    folder: SessionFolder, kept: list[Channel]
) -> None:
    for channel in set(Channel) - set(kept):
        folder.audio_path(channel).unlink()

    folder.end(ENDED, exchange_audio=True)

    assert _heard(folder) == [HZ[channel] if channel in kept else None for channel in Channel]


def test_a_session_that_has_not_ended_exchanges_nothing(folder: SessionFolder) -> None:
    with pytest.raises(SessionError, match="has not ended"):
        folder.exchange_audio()
    assert _heard(folder) == [200, 400]


def test_a_session_that_could_not_be_ended_can_be_ended_again(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise StorageError(f"{path}: No space left on device.")

    for exchange in (True, False):
        with monkeypatch.context() as patch:
            patch.setattr("copilot.store.session_folder.write_private", refuse)
            with pytest.raises(StorageError):
                folder.end(ENDED, exchange_audio=exchange)
    assert _heard(folder) == [200, 400]

    folder.end(ENDED, exchange_audio=True)

    assert _heard(folder) == [400, 200]


_END = """
from copilot.store import SessionFolder
from tests.store.test_recordings import ENDED

def act(folder):
    SessionFolder(folder).end(ENDED, exchange_audio=True)
"""


def test_killed_at_any_step_of_the_end_no_recording_is_lost_or_on_the_wrong_side(
    folder: SessionFolder, tmp_path: Path
) -> None:
    def make(number: int) -> Path:
        shutil.copytree(folder.path, tmp_path / "copies" / str(number))
        return tmp_path / "copies" / str(number)

    seen = []
    for path in killed_at_every_step(_END, make):
        left = SessionFolder(path)
        ended = left.record().ended is not None
        seen.append(ended)
        assert _heard(left) == ([400, 200] if ended else [200, 400])
        left.end(ENDED, exchange_audio=not ended)
        assert _heard(left) == [400, 200]
        assert _sound_files(left) == ["candidate.wav", "interviewer.wav"]
    assert seen.count(False) > 2
    assert seen.count(True) > 2


# -- going on -------------------------------------------------------------------------------------


def _with_journal(folder: SessionFolder, story: Story) -> SessionFolder:
    with open_journal(folder) as journal:
        for event in story.events:
            journal.append(event)
    return folder


def test_an_interrupted_session_goes_on_in_its_folder(folder: SessionFolder) -> None:
    story = Story()
    _with_journal(folder, story)
    assert folder.is_resumable()

    with folder.resumed() as resumed:
        assert folder.state() == "running"
        assert not folder.is_resumable()
        assert resumed.journal.earlier == tuple(story.events)
        assert resumed.tape is not None
        assert resumed.tape.length == 16_000
        resumed.tape.write_silence(16_000)
        story.end()
        resumed.journal.append(story.events[-1])

    assert read_journal(folder.journal_path).events == tuple(story.events)
    assert {len(soundfile.read(path)[0]) for path in folder.audio_paths().values()} == {32_000}
    assert folder.state() == "interrupted"  # until its record says otherwise


def test_a_session_of_text_alone_goes_on_without_a_tape(tmp_path: Path) -> None:
    folder = _with_journal(SessionStore().create(a_record()), Story())

    with folder.resumed() as resumed:
        assert resumed.tape is None
    assert _sound_files(folder) == []


def _end(folder: SessionFolder) -> None:
    _with_journal(folder, Story())
    folder.end(a_record(ended=ended_with(read_journal(folder.journal_path))))


def _reach_the_end(folder: SessionFolder) -> None:
    story = Story()
    story.end()
    _with_journal(folder, story)


def _pack(folder: SessionFolder) -> None:
    _with_journal(folder, Story())
    pack_recording(folder.audio_path(INTERVIEWER))


def _touch(folder: SessionFolder) -> None:
    folder.journal_path.write_bytes(b'{"prev":')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_end, "has ended"),
        (_reach_the_end, "came to its end"),
        (_pack, "was packed"),
        (_touch, "before anything happened"),
        (SessionFolder.audio_form, "before anything happened"),
    ],
)
def test_what_cannot_go_on_is_refused_with_its_reason(
    folder: SessionFolder, change, said: str
) -> None:
    change(folder)
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}

    assert not folder.is_resumable()
    with pytest.raises(SessionError, match=said), folder.resumed():
        pytest.fail("it went on")
    after = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    assert {**after, ".lock": b""} == {**before, ".lock": b""}


def test_a_session_another_program_records_into_is_not_resumed(folder: SessionFolder) -> None:
    _with_journal(folder, Story())

    with (
        held_by_another_program(folder),
        pytest.raises(SessionError, match="in use by another program"),
        folder.resumed(),
    ):
        pytest.fail("it went on")
