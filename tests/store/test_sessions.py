"""Session folders: private, found by any clear name, and never lost by accident."""

import json
import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.errors import SessionError, StorageError
from copilot.events import CaptureKind
from copilot.store import (
    SessionFolder,
    SessionStore,
    new_session_id,
    open_journal,
    read_journal,
)
from tests.store.records import a_record, ended_with, held_by_another_program
from tests.story import Story

OLD, MIDDLE, NEW = "20260301-090000-aaaa", "20260301-100000-bbbb", "20260405-080000-cccc"


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore()


def _keep(store: SessionStore, session_id: str = NEW, *, ended: bool = True) -> SessionFolder:
    """A stored session with a short journal."""
    folder = store.create(a_record(session_id))
    story = Story()
    story.end(at_s=10)
    with open_journal(folder) as journal:
        for event in story.events:
            journal.append(event)
    if ended:
        folder.write_record(
            a_record(session_id, ended=ended_with(read_journal(folder.journal_path)))
        )
    return folder


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# -- making and reading ---------------------------------------------------------------------------


def test_sessions_live_in_the_users_data_folder(store: SessionStore, tmp_path: Path) -> None:
    folder = store.create(a_record(NEW))

    assert folder.path == tmp_path / "data" / "sessions" / NEW
    assert folder.id == NEW


def test_the_folder_and_its_files_are_for_their_owner_alone(store: SessionStore) -> None:
    before = os.umask(0)
    try:
        folder = _keep(store)
    finally:
        os.umask(before)

    assert _mode(store.root) == _mode(folder.path) == 0o700
    assert {path.name: _mode(path) for path in folder.path.iterdir()} == {
        "session.json": 0o600,
        "journal.jsonl": 0o600,
    }


def test_the_lock_file_is_for_its_owner_alone(store: SessionStore) -> None:
    folder = _keep(store)
    with folder.locked():
        assert {_mode(path) for path in folder.path.iterdir()} == {0o600}


def test_the_record_is_read_back_as_it_was_written(store: SessionStore) -> None:
    assert store.create(a_record(NEW)).record() == a_record(NEW)


def test_a_session_is_never_created_over_another(store: SessionStore) -> None:
    folder = _keep(store)

    with pytest.raises(StorageError, match="File exists"):
        store.create(a_record(NEW, role="other"))
    assert folder.record().role == "baker"
    assert len(folder.read_journal().events) == 3


def test_a_data_folder_that_is_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(StorageError, match=re.escape(str(tmp_path / "data"))):
        SessionStore().create(a_record())


def test_files_of_a_session_have_their_places(store: SessionStore) -> None:
    folder = store.create(a_record(NEW))

    assert folder.journal_path == folder.path / "journal.jsonl"
    assert folder.audio_path("candidate") == folder.path / "candidate.wav"
    assert folder.reports_path == folder.path / "reports"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"id": 3}', "\x00"])
def test_a_damaged_record_is_an_error_that_names_the_file(store: SessionStore, text: str) -> None:
    folder = store.create(a_record(NEW))
    (folder.path / "session.json").write_text(text)

    with pytest.raises(SessionError, match=r"session\.json") as caught:
        folder.record()
    assert "journal beside it" in caught.value.remedy


def test_an_unknown_key_in_the_record_is_named(store: SessionStore) -> None:
    folder = store.create(a_record(NEW))
    path = folder.path / "session.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "score": 4}))

    with pytest.raises(SessionError, match="score"):
        folder.record()


def test_a_folder_without_a_record_is_no_session(store: SessionStore) -> None:
    (store.root / "holiday-photos").mkdir(parents=True)

    assert store.folders() == []
    with pytest.raises(SessionError, match="No such file"):
        SessionFolder(store.root / "holiday-photos").record()


# -- ids and finding ------------------------------------------------------------------------------


def test_ids_sort_by_time_within_a_second_too() -> None:
    early = new_session_id(datetime(2026, 3, 2, 9, 5, 7, tzinfo=UTC))
    late = new_session_id(datetime(2026, 11, 21, 14, 5, 12, tzinfo=UTC))

    a_moment_later = new_session_id(datetime(2026, 11, 21, 14, 5, 12, 30, tzinfo=UTC))

    assert re.fullmatch(r"20260302-090507-[0-9a-f]{5}", early)
    assert early < late < a_moment_later < new_session_id()


def test_no_sessions_are_found_before_there_are_any(store: SessionStore) -> None:
    assert store.folders() == []
    for name in ("last", NEW, ""):
        with pytest.raises(SessionError, match="there is no session") as caught:
            store.find(name)
        assert caught.value.remedy == "Nothing is stored yet."


def test_sessions_are_listed_newest_first(store: SessionStore) -> None:
    for session_id in (MIDDLE, NEW, OLD):
        _keep(store, session_id)

    assert [folder.id for folder in store.folders()] == [NEW, MIDDLE, OLD]


def test_a_session_is_found_by_its_id_its_beginning_or_as_the_last_one(
    store: SessionStore,
) -> None:
    for session_id in (OLD, MIDDLE, NEW):
        _keep(store, session_id)

    assert store.find(OLD).id == OLD
    assert store.find("20260301-10").id == MIDDLE
    assert store.find("202604").id == NEW
    assert store.find("last").id == NEW


def test_an_id_that_begins_another_one_is_still_found(store: SessionStore) -> None:
    _keep(store, OLD)
    _keep(store, OLD + "-copy")

    assert store.find(OLD).id == OLD


def test_a_beginning_that_fits_several_is_refused_and_they_are_named(store: SessionStore) -> None:
    for session_id in (OLD, MIDDLE, NEW):
        _keep(store, session_id)

    with pytest.raises(SessionError, match="2 sessions begin with '20260301'") as caught:
        store.find("20260301")
    assert OLD in caught.value.remedy
    assert MIDDLE in caught.value.remedy
    assert NEW not in caught.value.remedy


def test_an_unknown_id_is_refused_and_the_nearest_is_named(store: SessionStore) -> None:
    _keep(store, OLD)
    _keep(store, NEW)

    with pytest.raises(SessionError, match="there is no session '20260405-080000-cccd'") as caught:
        store.find("20260405-080000-cccd")
    assert caught.value.remedy == f"Did you mean {NEW!r}?"


@pytest.mark.parametrize("name", ["", ".", "..", "../sessions", "*", "/", f"{NEW}/"])
def test_odd_names_find_nothing(store: SessionStore, name: str) -> None:
    _keep(store, NEW)

    with pytest.raises(SessionError, match="there is no session"):
        store.find(name)


# -- how a session stands -------------------------------------------------------------------------


def test_a_session_that_ended_cleanly_is_ended(store: SessionStore) -> None:
    assert _keep(store).state() == "ended"


def test_a_session_that_nobody_runs_and_that_never_ended_was_interrupted(
    store: SessionStore,
) -> None:
    assert _keep(store, ended=False).state() == "interrupted"


def test_a_session_another_program_records_into_is_running(store: SessionStore) -> None:
    folder = _keep(store, ended=False)

    with held_by_another_program(folder):
        assert folder.state() == "running"
    # That program was killed, so it could not say goodbye.
    assert folder.state() == "interrupted"


def test_two_programs_never_record_into_one_session(store: SessionStore) -> None:
    folder = _keep(store, ended=False)

    with (
        held_by_another_program(folder),
        pytest.raises(SessionError, match="in use by another program"),
        folder.locked(),
    ):
        pytest.fail("two programs hold the session")
    with folder.locked():
        assert folder.state() == "running"


# -- a journal and its record ---------------------------------------------------------------------


def test_the_journal_of_an_ended_session_is_read_whole(store: SessionStore) -> None:
    assert len(_keep(store).read_journal().events) == 3


def test_the_journal_of_an_interrupted_session_is_read_as_far_as_it_goes(
    store: SessionStore,
) -> None:
    folder = _keep(store, ended=False)
    data = folder.journal_path.read_bytes()
    folder.journal_path.write_bytes(data[:-10])

    reading = folder.read_journal()

    assert len(reading.events) == 2
    assert reading.torn_bytes > 0


def test_a_missing_tail_of_an_ended_session_is_noticed(store: SessionStore) -> None:
    folder = _keep(store)
    lines = folder.journal_path.read_bytes().splitlines(keepends=True)
    folder.journal_path.write_bytes(b"".join(lines[:-1]))
    assert len(read_journal(folder.journal_path).events) == 2  # the chain alone cannot tell

    with pytest.raises(SessionError, match=r"2 events .* ended with 3") as caught:
        folder.read_journal()
    assert "changed after the session" in caught.value.remedy


def test_a_changed_last_line_of_an_ended_session_is_noticed(store: SessionStore) -> None:
    folder = _keep(store)
    data = folder.journal_path.read_bytes()
    folder.journal_path.write_bytes(data.replace(b'"reason":"user"', b'"reason":"failed"'))
    assert len(read_journal(folder.journal_path).events) == 3

    with pytest.raises(SessionError, match="but the session ended with"):
        folder.read_journal()


def test_a_line_added_after_the_end_is_noticed(store: SessionStore, tmp_path: Path) -> None:
    folder = _keep(store)
    head = folder.read_journal().head
    last = folder.journal_path.read_bytes().splitlines()[-1]
    more = re.sub(rb'"prev":"[0-9a-f]+"', b'"prev":"%b"' % head.encode(), last)
    with folder.journal_path.open("ab") as file:
        file.write(more + b"\n")

    with pytest.raises(SessionError, match=r"4 events .* ended with 3"):
        folder.read_journal()


# -- deleting -------------------------------------------------------------------------------------


def test_a_deleted_session_is_gone_with_all_its_files(store: SessionStore) -> None:
    folder = _keep(store)
    folder.audio_path("candidate").write_bytes(b"RIFF")
    folder.reports_path.mkdir()
    (folder.reports_path / "report.md").write_text("# Report")
    other = _keep(store, OLD)

    folder.delete()

    assert [path.name for path in store.root.iterdir()] == [OLD]
    assert other.state() == "ended"


def test_a_running_session_cannot_be_deleted(store: SessionStore) -> None:
    folder = _keep(store, ended=False)

    with held_by_another_program(folder):
        with pytest.raises(SessionError, match="is running") as caught:
            folder.delete()
        assert "End it first" in caught.value.remedy
        assert len(read_journal(folder.journal_path).events) == 3

    folder.delete()
    assert not folder.path.exists()


@pytest.mark.parametrize(
    ("capture", "goes_on"), [(CaptureKind.RECORDING, False), (CaptureKind.CALL, True)]
)
def test_a_call_can_be_gone_on_with_and_a_replay_cannot(
    store: SessionStore, capture: CaptureKind, goes_on: bool
) -> None:
    folder = store.create(a_record(capture=capture))
    with open_journal(folder) as journal:
        for event in Story().events:
            journal.append(event)

    assert folder.is_resumable() is goes_on
