"""What left the data folder is remembered in the session's folder."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.errors import StorageError
from copilot.store.exports import Exported, known_exports, remember_export

_WHEN = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    made = tmp_path / "data" / "sessions" / "20260302-101500-ef01"
    made.mkdir(parents=True)
    return made


def test_each_copy_is_known_once_with_its_last_writing(folder: Path, tmp_path: Path) -> None:
    report, other = tmp_path / "été.md", tmp_path / "for-them"
    report.write_text("text")
    other.mkdir()

    remember_export(folder, report, "report", written_at=datetime(2026, 3, 1, tzinfo=UTC))
    remember_export(folder, other, "for the candidate", written_at=_WHEN)
    remember_export(folder, report, "report", written_at=_WHEN)

    assert known_exports(folder) == (
        Exported(str(other), "for the candidate", "2026-03-02T10:15:00+00:00"),
        Exported(str(report), "report", "2026-03-02T10:15:00+00:00"),
    )
    assert stat.S_IMODE((folder / "exports.jsonl").stat().st_mode) == 0o600


def test_what_lies_in_the_data_folder_or_is_no_file_is_not_noted(folder: Path) -> None:
    inside = folder / "reports"
    inside.mkdir()

    remember_export(folder, inside, "report")
    remember_export(folder, Path("/dev/null"), "report")
    remember_export(folder, folder.parents[2] / "never-written", "report")

    assert known_exports(folder) == ()


def test_a_broken_line_hides_no_other(folder: Path, tmp_path: Path) -> None:
    remember_export(folder, tmp_path, "report", written_at=_WHEN)
    with (folder / "exports.jsonl").open("ab") as file:
        file.write(b'{"path": "/half\n[]\n')

    assert [each.path for each in known_exports(folder)] == [str(tmp_path)]


def test_a_folder_that_is_gone_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"exports\.jsonl"):
        remember_export(folder / "gone", tmp_path, "report")
