"""Whole runs compared: a prompt made worse is caught, noise is not called progress."""

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.lab.comparing.an_interviewer import Interviewer, suite_of, worse_prompt
from tests.llm.scripted_server import ScriptedServer, playing


def _ran(endpoint: ScriptedServer, suite: Path) -> None:
    added = run("llm", "add", "toy", "--url", endpoint.url, "--model", "toy")
    assert added.code == 0, added.err
    done = run("lab", "run", suite, "--no-cache")
    assert done.code == 0, done.err


@pytest.mark.parametrize("questions", [4, 8])
def test_a_prompt_made_worse_stops_a_change_and_its_cases_are_named(tmp_path, questions) -> None:
    worse = str(worse_prompt(tmp_path / "worse"))
    with playing(Interviewer(told=0.95, untold=0.1)) as endpoint:
        _ran(endpoint, suite_of(tmp_path / "toy.yaml", questions=questions))
        _ran(endpoint, suite_of(tmp_path / "toy.yaml", prompt=worse, questions=questions))
    done = run("lab", "compare", "--fail-on-regression")

    assert done.code == 1
    assert "broken: mail-server, " in done.err
    assert 'is open: it begins with how, what, which, why or "tell me"' in done.out
    assert "interview-copilot lab view 20" in done.err


def test_the_same_prompt_again_is_no_regression(tmp_path) -> None:
    suite = suite_of(tmp_path / "toy.yaml", repeat=2)
    with playing(Interviewer(seed=3, told=0.7)) as endpoint:
        _ran(endpoint, suite)
        _ran(endpoint, suite)
    done = run("lab", "compare", "--fail-on-regression")

    assert done.code == 0
    assert "No difference that is more than noise over 24 cases" in done.out
    assert "repeats differ" in done.out
