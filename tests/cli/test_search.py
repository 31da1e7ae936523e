"""``search``, ``sessions index``, and what narrows ``sessions list``."""

from pathlib import Path

import pytest

from copilot.cli.search import printable
from copilot.store import SessionFolder
from copilot.store.index import index_path
from tests.cli.command import run
from tests.store.index.stored import YOU, store, told

LONG = " ".join(f"word{number}" for number in range(200))


@pytest.fixture
def two() -> list[str]:
    """Two sessions, the older first; their ids."""
    story = told("We moved the warehouse in March.", f"{LONG} warehouse {LONG}")
    story.say("What of the warehouse?", channel=YOU)
    story.note("Warehouse: ask again.")
    return [store(story).id, store(told("No warehouse, nothing."), "2026-04-02").id]


def test_people_see_sessions_newest_first_and_their_lines(two: list[str]) -> None:
    done = run("search", "warehouse")

    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:3] == [
        f"{two[1]}  Head Baker  en  0:02",
        "    0:00  cand  New oven",
        "          No *warehouse*, nothing.",
    ]
    assert lines[4].startswith(two[0])
    assert "    0:04  you   New oven" in lines
    assert "    0:06  note" in lines
    assert max(map(len, lines)) <= 80
    assert "…" in done.out


def test_machines_get_one_object_a_hit(two: list[str]) -> None:
    done = run("search", "warehouse", "--since", "2026-04", "--json")

    [hit] = done.lines
    assert hit == {
        "session": two[1],
        "alias": None,
        "role": "baker",
        "title": "Head Baker",
        "language": "en",
        "started_at": "2026-04-02T09:00:00+00:00",
        "duration_s": 2.0,
        "all_words_in_line": True,
        "line": "u1",
        "speaker": "candidate",
        "at_s": 0.0,
        "question": "rollout",
        "question_label": "New oven",
        "text": "No warehouse, nothing.",
        "matches": [[3, 12]],
    }


def test_a_filter_alone_finds_sessions(two: list[str]) -> None:
    [session] = run("search", "--until", "2026-03", "--json").lines
    assert (session["session"], session["line"], session["matches"]) == (two[0], None, None)
    assert run("search", "--question", "oven").out.count("Head Baker") == 2


def test_long_finds_are_cut_and_say_so(two: list[str]) -> None:
    store(told(*(f"Flour {number}." for number in range(7))), "2026-05-02")

    cut = run("search", "flour").out
    assert cut.count("Flour") == 5
    assert "and 2 more lines" in cut
    assert run("search", "flour", "--all-lines").out.count("Flour") == 7
    limited = run("search", "warehouse", "--limit", "1").out
    assert limited.endswith("\nand 1 older one: --limit 2 shows all\n")


def test_what_is_not_found_is_said(two: list[str]) -> None:
    assert run("search", "aubergine").out == "Nothing found in 2 sessions.\n"
    apart = run("search", "moved", "again")
    assert apart.out.startswith("No line has all of it; ")
    assert run("search", "aubergine", "--json").out == ""


def test_where_nothing_is_stored_the_search_says_so(tmp_path: Path) -> None:
    done = run("search", "bread")

    root = tmp_path / "data" / "sessions"
    assert (done.code, done.out) == (0, f"Nothing that can be searched is stored in {root}.\n")
    assert not root.parent.exists()


@pytest.mark.parametrize(
    ("arguments", "told_so"),
    [
        ([], "nothing to search for"),
        (["--speaker", "candidate"], "nothing to search for"),
        (["?"], "no word in '?'"),
        (["bread", "--limit", "0"], "'0' is no number above 0"),
        (["bread", "--since", "yesterday"], "'yesterday' is no date; write 2026-03-17"),
        (["bread", "--since", "2026-13"], "'2026-13' is no date"),
        (["bread", "--until", "2026-02-30"], "'2026-02-30' is no date"),
        (["bread", "--until", "2026-00"], "'2026-00' is no date"),
        (["bread", "--until", "0000"], "'0000' is no date"),
        (["bread", "--since", "2026-03", "--until", "2025"], "2025-12-31 comes before 2026-03-01"),
        (["bread", "--role", "bakr"], "Did you mean 'baker'?"),
        (["bread", "--flag", "alone"], "a flag 'alone' raised"),
        (["bread", "--question", "nope"], "question 'nope'"),
        (["bread", "--speaker", "nobody"], "invalid choice"),
    ],
)
def test_what_cannot_be_understood(two: list[str], arguments: list[str], told_so: str) -> None:
    done = run("search", *arguments)

    assert (done.code, done.out) == (2, "")
    assert told_so in done.message


def test_a_damaged_session_and_an_encrypted_one_are_named(two: list[str]) -> None:
    root = index_path().parent / "sessions"
    (root / two[0] / "session.json").write_text(f'{{"format":1,"id":"{two[0]}","encrypted":1}}')
    with (root / two[1] / "journal.jsonl").open("ab") as file:
        file.write(b"{}\n")

    done = run("search", "warehouse")

    assert done.out.count("warehouse") == 1
    assert f"1 session damaged, searched as far as can be read: {two[1]}\n" in done.err
    assert f"→ interview-copilot sessions verify {two[1]}\n" in done.err
    assert "1 session encrypted, not searched.\n" in done.err


def test_an_index_made_anew_is_told(two: list[str]) -> None:
    index_path().write_bytes(b"no index" * 1000)

    assert run("search", "warehouse").err == (
        "The search index could not be read and was made anew.\n"
    )
    assert run("search", "warehouse").err == ""


def test_a_candidate_goes_by_the_alias(two: list[str]) -> None:
    folder = SessionFolder(index_path().parent / "sessions" / two[1])
    folder.write_record(folder.record().model_copy(update={"alias": "Heron"}))

    assert f"{two[1]}  Heron  Head Baker  en  0:02\n" in run("search", "warehouse").out
    assert run("search", "nothing", "--json").lines[0]["alias"] == "Heron"


def test_what_a_terminal_would_obey_is_left_out(two: list[str]) -> None:
    store(told("Flour \x1b[2Jand \x07 wa\u202eter."), "2026-05-02")

    done = run("search", "flour")

    assert "\x1b" not in done.out
    assert "*Flour*  [2Jand" in done.out
    assert printable("a\nb\x00c") == "a b c"


# -- sessions index -------------------------------------------------------------------------------


def test_the_index_can_be_brought_up_to_date_and_made_anew(two: list[str]) -> None:
    assert run("sessions", "index").out.startswith("2 sessions read; ")
    assert run("sessions", "index", "--json").lines[0]["read"] == 0
    [made] = run("sessions", "index", "--rebuild", "--json").lines
    assert made == {"read": 2, "bytes": index_path().stat().st_size, "path": str(index_path())}


# -- sessions list --------------------------------------------------------------------------------


def test_the_list_can_be_narrowed(two: list[str]) -> None:
    def ids(*arguments: str) -> list[str]:
        return [line["id"] for line in run("sessions", "list", "--json", *arguments).lines]

    assert ids() == two[::-1]
    assert ids("--limit", "1") == two[1:]
    assert ids("--until", "2026-03") == two[:1]
    assert ids("--since", "2026-03-03", "--role", "baker") == two[1:]
    none = run("sessions", "list", "--since", "2027")
    assert none.out == f"No such session is stored in {index_path().parent / 'sessions'}.\n"


def test_the_list_says_the_same_with_an_index_and_without(two: list[str]) -> None:
    without = run("sessions", "list"), run("sessions", "list", "--json")
    assert not index_path().exists()
    run("sessions", "index")

    assert (run("sessions", "list"), run("sessions", "list", "--json")) == without
