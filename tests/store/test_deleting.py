"""A deleted session is gone: every file, every trace, and no byte of what was said is left."""

import contextlib
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copilot.errors import SessionError, StorageError
from copilot.store import SessionFolder, SessionStore, deleting
from copilot.store.deleting import Deletion, check_deletable, delete_sessions, finish_deletions
from copilot.store.exports import remember_export
from copilot.store.holds import Holds
from copilot.store.receipts import Receipts
from copilot.store.review_files import held_for_review
from copilot.store.telling_phrases import telling_phrases
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.store.killing import killed_at_every_step
from tests.store.records import held_by_another_program

_NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
_HUMAN = Deletion("ada", _NOW)
_ID = "20260302-090000-abcd"
_OTHER = "20260303-090000-ef01"
_SAID = b"a way back to the old oven"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(folder))
    return folder


@pytest.fixture
def session(data: Path) -> SessionFolder:
    folder = keep(an_interview().events, _ID)
    folder.reports_path.mkdir(mode=0o700)
    (folder.reports_path / "report.md").write_bytes(b"# " + _SAID)
    folder.audio_path("candidate").write_bytes(b"RIFF" + bytes(1000))
    return folder


def _holding(folder: Path, text: bytes) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and text in path.read_bytes()
    ]


def test_nothing_of_it_is_left_and_the_receipt_proves_it(
    data: Path, session: SessionFolder
) -> None:
    assert _holding(data, _SAID)

    [receipt] = delete_sessions([session], _HUMAN)

    assert _holding(data, _SAID) == []
    assert [path.name for path in (data / "sessions").iterdir()] == []
    assert receipt.check is not None
    assert (receipt.check.result, receipt.check.found_in) == ("clean", ())
    assert receipt.check.phrases >= 2
    assert {kind: each.files for kind, each in receipt.removed.items()} == {
        "recordings": 1, "transcript": 1, "reports": 1, "record": 1,
    }  # fmt: skip
    assert receipt.removed["recordings"].bytes == 1004
    assert (receipt.by, receipt.reason) == ("ada", "asked")


def test_a_receipt_holds_no_word_of_the_session(data: Path, session: SessionFolder) -> None:
    record = session.record()

    delete_sessions([session], _HUMAN)

    path = Receipts(data).path(_ID)
    text = path.read_text("utf-8")
    assert record.title not in text
    assert record.role not in text
    assert record.source not in text
    assert json.loads(text)["deleted_at"] == "2026-04-01T12:00:00+00:00"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_copies_elsewhere_are_named_and_left_alone(
    tmp_path: Path, data: Path, session: SessionFolder
) -> None:
    copy = tmp_path / "report.md"
    copy.write_bytes(_SAID)
    remember_export(session.path, copy, "report", written_at=_NOW)

    [receipt] = delete_sessions([session], _HUMAN)

    assert [(each.path, each.kind) for each in receipt.outside] == [(str(copy), "report")]
    assert copy.exists()


def test_words_that_stand_in_another_session_are_found(data: Path, session: SessionFolder) -> None:
    keep(an_interview().events, _OTHER)

    [receipt] = delete_sessions([session], _HUMAN)

    assert receipt.check is not None
    assert receipt.check.result == "found"
    assert receipt.check.found_in == (f"sessions/{_OTHER}/journal.jsonl",)


def test_several_are_searched_for_once_all_of_them_are_gone(
    data: Path, session: SessionFolder
) -> None:
    other = keep(an_interview().events, _OTHER)

    receipts = delete_sessions([session, other], Deletion("ada", _NOW, "retention"))

    assert [(each.id, each.reason) for each in receipts] == [
        (_ID, "retention"), (_OTHER, "retention"),
    ]  # fmt: skip
    assert all(each.check is not None and each.check.result == "clean" for each in receipts)


def test_our_own_drafts_go_and_what_somebody_else_named_stays(
    data: Path, session: SessionFolder
) -> None:
    (data / f".{_ID}.new").write_bytes(_SAID)
    (data / f"{_ID}-my-own-backup.txt").write_bytes(b"something else")

    [receipt] = delete_sessions([session], _HUMAN)

    assert receipt.check is not None
    assert receipt.check.result == "clean"
    assert [path.name for path in data.glob("*my-own*")] == [f"{_ID}-my-own-backup.txt"]


@pytest.mark.parametrize("name", ["git", "new", "2"])
def test_a_session_of_any_name_takes_no_other_hidden_file_along(
    data: Path, session: SessionFolder, name: str
) -> None:
    others = [".git", ".newest", f".{_OTHER}.json.new", ".config2"]
    for other in others:
        (data / "sessions" / other).mkdir()
    renamed = SessionFolder(session.path.rename(session.path.with_name(name)))

    delete_sessions([renamed], _HUMAN)

    assert sorted(path.name for path in (data / "sessions").iterdir()) == sorted(others)


def test_a_folder_with_nothing_but_the_hidden_beginning_takes_nothing_along(data: Path) -> None:
    for name in (".deleting-", ".stfolder"):
        (data / "sessions" / name).mkdir(parents=True)
    (data / ".keep.new").touch()

    finish_deletions(SessionStore(), _NOW)

    assert (data / "sessions" / ".stfolder").is_dir()
    assert (data / ".keep.new").is_file()


def test_a_broken_journal_can_be_deleted_and_searched_for(
    data: Path, session: SessionFolder
) -> None:
    lines = session.journal_path.read_bytes().splitlines(keepends=True)
    session.journal_path.write_bytes(b"".join(lines[:3]) + b"{\n" + b"".join(lines[4:])[:-40])
    (session.path / "session.json").write_bytes(b"{")

    [receipt] = delete_sessions([session], _HUMAN)

    assert receipt.check is not None
    assert receipt.check.phrases > 0
    assert receipt.check.result == "clean"


# -- what must not be deleted ---------------------------------------------------------------------


def test_a_session_in_use_is_kept(data: Path, session: SessionFolder) -> None:
    with held_by_another_program(session), pytest.raises(SessionError, match="in use"):
        delete_sessions([session], _HUMAN)
    with held_for_review(session), pytest.raises(SessionError, match="being reviewed"):
        delete_sessions([session], _HUMAN)

    assert session.read_journal().events
    assert not (data / "receipts").exists()


def test_one_that_must_stay_keeps_the_others_too(data: Path, session: SessionFolder) -> None:
    other = keep(an_interview().events, _OTHER)
    Holds(data).put(_OTHER, since=_NOW, by="ada", reason="a dispute")

    with pytest.raises(SessionError, match=r"on hold since 2026-04-01.*a dispute"):
        delete_sessions([session, other], _HUMAN)

    assert len(SessionStore().folders()) == 2


def test_one_that_somebody_opens_at_the_last_moment_is_kept(
    data: Path, session: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = keep(an_interview().events, _OTHER)
    looked = deleting.known_of

    with contextlib.ExitStack() as opened:

        def and_opened(folder: SessionFolder) -> deleting.Known:
            if folder.id == _ID:
                opened.enter_context(held_for_review(folder))
            return looked(folder)

        monkeypatch.setattr(deleting, "known_of", and_opened)
        with pytest.raises(SessionError, match=f"{_ID} is being reviewed"):
            delete_sessions([session, other], _HUMAN)

    assert session.journal_path.is_file()
    assert not other.path.exists()
    assert [receipt.id for receipt in Receipts(data).all()[0]] == [_OTHER]
    assert finish_deletions(SessionStore(), _NOW) == []


def test_a_broken_hold_binds_all_the_same(data: Path, session: SessionFolder) -> None:
    Holds(data).put(_ID, since=_NOW, by="ada", reason="")
    (data / "holds" / f"{_ID}.json").write_text("{")

    with pytest.raises(SessionError, match="cannot be read"):
        check_deletable(session)


def test_a_link_to_another_place_is_not_followed(
    tmp_path: Path, data: Path, session: SessionFolder
) -> None:
    session.path.rename(tmp_path / "elsewhere")
    session.path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SessionError, match="a link"):
        delete_sessions([session], _HUMAN)


def test_a_disk_that_refuses_is_named_and_nothing_is_gone(
    data: Path, session: SessionFolder
) -> None:
    (data / "receipts").write_text("in the way")

    with pytest.raises(StorageError, match="receipts"):
        delete_sessions([session], _HUMAN)

    assert session.read_journal().events


# -- programs that are killed ---------------------------------------------------------------------

_DELETE = """
from datetime import UTC, datetime
from copilot.store import SessionFolder
from copilot.store.deleting import Deletion, delete_sessions

# What is loaded late would count as steps on disk.
import copilot.store.encryption.copies, copilot.store.index.forgetting, copilot.store.lab_traces

def act(folder):
    delete_sessions([SessionFolder(folder)], Deletion("ada", datetime(2026, 4, 1, tzinfo=UTC)))
"""


def _made(tmp_path: Path, number: int) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / str(number)))
        folder = keep(an_interview().events, _ID)
    (folder.path / "reports").mkdir()
    (folder.path / "reports" / "report.md").write_bytes(_SAID)
    return folder.path


def test_killed_at_any_step_it_is_either_whole_or_finished_later(tmp_path: Path) -> None:
    outcomes: set[str] = set()
    for folder in killed_at_every_step(_DELETE, lambda number: _made(tmp_path, number), at_most=60):
        root, data = folder.parent, folder.parent.parent
        store = SessionStore(root)
        shown = [each.id for each in store.folders()]

        finish_deletions(store, _NOW)

        if shown:
            outcomes.add("whole")
            assert SessionFolder(folder).read_journal().events
            assert not Receipts(data).begun_ids()
        else:
            outcomes.add("gone")
            assert list(root.iterdir()) == []
            assert _holding(data, _SAID) == []
            [receipt] = Receipts(data).all()[0]
            assert receipt.id == _ID
            assert receipt.check is not None
            assert receipt.check.result in ("clean", "not possible")
    assert outcomes == {"whole", "gone"}


def test_a_hidden_folder_without_its_receipt_is_finished(
    data: Path, session: SessionFolder
) -> None:
    session.path.rename(session.path.with_name(f".deleting-{_ID}"))

    [receipt] = finish_deletions(SessionStore(), _NOW)

    assert (receipt.id, receipt.check and receipt.check.result) == (_ID, "clean")
    assert _holding(data, _SAID) == []
    assert finish_deletions(SessionStore(), _NOW) == []


# -- what is looked for ---------------------------------------------------------------------------


def test_phrases_are_the_longest_of_what_was_said(session: SessionFolder) -> None:
    phrases = telling_phrases(session.path)

    assert phrases[0] == "In the end I did it all by myself."
    assert "How would you bring in a new oven?" not in phrases


def test_a_folder_without_journals_has_none(tmp_path: Path) -> None:
    assert telling_phrases(tmp_path) == ()
