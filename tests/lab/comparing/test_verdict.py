"""The verdict, and the rule by which a comparison stops a change."""

from collections.abc import Iterable
from typing import Any

import pytest

from copilot.lab.comparing import compare
from copilot.lab.comparing.model import Comparison
from copilot.lab.comparing.regression import broken_quietly, regressions, rule
from copilot.lab.comparing.text import comparison_text
from copilot.lab.running.run import Run
from tests.lab.builders import a_case, a_decision, a_result, a_run


def _run(passed: Iterable[bool], variant: str = "local", **given: Any) -> Run:
    results = [a_result(f"c{n}", variant, passed=each) for n, each in enumerate(passed)]
    return a_run(results, **given)


def _compared(before: Iterable[bool], after: Iterable[bool]) -> Comparison:
    return compare(_run(before), _run(after, name="later"))


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ([False] * 10 + [True] * 10, [True] * 20, "better"),
        ([True] * 20, [False] * 10 + [True] * 10, "worse"),
        # Five in one direction may be chance: 2 / 2^5 is 0.0625.
        ([True] * 20, [False] * 5 + [True] * 15, "same"),
        ([True] * 20, [True] * 20, "same"),
    ],
)
def test_only_what_is_more_than_chance_is_better_or_worse(before, after, word) -> None:
    assert _compared(before, after).verdict.word == word


def test_the_verdict_names_its_numbers_and_what_could_be_shown() -> None:
    told = _compared([True] * 20, [False] * 5 + [True] * 15).verdict.told

    assert "pass rate 100.0 % → 75.0 % (-25.0 points" in told
    assert "p = 0.062" in told or "p = 0.063" in told
    # Six of twenty, all in one direction.
    assert "below 30.0 points" in told
    assert "Nothing is left to chance" in told


def test_so_few_cases_that_nothing_could_be_shown_say_so() -> None:
    told = _compared([True] * 5, [False] * 5).verdict.told

    assert "So few cases cannot show any difference." in told


def test_better_in_one_figure_and_worse_in_another() -> None:
    def run(shown: bool, passed: bool) -> Run:
        decisions = [a_decision(shown=shown, right=True)]
        return a_run([a_result(f"c{n}", passed=passed, decisions=decisions) for n in range(12)])

    told = compare(run(shown=True, passed=False), run(shown=False, passed=True))

    assert told.verdict.word == "mixed"
    assert regressions(told)[0].startswith("F1 of points 100.0 % → 0.0 %")


def test_what_is_tested_in_more_places_needs_more() -> None:
    alone = _compared([True] * 20, [False] * 6 + [True] * 14)
    both = [a_decision(shown=True, right=True)]
    a, b = (
        a_run([a_result(f"c{n}", passed=n >= bad, decisions=both) for n in range(20)])
        for bad in (0, 6)
    )

    assert alone.verdict.word == "worse"
    assert compare(a, b).verdict.word == "same"


def test_several_variants_are_told_together() -> None:
    a = a_run([a_result(f"c{n}", v) for n in range(12) for v in ("x", "y")])
    b = a_run([a_result(f"c{n}", v, passed=v == "x") for n in range(12) for v in ("x", "y")])
    told = compare(a, b)

    assert told.verdict.word == "worse"
    assert [each.split(":")[0] for each in regressions(told)] == ["y"]


# -- the rule ------------------------------------------------------------------------------------


def test_worse_by_less_than_the_tolerance_is_no_regression() -> None:
    told = _compared([True] * 100, [False] * 10 + [True] * 90)

    assert regressions(told, tolerance=0.05)
    assert not regressions(told, tolerance=0.1)


def test_noise_is_no_regression_unless_it_is_strict() -> None:
    told = _compared([True] * 20, [False] + [True] * 19)

    assert regressions(told) == ()
    assert regressions(told, strict=True) == ("passed in A, fail in B: c0",)
    assert broken_quietly(told) == ("c0",)


def test_what_passed_and_is_missing_or_an_error_is_a_regression() -> None:
    a = a_run([a_result(x) for x in "abcd"])
    b = a_run([a_result("a"), a_result("b", error="gone"), a_result("d", passed=False)])

    assert regressions(compare(a, b)) == ("passed in A, missing or an error in B: b, c",)


def test_what_failed_and_is_missing_is_none() -> None:
    a = a_run([a_result("a"), a_result("b", passed=False)])

    assert regressions(compare(a, a_run([a_result("a")]))) == ()


def test_nothing_to_compare_is_a_regression() -> None:
    told = compare(a_run([a_result("a", passed=False)]), a_run([a_result("b")]))

    assert regressions(told) == ("nothing can be compared",)


def test_the_rule_says_its_tolerance() -> None:
    assert "more than 2 points with p < 0.05" in rule(0.02, strict=False)
    assert rule(0, strict=True).endswith("or any case that passed in A and fails in B.")


def _grouped(passed: bool, groups: int, cases: int = 24) -> Run:
    known = [a_case(f"c{n}", group=f"q{n % groups}") for n in range(cases)]
    return a_run([a_result(each.id, passed=passed) for each in known], cases=known)


@pytest.mark.parametrize("groups", [1, 2, 5, 7])
def test_what_breaks_everywhere_is_caught_in_few_groups_as_well(groups) -> None:
    told = compare(_grouped(True, groups), _grouped(False, groups))

    assert told.verdict.word == "worse"
    few = "one group" if groups == 1 else f"{groups} groups"
    assert f"The cases are of {few} only, so each counts by itself" in told.verdict.told
    assert regressions(told)


def test_a_group_counts_as_one_where_there_are_enough() -> None:
    def run(broken: int) -> Run:
        known = [a_case(f"c{n}", group=f"q{n % 8}") for n in range(24)]
        results = [a_result(each.id, passed=n % 8 >= broken) for n, each in enumerate(known)]
        return a_run(results, cases=known)

    assert compare(run(0), run(5)).verdict.word == "same"
    assert compare(run(0), run(6)).verdict.word == "worse"
    assert "counts by itself" not in compare(run(0), run(6)).verdict.told


def test_a_regression_names_the_cases_that_broke_and_those_that_pass_less_often() -> None:
    def run(*passed: int) -> Run:
        return a_run(
            a_result(f"c{n}", repeat=repeat, passed=repeat < times)
            for n, times in enumerate(passed)
            for repeat in range(3)
        )

    (told,) = regressions(compare(run(*[3] * 12), run(*[0] * 6, *[1] * 2, *[3] * 4)))

    assert "\n    broken: c0, c1, c2, c3, c4, c5\n    pass less often: c6, c7" in told


def test_the_text_names_what_broke() -> None:
    a = a_run([a_result(x, passed=x == "b") for x in "abc"])
    b = a_run([a_result(x, passed=x == "a") for x in "ab"])
    text = comparison_text(compare(a, b))

    assert "Cases: fixed 1, broken 1, only in A 1" in text
    assert "  broken: b\n" in text
    assert "cases taken away: 3 → 2" in text


def test_the_text_tells_the_terminal_nothing() -> None:
    text = comparison_text(compare(a_run([a_result("a\x1b[2J\x07")]), a_run([a_result("b")])))

    assert "a␛[2J␇" in text
    assert "\x1b" not in text
