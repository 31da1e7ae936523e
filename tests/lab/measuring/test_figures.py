"""The figures of runs small enough to know what has to come out."""

import json
import math

import pytest

from copilot.lab.measuring.figures import figures
from copilot.lab.results import Checked, Produced, Result
from tests.lab.builders import a_case, a_decision, a_result, a_run, a_variant


def test_what_passed_and_what_did_not_and_errors_are_no_pass() -> None:
    run = a_run(
        [
            a_result("c1"),
            a_result("c2", passed=False),
            a_result("c3", error="The server is gone."),
            a_result("c4", passed=None),
        ]
    )
    whole = figures(run).variants[0].whole

    assert (whole.cases, whole.results, whole.errors) == (4, 4, 1)
    assert whole.passed.value == pytest.approx(1 / 4)
    [check] = whole.checks
    assert (check.results, check.held, check.undecided) == (3, 1, 1)
    assert check.share.value == pytest.approx(1 / 3)
    assert math.isnan(whole.unsteady)


def test_repeats_are_averaged_and_what_differs_between_them_is_told() -> None:
    run = a_run(
        [
            a_result("c1", repeat=0, decisions=[a_decision(shown=True, right=True)]),
            a_result("c1", repeat=1, passed=False, decisions=[a_decision(shown=False, right=True)]),
            a_result("c2", repeat=0, decisions=[a_decision(shown=True, right=True)]),
            a_result("c2", repeat=1, decisions=[a_decision(shown=True, right=True)]),
        ]
    )
    whole = figures(run).variants[0].whole

    assert whole.passed.value == pytest.approx(3 / 4)
    assert whole.unsteady == pytest.approx(1 / 2)
    [points] = whole.kinds
    assert points.decisions == 4
    assert points.unsteady == pytest.approx(1 / 2)
    assert points.rates.recall.value == pytest.approx(3 / 4)
    [target] = points.targets
    assert (target.target, target.decisions, target.hits, target.missed) == ("ovens", 2, 1.5, 0.5)
    assert target.f1 == pytest.approx(2 * 1.5 / 3.5)


def test_the_worst_target_comes_first_and_one_without_f1_last() -> None:
    several = [
        a_decision(shown=True, right=True, target="team"),
        a_decision(shown=True, right=False, target="ovens"),
        a_decision(shown=False, right=False, target="budget"),
    ]
    [points] = figures(a_run([a_result(decisions=several)])).variants[0].whole.kinds

    assert [each.target for each in points.targets] == ["ovens", "team", "budget"]
    assert (points.targets[0].wrong, points.targets[0].f1) == (1, 0)
    assert math.isnan(points.targets[2].f1)


def test_languages_are_told_apart_where_there_are_several() -> None:
    french = {"role": "cook", "language": "fr", "answer": "Je tiens la lumière."}
    cases = [a_case("c1"), a_case("c2", vars=french)]
    both = figures(a_run([a_result("c1"), a_result("c2", passed=False)], cases=cases))
    one = figures(a_run([a_result("c1")], cases=cases[:1]))

    assert [(p.language, p.passed.value) for p in both.variants[0].languages] == [
        ("en", 1.0),
        ("fr", 0.0),
    ]
    assert one.variants[0].languages == ()


def test_variants_stand_beside_each_other_and_cases_can_be_chosen() -> None:
    cases = [a_case("c1", split="test"), a_case("c2")]
    results = [a_result(c, v, passed=v == "b") for c in ("c1", "c2") for v in ("a", "b")]
    found = figures(a_run(results, cases=cases), keep=lambda case: case.split == "test")

    assert found.results == 2
    assert [(v.variant, v.whole.cases, v.whole.passed.value) for v in found.variants] == [
        ("a", 1, 0.0),
        ("b", 1, 1.0),
    ]


def test_lateness_is_of_what_has_a_time() -> None:
    times = (-2.0, -1.0, 0.0, 3.0, None)
    several = [a_decision(shown=True, right=True, late_s=s) for s in times]
    [points] = figures(a_run([a_result(decisions=several)])).variants[0].whole.kinds

    assert points.lateness is not None
    assert points.lateness.decisions == 4
    assert points.lateness.in_time.value == pytest.approx(3 / 4)
    assert points.lateness.p50_s == pytest.approx(-0.5)


def test_money_is_unknown_where_a_part_of_it_is() -> None:
    def asked(case: str, cost: float | None) -> Result:
        made = Produced(output={}, requests=1, tokens_in=10, tokens_out=5, cost=cost, took_s=2)
        return a_result(case).model_copy(update={"produced": made})

    known = figures(a_run([asked("c1", 0.25), asked("c2", 0.5)])).variants[0].whole.spending
    unknown = figures(a_run([asked("c1", 0.25), asked("c2", None)])).variants[0].whole.spending

    assert (known.cost, known.tokens_in, known.tokens_out, known.p50_s) == (0.75, 20, 10, 2)
    assert unknown.cost is None
    assert figures(a_run([a_result()])).variants[0].whole.spending.cost == 0


def test_a_check_with_degrees_has_a_mean_score() -> None:
    half = Checked(name="right", passed=False, score=0.5)
    run = a_run([a_result("c1"), a_result("c2").model_copy(update={"checks": (half,)})])

    [check] = figures(run).variants[0].whole.checks
    assert check.score.value == pytest.approx(0.75)


def test_json_holds_no_number_that_is_none() -> None:
    found = figures(a_run([a_result(decisions=[a_decision(shown=False, right=False)])])).to_json()

    text = json.dumps(found, allow_nan=False)
    assert json.loads(text)["variants"][0]["whole"]["kinds"][0]["rates"]["precision"] == {
        "value": None,
        "low": None,
        "high": None,
    }


def test_a_run_of_nothing_has_figures_of_nothing() -> None:
    run = a_run([], cases=[a_case()], variants=[a_variant()])
    whole = figures(run).variants[0].whole

    assert (whole.cases, whole.kinds, whole.checks) == (0, (), ())
    assert math.isnan(whole.passed.value)
