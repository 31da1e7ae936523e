"""The index is a cache: it is kept up with the sessions, and whatever happens to it costs time only."""

import json
import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from copilot.errors import CopilotError, StorageError
from copilot.review.indexing import content_of
from copilot.store import SessionFolder, SessionStore
from copilot.store.index import (
    Content,
    Query,
    bring_up_to_date,
    database,
    index_path,
    refreshing,
    search,
)
from tests.builders import run_python
from tests.store.index.stored import asked, found, sessions, store, told

QUERY = Query(words=("bread",))


class Reading:
    """Reads sessions, and remembers which."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, folder: SessionFolder) -> Content:
        self.read.append(folder.id)
        return content_of(folder)


@pytest.fixture
def three() -> list[SessionFolder]:
    """Three sessions, the oldest first."""
    return [store(told("Bread."), day) for day in ("2026-03-01", "2026-03-02", "2026-03-03")]


def test_only_what_changed_is_read_again(three: list[SessionFolder]) -> None:
    reading = Reading()
    search(QUERY, reading)
    assert sorted(reading.read) == [folder.id for folder in three]

    for path in (three[0].journal_path, three[1].review_path):
        with path.open("ab") as file:
            file.write(b"\n" * 3)
    new = store(told("Bread."), "2026-03-04")
    reading.read.clear()
    search(QUERY, reading)
    assert sorted(reading.read) == [three[0].id, three[1].id, new.id]

    reading.read.clear()
    search(QUERY, reading)
    assert reading.read == []


def test_where_nothing_is_stored_nothing_is_made() -> None:
    answer = asked("bread")

    assert (answer.sessions, answer.searched) == ((), 0)
    assert bring_up_to_date(content_of) == 0
    assert not index_path().parent.exists()


def test_the_index_is_private(three: list[SessionFolder]) -> None:
    asked("bread")
    assert stat.S_IMODE(index_path().stat().st_mode) == 0o600

    index_path().chmod(0o644)
    asked("bread")
    assert stat.S_IMODE(index_path().stat().st_mode) == 0o600


@pytest.mark.parametrize("harm", ["missing", "empty", "noise", "cut", "spoilt", "newer", "foreign"])
def test_an_index_that_is_no_use_is_made_anew(three: list[SessionFolder], harm: str) -> None:
    asked("bread")
    path = index_path()
    whole = path.read_bytes()
    if harm == "missing":
        path.unlink()
    elif harm == "empty":
        path.write_bytes(b"")
    elif harm == "noise":
        path.write_bytes(os.urandom(len(whole)))
    elif harm == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif harm == "spoilt":
        path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    else:
        path.unlink(missing_ok=harm == "foreign")
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE session (id)")
            connection.execute(f"PRAGMA user_version = {999 if harm == 'newer' else 0}")
        connection.close()

    answer = search(QUERY, content_of)

    assert len(answer.sessions) == 3
    told_so = harm not in {"missing", "empty"}
    assert bool(answer.words) == told_so
    assert not search(QUERY, content_of).words


def test_where_there_can_be_no_index_all_is_read_anew(three: list[SessionFolder]) -> None:
    index_path().mkdir()

    answer = search(QUERY, content_of)

    assert len(answer.sessions) == 3
    [word] = answer.words
    assert "no search index on disk" in word
    assert str(index_path()) in word
    with pytest.raises(StorageError):
        bring_up_to_date(content_of)


_FULL = """
import json, resource
from copilot.review.indexing import content_of
from copilot.store.index import Query, search
from tests.store.index.stored import store, told

def answer():
    found = search(Query(words=("bread",)), content_of)
    return [len(found.sessions), list(found.words)]

store(told("Bread."))
before = answer()
for day in range(10, 30):
    store(told(*(f"Bread {day} {line}." for line in range(50))), f"2026-03-{day}")
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, hard))
full = answer()
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
print(json.dumps([before, full, answer()]))
"""


def test_on_a_full_disk_the_index_is_searched_as_it_is() -> None:
    before, full, after = json.loads(run_python(_FULL))

    assert before == [1, []]
    assert full[0] >= 1
    assert "could not be brought up to date" in full[1][0]
    assert after == [20, []]


def test_while_another_program_writes_the_index_is_searched_as_it_is(
    three: list[SessionFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("bread")
    store(told("Bread."), "2026-03-04")
    monkeypatch.setattr(database, "_PATIENCE_S", 0.0)
    other = sqlite3.connect(index_path(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    answer = search(QUERY, content_of)

    other.execute("ROLLBACK")
    other.close()
    assert len(answer.sessions) == 3
    assert "database is locked" in answer.words[0]
    assert len(sessions("bread")) == 4


def test_what_was_read_before_a_break_is_not_read_again(
    three: list[SessionFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_BATCH", 2)
    reading = Reading()

    def broken_off(folder: SessionFolder) -> Content:
        if len(reading.read) == 2:
            raise KeyboardInterrupt
        return reading(folder)

    with pytest.raises(KeyboardInterrupt):
        search(QUERY, broken_off)
    assert reading.read == [three[2].id, three[1].id]

    reading.read.clear()
    assert len(search(QUERY, reading).sessions) == 3
    assert reading.read == [three[0].id]


def test_a_session_that_is_deleted_while_it_is_read_does_not_come_back(
    three: list[SessionFolder],
) -> None:
    def deleting(folder: SessionFolder) -> Content:
        content = content_of(folder)
        if folder.id == three[0].id:
            shutil.rmtree(folder.path)
        return content

    search(QUERY, deleting)

    with sqlite3.connect(index_path()) as connection:
        [[left]] = connection.execute("SELECT count(*) FROM said").fetchall()
    connection.close()
    assert left == 2
    assert len(sessions("bread")) == 2


def test_what_a_killed_program_left_is_scrubbed_by_the_next(
    three: list[SessionFolder],
) -> None:
    asked("bread")
    with sqlite3.connect(index_path()) as connection:
        connection.execute("INSERT INTO removal (pending) VALUES (1)")
    connection.close()

    asked("bread")

    with sqlite3.connect(index_path()) as connection:
        assert connection.execute("SELECT * FROM removal").fetchall() == []
    connection.close()


def test_without_full_text_there_is_no_search(
    three: list[SessionFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "has_full_text", lambda: False)

    with pytest.raises(CopilotError, match="FTS5") as error:
        search(QUERY, content_of)

    assert error.value.title == "Search not possible"
    assert error.value.remedy
    assert not index_path().exists()


def test_what_is_no_session_is_not_looked_at(three: list[SessionFolder]) -> None:
    root = SessionStore().root
    (root / "notes.txt").write_text("bread")
    (root / "empty").mkdir()
    (root / ".deleting-20260101-090000-abcd").mkdir()
    (root / ".deleting-20260101-090000-abcd" / "session.json").write_text("{}")

    assert asked("bread").searched == 3


def test_a_store_elsewhere_has_an_index_of_its_own(
    three: list[SessionFolder], tmp_path: Path
) -> None:
    other = SessionStore(tmp_path / "elsewhere" / "sessions")
    shutil.copytree(three[0].path, other.root / three[0].id)

    answer = search(QUERY, content_of, store=other)

    assert [session.id for session in answer.sessions] == [three[0].id]
    assert (tmp_path / "elsewhere" / "index.sqlite3").is_file()
    assert not index_path().exists()
    assert found("bread") == ["Bread."] * 3
