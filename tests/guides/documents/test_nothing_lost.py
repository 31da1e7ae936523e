"""Whatever a document says, every word of it is in a block or among what was left out."""

import re
import unicodedata
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.guides.documents.around import around
from copilot.guides.documents.lines import lines_of
from copilot.guides.documents.markdown import markdown_lines
from copilot.guides.documents.model import Document
from copilot.guides.documents.reading import read_document
from copilot.guides.documents.shaping import blocks_of
from copilot.guides.documents.web.reading import page_lines

ENGLISH = (
    "This is what we ask of the people who want to work with us, and what we hope to hear from "
    "them in the hour that we have. It was written by those who have done this for years.\n"
) * 12
_FEW = settings(max_examples=60)
_FURNITURE = (
    "Home",
    "Related Posts",
    "Leave a Reply",
    "Share this article",
    "We use cookies on this site.",
    "Red flags:",
    "Questions",
    "Search",
    "About",
)
_marks = st.sampled_from(
    [
        "",
        "",
        "• ",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "3) ",
        "Question 4: ",
        "Q5 ",
        "a) ",
        "ii. ",
        "✓ ",
        "· ",
    ]
)
_indents = st.sampled_from(["", "  ", "    ", "\t", "> "])
_ends = st.sampled_from(["", ".", "?", ":", ",", " -", "\n", "\n\n", "\n=====", "\n---", "\tcell"])


@st.composite
def _documents(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text of lines of every form, and its words, each of which stands in it once."""
    lines: list[str] = []
    words: list[str] = []
    for _ in range(draw(st.integers(1, 30))):
        if draw(st.integers(0, 5)) == 0:
            lines.append(draw(_indents) + draw(st.sampled_from(_FURNITURE)))
            continue
        count = draw(st.sampled_from([1, 2, 5, 14]))
        own = [f"{draw(st.sampled_from('wW'))}ord{len(words) + at}x" for at in range(count)]
        words += own
        lines.append(draw(_indents) + draw(_marks) + " ".join(own) + draw(_ends))
    return "\n".join(lines) + "\n\n" + ENGLISH, words


def _read(content: str, name: str) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(content, encoding="utf-8", newline="")
        return read_document(path)


def _words_of(document: Document) -> Counter[str]:
    blocks = [*document.blocks, *(left.block for left in document.left_out)]
    return Counter(word for block in blocks for word in re.findall(r"[wW]ord\d+x", block.text))


@_FEW
@given(_documents())
def test_each_word_of_a_text_is_read_once(drawn: tuple[str, list[str]]) -> None:
    text, words = drawn
    assert _words_of(_read(text, "guide.txt")) == Counter(words)
    assert _words_of(_read(text, "guide.md")) == Counter(words)


@_FEW
@given(st.lists(st.text(max_size=80).map(lambda text: re.sub(r"[\r\n]", " ", text)), max_size=12))
def test_each_letter_of_any_text_is_read_once_and_in_order(drawn: list[str]) -> None:
    # Each line begins with a word: marks alone are taken out.
    text = "\n".join(f"Begin {line}" for line in drawn)
    blocks = blocks_of(lines_of(text))
    assert _letters(" ".join(block.text for block in blocks)) == _letters(text)
    assert len(around(blocks)) == len(blocks)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@_FEW
@given(st.text(max_size=400))
def test_no_text_breaks_a_reader(text: str) -> None:
    for lines in (lines_of(text), markdown_lines(text).lines, page_lines(text).lines):
        blocks = blocks_of(lines)
        around(blocks)
        assert all(block.text == " ".join(block.text.split()) for block in blocks)
        assert all(block.line >= 1 for block in blocks)


_TAGS = ("p", "div", "li", "ul", "ol", "h1", "h3", "td", "tr", "table", "b", "span", "section")
_CLASSES = ("", "share", "related", "comments", "sidebar", "content", "newsletter")


@st.composite
def _pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page of tags that open and close as they like, and its words."""
    parts = ["<!doctype html><html><body>"]
    words: list[str] = []
    for _ in range(draw(st.integers(1, 25))):
        tag = draw(st.sampled_from(_TAGS))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            parts.append(f"</{tag}>")
        elif kind == 1:
            parts.append(f'<{tag} class="{draw(st.sampled_from(_CLASSES))}">')
        else:
            own = [f"word{len(words) + at}x" for at in range(draw(st.integers(1, 6)))]
            words += own
            parts.append(draw(st.sampled_from(["", "\n", " ", "<br>"])) + " ".join(own) + "\n")
    return "".join(parts) + f"</div></td></table><p>{ENGLISH}</p>", words


@_FEW
@given(_pages())
def test_each_word_of_a_page_is_read_once(drawn: tuple[str, list[str]]) -> None:
    text, words = drawn
    assert _words_of(_read(text, "page.html")) == Counter(words)


@_FEW
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Normal", "Heading 1", "List Bullet 2", "List Number", "table"]),
            st.integers(1, 6),
        ),
        max_size=8,
    )
)
def test_each_word_of_a_word_file_is_read_once(drawn: list[tuple[str, int]]) -> None:
    made = docx.Document()
    words: list[str] = []
    for style, count in drawn:
        own = [f"word{len(words) + at}x" for at in range(count)]
        words += own
        if style == "table":
            table = made.add_table(1, 2)
            table.cell(0, 0).text, table.cell(0, 1).text = own[0], " ".join(own[1:])
        else:
            made.add_paragraph(" ".join(own), style=style)
    made.add_paragraph(ENGLISH)
    with TemporaryDirectory() as folder:
        path = Path(folder, "guide.docx")
        made.save(str(path))
        assert _words_of(read_document(path)) == Counter(words)
