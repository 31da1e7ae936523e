"""``lab agree``: checks and opinions beside what people say of the same outputs."""

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.test_lab_run import suite_file
from tests.lab.running.plans import YES, gate_case
from tests.llm.scripted_server import Says, ScriptedServer, playing


@pytest.fixture
def judged(tmp_path: Path) -> None:
    """A run whose outputs have opinions beside their check."""
    cases = [gate_case(number) for number in range(4)]
    rubric = {"type": "llm-rubric", "value": "It tells why.", "metric": "why"}
    asked = {"assert": [{"type": "right"}, rubric]}
    suite = suite_file(tmp_path, cases, "gate", judge="profile:toy", defaultTest=asked)
    with playing(ScriptedServer(always=Says(YES))) as server:
        assert run("llm", "add", "toy", "--url", server.url, "--model", "toy").code == 0
        done = run("lab", "run", suite)
    assert done.code == 0, done.err


def test_without_labels_there_is_nothing_to_agree_with(judged: None) -> None:
    done = run("lab", "agree", "last")

    assert done.code == 2
    assert "no output of " in done.err
    assert "lab label" in done.err


def test_opinions_are_shown_beside_labels_and_marked_as_never_counting(judged: None) -> None:
    for case, verdict in (("g0", "good"), ("g1", "bad"), ("g2", "good")):
        assert run("lab", "label", "last", case, verdict).code == 0

    done = run("lab", "agree", "last")
    as_json = [json.loads(line) for line in run("lab", "agree", "last", "--json").out.splitlines()]

    assert done.code == 0
    assert "3 outputs labelled by people" in done.out
    assert "why (never counts)" in done.out
    assert "kappa means nothing" in done.out
    by_check = {each["check"]: each for each in as_json}
    assert by_check["why"]["counts"] is False
    assert by_check["why"]["agreement"]["items"] == 3
    assert by_check["why"]["agreement"]["both_yes"] == 2
    assert by_check["passed"]["counts"] is True
