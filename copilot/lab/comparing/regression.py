"""Whether a comparison is to stop a change: the rule that ``--fail-on-regression`` states."""

from collections.abc import Iterator

from copilot.lab.comparing.model import CasePair, Change, Comparison, Outcome, VariantPair
from copilot.lab.comparing.testing import PASS_RATE, SIGNIFICANT
from copilot.lab.comparing.verdict import told

#: Ids named in a reason; the rest is counted.
_MOST_IDS = 10


def rule(tolerance: float, *, strict: bool) -> str:
    """The rule in words.

    Args:
        tolerance: How much worse counts as noise, 0 to 1.
        strict: Whether any broken case is a regression.
    """
    text = (
        "A regression is: the pass rate or the F1 of a kind of decisions worse by more than "
        f"{100 * tolerance:g} points with p < {SIGNIFICANT:g} (paired, corrected by Holm); or a "
        "case that passed in A and is missing or an error in B; or nothing that can be compared"
    )
    return f"{text}; or any case that passed in A and fails in B." if strict else f"{text}."


def regressions(
    comparison: Comparison, *, tolerance: float = 0.0, strict: bool = False
) -> tuple[str, ...]:
    """What got worse by that rule, a line each; empty where nothing did.

    Args:
        comparison: Of two runs.
        tolerance: How much worse counts as noise, 0 to 1.
        strict: Whether any broken case is a regression.
    """
    several = len(comparison.pairs) > 1
    return tuple(
        f"{pair.b}: {line}" if several else line
        for pair in comparison.pairs
        for line in _of(pair, tolerance, strict=strict)
    )


def broken_quietly(comparison: Comparison) -> tuple[str, ...]:
    """Cases of a deterministic task that broke without being a regression by the rule."""
    if not comparison.deterministic:
        return ()
    return tuple(
        dict.fromkeys(
            each.case
            for pair in comparison.pairs
            for each in pair.cases
            if each.change is Change.BROKEN
        )
    )


def _of(pair: VariantPair, tolerance: float, *, strict: bool) -> Iterator[str]:
    if pair.verdict.word == "incomparable":
        yield "nothing can be compared"
    for test in pair.tests:
        if test.difference is None or test.adjusted_p is None:
            continue
        if test.difference < -tolerance and test.adjusted_p < SIGNIFICANT:
            yield told(test) + (_broken(pair) if test.name == PASS_RATE else "")
    lost = [each for each in pair.cases if _lost(each)]
    if lost:
        yield f"passed in A, missing or an error in B: {_ids(lost)}"
    broken = [each for each in pair.cases if each.change is Change.BROKEN]
    if strict and broken:
        yield f"passed in A, fail in B: {_ids(broken)}"


def _broken(pair: VariantPair) -> str:
    """Which cases did it; without any, repeats of several went another way."""
    broken = [each for each in pair.cases if each.change is Change.BROKEN]
    less = [each for each in pair.cases if each.change is Change.FLAKY and _less(each)]
    told = [f"broken: {_ids(broken)}"] if broken else []
    told += [f"pass less often: {_ids(less)}"] if less else []
    return "".join(f"\n    {each}" for each in told)


def _less(case: CasePair) -> bool:
    return (case.b.share or 0.0) < (case.a.share or 0.0)


def _lost(case: CasePair) -> bool:
    passed = case.a.outcome is Outcome.PASSED
    return passed and case.b.outcome in (Outcome.MISSING, Outcome.ERROR)


def _ids(cases: list[CasePair]) -> str:
    named = ", ".join(each.case for each in cases[:_MOST_IDS])
    more = len(cases) - _MOST_IDS
    return f"{named} and {more} more" if more > 0 else named
