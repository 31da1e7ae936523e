"""A plan says how many follow-ups a question gets, so that interviews stay comparable."""

from pathlib import Path

import pytest

from copilot.coach import CoachPolicy
from copilot.errors import GuideError
from copilot.knowledge.plan import Plan, read_plan
from tests.builders import GUIDE


def _read(folder: Path, text: str) -> Plan:
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return read_plan(path, GUIDE)


def test_a_plan_that_says_nothing_gives_two(tmp_path: Path) -> None:
    probes = _read(tmp_path, "questions: [team]\n").probes

    assert probes == 2
    assert CoachPolicy().probes_a_question == probes


@pytest.mark.parametrize("probes", [0, 1, 5])
def test_a_plan_can_say_how_many(tmp_path: Path, probes: int) -> None:
    assert _read(tmp_path, f"probes: {probes}\nquestions: [team]\n").probes == probes


@pytest.mark.parametrize("probes", ["-1", "10", "many", "1.5", "true"])
def test_anything_else_is_refused_with_its_line(tmp_path: Path, probes: str) -> None:
    with pytest.raises(GuideError, match="probes") as refused:
        _read(tmp_path, f"questions: [team]\nprobes: {probes}\n")

    assert ":2" in refused.value.message
