"""``knowledge plan`` and ``import-plan``: plans by hand, of a list, and by name."""

from pathlib import Path

import pytest

from copilot.knowledge.loading import load_guide
from copilot.knowledge.plan import plan_names, read_plan
from tests.cli.command import run

ROLE = "nurse-manager"
GUIDE = load_guide(ROLE)


def test_a_plan_by_hand_is_kept_by_its_name(tmp_path: Path) -> None:
    done = run(
        "knowledge", "plan", ROLE, "roster:8", "conflict", "--probes", "1", "--name", "first"
    )

    path = tmp_path / "config" / "plans" / ROLE / "first.yaml"
    assert (done.code, done.out) == (0, f"{path}\n")
    assert f"interview-copilot live --role {ROLE} --plan first\n" in done.err
    plan = read_plan(path, GUIDE)
    assert (plan.ids, plan.minutes, plan.probes) == (("roster", "conflict"), {"roster": 8.0}, 1)
    assert plan_names(ROLE) == ["first"]
    assert "first " in run("knowledge", "plan", ROLE).out
    assert "2 questions" in run("knowledge", "plan", ROLE).out


def test_minutes_that_are_the_guides_own_stay_with_the_guide() -> None:
    own = GUIDE.question("roster").minutes

    done = run("knowledge", "plan", ROLE, f"roster:{own:g}")

    assert "- roster  #" in done.out


def test_a_plan_is_not_overwritten_unless_one_says_so() -> None:
    run("knowledge", "plan", ROLE, "roster", "--name", "first")

    refused = run("knowledge", "plan", ROLE, "conflict", "--name", "first")
    assert refused.code == 2
    assert "--replace" in refused.err
    assert run("knowledge", "plan", ROLE, "conflict", "--name", "first", "--replace").code == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [("rooster", "Did you mean 'roster'"), ("roster:long", "roster:8"), ("roster:0", "roster:8")],
)
def test_a_question_that_is_none_is_refused(written: str, said: str) -> None:
    done = run("knowledge", "plan", ROLE, written)

    assert done.code == 2
    assert said in done.err


def test_a_list_becomes_a_plan_and_what_is_unknown_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "1. roster (8 min)\n2. Bread?\n3. How do you settle a conflict\nrelances : 1\n", "utf-8"
    )

    done = run("knowledge", "import-plan", str(path), "--role", ROLE, "--length", "5")

    assert done.code == 0
    assert f"{path}:2: no question of the guide: 'Bread?'" in done.err
    assert "1 question, about 8 min, 3 more than the 5 there are" in done.err
    assert "- {id: roster, minutes: 8}" in done.out
    assert "probes: 1" in done.out


def test_near_questions_are_taken_when_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("How do you build the roster for a ward of 30 people?\n", "utf-8")

    asked = run("knowledge", "import-plan", str(path), "--role", ROLE)
    taken = run("knowledge", "import-plan", str(path), "--role", ROLE, "--yes")

    assert asked.code == 3
    assert "near roster:" in asked.err
    assert "no question of the guide" in asked.err
    assert taken.code == 0
    assert "- roster" in taken.out


def test_a_plan_is_named_where_a_file_is_taken() -> None:
    run("knowledge", "plan", ROLE, "roster", "--name", "first")

    exported = run("knowledge", "export", ROLE, "--plan", "first")
    unknown = run("knowledge", "export", ROLE, "--plan", "frist")

    assert GUIDE.question("roster").text in exported.out
    assert unknown.code == 2
    assert "Did you mean 'first'?" in unknown.err
