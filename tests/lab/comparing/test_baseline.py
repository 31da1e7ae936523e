"""A baseline keeps what a comparison needs, and not a word of what was said."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from copilot.lab.comparing import compare
from copilot.lab.comparing.baseline import baseline_of, baseline_to_json, read_baseline
from copilot.lab.errors import RunError
from copilot.lab.grid import Materials
from copilot.lab.results import Checked, Produced
from copilot.lab.running.run import Run
from tests.lab.builders import a_case, a_decision, a_guide, a_prompt, a_result, a_run, a_variant


def _run(passed: str = "a", **given: Any) -> Run:
    prompt = a_prompt("ask", "The prompt's secret words.")
    results = [
        a_result(
            x,
            "ask",
            repeat,
            text="The secret question?",
            produced=Produced(output={"quote": "secret"}, model="m", took_s=1.234),
            checks=(Checked(name="right", passed=x in passed, reason="It is secret."),),
            decisions=[a_decision(shown=True, right=x in passed)],
        )
        for x in "ab"
        for repeat in (0, 1)
    ]
    results[-1] = a_result("b", "ask", 1, error="The secret error")
    return a_run(
        results,
        cases=[a_case(x, "A secret answer.", metadata={"secret": "secret"}) for x in "ab"],
        variants=[a_variant("ask", prompt, guide="installed")],
        prompts=[prompt],
        guides=[a_guide('{"id": "secret"}')],
        suite_path="/home/secret/ovens.yaml",
        machine={"system": "secret"},
        **given,
    )


def _written(run: Run, folder: Path) -> Path:
    path = folder / "ovens.json"
    path.write_bytes(baseline_to_json(baseline_of(run)))
    return path


def test_it_holds_nothing_that_anybody_said(tmp_path) -> None:
    text = _written(_run(), tmp_path).read_text()

    assert "secret" not in text.lower()


def test_a_result_is_a_line(tmp_path) -> None:
    lines = _written(_run(), tmp_path).read_text().splitlines()

    assert sum('"variant": "ask"' in line for line in lines) == 4


def test_it_compares_as_the_run_itself(tmp_path) -> None:
    later = _run("ab", name="later", commit="other")
    whole = compare(_run(), later)
    kept = compare(read_baseline(_written(_run(), tmp_path)), later)

    assert kept.a.baseline
    assert kept.pairs == whole.pairs
    assert kept.verdict == whole.verdict
    assert [each.what for each in kept.inputs] == [each.what for each in whole.inputs]


def test_a_guide_that_changed_is_told_without_its_text(tmp_path) -> None:
    old = a_guide('{"id": "secret"}')
    later = dataclasses.replace(
        _run(), materials=Materials(guides={("installed", "cook", "en"): a_guide("{}")})
    )
    kept = compare(read_baseline(_written(_run(), tmp_path)), later)

    assert [(each.what, each.a) for each in kept.inputs] == [("guide cook (en)", old.sha256[:12])]


def test_a_run_that_was_cut_off_is_no_baseline() -> None:
    with pytest.raises(RunError, match="not done to the end"):
        baseline_of(_run(done_at=""))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is no baseline"),
        ("[]", "it has no results"),
        ('{"format": 1}', "it has no results"),
        ('{"format": 99, "results": []}', "of format 99"),
        ('{"format": 1, "results": []}', "record"),
        ('{"format": 1, "results": [{"case": "a"}]}', "a result has no 'variant'"),
        ('{"format": 1, "results": [3]}', "is no baseline"),
    ],
)
def test_what_is_no_baseline_is_told(tmp_path, content, told) -> None:
    path = tmp_path / "b.json"
    path.write_text(content)

    with pytest.raises(RunError, match=told) as caught:
        read_baseline(path)
    assert "lab baseline" in caught.value.remedy


def test_one_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(RunError, match="cannot be read: No such file"):
        read_baseline(tmp_path / "none.json")


def test_an_unknown_key_is_told(tmp_path) -> None:
    path = _written(_run(), tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), "more": 1}))

    with pytest.raises(RunError, match="more"):
        read_baseline(path)
