"""``sessions export --for-candidate``."""

from pathlib import Path

import pytest

from copilot.review.reading import read_reviewed
from copilot.store import SessionFolder
from tests.cli.command import names, run
from tests.cli.conftest import Replay
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.store.records import held_by_another_program


def test_a_stored_interview_is_handed_out_with_its_sound(stored: Replay, tmp_path: Path) -> None:
    path = tmp_path / "for-them"

    done = run(
        "sessions", "export", "last", "--for-candidate", "--output", path, "--audio", "--json"
    )

    assert done.code == 0
    assert done.lines == [{"id": stored.id, "folder": str(path), "withheld": []}]
    assert names(path) == [
        "about-you.html", "candidate.wav", "data.json", "interviewer.wav", "transcript.txt",
    ]  # fmt: skip
    assert (path / "candidate.wav").read_bytes() == (stored.folder / "candidate.wav").read_bytes()


def test_that_what_was_found_was_handed_out_before_rating_is_noted(
    stored: Replay, tmp_path: Path
) -> None:
    done = run("sessions", "export", "last", "--for-candidate", "--output", tmp_path / "for-them")

    assert "not judged yet" in done.err
    [lifted] = read_reviewed(SessionFolder(stored.folder)).lifted
    assert (lifted.question, lifted.why) == (None, "report")


def test_deleting_names_what_was_handed_out(stored: Replay, tmp_path: Path) -> None:
    path = tmp_path / "for-them"
    run("sessions", "export", "last", "--for-candidate", "--output", path)

    done = run("sessions", "delete", "last", "--yes")

    assert done.code == 0
    assert f"  {path} (for the candidate, " in done.err
    assert path.is_dir()


def test_what_the_copy_is_for_must_be_said(stored: Replay) -> None:
    assert run("sessions", "export", "last").code == 2


def test_an_earlier_copy_is_never_overwritten(
    stored: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = run("sessions", "export", "last", "--for-candidate")
    again = run("sessions", "export", "last", "--for-candidate")

    assert (first.code, again.code) == (0, 2)
    assert f"for-candidate-{stored.id}" in again.message


def test_a_running_one_is_refused(data: Path, tmp_path: Path) -> None:
    folder = keep(an_interview().events[:-1])
    with held_by_another_program(folder):
        done = run("sessions", "export", "last", "--for-candidate", "--output", tmp_path / "x")

    assert done.code == 4
    assert "running" in done.message
    assert not (tmp_path / "x").exists()
