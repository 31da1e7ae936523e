"""Cutting speech into passages: verbatim, between words, and each run looked at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.matching.passages import Passage, passages, sentences, units
from copilot.matching.plain import without_fillers, word_count

_TEXTS = st.lists(
    st.sampled_from(
        ["we", "cut", "3.5", "9.30", "percent.", "so", "and then", "No!", "why?", "Ben,", "it's",
         "l'équipe", "«oui».", "wait…", "but", "because", "\u2013", "U.S.", "d'accord ;", "…", "e.g.",
         "um,", "costs:", "2,000", "(really)", '"so."', "\n", "  ", "à", "x" * 40]
    ),
    max_size=120,
).map(" ".join) | st.text(max_size=300)  # fmt: skip


def _texts(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _inside_a_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


# -- whatever is said -----------------------------------------------------------------------------


@given(_TEXTS)
def test_units_stand_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end_before = 0
    for start, end in units(text):
        assert end_before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        end_before = end


@given(_TEXTS)
def test_no_unit_is_cut_inside_a_word_or_number(text: str) -> None:
    for start, end in units(text):
        assert not _inside_a_word(text, start)
        assert not _inside_a_word(text, end)


@given(_TEXTS)
def test_every_word_that_was_said_stands_in_a_unit(text: str) -> None:
    covered = {index for start, end in units(text) for index in range(start, end)}

    assert not [c for index, c in enumerate(text) if c.isalnum() and index not in covered]


@given(_TEXTS)
def test_every_passage_is_a_verbatim_run_of_one_to_three_units(text: str) -> None:
    spans = units(text)

    for passage in passages(text, spans):
        assert 0 <= passage.first <= passage.last < len(spans)
        assert passage.last - passage.first <= 2
        assert (passage.start, passage.end) == (spans[passage.first][0], spans[passage.last][1])
        assert text[passage.start : passage.end] in text


@given(_TEXTS, st.integers(0, 12))
def test_runs_over_new_units_are_those_of_the_whole_that_were_not_there_before(
    text: str, first_new: int
) -> None:
    spans = units(text)
    whole = passages(text, spans)

    new = passages(text, spans, first_new=first_new)

    assert set(new) == {passage for passage in whole if passage.last >= first_new}


@given(_TEXTS)
def test_without_fillers_something_is_left_of_everything_that_was_said(text: str) -> None:
    assert bool(without_fillers(text).strip()) == bool(text.strip())


# -- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "We grew by 3.5 percent.",
        "The shift began at 9.30 every day.",
        "It cost 1.200.000 in all.",
        "Version 2.10.1 went live.",
        "Our site example.org was down.",
    ],
)
def test_a_point_inside_a_number_or_name_ends_no_sentence(sentence: str) -> None:
    text = f"{sentence} Then we stopped."

    assert _texts(text, sentences(text)) == [sentence, "Then we stopped."]


def test_closing_quotes_and_brackets_belong_to_their_sentence() -> None:
    text = 'He said "no." (We agreed.) «C\'est non.» Fine…  Really?! Yes'

    assert _texts(text, sentences(text)) == [
        'He said "no."', "(We agreed.)", "«C'est non.»", "Fine…", "Really?!", "Yes",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", "…", "\n\t"])
def test_text_without_words_has_no_units_and_no_passages(text: str) -> None:
    assert units(text) == []
    assert passages(text, []) == []


# -- clauses --------------------------------------------------------------------------------------

_LONG = (
    "So first I went to every one of the forty two stores and listened, "
    "and then I wrote down what I had heard in all of them, "
    "because without that nobody would have believed me anyway"
)


def test_a_long_sentence_is_cut_into_clauses() -> None:
    assert _texts(_LONG, units(_LONG)) == [
        "So first I went to every one of the forty two stores and listened,",
        "and then I wrote down what I had heard in all of them,",
        "because without that nobody would have believed me anyway",
    ]


def test_a_clause_of_a_long_sentence_has_eight_words_at_least() -> None:
    text = "Well, no, yes, but, so, " + _LONG + ", so, there, you, go"

    assert min(len(unit.split()) for unit in _texts(text, units(text))) >= 8


def test_a_sentence_of_thirty_words_stays_whole() -> None:
    text = "one two three four five six seven eight nine, " * 3 + "so that is it"

    assert len(text.split()) <= 31
    assert _texts(text, units(text[: text.rindex(" ")])) == [text[: text.rindex(" ")]]


def test_a_comma_in_a_number_cuts_nothing() -> None:
    text = ("it came to 2,000 a month in those years " * 5).strip()

    assert all("2,000" in unit for unit in _texts(text, units(text)))


def test_a_talk_without_a_stop_is_counted_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[int] = []

    def counting(text: str) -> int:
        counted.append(len(text))
        return word_count(text)

    monkeypatch.setattr("copilot.matching.passages.word_count", counting)
    text = "and then we went on because nobody had asked us what it was for " * 400

    assert len(units(text)) > 300
    assert sum(counted) < 40 * len(text)


# -- passages -------------------------------------------------------------------------------------


def _runs(found: list[Passage]) -> list[tuple[int, int]]:
    return [(passage.first, passage.last) for passage in found]


@pytest.mark.parametrize("stop", ["", "."])
def test_speech_without_a_stop_is_cut_by_number_of_words(stop: str) -> None:
    text = " ".join(f"word{number}" for number in range(200)) + stop

    found = units(text)

    assert len(found) == 5
    assert all(len(text[start:end].split()) <= 45 for start, end in found)
    assert " ".join(text[start:end] for start, end in found) == text


def test_hesitations_and_stammering_do_not_decide_where_a_passage_is_cut() -> None:
    plain = "We moved the payroll last spring, and nobody at all noticed it but me and the clerk."
    halting = (
        plain.replace("We", "Um, we we").replace(" at all", " uh, at all").replace("me", "me me")
    )

    assert len(units(halting)) == len(units(plain)) == 1


def test_passages_are_all_runs_of_up_to_three_units() -> None:
    text = "This is one. This is two. This is three. This is four."

    found = passages(text, units(text))

    assert _runs(found) == [
        (0, 0), (1, 1), (0, 1), (2, 2), (1, 2), (0, 2), (3, 3), (2, 3), (1, 3),
    ]  # fmt: skip


def test_a_run_too_long_to_be_one_statement_is_left_out() -> None:
    long = " ".join(f"word{number}" for number in range(28)) + "."
    text = f"{long} {long} And so on."

    assert _runs(passages(text, units(text))) == [(0, 0), (1, 1), (2, 2), (1, 2)]


def test_one_or_two_words_make_no_passage_alone_but_with_their_neighbours() -> None:
    text = "Yes. We did that. Right."

    assert _runs(passages(text, units(text))) == [(1, 1), (0, 1), (1, 2), (0, 2)]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Um, so, you know, we tried it.", "so, we tried it."),
        ("Euh, ben, on a essayé, quoi.", "on a essayé, ."),
        ("Erm.", "."),
        ("The drum was loud.", "The drum was loud."),
        ("um", "um"),
    ],
)
def test_hesitations_are_left_out(text: str, bare: str) -> None:
    assert without_fillers(text) == bare
