"""What is deleted is gone from the index, from opened copies, and from what a search would find."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.errors import StorageError
from copilot.store import SessionFolder
from copilot.store.deleting import Deletion, delete_sessions
from copilot.store.exports import remember_export
from tests.cli.command import run
from tests.review.stored import keep
from tests.review.story import an_interview

_SAID = b"a way back to the old oven"


@pytest.fixture
def session(data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SessionFolder:
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("INTERVIEW_COPILOT_KEY_FILE", raising=False)
    return keep(an_interview().events)


def test_no_byte_of_it_stays_in_the_search_index(data: Path, session: SessionFolder) -> None:
    assert run("search", "old oven").out.strip()
    assert any(_SAID in path.read_bytes() for path in data.glob("index*"))

    done = run("sessions", "delete", "last", "--yes", "--json")

    assert done.code == 0
    assert done.lines[0]["check"]["result"] == "clean"
    assert not any(_SAID in path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert "old oven" not in run("search", "old oven").out


@pytest.mark.parametrize("opens", [True, False])
def test_an_encrypted_one_is_searched_for_where_it_was_opened(
    session: SessionFolder, tmp_path: Path, opens: bool
) -> None:
    key, copy = tmp_path / "my.key", tmp_path / "report.md"
    copy.write_text("a report")
    remember_export(session.path, copy, "report")
    assert run("sessions", "key", "new", key).code == 0
    assert run("sessions", "encrypt", "last", "--key-file", key).code == 0
    how = ["--open", "--key-file", key] if opens else []

    done = run("sessions", "delete", "last", "--yes", "--json", *how)

    [receipt] = done.lines
    assert done.code == 0
    assert receipt["check"]["result"] == ("clean" if opens else "not possible")
    assert [each["path"] for each in receipt["outside"]] == ([str(copy)] if opens else [])
    assert receipt["removed"]["encrypted"]["files"] > 1
    assert not session.path.exists()


def test_one_that_lost_its_record_can_still_be_deleted(data: Path, session: SessionFolder) -> None:
    (session.path / "session.json").unlink()

    assert run("sessions", "delete", session.id[:5], "--yes").code == 4
    assert run("sessions", "delete", session.id, "--yes").code == 0
    assert not session.path.exists()


@pytest.mark.parametrize("name", ["..", ".", "../sessions", ".deleting-x", "/"])
def test_nothing_but_a_session_is_deleted_by_a_name(
    data: Path, session: SessionFolder, name: str
) -> None:
    (data / "sessions" / ".deleting-y").mkdir()

    assert run("sessions", "delete", name, "--yes").code == 4
    assert session.path.is_dir()


def test_a_deletion_that_was_cut_off_is_finished_by_the_list(
    data: Path, session: SessionFolder
) -> None:
    session.path.rename(session.path.with_name(f".deleting-{session.id}"))

    assert run("sessions", "list", "--json").out == ""
    assert list((data / "sessions").iterdir()) == []
    assert [line["id"] for line in run("sessions", "receipts", "--json").lines] == [session.id]


def test_one_restored_after_a_deletion_that_was_cut_off_is_deleted_too(
    data: Path, session: SessionFolder
) -> None:
    shutil.copytree(session.path, session.path.with_name(f".deleting-{session.id}"))

    done = run("sessions", "delete", session.id, "--yes")

    assert done.code == 0  # in the end nothing was left
    assert list((data / "sessions").iterdir()) == []


def test_where_the_folder_cannot_be_renamed_nothing_has_happened(
    data: Path, session: SessionFolder
) -> None:
    hidden = session.path.with_name(f".deleting-{session.id}")
    hidden.write_text("a file in the way")
    deletion = Deletion("ada", datetime(2026, 4, 1, tzinfo=UTC))

    with pytest.raises(StorageError, match=session.id):
        delete_sessions([session], deletion)

    assert session.read_journal().events
    assert list((data / "receipts").glob("*.begun")) == []
