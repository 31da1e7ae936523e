"""``sessions pack`` and what ``sessions list`` says of interrupted sessions."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from copilot.audio.recorder import Recorder
from copilot.store import SessionFolder, SessionStore, open_journal, read_journal
from tests.builders import spoken
from tests.cli.command import run
from tests.store.records import a_record, ended_with, held_by_another_program
from tests.story import Story


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    """A session that was interrupted while somebody spoke."""
    folder = SessionStore().create(a_record())
    with open_journal(folder) as journal:
        for event in Story().events:
            journal.append(event)
    for path in folder.audio_paths().values():
        with Recorder(path) as recorder:
            recorder.write(spoken("en-000"))
    return folder


@pytest.fixture
def ended(folder: SessionFolder) -> SessionFolder:
    """The same after a clean end."""
    folder.end(a_record(ended=ended_with(read_journal(folder.journal_path))))
    return folder


def _names(folder: SessionFolder) -> set[str]:
    return {path.name for path in folder.path.iterdir()} - {".lock"}


def _sound(folder: SessionFolder) -> np.ndarray:
    paths = [folder.recording(channel) for channel in folder.audio_paths()]
    return np.stack([soundfile.read(path, dtype="int16")[0] for path in paths])


def test_pack_says_the_size_before_and_after_and_every_sample_stays(ended: SessionFolder) -> None:
    sound, before = _sound(ended), ended.audio_bytes()

    done = run("sessions", "pack", ended.id)

    after = ended.audio_bytes()
    assert (done.code, done.err) == (0, "")
    assert f"{before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after" in done.out
    assert after < before
    assert _names(ended) == {
        "session.json", "journal.jsonl", "interviewer.flac", "candidate.flac",
    }  # fmt: skip
    np.testing.assert_array_equal(_sound(ended), sound)
    assert run("sessions", "verify", ended.id).code == 0


def test_pack_for_machines_is_one_object(ended: SessionFolder) -> None:
    before = ended.audio_bytes()

    [result] = run("sessions", "pack", "last", "--json").lines

    assert result == {
        "id": ended.id, "before_bytes": before, "after_bytes": ended.audio_bytes(),
    }  # fmt: skip


def test_packing_twice_changes_nothing(ended: SessionFolder) -> None:
    run("sessions", "pack", ended.id)
    size = ended.audio_bytes()

    done = run("sessions", "pack", ended.id)

    assert (done.code, ended.audio_bytes()) == (0, size)
    assert "packed already" in done.out


def test_a_running_session_is_not_packed(folder: SessionFolder) -> None:
    with held_by_another_program(folder):
        done = run("sessions", "pack", folder.id)

    assert (done.code, done.out) == (4, "")
    assert "is running" in done.message
    assert folder.audio_form() == "wav"


def test_an_interrupted_session_is_packed_only_once_it_is_accepted(folder: SessionFolder) -> None:
    refused = run("sessions", "pack", folder.id)
    assert (refused.code, refused.out) == (4, "")
    assert "--accept" in refused.message
    assert "Resume it" in refused.message
    assert folder.audio_form() == "wav"
    assert folder.is_resumable()

    assert run("sessions", "pack", folder.id, "--accept").code == 0
    assert folder.audio_form() == "flac"
    assert not folder.is_resumable()


def test_a_session_without_sound_has_nothing_to_pack(ended: SessionFolder) -> None:
    for path in ended.audio_paths().values():
        path.unlink()

    done = run("sessions", "pack", ended.id)

    assert (done.code, done.out) == (4, "")
    assert "kept without sound" in done.message


def test_empty_recordings_are_nothing_to_pack(ended: SessionFolder) -> None:
    for path in ended.audio_paths().values():
        path.unlink()
        Recorder(path).close()

    done = run("sessions", "pack", ended.id)

    assert (done.code, done.out) == (4, "")
    assert "are empty" in done.message
    assert ended.audio_form() == "wav"


def test_the_list_marks_what_can_be_resumed(folder: SessionFolder) -> None:
    assert run("sessions", "list").out.endswith("  can be resumed\n")
    assert [line["resumable"] for line in run("sessions", "list", "--json").lines] == [True]

    folder.end(a_record(ended=ended_with(read_journal(folder.journal_path))))

    assert "resumed" not in run("sessions", "list").out
    assert [line["resumable"] for line in run("sessions", "list", "--json").lines] == [False]
