"""Several documents become one guide: what two of them hold stands in it once, nothing is lost."""

from dataclasses import replace

import pytest

from copilot.guides.importing.draft import Draft, FoundCompetency, FoundStage, Tip
from copilot.guides.importing.merging.joining import joined
from copilot.guides.importing.merging.likeness import same
from tests.guides.importing.drafts import FILE, baker, item, question

OTHER = "notes.txt"


def notes(*questions, **other) -> Draft:
    return Draft("en", "Notes on the baker", questions=questions, **other)


def test_one_document_is_as_it_is() -> None:
    assert joined([baker()]) == baker()


def test_the_same_question_stands_once_with_the_points_of_both() -> None:
    points = (
        item("Waste weighed", "Weighed what was thrown away before changing anything.", 8, OTHER),
        item("Bread given away", "Gave away what was left in the evening.", 9, OTHER),
    )
    asked = question(
        "Less waste",
        "Tell me about a time when you brought the waste down.",
        7,
        *points,
        file=OTHER,
    )

    made = joined([baker(), notes(replace(asked, text=baker().questions[0].text))])

    assert [each.id for each in made.questions] == ["waste", "apprentices"]
    assert made.questions[0].origin == f"{FILE}:21"
    assert [(point.id, point.origin) for point in made.questions[0].points] == [
        ("waste-weighed", f"{FILE}:22"),
        ("orders-cut", f"{FILE}:23"),
        ("bread-given-away", f"{OTHER}:9"),
    ]
    assert made.unplaced == ()


def test_other_words_for_the_same_are_told() -> None:
    asked = question("Waste", "Tell us about a time you brought your waste down.", 7, file=OTHER)

    made = joined([baker(), notes(asked)])

    assert len(made.questions) == 2
    assert [
        (each.block.text, each.block.line, each.origin, each.why) for each in made.unplaced
    ] == [(asked.text, 7, f"{OTHER}:7", f"the same as {FILE}:21, in other words")]


def test_another_question_of_the_same_label_gets_an_id_of_its_own() -> None:
    asked = question("Waste", "Where does your flour come from, and who checks it?", 7, file=OTHER)
    stage = FoundStage("talk", "Talk", "An hour.", f"{OTHER}:2", questions=("waste",))

    made = joined([baker(), notes(asked, stages=(stage,))])

    assert [each.id for each in made.questions] == ["waste", "apprentices", "waste-2"]
    assert made.stages[-1].questions == ("waste-2",)


def test_competencies_that_are_joined_are_named_by_the_first_ones_id() -> None:
    plans = "Plans so that shelves are full and little is thrown away."
    planning = FoundCompetency("plans-ahead", "Plans ahead", plans, f"{OTHER}:3")
    asked = replace(question("Flour", "Who buys it?", 7, file=OTHER), competencies=("plans-ahead",))

    made = joined([baker(), notes(asked, competencies=(planning,))])

    assert [each.id for each in made.competencies] == ["planning"]
    assert len(made.competencies[0].anchors) == 4
    assert made.questions[-1].competencies == ("planning",)


def test_tips_and_terms_of_both_stand_once() -> None:
    tips = (
        Tip("Hold it in the bakehouse, not in the office", f"{OTHER}:1"),
        Tip("Eat.", f"{OTHER}:2"),
    )

    made = joined([baker(), notes(tips=tips, terms=("levain", "proofer"))])

    assert [tip.origin for tip in made.tips] == [f"{FILE}:33", f"{OTHER}:2"]
    assert made.terms == ("HACCP", "levain", "proofer")


def test_a_second_summary_is_told() -> None:
    second = notes(summary="Bakes.", summary_origin=f"{OTHER}:2")

    assert joined([baker(), second]).unplaced[0].block.text == "Bakes."
    assert joined([replace(baker(), summary=""), second]).summary == "Bakes."


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("How do you organise a shift?", "How do you organize the shift?"),
        ("Parlez-moi d'une journée difficile.", "Parlez moi d\u2019une journée difficile"),
        ("Tell me about waste.", "TELL US ABOUT WASTE"),
    ],
)
def test_the_same_but_for_spelling(text: str, other: str) -> None:
    assert same(text, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("How do you handle conflict with a peer?", "How do you handle conflict with a supplier?"),
        ("A project that was successful", "A project that was unsuccessful"),
        ("You met the target", "You never met the target"),
        ("Vous avez réussi", "Vous n'avez pas réussi"),
        ("Talk about 2024", "Talk about 2025"),
        ("Manage employees", "Manage employers"),
        ("", ""),
    ],
)
def test_not_the_same(text: str, other: str) -> None:
    assert not same(text, other)
