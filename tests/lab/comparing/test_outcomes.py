"""What became of each case."""

import pytest

from copilot.errors import UsageError
from copilot.lab.cases import Assertion
from copilot.lab.comparing import compare
from copilot.lab.comparing.model import Change, Outcome
from copilot.lab.results import Checked
from copilot.lab.running.run import Run
from tests.lab.builders import a_case, a_decision, a_result, a_run, a_variant


def _changes(a: Run, b: Run, variants: tuple[str, str] | None = None) -> dict[str, Change]:
    (pair,) = compare(a, b, variants=variants).pairs
    return {each.case: each.change for each in pair.cases}


def test_each_case_is_fixed_broken_or_as_before() -> None:
    a = a_run([a_result(x, passed=x in "bd") for x in "abcd"])
    b = a_run([a_result(x, passed=x in "ad") for x in "abcd"], name="later")

    assert _changes(a, b) == {
        "a": Change.FIXED,
        "b": Change.BROKEN,
        "c": Change.BOTH_FAIL,
        "d": Change.BOTH_PASS,
    }


def test_what_could_not_be_decided_is_no_pass() -> None:
    a, b = a_run([a_result("a")]), a_run([a_result("a", passed=None)])

    assert _changes(a, b) == {"a": Change.BROKEN}


def test_a_missing_case_and_an_error_are_neither_passed_nor_failed() -> None:
    a = a_run([a_result("a"), a_result("b"), a_result("c", error="gone")])
    b = a_run([a_result("b", error="gone"), a_result("c"), a_result("d")])
    (pair,) = compare(a, b).pairs

    assert {each.case: each.change for each in pair.cases} == {
        "a": Change.ONLY_A,
        "b": Change.ERROR,
        "c": Change.ERROR,
        "d": Change.ONLY_B,
    }
    assert pair.verdict.word == "incomparable"
    assert pair.tests == ()


def test_a_case_without_a_result_says_why() -> None:
    cases = [a_case("a"), a_case("b")]
    whole = a_run([a_result("a"), a_result("b")], cases=cases)
    cut = a_run([a_result("a")], cases=cases, done_at="")
    (pair,) = compare(whole, cut).pairs
    (other,) = compare(whole, a_run([a_result("a")])).pairs

    assert pair.cases[1].note == "B was not done to the end."
    assert other.cases[1].note == "B has no such case."


def test_repeats_that_differ_are_no_result() -> None:
    a = a_run([a_result("a", repeat=n) for n in range(3)])
    b = a_run([a_result("a", repeat=n, passed=n > 0) for n in range(3)])
    (pair,) = compare(a, b).pairs

    assert pair.cases[0].change is Change.FLAKY
    assert pair.cases[0].b.outcome is Outcome.FLAKY
    assert pair.cases[0].b.share == pytest.approx(2 / 3)


def test_an_error_in_one_repeat_makes_it_an_error() -> None:
    a = a_run([a_result("a", repeat=n) for n in range(2)])
    b = a_run([a_result("a"), a_result("a", repeat=1, error="late")])
    (pair,) = compare(a, b).pairs

    assert pair.cases[0].change is Change.ERROR
    assert pair.cases[0].note == "1 of 2 repeats in B are errors."


@pytest.mark.parametrize("what", [{"text": "Other words."}, {"expected": {"silent": True}}])
def test_a_case_with_other_words_is_not_compared(what) -> None:
    a = a_run([a_result("a")], cases=[a_case("a")])
    b = a_run([a_result("a", passed=False)], cases=[a_case("a", **what)])

    assert _changes(a, b) == {"a": Change.CHANGED}
    assert [each.what for each in compare(a, b).inputs] == [
        "cases with other words or expectations"
    ]


def test_a_new_check_breaks_nothing() -> None:
    more = (Assertion(type="right"), Assertion(type="open"))
    checks = (Checked(name="right", passed=True), Checked(name="open", passed=False))
    a = a_run([a_result("a")], cases=[a_case("a")])
    b = a_run([a_result("a", checks=checks)], cases=[a_case("a", asserts=more)])
    (pair,) = compare(a, b).pairs

    assert pair.cases[0].change is Change.BOTH_PASS
    assert pair.cases[0].note == "Left out, since not the same in both runs: open."
    assert [each.name for each in pair.checks] == ["right"]


def test_where_all_checks_want_something_else_nothing_is_compared() -> None:
    harder = a_case("a", asserts=(Assertion(type="right", threshold=0.9),))
    a, b = a_run([a_result("a")]), a_run([a_result("a", passed=False)], cases=[harder])

    assert _changes(a, b) == {"a": Change.CHANGED}


def test_a_check_that_only_shows_decides_nothing() -> None:
    shown = Checked(name="llm-rubric", passed=False, counts=False)
    a = a_run([a_result("a")])
    b = a_run([a_result("a", checks=(*a_result("a").checks, shown))])

    assert _changes(a, b) == {"a": Change.BOTH_PASS}


def test_decisions_that_differ_are_told() -> None:
    before = [a_decision(shown=True, right=False), a_decision(shown=True, right=True, target="x")]
    after = [a_decision(shown=False, right=False), a_decision(shown=False, right=True, target="x")]
    a, b = a_run([a_result("a", decisions=before)]), a_run([a_result("a", decisions=after)])
    (pair,) = compare(a, b).pairs

    assert [(each.target, each.better) for each in pair.cases[0].flips] == [
        ("ovens", True),
        ("x", False),
    ]
    assert {line.target: (line.better, line.worse) for line in pair.targets} == {
        "ovens": (1, 0),
        "x": (0, 1),
    }
    (points,) = pair.kinds
    assert points.a.precision == 0.5
    assert points.b.f1 == 0


# -- variants ------------------------------------------------------------------------------------


def test_the_only_variant_of_each_belongs_to_the_other() -> None:
    a, b = a_run([a_result("a", "old")]), a_run([a_result("a", "new")])

    assert _changes(a, b) == {"a": Change.BOTH_PASS}


def test_variants_of_one_id_belong_together_and_others_are_left_out() -> None:
    a = a_run([a_result("a", each) for each in ("x", "y")])
    b = a_run([a_result("a", each) for each in ("y", "z")])
    told = compare(a, b)

    assert [(each.a, each.b) for each in told.pairs] == [("y", "y")]
    assert told.left_out == ("A: x", "B: z")


def test_two_variants_of_one_run() -> None:
    run = a_run([a_result("a", "short · x"), a_result("a", "long · x", passed=False)])

    assert _changes(run, run, variants=("short", "long")) == {"a": Change.BROKEN}


def test_the_beginning_of_an_id_goes_before_other_parts() -> None:
    run = a_run([a_result("a", "short · guides"), a_result("a", "long · short", passed=False)])

    assert _changes(run, run, variants=("short", "long")) == {"a": Change.BROKEN}


def test_a_part_of_several_ids_is_told() -> None:
    run = a_run([a_result("a", "short · x"), a_result("a", "long · x")])

    with pytest.raises(UsageError, match="part of several variants"):
        compare(run, run, variants=("· x", "long"))


def test_a_variant_that_is_not_there_is_told_with_the_nearest() -> None:
    run = a_run([a_result("a", "short"), a_result("a", "longer")])

    with pytest.raises(UsageError, match="no variant 'longest'") as caught:
        compare(run, run, variants=("short", "longest"))
    assert "longer" in caught.value.remedy


def test_variants_that_cannot_be_paired_are_told() -> None:
    a = a_run([a_result("a", each) for each in ("x", "y")])
    b = a_run([a_result("a", each) for each in ("v", "w")])

    with pytest.raises(UsageError, match="no variant is in both"):
        compare(a, b)


def test_runs_of_different_tasks_are_not_compared() -> None:
    with pytest.raises(UsageError, match="of gate"):
        compare(a_run([a_result("a")]), a_run([a_result("a")], task="gate"))


def test_a_run_without_results_is_compared_to_nothing() -> None:
    told = compare(a_run([a_result("a")]), a_run([], variants=[a_variant()]))

    assert told.verdict.word == "incomparable"
