"""``lab promote`` and ``lab check``: what they print, what they keep, and what they refuse."""

import json
from pathlib import Path

import pytest
import yaml

from copilot.errors import ExitCode
from copilot.lab.folders import cases_folder
from copilot.store import SessionFolder
from tests.cli.command import run
from tests.lab.suite.written import MATCHED, write
from tests.review.stored import keep
from tests.review.story import an_interview

_ID = "20260302-090000-abcd"


@pytest.fixture
def session() -> SessionFolder:
    return keep(an_interview().events, _ID)


def test_a_moment_becomes_a_case_and_its_id_is_printed(session: SessionFolder) -> None:
    done = run("lab", "promote", "last#u3", "--note", "No  training")

    path = cases_folder() / "match.yaml"
    [test] = yaml.safe_load(path.read_text("utf-8"))
    assert (done.code, done.out) == (0, f"{_ID}-u3-match\n")
    assert done.err.startswith(f"Added to {path}, task match.\n")
    assert "Nobody said by hand what is right there" in done.err
    assert test["metadata"] == {"utterance": "u3", "note": "No training"}


def test_a_dry_run_shows_the_case_and_keeps_nothing(session: SessionFolder) -> None:
    done = run("lab", "promote", f"{_ID}#u1", "--dry-run")

    [test] = yaml.safe_load(done.out)
    assert done.code == 0
    assert test["vars"]["turns"][-1]["question"] == "rollout"
    assert not cases_folder().exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("last#u99",), ExitCode.USAGE, "no utterance 'u99'"),
        (("last#u2", "--task", "mach"), ExitCode.USAGE, "Did you mean 'match'?"),
        (("gone#u2",), ExitCode.SESSION, "no session 'gone'"),
        (("last#u1", "--question", "rolout"), ExitCode.USAGE, "Did you mean 'rollout'?"),
        (("last#u2", "--id", "A B"), ExitCode.USAGE, "no id for a case"),
        (("last", "--anonymise"), ExitCode.USAGE, "a whole interview is replayed"),
    ],
)
def test_what_cannot_be_made_is_told(
    session: SessionFolder, arguments: tuple[str, ...], code: ExitCode, said: str
) -> None:
    done = run("lab", "promote", *arguments)

    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert not cases_folder().exists()


def test_suites_are_checked_one_by_one(tmp_path: Path) -> None:
    good = write(tmp_path, MATCHED, "good.yaml")
    bad = write(tmp_path, MATCHED.replace("question: metrics", "question: metric"), "bad.yaml")
    worse = write(tmp_path, MATCHED.replace("task", "tsk"), "worse.yaml")

    done = run("lab", "check", good, bad, worse)

    assert done.code == ExitCode.FAILED
    assert done.out == ("good: one case (0 train, 0 dev, 1 test), one variant, task match\n")
    assert f"{bad}:4: " in done.err
    assert "Did you mean 'metrics'?" in done.err
    assert f"{worse}:1: tsk: unknown key. Did you mean 'task'?" in done.err


def test_cases_for_the_small_model_are_put_as_well(tmp_path: Path) -> None:
    asked = MATCHED.replace("task: match", "task: judge_points\nproviders: smollm2")
    suite = write(tmp_path, asked.replace("question: metrics", "question: metric"), "small.yaml")

    done = run("lab", "check", suite)

    assert done.code == ExitCode.FAILED
    assert f"{suite}:5: " in done.err
    assert "Did you mean 'metrics'?" in done.err


def test_every_suite_that_ships_is_in_order() -> None:
    done = run("lab", "check")

    assert (done.code, done.err) == (0, "")
    assert len(done.out.splitlines()) >= 8


def test_a_case_that_nothing_can_be_said_of_is_named(tmp_path: Path) -> None:
    given = {"context": {"language": "en", "local": True}, "text": "What did you do then?"}
    blind = {"id": "blind", "vars": given}
    tests = [
        blind,
        {**blind, "id": "told", "expected": {"refused": False}},
        {**blind, "id": "checked", "assert": [{"type": "speaks"}]},
    ]
    suite = tmp_path / "mine.yaml"
    suite.write_text(json.dumps({"task": "gate", "tests": tests}))
    done = run("lab", "check", suite)
    assert done.code == 0
    assert done.out.splitlines()[1:] == ["  cannot pass, as nothing says what is right: blind"]
