"""The journal: a chain nobody can change unseen, that a crash cannot break."""

import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import SessionError, StorageError
from copilot.events import Channel, Event, FindingState, SuggestionFate
from copilot.interview import replay
from copilot.store import GENESIS, Journal, line_hash, read_journal
from tests.builders import start_python
from tests.story import Story


def _story() -> Story:
    story = Story()
    story.ask("rollout", at_s=5)
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER)
    said = story.say("D'abord un essai, « à blanc »,\u2028puis 日本: ok?\n")
    story.find("pilot", FindingState.EVIDENCED, said=said, quote="un essai")
    story.offer()
    story.close("s1", SuggestionFate.TAKEN)
    story.end()
    return story


EVENTS: tuple[Event, ...] = tuple(_story().events)


def _write(path: Path, events: tuple[Event, ...] = EVENTS) -> Path:
    with Journal(path) as journal:
        for event in events:
            journal.append(event)
    return path


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return _write(tmp_path / "journal.jsonl")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _write(tmp_path_factory.mktemp("journal") / "journal.jsonl").read_bytes()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch") / "journal.jsonl"


# -- what stands in it ----------------------------------------------------------------------------


def test_what_was_written_is_read_back(journal: Path) -> None:
    reading = read_journal(journal)

    assert reading.events == EVENTS
    assert reading.torn_bytes == 0
    assert replay(reading.events) == _story().interview


def test_each_line_is_json_with_the_hash_of_the_line_before(journal: Path) -> None:
    head = GENESIS
    for line, event in zip(journal.read_bytes().splitlines(), EVENTS, strict=True):
        record = json.loads(line)
        assert set(record) == {"prev", "event"}
        assert record["prev"] == head
        assert record["event"]["type"] == event.type
        head = hashlib.sha256(line).hexdigest()
    assert read_journal(journal).head == head


def test_the_writer_knows_the_head_and_the_count_it_leaves_behind(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert (journal.head, journal.count) == (GENESIS, 0)
    for event in EVENTS:
        journal.append(event)
    journal.close()

    assert (journal.head, journal.count) == (read_journal(journal.path).head, len(EVENTS))


def test_an_event_is_on_disk_as_soon_as_it_is_appended(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl") as journal:
        for count, event in enumerate(EVENTS, start=1):
            journal.append(event)
            assert read_journal(journal.path).events == EVENTS[:count]


def test_an_empty_journal_holds_nothing(tmp_path: Path) -> None:
    reading = read_journal(_write(tmp_path / "journal.jsonl", ()))

    assert (reading.events, reading.head, reading.torn_bytes) == ((), GENESIS, 0)


def test_a_journal_is_readable_by_its_owner_alone(journal: Path) -> None:
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_an_existing_journal_is_never_overwritten(journal: Path) -> None:
    before = journal.read_bytes()

    with pytest.raises(StorageError, match=re.escape(str(journal))):
        Journal(journal)
    assert journal.read_bytes() == before


def test_a_journal_is_not_created_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No such file"):
        Journal(tmp_path / "gone" / "journal.jsonl")


def test_closing_twice_is_safe(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")

    journal.close()
    journal.close()


def test_the_disk_is_forced_once_a_second_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 100.0
    forced: list[int] = []
    monkeypatch.setattr("copilot.store.journal.os.fsync", forced.append)
    with Journal(tmp_path / "journal.jsonl", clock=lambda: now_s) as journal:
        for event, passed_s in zip(EVENTS, [0.0, 0.5, 0.4, 0.2, 0.9, 0.0, 0.1, 3.0], strict=False):
            now_s += passed_s
            journal.append(event)
        assert len(forced) == 3
    assert len(forced) == 4  # and once more on closing


# -- a file that goes away ------------------------------------------------------------------------


def test_a_holding_journal_whose_file_was_deleted_writes_all_of_it_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", holding=True)
    for event in EVENTS[:4]:
        journal.append(event)
    journal.path.unlink()
    with pytest.raises(StorageError, match="No such file"):
        journal.sync()
    assert "No such file" in str(journal.trouble)

    for event in EVENTS[4:]:
        journal.append(event)
    journal.close()

    assert (journal.count, journal.pending) == (len(EVENTS), 0)
    assert read_journal(journal.path).events == EVENTS
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_a_holding_journal_holds_on_while_its_folder_is_away(tmp_path: Path) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    journal = Journal(folder / "journal.jsonl", holding=True)
    journal.append(EVENTS[0])
    folder.rename(tmp_path / "away")
    with pytest.raises(StorageError, match="No such file"):
        journal.sync()
    for event in EVENTS[1:]:
        journal.append(event)
    assert journal.pending == len(EVENTS)
    assert not journal.retry()

    (tmp_path / "away").rename(folder)
    assert journal.retry()
    journal.close()

    assert read_journal(journal.path).events == EVENTS


def test_a_holding_journal_writes_into_no_file_of_another_program(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", holding=True)
    journal.append(EVENTS[0])
    journal.path.write_bytes(b"another\n")
    other = journal.path.with_name("other")
    journal.path.rename(other)
    journal.path.write_bytes(b"another\n")

    with pytest.raises(StorageError, match="taken this one's place"):
        journal.sync()
    with pytest.raises(StorageError, match="Another program changed it"):
        journal.close()
    assert journal.path.read_bytes() == b"another\n"


def test_what_the_disk_took_and_did_not_keep_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(descriptor: int) -> None:
        os.ftruncate(descriptor, 0)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    journal = Journal(tmp_path / "journal.jsonl", holding=True)
    for event in EVENTS:
        journal.append(event)
    with monkeypatch.context() as patch:
        patch.setattr("copilot.store.journal.os.fsync", lose)
        with pytest.raises(StorageError, match="Input/output error"):
            journal.sync()
        assert not journal.retry()

    assert journal.retry()
    journal.close()

    assert read_journal(journal.path).events == EVENTS


# -- going on with a journal ----------------------------------------------------------------------


@pytest.mark.parametrize("torn", [b"", b"{", b'{"prev":"0000'])
def test_a_journal_is_gone_on_with_after_its_last_whole_line(tmp_path: Path, torn: bytes) -> None:
    path = _write(tmp_path / "journal.jsonl", EVENTS[:5])
    path.write_bytes(path.read_bytes() + torn)

    with Journal.resume(path) as journal:
        assert (journal.earlier, journal.count, journal.pending) == (EVENTS[:5], 5, 0)
        for event in EVENTS[5:]:
            journal.append(event)

    assert read_journal(path).events == EVENTS
    assert read_journal(path).head == journal.head


@pytest.mark.parametrize("data", [b"", b'{"prev'])
def test_a_journal_that_holds_no_whole_line_can_be_gone_on_with(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(data)

    with Journal.resume(path) as journal:
        assert (journal.earlier, journal.head) == ((), GENESIS)
        journal.append(EVENTS[0])

    assert read_journal(path).events == EVENTS[:1]


def test_a_journal_with_an_end_is_not_gone_on_with(journal: Path) -> None:
    before = journal.read_bytes()

    with pytest.raises(SessionError, match="has ended"):
        Journal.resume(journal)
    assert journal.read_bytes() == before


def test_a_journal_whose_chain_is_broken_is_not_gone_on_with(tmp_path: Path) -> None:
    path = _write(tmp_path / "journal.jsonl", EVENTS[:5])
    before = path.read_bytes().replace(b"rollout", b"metrics")
    path.write_bytes(before)

    with pytest.raises(SessionError, match="the chain is broken"):
        Journal.resume(path)
    assert path.read_bytes() == before


def test_a_missing_journal_is_not_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="No such file"):
        Journal.resume(tmp_path / "journal.jsonl")


# -- what was changed -----------------------------------------------------------------------------


Change = Callable[[list[bytes]], None]


def _edit(lines: list[bytes]) -> None:
    lines[2] = lines[2].replace(b"rollout", b"metrics")


def _forge(lines: list[bytes]) -> None:
    # An editor who mends the line's own hash still breaks the next one.
    _edit(lines)
    lines[3] = lines[3].replace(line_hash(lines[2])[:8].encode(), b"00000000")


def _remove(lines: list[bytes]) -> None:
    del lines[3]


def _remove_first(lines: list[bytes]) -> None:
    del lines[0]


def _insert(lines: list[bytes]) -> None:
    lines.insert(4, lines[2])


def _double(lines: list[bytes]) -> None:
    lines.append(lines[-1])


def _swap(lines: list[bytes]) -> None:
    lines[3], lines[4] = lines[4], lines[3]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (_edit, 4),
        (_forge, 4),
        (_remove, 4),
        (_remove_first, 1),
        (_insert, 5),
        (_double, len(EVENTS) + 1),
        (_swap, 4),
    ],
)
def test_a_changed_removed_inserted_or_swapped_line_is_noticed_and_named(
    journal: Path, change: Change, line: int
) -> None:
    lines = journal.read_bytes().splitlines()
    change(lines)
    journal.write_bytes(b"".join(part + b"\n" for part in lines))

    with pytest.raises(
        SessionError, match=f"{re.escape(str(journal))}:{line}: the chain"
    ) as caught:
        read_journal(journal)
    assert "backup" in caught.value.remedy


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b'{"prev":"0"}',
        b"\xff\xfe",
        b"{",
        pytest.param(
            b"[" * 200_000,
            id="deep",
        ),
    ],
)
def test_a_line_that_is_none_of_a_journal_is_named(journal: Path, line: bytes) -> None:
    lines = journal.read_bytes().splitlines()
    lines[1] = line
    journal.write_bytes(b"".join(part + b"\n" for part in lines))

    with pytest.raises(SessionError, match=":2: this line is not a journal line"):
        read_journal(journal)


def test_an_event_of_another_version_is_named_by_its_line(journal: Path) -> None:
    first, *_ = journal.read_bytes().splitlines()
    strange = json.dumps({"prev": line_hash(first), "event": {"type": "mood_read", "seq": 2}})
    journal.write_bytes(first + b"\n" + strange.encode() + b"\n")

    with pytest.raises(SessionError, match=":2: an event cannot be read") as caught:
        read_journal(journal)
    assert "another version" in caught.value.remedy


def test_a_missing_journal_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="No such file") as caught:
        read_journal(tmp_path / "journal.jsonl")
    assert "sessions list" in caught.value.remedy


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match="directory"):
        read_journal(tmp_path)


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_no_changed_byte_before_the_last_line_goes_unnoticed(
    written: bytes, scratch: Path, place: float, byte: int
) -> None:
    last_line = written.rindex(b"\n", 0, -1) + 1
    data = bytearray(written)
    index = int(place * last_line)
    changed = data[index] != byte
    data[index] = byte
    scratch.write_bytes(data)

    if not changed:
        read_journal(scratch)
        return
    with pytest.raises(SessionError, match=r"journal\.jsonl:\d+: "):
        read_journal(scratch)


# -- crashes --------------------------------------------------------------------------------------


@given(place=st.floats(0, 1))
def test_a_journal_cut_anywhere_keeps_every_whole_line(
    written: bytes, scratch: Path, place: float
) -> None:
    kept = written[: int(place * len(written))]
    scratch.write_bytes(kept)

    reading = read_journal(scratch)

    assert reading.events == EVENTS[: kept.count(b"\n")]
    assert reading.torn_bytes == len(kept) - (kept.rfind(b"\n") + 1)


def test_a_torn_last_line_is_left_out_even_where_it_lacks_its_newline_alone(
    journal: Path,
) -> None:
    journal.write_bytes(journal.read_bytes()[:-1])

    reading = read_journal(journal)

    assert reading.events == EVENTS[:-1]
    assert reading.torn_bytes == len(journal.read_bytes().splitlines()[-1])


_APPEND_FOR_EVER = """
import dataclasses, itertools, sys
from pathlib import Path
from copilot.store import Journal
from tests.story import Story

story = Story()
journal = Journal(Path(sys.argv[1]))
for event in story.events:
    journal.append(event)
for _ in itertools.count():
    journal.append(dataclasses.replace(story.events[-1], seq=journal.count + 1))
    print(journal.count)
"""


@pytest.mark.parametrize("moment", [1, 50, 400])
def test_a_killed_program_loses_no_event_it_had_appended(tmp_path: Path, moment: int) -> None:
    path = tmp_path / "journal.jsonl"
    program = start_python(_APPEND_FOR_EVER, path)
    assert program.stdout is not None
    with program:
        appended = [int(program.stdout.readline()) for _ in range(moment)][-1]
        program.kill()

    reading = read_journal(path)

    assert len(reading.events) >= appended
    assert [event.seq for event in reading.events] == list(range(1, len(reading.events) + 1))
