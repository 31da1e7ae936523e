"""What is longer than a guide takes is cut where a sentence ends, and the rest is told."""

from dataclasses import replace

import pytest

from copilot.guides.importing.fitting import cut, one_line, unplaced
from copilot.guides.importing.outline import Outline
from copilot.guides.importing.outlining import outlined, source_id
from tests.guides.importing.drafts import FILE, baker, item


def _outline(draft, **sources) -> Outline:
    return outlined(draft, "head-baker", sources or {FILE: "Hiring"}).outline


def test_a_long_text_is_cut_behind_a_sentence_and_the_rest_is_told() -> None:
    sentence = "Weighs what comes back from every shop on every single evening of the week. "
    flag = item("Weighs", sentence * 10, 12)

    made = outlined(replace(baker(), red_flags=(flag,)), "head-baker", {FILE: "Hiring"})

    kept = made.outline["red_flags"][0]["description"]
    assert kept == (sentence * 7).strip()
    assert [(each.block.text, each.block.line, each.origin) for each in made.rest] == [
        ((sentence * 3).strip(), 12, f"{FILE}:12")
    ]
    assert "600" in made.rest[0].why


@pytest.mark.parametrize(
    ("text", "longest", "parts"),
    [
        ("Short.", 10, ("Short.", "")),
        ("One two. Three four", 12, ("One two.", "Three four")),
        ("Dit « Non. » Puis part", 14, ("Dit « Non. »", "Puis part")),
        ("one two three", 9, ("one two", "three")),
        ("one two three", 7, ("one two", "three")),
        ("abcdefgh", 3, ("abc", "defgh")),
        ("At 3.5 per cent it stops", 10, ("At 3.5 per", "cent it stops")),
    ],
)
def test_where_it_is_cut(text: str, longest: int, parts: tuple[str, str]) -> None:
    assert cut(text, longest) == parts


def test_a_long_label_is_cut_behind_a_word_and_told_where_the_text_lacks_it() -> None:
    label = "Weighing of everything that comes back"
    told = replace(item("Weighing", "He does it daily.", 4), label=label)
    said = replace(item("Weighing", f"{label} is done daily.", 5), label=label, id="weighing-2")

    made = outlined(replace(baker(), red_flags=(told, said)), "head-baker", {FILE: "Hiring"})

    assert [each["label"] for each in made.outline["red_flags"]] == [
        "Weighing of everything that"
    ] * 2
    assert [(each.origin, each.block.text) for each in made.rest] == [(f"{FILE}:4", "comes back")]


@pytest.mark.parametrize(("minutes", "written"), [(20.0, "20"), (7.5, "7.5")])
def test_minutes_are_written_as_a_human_would(minutes: float, written: str) -> None:
    stage = replace(baker().stages[0], minutes=minutes)

    assert str(_outline(replace(baker(), stages=(stage,)))["stages"][0]["minutes"]) == written


@pytest.mark.parametrize("minutes", [0, -1, 121, 480])
def test_minutes_that_no_guide_takes_are_left_out_and_told(minutes: float) -> None:
    stage = replace(baker().stages[0], minutes=minutes)

    made = outlined(replace(baker(), stages=(stage,)), "head-baker", {FILE: "Hiring"})

    assert "minutes" not in made.outline["stages"][0]
    assert made.rest[0].block.text == f"Trial shift: {minutes} min"


def test_what_is_not_given_is_left_out() -> None:
    made = _outline(baker())

    question = made["questions"][0]
    assert not {"minutes", "tips", "competencies", "phrasings", "weight"} & set(question)
    assert not {"off_limits"} & set(made)


def test_ids_that_no_item_has_are_not_named() -> None:
    lost = replace(baker().questions[0], competencies=("planning", "gone"))
    stage = replace(baker().stages[0], questions=("gone",))

    made = _outline(replace(baker(), questions=(lost,), stages=(stage,)))

    assert made["questions"][0]["competencies"] == ["planning"]
    assert "questions" not in made["stages"][0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\t\n b ", "a b"),
        ("\u00a0« Qui ? »", "« Qui ? »"),
        ("a\u2028b\x00\x1b[31mc\ufeff", "a b[31mc"),
        ("« Qui\u00a0? »", "« Qui\u00a0? »"),
    ],
)
def test_a_text_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_ids_of_documents() -> None:
    assert source_id("Guide d'entretien (v2).docx") == "guide-d-entretien-v2"
    assert source_id("项目.pdf") == "document"
    assert source_id("project.md") == "project-2"  # an origin that means something else
    assert source_id("a.md", ["a"]) == "a-2"


def test_what_has_no_place_names_page_and_line() -> None:
    block = unplaced("The rest.", "advert.pdf:p2:5", "too long").block

    assert (block.page, block.line) == (2, 5)
