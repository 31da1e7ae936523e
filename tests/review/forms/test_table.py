"""The table as a spreadsheet reads it: one row a thing, and no cell is a formula."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given

from copilot.interview import replay
from copilot.review.forms.table import to_csv
from copilot.review.reading import read_reviewed
from tests.interview.strategies import stories
from tests.review.forms.told import HOSTILE, judged, source_of
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))


def _rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=delimiter, strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _of(rows: list[dict[str, str]], kind: str) -> list[dict[str, str]]:
    return [row for row in rows if row["Row"] == kind]


def _judged_rows() -> list[dict[str, str]]:
    folder = keep(an_interview().events)
    judged(folder)
    return _rows(to_csv(source_of(read_reviewed(folder)).report))


def test_there_is_a_row_for_everything_that_was_said_and_found() -> None:
    rows = _rows(to_csv(source_of(an_interview()).report))

    said = _of(rows, "said")
    assert [row["Item"] for row in said] == ["u1", "u2", "u3", "u4", "u5"]
    assert said[1]["Who"] == "candidate"
    assert said[1]["Text"] == "We had a way back to the old oven."
    assert (said[1]["From"], said[1]["To"]) == ("0:00:05", "0:00:11")
    assert said[3]["Remark"] == "doubtful"
    points = {row["Item"]: row for row in _of(rows, "point")}
    assert points["Way back"]["State"] == "Evidenced"
    assert points["Way back"]["Text"] == "a way back to the old oven"
    assert points["Way back"]["Who"] == "machine"
    assert points["Waste"]["Who"] == "human"
    assert [row["Item"] for row in _of(rows, "worth a second look")] == []
    assert [row["Item"] for row in _of(rows, "flag")] == ["Works alone", "Blames others"]
    assert len(_of(rows, "suggestion")) == 3


def test_what_the_human_judged_stands_first_with_its_history() -> None:
    rows = _judged_rows()

    assert rows[0]["Row"] == "recommendation"
    assert (rows[0]["Rating"], rows[0]["Who"]) == ("Yes", "ada")
    assert rows[0]["Text"] == "Would bake with them."
    (craft,) = _of(rows, "competency")
    assert (craft["Item"], craft["Rating"], craft["Text"]) == ("Craft", "4", "Knows ovens.")
    rollout, metrics, team = _of(rows, "question")
    assert rollout["Rating"] == "3"
    assert "Before that: 2 (2026-03-02 12:00, ada, “Hardly any detail.”)" in rollout["Remark"]
    assert metrics["Rating"] == "not enough to tell"
    assert (team["State"], team["Rating"]) == ("not asked", "not asked")


def test_a_point_of_a_question_nobody_asked_is_not_told_as_unheard() -> None:
    rows = _rows(to_csv(source_of(an_interview()).report))

    unasked = [row for row in _of(rows, "point") if row["Question"] == "Tell me about your team."]
    assert {row["State"] for row in unasked} <= {"not asked"}
    story = Story()
    story.ask("metrics")
    points = _of(_rows(to_csv(source_of(story).report)), "point")
    assert {row["Item"]: row["State"] for row in points}["Trial run"] == "not asked"
    assert {row["Item"]: row["State"] for row in points}["Waste"] == "Not heard"


def test_notes_and_marks_stand_with_their_time() -> None:
    rows = _judged_rows()

    assert [(row["From"], row["Text"]) for row in _of(rows, "note")] == [
        ("0:00:12", "Ask about the oven.")
    ]
    assert [row["From"] for row in _of(rows, "mark")] == ["0:01:01"]


def test_a_french_one_is_french() -> None:
    text = to_csv(source_of(an_interview(), "fr").report)

    assert text.startswith('\ufeff"Ligne","Question","Élément"')
    assert '"dit"' in text


def test_it_can_be_separated_by_semicolons() -> None:
    report = source_of(an_interview()).report

    assert _rows(to_csv(report, ";"), ";") == _rows(to_csv(report))


def test_lines_end_as_the_standard_has_it() -> None:
    text = to_csv(source_of(an_interview()).report)

    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize("said", HOSTILE)
def test_no_cell_is_a_formula(said: str) -> None:
    story = Story()
    story.ask("rollout")
    story.say(said)
    story.note(said)

    rows = _rows(to_csv(source_of(story).report))

    (line,), (note,) = _of(rows, "said"), _of(rows, "note")
    assert line["Text"] == note["Text"]
    assert all(not cell.startswith(("=", "+", "-", "@", "\uff1d")) for cell in line.values())
    plain = "".join(c for c in said if c.isprintable() and c != "\u202e")
    assert line["Text"].removeprefix("'").replace(" ", "") == plain.replace(" ", "")


@given(events=stories())
def test_any_interview_has_a_table(events) -> None:
    _rows(to_csv(source_of(replay(events)).report))
