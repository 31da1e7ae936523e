"""A plan file: the questions in order, and for each how long it may take."""

from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.errors import ExitCode, GuideError
from copilot.knowledge.plan import Plan, plan_text, read_plan
from tests.builders import GUIDE

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(text: str) -> Path:
        path = tmp_path / "plan.yaml"
        path.write_text(text, "utf-8")
        return path

    return put


def test_questions_stand_in_the_order_of_the_file(write: Write) -> None:
    plan = read_plan(write("questions: [team, rollout, metrics]\n"), GUIDE)

    assert plan.ids == ("team", "rollout", "metrics")
    assert plan.minutes == {}


def test_minutes_are_said_where_they_differ(write: Write) -> None:
    plan = read_plan(
        write(
            """
            questions:
              - team
              - id: rollout
                minutes: 7.5
              - {id: metrics, minutes: 2}
            """
        ),
        GUIDE,
    )

    assert plan.ids == ("team", "rollout", "metrics")
    assert plan.minutes == {"rollout": 7.5, "metrics": 2.0}


def test_not_every_question_need_be_planned(write: Write) -> None:
    assert read_plan(write("questions:\n- metrics\n"), GUIDE).ids == ("metrics",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("questions:\n- team\n- rollot\n", 3, "baker has no question 'rollot'"),
        ("questions:\n- team\n- metrics\n- team\n", 4, "'team' is planned twice"),
        ("questions:\n- id: team\n  minutes: many\n", 3, "minutes"),
        ("questions:\n- id: team\n  minutes: -3\n", 3, "minutes"),
        ("questions:\n- id: team\n  minuts: 3\n", 3, "minuts"),
        ("questions:\n- minutes: 3\n", 2, "id"),
        ("questions:\n- 7\n", 2, "questions[0]"),
        ("title: Short\nquestions: [team]\n", 1, "title"),
        ("questions: []\n", 1, "questions"),
        ("question: [team]\n", 1, "question"),
        ("- team\n", 1, "mapping"),
        ("questions: [team\n", 2, ""),
        ("questions: [team]\nquestions: [rollout]\n", 2, "questions"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    write: Write, text: str, line: int, says: str
) -> None:
    path = write(text)

    with pytest.raises(GuideError) as caught:
        read_plan(path, GUIDE)

    error = caught.value
    assert f"{path}:{line}:" in error.message
    assert says in error.message
    assert error.title == "Plan with errors"
    assert error.exit_code is ExitCode.INPUT
    assert "list `questions`" in error.remedy


def test_the_nearest_question_is_named(write: Write) -> None:
    with pytest.raises(GuideError, match="rollout"):
        read_plan(write("questions: [rollot]\n"), GUIDE)


def test_all_that_is_wrong_is_told_at_once(write: Write) -> None:
    with pytest.raises(GuideError) as caught:
        read_plan(write("questions:\n- holiday\n- team\n- team\n"), GUIDE)

    assert caught.value.message.startswith("2 problems:")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match=r"plan\.yaml") as caught:
        read_plan(tmp_path / "plan.yaml", GUIDE)

    assert caught.value.title == "Plan with errors"


@pytest.mark.parametrize("name", ["no", "null", "2026", "1e3", "first"])
def test_a_plan_that_was_written_is_read_whatever_its_questions_are_called(
    name: str, write: Write
) -> None:
    renamed = GUIDE.questions[0].model_copy(update={"id": name})
    guide = GUIDE.model_copy(update={"questions": (renamed,)})
    for chosen in (name, {"id": name, "minutes": 7}):
        plan = Plan.model_validate({"questions": [chosen]})
        assert read_plan(write(plan_text(plan, guide)), guide).ids == (name,)
