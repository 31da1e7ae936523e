"""A document imported again: its changes come in, the author's stay, and nothing is lost untold."""

from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import GuideError
from copilot.guides.importing.draft import Draft, Tip
from copilot.guides.importing.merging.record import read_record, record_path
from copilot.guides.importing.merging.result import Said
from copilot.guides.importing.planned import Planned, Request, found_in
from copilot.guides.importing.trouble import ImportingError
from copilot.guides.importing.writing import plan_import
from copilot.knowledge.guide import Guide, QuestionKind
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from tests.guides.importing.drafts import FILE, baker, item, question

ROLE = "head-baker"


def request(folder: Path, **other) -> Request:
    made = Request(ROLE, folder, {FILE: "Hiring a head baker"}, {FILE: "0" * 64})
    return replace(made, **other)


def imported(folder: Path, draft: Draft, **other) -> Planned:
    planned = plan_import(draft, request(folder, **other))
    planned.write()
    return planned


def edit(folder: Path, old: str, new: str, name: str = f"{ROLE}.yaml") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def guide(folder: Path, language: str = "en") -> Guide:
    return load_guide(ROLE, language, [folder])


def with_question(draft: Draft, at: int, **changed) -> Draft:
    questions = list(draft.questions)
    questions[at] = replace(questions[at], **changed)
    return replace(draft, questions=tuple(questions))


def places(said: list[Said]) -> list[str]:
    return [".".join(map(str, each.place)) for each in said]


def test_the_same_document_again_changes_no_byte(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    before = (tmp_path / f"{ROLE}.yaml").read_bytes()

    again = imported(tmp_path, baker())

    assert not again.is_changed
    assert (again.merge.edits, again.merge.gone, again.merge.kept) == ([], [], [])
    assert (tmp_path / f"{ROLE}.yaml").read_bytes() == before


def test_what_the_document_changed_and_nobody_else_is_updated_with_its_line(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(tmp_path, "  - id: apprentices", "  # ask this one early\n  - id: apprentices")

    later = with_question(
        baker(), 1, text="How do you teach somebody to shape a round loaf?", origin=f"{FILE}:31"
    )
    again = imported(tmp_path, later)

    asked = guide(tmp_path).question("apprentices")
    assert (asked.text, asked.origin) == (later.questions[1].text, f"{FILE}:31")
    assert places(again.merge.changed) == ["questions.apprentices.text"]
    assert "# ask this one early" in (tmp_path / f"{ROLE}.yaml").read_text()


def test_lines_that_only_moved_are_followed_and_not_told(tmp_path: Path) -> None:
    imported(tmp_path, baker())

    moved = replace(baker(), tips=(Tip(baker().tips[0].text, f"{FILE}:40"),))
    again = imported(tmp_path, with_question(moved, 0, origin=f"{FILE}:28"))

    assert origin_of(guide(tmp_path).tips[0]) == f"{FILE}:40"
    assert guide(tmp_path).questions[0].origin == f"{FILE}:28"
    assert (again.merge.changed, again.merge.kept, again.merge.moved) == ([], [], 2)


def test_what_the_author_changed_stays_and_the_documents_new_words_are_told(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(tmp_path, "How do you teach somebody to shape a loaf?", "How do you teach shaping?")

    same = imported(tmp_path, baker())
    later = with_question(baker(), 1, text="How do you teach an apprentice to shape a loaf?")
    again = imported(tmp_path, later)
    once_more = imported(tmp_path, later)

    assert guide(tmp_path).question("apprentices").text == "How do you teach shaping?"
    assert (same.merge.kept, same.is_changed) == ([], False)
    assert again.merge.kept == [
        Said(("questions", "apprentices", "text"), later.questions[1].text, f"{FILE}:25")
    ]
    assert once_more.merge.kept == []  # told once


def test_what_the_author_added_and_enriched_stays(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(
        tmp_path,
        f"        origin: {FILE}:22\n",
        f"        origin: {FILE}:22\n        says:\n          - We weighed every tray.\n",
    )

    later = with_question(
        baker(),
        0,
        points=(
            replace(
                baker().questions[0].points[0], text="Weighed or counted what was thrown away."
            ),
            baker().questions[0].points[1],
        ),
    )
    imported(tmp_path, later)

    point = guide(tmp_path).questions[0].points[0]
    assert point.description == "Weighed or counted what was thrown away."
    assert point.says == ("We weighed every tray.",)


def test_what_the_author_deleted_stays_deleted(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    text = (tmp_path / f"{ROLE}.yaml").read_text()
    begins, ends = text.index("      - id: orders-cut"), text.index("  - id: apprentices")
    (tmp_path / f"{ROLE}.yaml").write_text(text[:begins] + text[ends:])

    again = imported(tmp_path, with_question(baker(), 0, origin=f"{FILE}:99"))
    once_more = imported(tmp_path, baker())

    assert [point.id for point in guide(tmp_path).questions[0].points] == ["waste-weighed"]
    assert places(again.merge.deleted) == ["questions.waste.points.orders-cut"]
    assert places(once_more.merge.deleted) == ["questions.waste.points.orders-cut"]


def test_a_competency_that_the_author_deleted_is_not_named_by_what_is_new(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    text = (tmp_path / f"{ROLE}.yaml").read_text()
    begins, ends = text.index("competencies:"), text.index("skills:")
    (tmp_path / f"{ROLE}.yaml").write_text(text[:begins] + text[ends:])

    new = replace(
        question("Ovens", "Which ovens have you worked with?", 50), competencies=("planning",)
    )
    imported(tmp_path, replace(baker(), questions=(*baker().questions, new)))

    assert guide(tmp_path).question("ovens").competencies == ()


def test_what_is_new_is_added_at_its_place(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    first, second = baker().questions
    one = question("Flour", "Where do you buy flour?", 20)
    two = question("Night work", "How do you staff the nights?", 24, item("Rota", "A rota.", 24))
    three = question("Ovens", "Which ovens have you worked with?", 28)

    again = imported(tmp_path, replace(baker(), questions=(one, first, two, second, three)))

    asked = [each.id for each in guide(tmp_path).questions]
    assert asked == ["flour", "waste", "night-work", "apprentices", "ovens"]
    assert places(again.merge.added) == [
        "questions.flour",
        "questions.night-work",
        "questions.ovens",
    ]


def test_what_the_document_no_longer_holds_stays_and_is_told(tmp_path: Path) -> None:
    imported(tmp_path, baker())

    again = imported(tmp_path, replace(baker(), questions=baker().questions[:1], tips=()))
    once_more = imported(tmp_path, replace(baker(), questions=baker().questions[:1], tips=()))

    assert [each.id for each in guide(tmp_path).questions] == ["waste", "apprentices"]
    assert places(again.merge.gone) == ["questions.apprentices", "tips"]
    assert once_more.merge.gone == []


def test_an_item_whose_label_changed_is_the_same_by_its_words(tmp_path: Path) -> None:
    imported(tmp_path, baker())

    renamed = with_question(baker(), 1, id="teaching-to-shape", label="Teaching to shape")
    again = imported(tmp_path, renamed)

    asked = guide(tmp_path).questions[1]
    assert (asked.id, asked.label) == ("apprentices", "Teaching to shape")
    assert (again.merge.added, again.merge.gone) == ([], [])


def test_an_id_that_the_author_changed_is_followed(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(tmp_path, "- id: apprentices", "- id: teaching")

    again = imported(tmp_path, with_question(baker(), 1, kind=QuestionKind.SITUATIONAL))

    assert [each.id for each in guide(tmp_path).questions] == ["waste", "teaching"]
    assert again.merge.added == []


def test_another_document_for_the_same_role_takes_nothing_for_gone(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    other = Draft(
        "en",
        "Baker",
        questions=(question("Ovens", "Which ovens do you know?", 4, file="notes.txt"),),
    )

    added = imported(
        tmp_path, other, titles={"notes.txt": "Notes"}, digests={"notes.txt": "1" * 64}
    )
    first_again = imported(tmp_path, baker())

    assert added.merge.gone == []
    assert first_again.merge.gone == []
    assert not first_again.is_changed
    read = guide(tmp_path)
    assert [source.file for source in read.sources] == [FILE, "notes.txt"]
    assert read.title == "Head Baker"
    assert read.question("ovens").origin == "notes.txt:4"


def test_what_a_model_found_is_not_gone_where_none_is_asked(tmp_path: Path) -> None:
    found = found_in(baker()) - found_in(replace(baker(), questions=baker().questions[:1]))
    imported(tmp_path, baker(), by_model=found, asked_model=True)
    without = replace(baker(), questions=baker().questions[:1])

    quiet = imported(tmp_path, without)
    still_quiet = imported(tmp_path, without)
    asked = imported(tmp_path, without, asked_model=True)

    assert (quiet.merge.gone, still_quiet.merge.gone) == ([], [])
    assert "questions.apprentices" in places(asked.merge.gone)


BY_HAND = """\
id: head-baker
language: en
title: Head Baker  # of the four shops
summary: Written by hand.
questions:
  - id: apprentices
    label: Apprentices
    kind: opinion
    text: What do you make of apprentices?
    origin: project
  - id: bread
    label: Bread
    kind: opinion
    text: Tell me about a time you brought the waste down.
    origin: project
"""


def test_a_guide_written_by_hand_is_only_added_to(tmp_path: Path) -> None:
    (tmp_path / f"{ROLE}.yaml").write_text(BY_HAND)

    planned = imported(tmp_path, baker())

    text = (tmp_path / f"{ROLE}.yaml").read_text()
    assert [line for line in BY_HAND.splitlines() if line not in text.splitlines()] == []
    assert not planned.had_record
    assert planned.merge.changed == []
    assert places(planned.merge.kept) == ["questions.apprentices"]
    read = guide(tmp_path)
    assert [each.id for each in read.questions] == ["apprentices", "bread"]
    assert [point.id for point in read.question("bread").points] == ["waste-weighed", "orders-cut"]


def test_a_record_that_cannot_be_read_is_as_none(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    record_path(tmp_path / f"{ROLE}.yaml").write_text('{"format": 1, "outline": []}')

    again = imported(tmp_path, with_question(baker(), 1, text="Who taught you to bake bread?"))

    assert not again.had_record
    assert guide(tmp_path).question("apprentices").text == baker().questions[1].text


def test_a_broken_guide_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / f"{ROLE}.yaml"
    path.write_text("id: [")

    with pytest.raises(GuideError, match=r"head-baker\.yaml:"):
        plan_import(baker(), request(tmp_path))

    assert path.read_text() == "id: ["


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    planned = plan_import(with_question(baker(), 1, text="Who taught you?"), request(tmp_path))
    edit(tmp_path, "Head Baker", "Baker")

    with pytest.raises(GuideError, match="meanwhile"):
        planned.write()

    assert guide(tmp_path).title == "Baker"


def test_a_record_is_private_and_never_newer_than_its_guide(tmp_path: Path) -> None:
    planned = plan_import(baker(), request(tmp_path))
    assert list(tmp_path.iterdir()) == []
    planned.write()

    path = record_path(tmp_path / f"{ROLE}.yaml")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    later = plan_import(with_question(baker(), 1, text="Who taught you?"), request(tmp_path))
    edit(tmp_path, "Head Baker", "Baker")
    before = path.read_bytes()
    with pytest.raises(GuideError):
        later.write()
    assert path.read_bytes() == before


def test_a_guide_newer_than_its_record_is_taken_as_it_is(tmp_path: Path) -> None:
    """As where a program is killed between the two."""
    imported(tmp_path, baker())
    record = record_path(tmp_path / f"{ROLE}.yaml").read_bytes()
    later = with_question(baker(), 1, text="How do you teach somebody to shape a good loaf?")
    later = replace(later, questions=(*later.questions, question("Ovens", "Which ovens?", 40)))
    imported(tmp_path, later)
    record_path(tmp_path / f"{ROLE}.yaml").write_bytes(record)

    again = imported(tmp_path, later)

    assert not again.is_changed
    assert (again.merge.kept, again.merge.added) == ([], [])
    kept = read_record(tmp_path / f"{ROLE}.yaml")
    assert kept is not None
    assert [each["id"] for each in kept.outline["questions"]] == ["waste", "apprentices", "ovens"]


def test_no_question_is_no_guide_but_may_add_to_one(tmp_path: Path) -> None:
    flags = Draft("en", "Flags", red_flags=(item("Late", "Comes late every day.", 3),))
    with pytest.raises(ImportingError, match=r"no question in it\. Found instead: red flags: 1"):
        plan_import(flags, request(tmp_path))
    assert list(tmp_path.iterdir()) == []

    imported(tmp_path, baker())
    imported(tmp_path, flags)

    assert [flag.id for flag in guide(tmp_path).red_flags] == ["blame-on-others", "late"]


def test_a_title_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(tmp_path, "title: Head Baker", "title: Baker")

    imported(tmp_path, baker())
    assert guide(tmp_path).title == "Baker"

    imported(tmp_path, baker(), title="Master Baker")
    assert guide(tmp_path).title == "Master Baker"


def test_a_tip_that_another_document_gave_and_the_author_deleted_stays_deleted(
    tmp_path: Path,
) -> None:
    notes = "notes.txt"
    other = replace(
        question("Waste", baker().questions[0].text, 3, file=notes),
        tips=(Tip("Ask for a figure.", f"{notes}:4"),),
    )
    both = {"titles": {FILE: "Hiring", notes: "Notes"}, "digests": {FILE: "0", notes: "1"}}
    together = with_question(baker(), 0, tips=other.tips)
    imported(tmp_path, together, **both)

    imported(tmp_path, baker())
    edit(tmp_path, "    tips:\n      - {text: Ask for a figure., origin: notes.txt:4}\n", "")
    imported(tmp_path, together, **both)

    assert guide(tmp_path).questions[0].tips == ()
