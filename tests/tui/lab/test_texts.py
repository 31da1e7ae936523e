"""Words that differ are found and nothing is lost; JSON becomes lines that people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.difference import Piece, different_lines, different_words
from copilot.lab.comparing import measured
from copilot.tui.lab.comparison_screen import figure_text
from copilot.tui.lab.prompts_text import prompts_title
from copilot.tui.lab.values import value_text
from tests.lab.builders import a_prompt


def test_a_prompt_alone_is_not_told_to_be_the_same_for_both() -> None:
    prompt, other = a_prompt("short", "Ask."), a_prompt("long", "Ask, please.")

    assert prompts_title(prompt, prompt, outputs=1) == "The prompt short"
    assert prompts_title(prompt, prompt) == "The prompt short, the same for both"
    assert prompts_title(prompt, other).startswith("- short (")


def test_a_figure_of_few_groups_says_that_each_case_counts_by_itself() -> None:
    few = measured.Tested(
        name="pass rate", cases=24, groups=4, by_case=True, a=1, b=0, difference=-1
    )
    enough = few.model_copy(update={"groups": 8, "by_case": False})

    assert "4 groups only: each case counts by itself" in figure_text(few)
    assert "groups" not in figure_text(enough)


def test_only_the_words_that_differ_are_marked() -> None:
    before, after = different_words("Who decided on the oven?", "Who decided on a new oven?")
    assert [piece.text for piece in before if not piece.same] == ["the"]
    assert [piece.text for piece in after if not piece.same] == ["a new"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_together_are_the_texts(before: str, after: str) -> None:
    ours, theirs = different_words(before, after)
    assert "".join(piece.text for piece in ours) == before
    assert "".join(piece.text for piece in theirs) == after
    if before == after:
        assert all(piece.same for piece in ours + theirs)


def test_very_long_texts_are_told_apart_on_the_whole() -> None:
    before, after = different_words("a " * 4000, "b " * 4000)
    assert before == [Piece("a " * 4000, same=False)]
    assert after == [Piece("b " * 4000, same=False)]


def test_lines_that_went_stand_before_those_that_came() -> None:
    assert different_lines("a\nb\nc", "a\nx\nc") == [(" ", "a"), ("-", "b"), ("+", "x"), (" ", "c")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": 1, "b": ["x", "y"]}, "a: 1\nb:\n  - x\n  - y"),
        ([{"id": "u1", "text": "Yes."}], "- id: u1\n  text: Yes."),
        ({"silent": False, "none": None, "left": []}, "silent: no\nnone: -\nleft: -"),
        ({"said": "one\ntwo"}, "said:\n  one\n  two"),
        (0.123456, "0.1235"),
        ("\x1b[31mred", " [31mred"),
        ("", ""),
    ],
)
def test_values_as_lines(value: object, text: str) -> None:
    assert value_text(value) == text
