"""A session that is gone leaves no byte of its text in the index."""

import shutil
import sqlite3

import pytest

from copilot.errors import StorageError
from copilot.review.reviewing import Review
from copilot.store.index import database, forget, index_path
from tests.review.test_reviewing import Clock
from tests.store.index.stored import asked, found, index_bytes, sessions, store, told

COUNT = 40


def _word(number: int) -> str:
    # Beginning differently, because the index keeps only the differing ends of neighbours.
    return f"{number:02}zwetschgen{number * 7919}kuchen"


def _words_in_index() -> set[str]:
    with sqlite3.connect(index_path()) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, words, instance)")
        return {term for [term] in connection.execute("SELECT term FROM v")}


@pytest.fixture
def ids() -> list[str]:
    """Many sessions in the index, each with words of its own."""
    folders = [
        store(
            told(*(f"Then {_word(number)}, {_word(number)} of {line}." for line in range(20))),
            tag=f"{number:04}",
        )
        for number in range(COUNT)
    ]
    assert len(sessions("then", limit=100)) == COUNT
    return [folder.id for folder in folders]


def test_forgetting_leaves_no_byte_and_no_word(ids: list[str]) -> None:
    for number in (7, 0, COUNT - 1):
        assert _word(number).encode() in index_bytes()

        forget(ids[number])

        left = index_bytes()
        assert _word(number).encode() not in left
        assert ids[number].encode() not in left
        assert _word(number) not in _words_in_index()
    assert _word(8) in _words_in_index()
    assert sorted(path.name for path in index_path().parent.glob("index*")) == ["index.sqlite3"]


def test_the_others_are_found_as_before(ids: list[str]) -> None:
    forget(ids[7])
    shutil.rmtree(index_path().parent / "sessions" / ids[7])

    assert len(sessions("then", limit=100)) == COUNT - 1
    assert len(found(_word(8))) == 20
    assert found(_word(7)) == []


def test_a_folder_that_somebody_removed_is_forgotten_by_the_next_search(ids: list[str]) -> None:
    shutil.rmtree(index_path().parent / "sessions" / ids[3])

    assert found(_word(3)) == []
    assert _word(3).encode() not in index_bytes()


def test_words_that_were_corrected_long_ago_go_as_well() -> None:
    folder = store(told("We had zwetschgenkuchen."))
    store(told("Bread."), "2026-04-02")
    assert found("zwetschgenkuchen")
    review = Review(folder, by="ada", clock=Clock())
    review.correct("u1", "We had plums.")
    review.close()
    assert not found("zwetschgenkuchen")

    forget(folder.id)

    assert b"zwetschgenkuchen" not in index_bytes()
    assert b"plums" not in index_bytes()


def test_where_there_is_nothing_to_forget_nothing_happens() -> None:
    forget("20260302-090000-abcd")
    assert not index_path().exists()

    store(told("Bread."))
    assert found("bread")
    forget("20200101-000000-0000")
    assert found("bread")


def test_an_index_that_cannot_be_read_is_removed() -> None:
    folder = store(told("Bread."))
    assert found("bread")
    index_path().write_bytes(b"zwetschgenkuchen" * 1000)

    forget(folder.id)

    assert not index_path().exists()
    assert found("bread") == ["Bread."]


def test_without_full_text_the_index_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = store(told("Bread."))
    assert found("bread")
    monkeypatch.setattr("copilot.store.index.forgetting.has_full_text", lambda: False)

    forget(folder.id)

    assert not index_path().exists()


def test_an_index_that_another_program_holds_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = store(told("Bread."))
    assert found("bread")
    monkeypatch.setattr(database, "_PATIENCE_S", 0.0)
    other = sqlite3.connect(index_path(), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StorageError, match=r"index\.sqlite3: database is locked"):
        forget(folder.id)

    other.execute("ROLLBACK")
    other.close()
    forget(folder.id)
    assert b"Bread" not in index_bytes()


def test_a_session_that_is_encrypted_by_now_leaves_no_byte() -> None:
    folder = store(told("We had zwetschgenkuchen."))
    assert found("zwetschgenkuchen")
    (folder.path / "session.json").write_text(f'{{"format":1,"id":"{folder.id}","encrypted":1}}')

    answer = asked("zwetschgenkuchen")

    assert (answer.sessions, answer.encrypted, answer.damaged) == ((), 1, ())
    assert b"zwetschgenkuchen" not in index_bytes()
    assert b"Head Baker" not in index_bytes()
