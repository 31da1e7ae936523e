"""A disk that is full: one clear error, nothing half-written, and on it goes when there is room.

Writes are made to fail for real, by the limit the system puts on the size of a file: a write that
crosses it is cut short, one that begins at it fails altogether. A full disk does the same.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from copilot.store import read_journal
from tests.builders import run_python

_COMMON = """
import json, resource, sys
from pathlib import Path
from copilot.errors import ExitCode, StorageError

def at_most(size):
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

path = Path(sys.argv[1])
"""

_JOURNAL = (
    _COMMON
    + """
import dataclasses
from copilot.store import Journal
from tests.story import Story

story = Story()
event = story.events[-1]

def next_event():
    return dataclasses.replace(event, seq=journal.count + 1)

at_most(int(sys.argv[2]))
journal = Journal(path)
error = None
journal_count = 0
try:
    while True:
        journal.append(story.events[0] if not journal.count else next_event())
except StorageError as caught:
    error = caught
count, size, head = journal.count, path.stat().st_size, journal.head
again = None
try:
    journal.append(next_event())
except StorageError as caught:
    again = str(caught)
at_most(None)
journal.append(next_event())
journal.close()
print(json.dumps({
    "message": error.message, "code": error.exit_code, "count": count, "size": size,
    "head": head, "again": again, "count_after": journal.count,
}))
"""
)


def _run(code: str, *arguments: object) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run_python(code, *arguments))
    return result


@pytest.fixture(scope="module")
def line_ends(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """At which sizes the journal that is written here ends with a whole line."""
    path = tmp_path_factory.mktemp("measure") / "journal.jsonl"
    _run(_JOURNAL, path, 8000)
    data = path.read_bytes()
    return [index + 1 for index, byte in enumerate(data) if byte == ord("\n")]


@pytest.mark.parametrize("room", [0, 1, 40, 180])
def test_a_journal_on_a_full_disk_says_so_and_ends_with_a_whole_line(
    tmp_path: Path, line_ends: list[int], room: int
) -> None:
    path = tmp_path / "journal.jsonl"
    limit = line_ends[3] + room

    seen = _run(_JOURNAL, path, limit)

    assert str(path) in seen["message"]
    assert seen["code"] == 6
    assert seen["again"] is not None
    assert seen["count"] == 4
    assert seen["size"] == line_ends[3]


def test_a_journal_goes_on_once_there_is_room_again(tmp_path: Path, line_ends: list[int]) -> None:
    path = tmp_path / "journal.jsonl"

    seen = _run(_JOURNAL, path, line_ends[3] + 40)

    reading = read_journal(path)
    assert [event.seq for event in reading.events] == [1, 2, 3, 4, 5]
    assert seen["count_after"] == 5
    assert json.loads(path.read_bytes().splitlines()[4])["prev"] == seen["head"]


_HOLDING = (
    _COMMON
    + """
import dataclasses
from copilot.store import Journal
from tests.story import Story

story = Story()
event = story.events[-1]
journal = Journal(path, holding=True)
seen = []

def append(times):
    for _ in range(times):
        first = not journal.count
        journal.append(story.events[0] if first else dataclasses.replace(event, seq=journal.count + 1))

def note():
    trouble = journal.trouble and journal.trouble.message
    seen.append([journal.count, journal.pending, path.read_bytes().count(b"\\n"), trouble])

append(4)
note()
at_most(int(sys.argv[2]))
append(6)
note()
again = journal.retry()
at_most(int(sys.argv[3]))
journal.append(dataclasses.replace(event, seq=journal.count + 1))
note()
at_most(None)
retried = journal.retry()
note()
append(3)
note()
journal.close()
print(json.dumps({"seen": seen, "head": journal.head, "again": again, "retried": retried}))
"""
)


@pytest.mark.parametrize("room", [0, 1, 40, 180])
def test_a_holding_journal_keeps_events_in_memory_until_there_is_room(
    tmp_path: Path, line_ends: list[int], room: int
) -> None:
    path = tmp_path / "journal.jsonl"
    length = line_ends[4] - line_ends[3]

    seen = _run(_HOLDING, path, line_ends[3] + room, line_ends[3] + 2 * length + 60 + room)

    whole, full, more, again, after = seen["seen"]
    assert whole == [4, 0, 4, None]
    assert full[:3] == [10, 6, 4]
    assert str(path) in full[3]
    assert more[0] == 11
    assert more[1] + more[2] == 11
    assert more[2] > 4  # lines that fit are written though not all do
    assert (seen["again"], seen["retried"]) == (False, True)
    assert again == [11, 0, 11, None]
    assert after == [14, 0, 14, None]
    reading = read_journal(path)
    assert [event.seq for event in reading.events] == list(range(1, 15))
    assert (reading.head, reading.torn_bytes) == (seen["head"], 0)


_HOLDING_TO_THE_END = (
    _COMMON
    + """
from copilot.store import Journal
from tests.story import Story

journal = Journal(path, holding=True)
at_most(100)
for event in Story().events:
    journal.append(event)
for ask in (journal.sync, journal.close, journal.close):
    try:
        ask()
    except StorageError as error:
        print(json.dumps(error.message))
"""
)


def test_a_holding_journal_says_at_the_end_what_it_could_not_write(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"

    synced, closed = map(json.loads, run_python(_HOLDING_TO_THE_END, path).splitlines())

    assert str(path) in synced
    assert closed == f"{synced} 2 of 2 events could not be written."
    assert read_journal(path).events == ()
    assert path.read_bytes() == b""


_WRITE_PRIVATE = (
    _COMMON
    + """
from copilot.private_file import write_private

at_most(100)
try:
    write_private(path, b"x" * 5000)
except StorageError as error:
    print(json.dumps({"message": error.message, "names": [p.name for p in path.parent.iterdir()]}))
"""
)


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    path.write_bytes(b"the earlier one")

    seen = _run(_WRITE_PRIVATE, path)

    assert str(path) in seen["message"]
    assert seen["names"] == ["session.json"]
    assert path.read_bytes() == b"the earlier one"


def test_a_file_that_cannot_be_created_leaves_nothing_behind(tmp_path: Path) -> None:
    assert _run(_WRITE_PRIVATE, tmp_path / "session.json")["names"] == []


_CREATE = (
    _COMMON
    + """
from copilot.store import SessionStore
from tests.store.records import a_record

store = SessionStore(path)
at_most(10)
try:
    store.create(a_record())
except StorageError as error:
    print(json.dumps({"message": error.message, "left": [p.name for p in path.iterdir()]}))
"""
)


def test_a_session_that_cannot_be_created_leaves_no_folder_behind(tmp_path: Path) -> None:
    seen = _run(_CREATE, tmp_path / "sessions")

    assert "session.json" in seen["message"]
    assert seen["left"] == []
