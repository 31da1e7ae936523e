"""An outline in its forms: it keeps to the columns, loses no word, and text stays text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.review.outline import Block, Line, Outline, Section
from copilot.review.outline_html import to_html
from copilot.review.outline_markdown import to_markdown
from copilot.review.outline_text import to_text
from copilot.review.plain_line import columns_of, plain_line, wrapped

_TEXTS = st.text(
    st.sampled_from("abc défg \t\n日本\x1b[31m\u202e\u0301<>&|*_`#-+.)123\"'$"), max_size=120
)


def _outline(texts: list[str], language: str = "en") -> Outline:
    lines = tuple(Line(text, depth=at % 3, is_heading=at % 3 < 2) for at, text in enumerate(texts))
    blocks = tuple(Block(f"{at} {text}", lines) for at, text in enumerate(texts[:5]))
    return Outline(language, "Title", tuple(texts), (Section("Heading", tuple(texts[:2]), blocks),))


@given(st.lists(_TEXTS, max_size=6), st.integers(20, 200))
def test_no_line_is_wider_than_the_terminal(texts: list[str], columns: int) -> None:
    shown = to_text(_outline(texts), columns)

    assert max(map(columns_of, shown.splitlines())) <= columns


@given(_TEXTS, st.integers(2, 60))
def test_wrapping_loses_nothing(text: str, columns: int) -> None:
    line = plain_line(text)

    assert "".join("".join(wrapped(line, columns)).split()) == "".join(line.split())


@given(st.lists(_TEXTS, max_size=6))
def test_no_form_shows_a_sign_that_a_terminal_obeys(texts: list[str]) -> None:
    outline = _outline(texts)

    for shown in (to_text(outline, 80), to_markdown(outline), to_html(outline)):
        assert "\x1b" not in shown
        assert "\u202e" not in shown


@given(st.lists(_TEXTS, max_size=6))
def test_the_page_has_no_tag_but_its_own_and_every_word(texts: list[str]) -> None:
    page = to_html(_outline(texts))

    body = page.split("<body>")[1]
    assert set(re.findall(r"</?([a-z0-9]+)", body)) <= {
        *("body", "html", "h1", "h2", "h3", "p", "div", "section", "ul", "li"),
    }
    for text in texts:
        assert plain_line(text) in unescape(body)


def test_lists_in_the_page_nest_as_the_lines_do() -> None:
    lines = (Line("a"), Line("b", 1), Line("c", 2), Line("d", 1), Line("e"))
    page = to_html(Outline("en", "T", (), (Section("H", (), (Block("B", lines),)),)))

    flat = page.replace("\n", "")
    assert "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>" in flat


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("1. first", r"1\. first"),
        ("12) twelfth", r"12\) twelfth"),
        ("- dash", r"\- dash"),
        ("2026-03-02", "2026-03-02"),
        ("see www.x.example and http://y", r"see www\.x.example and http\://y"),
    ],
)
def test_markdown_shows_a_line_as_it_is(text: str, safe: str) -> None:
    assert f"\n- {safe}\n" in to_markdown(Outline("en", "T", (text,), ()))


def test_french_headings_end_with_a_space_before_the_colon() -> None:
    line = Line("Relances", is_heading=True)

    assert _outline([], "fr").told(line) == "Relances :"
    assert _outline([]).told(line) == "Relances:"
