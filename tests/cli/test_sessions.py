"""``sessions`` and ``report``: what is stored can be listed, shown, checked, reported and deleted."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from copilot.review.reading import read_reviewed
from copilot.store import SessionFolder, SessionStore
from tests.cli.command import Done, names, run
from tests.cli.conftest import Replay
from tests.store.records import a_record


@pytest.fixture
def two(data: Path) -> list[str]:
    """Two sessions that were interrupted before anything happened; their ids, newest first."""
    store = SessionStore()
    ids = ["20260302-090000-abcd", "20260302-101500-ef01"]
    for session_id in ids:
        folder = store.create(a_record(session_id))
        folder.journal_path.touch()
    return ids[::-1]


def _ids(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "sessions").iterdir())


# -- list -----------------------------------------------------------------------------------------


def test_where_nothing_is_stored_the_list_says_so(data: Path) -> None:
    done = run("sessions", "list")

    assert (done.code, done.err) == (0, "")
    assert done.out == f"Nothing is stored in {data / 'sessions'}.\n"
    assert run("sessions", "list", "--json") == Done(0, "", "")
    assert not data.exists()


def test_the_list_names_the_newest_first_with_its_state(stored: Replay, two: list[str]) -> None:
    lines = run("sessions", "list").out.splitlines()

    assert [line.split()[:2] for line in lines] == [
        [stored.id, "ended"], [two[0], "interrupted"], [two[1], "interrupted"],
    ]  # fmt: skip
    assert " 0:46 " in lines[0]
    assert "Director of IT Operations" in lines[0]


def test_the_list_for_machines_is_one_object_a_session(stored: Replay, two: list[str]) -> None:
    done = run("sessions", "list", "--json")

    assert [line["id"] for line in done.lines] == [stored.id, *two]
    assert done.lines[0]["state"] == "ended"
    assert done.lines[0]["folder"] == str(stored.folder)
    assert done.err == ""


def test_a_broken_session_is_named_on_stderr_and_hides_no_other(two: list[str], data: Path) -> None:
    (data / "sessions" / two[0] / "session.json").write_text("{")

    done = run("sessions", "list", "--json")

    assert [line["id"] for line in done.lines] == [two[1]]
    assert two[0] in done.message


# -- show and verify ------------------------------------------------------------------------------


def test_show_prints_the_very_events_that_were_printed_live(stored: Replay) -> None:
    done = run("sessions", "show", stored.id, "--json")

    assert done.code == 0
    assert done.lines == stored.done.lines[:-1]


def test_show_prints_lines_a_person_can_read(stored: Replay) -> None:
    done = run("sessions", "show", "last", "--before-rating")

    assert done.code == 0
    for part in (
        "You: ",
        "Candidate: ",
        "Question 1 of ",
        "Point evidenced: Private conversation. Quote: ",
    ):
        assert part in done.out
    assert "{" not in done.out


def test_show_leaves_out_what_was_found_until_it_is_rated_or_asked_for(stored: Replay) -> None:
    hidden = run("sessions", "show", "last")
    untouched = read_reviewed(SessionFolder(stored.folder))
    shown = run("sessions", "show", "last", "--before-rating")

    assert "Question 1 of " in hidden.out
    assert "Candidate: " in hidden.out
    for found in ("evidenced", "Quote: ", "Suggestion", "not heard yet"):
        assert found not in hidden.out
    assert "is left out until you have rated" in hidden.err
    assert untouched.lifted == []
    assert "Point evidenced: " in shown.out
    assert "noted in the review" in shown.err
    [lifted] = read_reviewed(SessionFolder(stored.folder)).lifted
    assert (lifted.question, lifted.why) == (None, "report")


def test_the_events_for_machines_tell_all_and_that_is_noted(stored: Replay) -> None:
    run("sessions", "show", "last", "--json")

    assert read_reviewed(SessionFolder(stored.folder)).hidden() == ()


def test_show_works_although_the_review_is_damaged(stored: Replay) -> None:
    folder = SessionFolder(stored.folder)
    folder.review_path.write_text("{}\n{}\n", "utf-8")

    for options in ([], ["--json"]):
        done = run("sessions", "show", "last", *options)
        assert done.code == 0, done.err
        assert done.out


def test_verify_counts_events_and_names_the_head(stored: Replay) -> None:
    people = run("sessions", "verify", stored.id)
    machines = run("sessions", "verify", stored.id[:-2], "--json")

    [result] = machines.lines
    assert people.code == machines.code == 0
    assert f"{result['events']} events, the chain is whole" in people.out
    assert result["events"] == len(stored.done.lines) - 1
    assert (result["id"], result["torn_bytes"], result["ended"]) == (stored.id, 0, True)
    assert len(result["head"]) == 64


def test_verify_tells_of_a_session_that_was_cut_off(stored: Replay) -> None:
    folder = SessionFolder(stored.folder)
    folder.write_record(folder.record().model_copy(update={"ended": None}))
    lines = folder.journal_path.read_bytes().splitlines(keepends=True)
    folder.journal_path.write_bytes(b"".join(lines[:5]) + lines[5][:100])

    people = run("sessions", "verify", "last")
    machines = run("sessions", "verify", "last", "--json")

    assert people.code == 0
    assert "5 events" in people.out
    assert "cut off (100 bytes)" in people.out
    assert "interrupted" in people.out
    assert (machines.lines[0]["torn_bytes"], machines.lines[0]["ended"]) == (100, False)


@pytest.mark.parametrize("command", [["sessions", "verify"], ["sessions", "show"], ["report"]])
@pytest.mark.parametrize("harm", ["changed", "removed", "cut"])
def test_a_journal_that_was_tampered_with_is_refused(
    stored: Replay, command: list[str], harm: str
) -> None:
    path = stored.folder / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    if harm == "changed":
        lines[3] = lines[3].replace(b'"at_s":', b'"at_s": ', 1)
    else:
        del lines[3 if harm == "removed" else -1]
    path.write_bytes(b"".join(lines))

    done = run(*command, "last")

    assert (done.code, done.out) == (4, "")
    assert "journal.jsonl" in done.message
    assert "backup" in done.message


# -- which session --------------------------------------------------------------------------------

BY_ID = [["sessions", "show"], ["sessions", "verify"], ["sessions", "delete", "--yes"], ["report"]]


@pytest.mark.parametrize("command", BY_ID)
def test_an_unknown_session_names_the_nearest(two: list[str], command: list[str]) -> None:
    done = run(*command, "20260302-090000-abce")

    assert (done.code, done.out) == (4, "")
    assert "there is no session '20260302-090000-abce'" in done.message
    assert "Did you mean" in done.message


@pytest.mark.parametrize("command", BY_ID)
@pytest.mark.parametrize("session", ["last", "2026", ""])
def test_where_nothing_is_stored_no_session_is_found(command: list[str], session: str) -> None:
    done = run(*command, session)

    assert (done.code, done.out) == (4, "")
    assert "Nothing is stored yet" in done.message


@pytest.mark.parametrize("command", BY_ID)
def test_the_beginning_of_two_ids_is_not_enough(two: list[str], data: Path, command) -> None:
    done = run(*command, "20260302")

    assert (done.code, done.out) == (4, "")
    assert "2 sessions begin with '20260302'" in done.message
    assert all(session_id in done.message for session_id in two)
    assert _ids(data) == sorted(two)


def test_a_session_in_which_nothing_happened_has_no_report(two: list[str]) -> None:
    done = run("report", two[0])

    assert (done.code, done.out) == (4, "")
    assert "holds no event" in done.message


def test_a_session_without_a_journal(two: list[str], data: Path) -> None:
    (data / "sessions" / two[0] / "journal.jsonl").unlink()

    done = run("sessions", "verify", two[0])

    assert (done.code, done.out) == (4, "")
    assert "journal.jsonl" in done.message


# -- delete ---------------------------------------------------------------------------------------


def test_delete_removes_the_folder_and_no_other(stored: Replay, two: list[str]) -> None:
    done = run("sessions", "delete", stored.id, "--yes")

    assert (done.code, done.out) == (0, "")
    assert stored.id in done.err
    assert _ids(stored.data) == sorted(two)


def test_a_deleted_session_is_gone_for_every_command(two: list[str]) -> None:
    done = run("sessions", "delete", two[0], "--yes", "--json")
    assert [(line["id"], line["deleted"]) for line in done.lines] == [(two[0], True)]
    assert done.err == ""

    for command in BY_ID:
        assert run(*command, two[0]).code == 4
    assert run("sessions", "delete", "last", "--yes").code == 0
    assert run("sessions", "list", "--json").out == ""


def test_without_yes_and_without_anybody_to_ask_nothing_is_deleted(two: list[str]) -> None:
    done = run("sessions", "delete", two[0])

    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.message
    assert len(run("sessions", "list", "--json").lines) == 2


@pytest.mark.parametrize(
    ("answer", "left"), [("y\n", 1), ("Oui\n", 1), ("n\n", 2), ("\n", 2), ("", 2)]
)
def test_it_asks_a_person_and_keeps_unless_told(two: list[str], answer: str, left: int) -> None:
    ours, theirs = os.openpty()
    os.write(ours, answer.encode() or b"\x04")
    with os.fdopen(theirs) as terminal:
        done = run("sessions", "delete", two[0], stdin=terminal)
    os.close(ours)

    assert (done.code, done.out) == (0, "")
    assert two[0] in done.err
    assert len(run("sessions", "list", "--json").lines) == left


# -- report ---------------------------------------------------------------------------------------


def test_the_report_is_markdown_or_the_summary(stored: Replay) -> None:
    text = run("report", "last")
    data = run("report", "last", "--format", "json")

    assert text.code == data.code == 0
    assert text.out.startswith("# ")
    assert "I closed the door" in text.out
    found = json.loads(data.out)["summary"]
    assert {**found, "reviews": []} == stored.done.lines[-1]  # that it was shown is a review


def test_a_report_on_disk_is_what_stdout_would_have_said(stored: Replay, tmp_path: Path) -> None:
    path = tmp_path / "report.md"

    run("report", "last")

    done = run("report", "last", "--output", path)

    assert (done.code, done.out, done.err) == (0, "", f"Wrote {path}\n")
    assert path.read_text("utf-8") == run("report", "last").out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_interrupted_session_can_be_reported(stored: Replay) -> None:
    folder = SessionFolder(stored.folder)
    folder.write_record(folder.record().model_copy(update={"ended": None}))
    lines = folder.journal_path.read_bytes().splitlines(keepends=True)
    folder.journal_path.write_bytes(b"".join(lines[:9]) + lines[9][:50])

    done = run("report", "last")

    assert done.code == 0
    assert done.out.startswith("# ")


@pytest.mark.parametrize("where", ["missing/report.md", "taken", "file/report.md"])
def test_a_report_that_cannot_be_written_leaves_nothing(
    stored: Replay, tmp_path: Path, where: str
) -> None:
    place = tmp_path / "place"
    (place / "taken").mkdir(parents=True)
    (place / "file").write_text("no folder")
    before = names(place)

    done = run("report", "last", "--output", place / where)

    assert (done.code, done.out) == (6, "")
    assert str(place / where) in done.message
    assert names(place) == before


def test_a_report_written_to_a_pipe_leaves_the_pipe_in_place(
    stored: Replay, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    run("report", "last", "--output", pipe)

    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_an_earlier_report_is_replaced(stored: Replay, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("the earlier one, which was longer than any report ever is" * 1000)

    assert run("report", "last", "--output", path).code == 0

    assert path.read_text("utf-8") == run("report", "last").out
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_store_that_was_copied_elsewhere_is_found_there(
    stored: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move(stored.data, tmp_path / "moved")
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "moved"))

    assert run("sessions", "verify", stored.id).code == 0
