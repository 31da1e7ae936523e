"""A list of questions, as people write such lists, is found in the guide line by line."""

from pathlib import Path

import docx
import pytest

from copilot.guides.documents.trouble import DocumentError
from copilot.guides.planning import Found, Listed, read_list
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide

GUIDE = load_guide("nurse-manager")
ROSTER = GUIDE.question("roster")
CONFLICT = GUIDE.question("conflict")


def _read(tmp_path: Path, text: str, name: str = "plan.txt", guide: Guide = GUIDE) -> Listed:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_list(path, guide)


def test_a_question_is_found_by_its_id_its_label_its_text_or_a_phrasing(tmp_path: Path) -> None:
    short, error = GUIDE.questions[0], GUIDE.questions[1]
    text = f"ROSTER\n{CONFLICT.label}\n{short.text.lower()}\n{error.phrasings[0]}\n"

    found = _read(tmp_path, text)

    assert [(line.line, line.found, line.question) for line in found.lines] == [
        (1, Found.SURE, "roster"),
        (2, Found.SURE, "conflict"),
        (3, Found.SURE, short.id),
        (4, Found.SURE, error.id),
    ]


def test_a_question_in_other_words_is_near(tmp_path: Path) -> None:
    found = _read(tmp_path, "How do you build the roster for a ward of 30 people?\n")

    assert [(line.found, line.question) for line in found.lines] == [(Found.NEAR, "roster")]


@pytest.mark.parametrize("text", ["What about holidays?", "roster is", "Bread", "30 people"])
def test_what_is_no_question_of_the_guide_is_unknown(text: str, tmp_path: Path) -> None:
    line = _read(tmp_path, f"{text}\n").lines[0]

    assert (line.text, line.found, line.question) == (text, Found.UNKNOWN, "")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1. roster (8 min)", 8.0),
        ("- roster - 8 minutes", 8.0),
        ("Q1: roster, 7,5 min.", 7.5),
        ("• roster 10'", 10.0),
        ("## roster [12 min]", 12.0),
        ("roster", None),
    ],
)
def test_marks_and_minutes_are_no_part_of_it(
    written: str, minutes: float | None, tmp_path: Path
) -> None:
    line = _read(tmp_path, f"{written}\n").lines[0]

    assert (line.text, line.question, line.minutes) == ("roster", "roster", minutes)


@pytest.mark.parametrize("written", ["Follow-ups: 3", "probes = 3", "Relances : 3"])
def test_the_cap_on_follow_ups_may_stand_in_the_list(written: str, tmp_path: Path) -> None:
    found = _read(tmp_path, f"roster\n{written}\n")

    assert (found.probes, len(found.lines)) == (3, 1)


def test_a_question_that_stands_twice_is_said(tmp_path: Path) -> None:
    found = _read(tmp_path, "roster\nconflict\nroster\n")

    assert [line.found for line in found.lines] == [Found.SURE, Found.SURE, Found.TWICE]


def test_two_lines_that_are_no_questions_are_unknown_both(tmp_path: Path) -> None:
    found = _read(tmp_path, "Welcome them\nroster\nSay goodbye\n")

    assert [line.found for line in found.lines] == [Found.UNKNOWN, Found.SURE, Found.UNKNOWN]


@pytest.mark.parametrize(
    "text",
    [
        "question,minutes\nroster,8\nconflict,6\n",
        "question;minutes\nroster;8\nconflict;6\n",
        "roster,8\nconflict,6\n",
    ],
)
def test_a_table_of_questions_and_minutes(text: str, tmp_path: Path) -> None:
    found = _read(tmp_path, text, "plan.csv")

    assert [(line.question, line.minutes) for line in found.lines] == [
        ("roster", 8.0),
        ("conflict", 6.0),
    ]


def test_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("The first talk", 1)
    document.add_paragraph(ROSTER.text, style="List Number")
    document.add_paragraph(f"{CONFLICT.text} (9 min)", style="List Number")
    path = tmp_path / "plan.docx"
    document.save(str(path))

    found = read_list(path, GUIDE)

    assert [(line.found, line.question, line.minutes) for line in found.lines] == [
        (Found.UNKNOWN, "", None),
        (Found.SURE, "roster", None),
        (Found.SURE, "conflict", 9.0),
    ]


def test_the_list_is_in_the_language_of_the_guide(tmp_path: Path) -> None:
    guide = load_guide("nurse-manager", "fr")
    text = guide.question("roster").text.upper().replace("É", "E")

    found = _read(tmp_path, f"{text}\n", guide=guide)

    assert found.lines[0].question == "roster"


def test_what_is_no_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(bytes(range(256)) * 20)

    with pytest.raises(DocumentError, match=r"plan\.txt"):
        read_list(path, GUIDE)
