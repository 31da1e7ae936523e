"""``sessions anonymise``."""

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.conftest import Replay


def test_a_copy_is_a_data_folder_of_its_own(
    stored: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [line["utterance"]["text"] for line in stored.done.lines if "utterance" in line]
    word = max(" ".join(said).split(), key=len).strip(".,?!")

    done = run(
        *("sessions", "anonymise", "last", "--output", tmp_path / "copy"),
        *("--name", word, "--json"),
    )

    assert done.code == 0
    assert [word] in [line["originals"] for line in done.lines]
    assert "Read it through" in done.err
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "copy"))
    shown = run("sessions", "show", "last")
    assert run("sessions", "verify", "last").code == 0
    assert run("report", "last").code == 0
    assert shown.code == 0
    assert word not in shown.out
    assert "[person-" in shown.out
    assert stored.id not in run("sessions", "list").out


def test_a_dry_run_lists_and_writes_nothing(stored: Replay, tmp_path: Path) -> None:
    done = run("sessions", "anonymise", "last", "--dry-run", "--name", "door")

    assert done.code == 0
    assert "door" in done.out
    assert done.err == ""
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("given", [[], ["--dry-run", "--output", "copy"]])
def test_it_wants_a_folder_or_a_dry_run(stored: Replay, given: list[str]) -> None:
    done = run("sessions", "anonymise", "last", *given)

    assert (done.code, done.out) == (2, "")
    assert "--dry-run" in done.message


def test_what_is_there_is_never_overwritten(stored: Replay, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")

    done = run("sessions", "anonymise", "last", "--output", tmp_path / "copy")

    assert done.code == 2
    assert (tmp_path / "copy").read_text() == "mine"
