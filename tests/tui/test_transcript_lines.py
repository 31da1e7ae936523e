"""Lines break where they should, and searching finds what people mean."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from copilot.events import Channel, Utterance, Word
from copilot.tui.transcript.entry import Entry, EntryKind, clean, said
from copilot.tui.transcript.folding import folded, occurrences
from copilot.tui.transcript.lines import Lines
from copilot.tui.transcript.matches import Matches
from copilot.tui.transcript.wrapping import wrap

TEXTS = st.text(st.sampled_from("ab é漢🙂-")) | st.text(st.characters(codec="utf-8"))


def spoken(number: int, text: str, *, probability: float = 1.0) -> Utterance:
    words = tuple(
        Word(text=word, start_s=number + place / 10, end_s=number + 1.0, probability=probability)
        for place, word in enumerate(text.split())
    )
    return Utterance(
        id=f"u{number}",
        channel=Channel.CANDIDATE,
        start_s=float(number),
        end_s=number + 1.0,
        text=text,
        words=words,
    )


def found(text: str, wanted: str) -> list[str]:
    return [text[a:b] for a, b in occurrences(text, folded(text), folded(wanted))]


@given(text=TEXTS, width=st.integers(1, 12))
def test_no_line_is_too_wide_and_nothing_but_spaces_is_lost(text, width):
    text = clean(text)
    lines = wrap(text, width)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    for start, end in lines:
        assert cell_len(text[start:end]) <= max(width, 2)
    for (_, end), (start, _) in itertools.pairwise(lines):
        assert start == end or text[end:start] == " "
    if len(lines) > 1:
        assert all(start < end for start, end in lines[:-1])


def test_lines_break_between_words_and_long_words_inside():
    assert ["we kept the old servers"[a:b] for a, b in wrap("we kept the old servers", 8)] == [
        "we kept",
        "the old",
        "servers",
    ]
    assert ["abcdefghij"[a:b] for a, b in wrap("abcdefghij", 4)] == ["abcd", "efgh", "ij"]
    assert wrap("", 10) == ((0, 0),)


@pytest.mark.parametrize(
    ("text", "wanted", "hits"),
    [
        ("Le RÉSEAU est réseau.", "reseau", ["RÉSEAU", "réseau"]),
        ("Une œuvre, deux Œuvres", "oeuvre", ["œuvre", "Œuvre"]),
        ("We didn\u2019t roll back", "didn't", ["didn\u2019t"]),
        ("re\u0301seau de\u0301ploye\u0301", "reseau", ["re\u0301seau"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing here", "rollback", []),
    ],
)
def test_accents_and_capitals_make_no_difference(text, wanted, hits):
    assert found(text, wanted) == hits


@given(text=TEXTS, start=st.integers(0, 20), length=st.integers(1, 5))
def test_whatever_stands_there_is_found_where_it_stands(text, start, length):
    wanted = text[start : start + length]
    if folded(wanted).strip():
        places = occurrences(text, folded(text), folded(wanted))
        assert any(folded(wanted) in folded(text[a:b]) for a, b in places)


def test_a_search_folds_each_entry_once_and_steps_round_the_ends(monkeypatch):
    counted: list[str] = []

    def counting(text: str) -> str:
        counted.append(text)
        return folded(text)

    monkeypatch.setattr("copilot.tui.transcript.matches.folded", counting)
    entries = [said(spoken(number, f"step {number % 3}")) for number in range(9)]
    matches = Matches()
    assert matches.search("STEP 1", entries) == 3
    assert matches.search("step 2", entries) == 3
    assert len(counted) == 9 + 2
    matches.look_near(4)
    assert matches.looked_at() == (5, (0, 6))
    matches.step(1)
    matches.step(1)
    assert matches.looked_at() == (2, (0, 6))
    matches.step(-1)
    assert matches.looked_at() == (8, (0, 6))
    assert matches.search("  ", entries) == 0
    assert matches.looked_at() is None


def test_words_that_may_be_wrong_are_known_by_their_place():
    sure = spoken(1, "we kept", probability=0.9)
    mixed = spoken(1, "we kept the", probability=0.2)
    assert said(sure).doubtful == ()
    assert [mixed.text[a:b] for a, b in said(mixed).doubtful] == ["we", "kept", "the"]


def test_a_correction_stands_instead_with_a_sign_of_its_own():
    entry = said(spoken(1, "we kept the oven"), corrected="we kept the oven warm")
    assert entry.full == "✎ we kept the oven warm"
    assert entry.id == "u1"


def test_a_text_cannot_speak_to_the_terminal():
    assert said(spoken(1, "we\x1b[2J\x07kept")).full == "we [2J kept"


def test_a_place_in_an_utterance_has_the_time_of_its_word():
    entry = said(spoken(5, "first I would ask"))
    assert entry.time_at(0) == 5.0
    assert entry.time_at(entry.text.index("would")) == 5.2
    assert entry.time_at(999) == 5.0


def test_an_entry_that_grows_moves_those_below_it_and_no_others():
    lines = Lines()
    lines.set_width(31)  # twenty columns of text
    for number in range(4):
        lines.append(said(spoken(number, "short")))
    lines.replace(1, said(spoken(1, "now it takes rather more than one line")))
    assert [lines.top(index) for index in range(4)] == [0, 1, 3, 4]
    assert lines.at(2) == (1, 1)
    assert lines.at(3) == (2, 0)
    assert lines.at(5) is None
    assert lines.line_of(1, 38) == 2


def test_times_beyond_an_hour_get_the_room_they_need():
    lines = Lines()
    lines.set_width(40)
    assert not lines.append(Entry(EntryKind.TOLD, 3599.0, "before"))
    narrow = lines.text_column
    assert lines.append(Entry(EntryKind.TOLD, 3661.0, "after"))
    assert lines.text_column == narrow + 2
