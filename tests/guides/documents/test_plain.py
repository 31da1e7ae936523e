"""Plain text: headings by their form, wrapped lines joined, lists with their numbers and levels."""

from pathlib import Path

import pytest

from copilot.guides.documents.lines import lines_of
from copilot.guides.documents.reading import read_document
from copilot.guides.documents.shaping import blocks_of
from tests.guides.documents.making import shown, written

ARTICLE = """What to Ask a Lighthouse Keeper

Do you want to keep a light? This guide says what you will be asked, and why.

Why it matters

A keeper is alone for weeks. So the harbour looks at:

Seamanship

  • Knows the coast, its lights and its tides

  • Can read the weather

Character

  • Stands being alone

The questions

1. What do you do when the light goes out?

This tests your calm. Good answers name:

  • Lighting the spare lamp

  • Writing it into the log

Show that you would tell the harbour.

2. Tell me about a long night. What happened?

Tell of things such as:

  • Staying awake

About yourself

  • How do you write to your family?
  • What do you read?
"""


def test_an_article_has_headings_questions_and_items(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "article.txt", ARTICLE))
    assert document.title == "What to Ask a Lighthouse Keeper"
    assert document.language == "en"
    assert document.left_out == ()
    assert shown(document)[3:] == [
        "paragraph 0 - A keeper is alone for weeks. So the harbour looks at:",
        "heading 3 - Seamanship",
        "item 0 - Knows the coast, its lights and its tides",
        "item 0 - Can read the weather",
        "heading 3 - Character",
        "item 0 - Stands being alone",
        "heading 2 - The questions",
        "heading 3 1 What do you do when the light goes out?",
        "paragraph 0 - This tests your calm. Good answers name:",
        "item 0 - Lighting the spare lamp",
        "item 0 - Writing it into the log",
        "paragraph 0 - Show that you would tell the harbour.",
        "heading 3 2 Tell me about a long night. What happened?",
        "paragraph 0 - Tell of things such as:",
        "item 0 - Staying awake",
        "heading 2 - About yourself",
        "item 0 - How do you write to your family?",
        "item 0 - What do you read?",
    ]


def test_each_block_says_the_line_it_begins_on(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "article.txt", ARTICLE))
    lines = ARTICLE.splitlines()
    for block in document.blocks:
        assert block.text in lines[block.line - 1]
    assert document.origin(document.blocks[0]) == "article.txt:1"


def test_the_badge_of_a_step_is_the_number_of_its_title() -> None:
    text = "The process\n\n  1. 1\n\n    Case study\n\n    Give them a map of the coast.\n\n  2. 2\n\n    A talk\n\n    Ask about the sea.\n"
    found = [
        (block.text, block.number, block.kind.value, block.line)
        for block in blocks_of(lines_of(text))
    ]
    assert found[1:] == [
        ("Case study", 1, "heading", 5),
        ("Give them a map of the coast.", None, "paragraph", 7),
        ("A talk", 2, "heading", 11),
        ("Ask about the sea.", None, "paragraph", 13),
    ]


WRAPPED = """This paragraph was written in an editor that breaks its lines somewhere
before column seventy-five, as e-mails are, so that it takes several of
them. The next sentence belongs to it, although it begins with a capital.
It ends here.

- The first item is broken too, because it says more than a line can hold
  and goes on below its own text
- The second one is not indented where it goes on, as some programs leave
it, and still it is one item
- The third is short
"""


def test_lines_that_were_broken_are_one_again() -> None:
    blocks = blocks_of(lines_of(WRAPPED))
    assert [block.text.split()[0] for block in blocks] == ["This", "The", "The", "The"]
    assert blocks[0].text.endswith("It ends here.")
    assert blocks[1].text.endswith("goes on below its own text")
    assert blocks[2].text.endswith("still it is one item")
    assert [block.line for block in blocks] == [1, 6, 8, 10]


def test_a_question_a_line_stays_a_question_a_line() -> None:
    text = "How do you start your day?\nWhat do you do when the boat is late and nobody answers?\nWhy us?\nTell me about a storm.\n"
    assert len(blocks_of(lines_of(text))) == 4


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("3. Why us?", 3),
        ("3) Why us?", 3),
        ("(3) Why us?", 3),
        ("3.Why us?", 3),
        ("3 - Why us?", 3),
        ("3 – Why us?", 3),  # noqa: RUF001 - an en dash
        ("Question 3: Why us?", 3),
        ("Question n° 3 : Why us?", 3),
        ("QUESTION 3. Why us?", 3),
        ("Q3. Why us?", 3),
        ("Q3 Why us?", 3),
        ("#3 Why us?", 3),
        ("• Why us?", None),
        ("▪ Why us?", None),
        ("– Why us?", None),  # noqa: RUF001 - an en dash
        ("· Why us?", None),
        ("✓ Why us?", None),
        ("* Why us?", None),
        ("-Why us?", None),
        ("\uf0b7 Why us?", None),
        ("• 3. Why us?", 3),
    ],
)
def test_the_mark_of_an_item_is_taken_off(line: str, number: int | None) -> None:
    (block, _) = blocks_of(lines_of(f"{line}\n{line}"))
    assert (block.text, block.number, block.kind.value) == ("Why us?", number, "item")


@pytest.mark.parametrize(
    "line",
    [
        "3.5 years at sea are enough.",
        "2024 was a good year.",
        "100 days of rain",
        "J. Keeper wrote this.",
        "I. Keeper wrote this.",
        "Quite a storm",
        "-5 degrees",
        "24/7 on call",
        "1:1 talks",
    ],
)
def test_what_only_looks_like_a_mark_stays(line: str) -> None:
    assert blocks_of(lines_of(line))[0].text == line


def test_letters_and_roman_numbers_count_in_a_row() -> None:
    blocks = blocks_of(lines_of("i. Calm\nii. Strong\niv) Awake\n\na) Tea\nb) Bread"))
    assert [(block.text, block.number) for block in blocks] == [
        ("Calm", 1),
        ("Strong", 2),
        ("Awake", 4),
        ("Tea", None),
        ("Bread", None),
    ]


def test_items_nest_by_their_indentation() -> None:
    text = "- Sea\n  - Tides\n    - Spring tide\n  - Currents\n- Land\n"
    assert [block.level for block in blocks_of(lines_of(text))] == [0, 1, 2, 1, 0]


def test_underlined_lines_and_short_ones_with_a_colon_are_headings() -> None:
    text = "Keeper\n======\n\nRed flags:\n- Drinks\n\nDuties\n------\nKeeping the light.\n"
    found = [(block.text, block.kind.value, block.level) for block in blocks_of(lines_of(text))]
    assert found == [
        ("Keeper", "heading", 1),
        ("Red flags:", "heading", 2),
        ("Drinks", "item", 0),
        ("Duties", "heading", 2),
        ("Keeping the light.", "paragraph", 0),
    ]


def test_characters_of_typesetters_become_plain() -> None:
    text = "The e\ufb03cient keeper\u00a0: a well\u00adread one.\n\nHe was exam\u00ad\nined.\n"
    assert [block.text for block in blocks_of(lines_of(text))] == [
        "The efficient keeper : a wellread one.",
        "He was examined.",
    ]


def test_a_word_that_was_broken_is_whole_again_and_a_hyphen_of_its_own_stays() -> None:
    text = (
        "The keeper writes everything into his log, and he is very well organ-\n"
        "ised. He works in a cross-\n"
        "functional team.\n"
    )
    (block,) = blocks_of(lines_of(text))
    assert "well organised. He" in block.text
    assert "cross-functional" in block.text


def test_rows_with_tabs_are_cells() -> None:
    text = "Score\tMeaning\n1\tNo example\n4\tSeveral examples\n"
    found = [
        (block.text, block.level, block.number, block.line) for block in blocks_of(lines_of(text))
    ]
    assert found == [
        ("Score", 0, None, 1),
        ("Meaning", 1, None, 1),
        ("No example", 0, 1, 2),
        ("Several examples", 0, 4, 3),
    ]
