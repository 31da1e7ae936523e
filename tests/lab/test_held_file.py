"""A file of the lab is changed by one program at a time."""

import stat
from pathlib import Path

import pytest

from copilot.errors import StorageError
from copilot.lab import held_file
from copilot.lab.held_file import held


def test_who_comes_second_is_told_what_the_first_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_file, "_PATIENCE_S", 0.05)
    path = tmp_path / "lab" / "cases.yaml"

    with (
        held(path, "adding cases"),
        pytest.raises(StorageError, match=r"cases\.yaml: another program has been adding cases"),
        held(path, "adding cases"),
    ):
        pass

    with held(path, "adding cases"):
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_the_disk_refuses_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "lab").write_text("in the way")

    with (
        pytest.raises(StorageError, match=r"cases\.yaml"),
        held(tmp_path / "lab" / "cases.yaml", "adding cases"),
    ):
        pass
