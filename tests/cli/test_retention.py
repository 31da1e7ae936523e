"""``sessions retention``, ``due``, ``purge``, ``hold`` and ``receipts``."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.store import SessionStore
from tests.cli.command import run
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.store.records import a_record, held_by_another_program

_OLD, _YOUNG, _NEAR = "20200302-090000-abcd", "20260302-101500-ef01", "20260302-101500-ef02"


@pytest.fixture
def three(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionStore:
    """An old session, one of yesterday, and one that comes due within days; kept 100 days."""
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path / "config"))
    store, now = SessionStore(), datetime.now(UTC)
    for session_id, age in ((_OLD, 2000), (_YOUNG, 1), (_NEAR, 95)):
        folder = keep(an_interview().events, session_id)
        began = (now - timedelta(days=age)).isoformat(timespec="seconds")
        record = a_record(session_id, started_at=began)
        folder.write_record(record.model_copy(update={"ended": folder.record().ended}))
    assert run("sessions", "retention", "100").code == 0
    return store


def _left(store: SessionStore) -> list[str]:
    return sorted(folder.id for folder in store.folders())


def test_a_time_is_set_by_role_and_shown(three: SessionStore) -> None:
    assert run("sessions", "retention", "baker", "30").code == 0
    assert run("sessions", "retention", "operations-manager", "keep").code == 0

    shown = run("sessions", "retention")
    assert shown.out.splitlines() == [
        "default                      100 days from the interview's start",
        "baker                        30 days from the interview's start",
        "operations-manager           kept until somebody deletes it",
    ]
    assert run("sessions", "retention", "--json").lines == [
        {"default": 100, "baker": 30, "operations-manager": "keep"}
    ]
    assert run("sessions", "retention", "baker", "default").code == 0
    assert run("sessions", "retention", "--json").lines[0].keys() == {
        "default", "operations-manager",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["0"], "no number of days"),
        (["3.5"], "no number of days"),
        (["٣٠"], "no number of days"),
        (["99999999"], "no number of days"),
        (["bakr", "30"], "Did you mean 'baker'?"),
        (["cook", "default"], "goes by the default already"),
    ],
)
def test_what_cannot_be_set_is_refused(three: SessionStore, given: list[str], said: str) -> None:
    done = run("sessions", "retention", *given)

    assert (done.code, done.out) == (2, "")
    assert said in done.message
    assert run("sessions", "retention", "--json").lines == [{"default": 100}]


def test_due_lists_what_is_past_its_date_and_what_will_be(three: SessionStore) -> None:
    lines = run("sessions", "due").out.splitlines()
    machines = run("sessions", "due", "--json").lines

    assert [line.split()[0] for line in lines] == [_OLD, _NEAR]
    assert "past its date since " in lines[0]
    assert "due on " in lines[1]
    assert [(line["id"], line["due"]) for line in machines] == [(_OLD, True), (_NEAR, False)]


def test_nothing_is_due_where_nothing_was_chosen(three: SessionStore) -> None:
    run("sessions", "retention", "keep")

    assert "Nothing is past its date" in run("sessions", "due").out
    assert run("sessions", "due", "--json").out == ""
    assert run("sessions", "purge", "--yes").code == 0
    assert len(_left(three)) == 3


def test_a_dry_run_names_what_would_go_and_deletes_nothing(three: SessionStore) -> None:
    done = run("sessions", "purge", "--dry-run")

    assert done.code == 0
    assert _OLD in done.err
    assert _NEAR not in done.err
    assert len(_left(three)) == 3


@pytest.mark.parametrize(("answer", "left"), [("y\n", 2), ("n\n", 3)])
def test_purge_asks_and_names_how_many(three: SessionStore, answer: str, left: int) -> None:
    ours, theirs = os.openpty()
    os.write(ours, answer.encode())
    with os.fdopen(theirs) as terminal:
        done = run("sessions", "purge", stdin=terminal)
    os.close(ours)

    assert "Delete 1 interview with sound and text for good? [y/N]" in done.err
    assert len(_left(three)) == left


def test_purge_without_anybody_to_ask_deletes_nothing(three: SessionStore) -> None:
    done = run("sessions", "purge")

    assert done.code == 2
    assert "--yes" in done.err
    assert len(_left(three)) == 3


def test_what_is_purged_has_a_receipt_that_says_why(three: SessionStore) -> None:
    # The same words stand in the two others, which is told as a failure: delete those first.
    for session_id in (_YOUNG, _NEAR):
        run("sessions", "delete", session_id, "--yes")

    done = run("sessions", "purge", "--yes", "--json")

    assert done.code == 0
    assert [(line["id"], line["reason"]) for line in done.lines] == [(_OLD, "retention")]
    listed = run("sessions", "receipts", "--json").lines
    assert {line["id"] for line in listed} == {_OLD, _YOUNG, _NEAR}
    assert "nothing left" in run("sessions", "receipts").out
    assert _left(three) == []


def test_words_left_in_another_session_are_a_failure_that_names_it(three: SessionStore) -> None:
    done = run("sessions", "purge", "--yes")

    assert done.code == 1
    assert f"still there: {three.root / _NEAR / 'journal.jsonl'}" in done.err
    assert _left(three) == [_YOUNG, _NEAR]


def test_what_is_on_hold_or_in_use_is_never_purged(three: SessionStore) -> None:
    assert run("sessions", "hold", _OLD, "--reason", "case 4711").code == 0
    held = run("sessions", "purge", "--yes")
    refused = run("sessions", "delete", _OLD, "--yes")

    assert (held.code, refused.code) == (0, 4)
    assert "case 4711" in held.err
    assert "--off" in refused.message
    assert "on hold" in run("sessions", "due").out
    assert run("sessions", "hold", _OLD, "--off", "--json").lines == [{"id": _OLD, "hold": None}]

    with held_by_another_program(three.find(_OLD)):
        assert "in use" in run("sessions", "purge", "--yes").err
    assert len(_left(three)) == 3


def test_no_receipt_is_said_too(data: Path) -> None:
    assert run("sessions", "receipts").out == "No session was deleted.\n"
    assert run("sessions", "receipts", "--json").out == ""


def test_a_broken_receipt_is_named_and_hides_no_other(three: SessionStore, data: Path) -> None:
    run("sessions", "delete", _OLD, "--yes")
    (data / "receipts" / "x.json").write_text("{")

    done = run("sessions", "receipts", "--json")

    assert [line["id"] for line in done.lines] == [_OLD]
    assert "x.json" in done.message
