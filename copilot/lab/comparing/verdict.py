"""What a comparison comes to, in words that do not sell noise as progress."""

from collections.abc import Sequence

from copilot.lab.comparing.measured import Tested
from copilot.lab.comparing.model import VariantPair, Verdict, Word
from copilot.lab.comparing.testing import PASS_RATE, SIGNIFICANT

#: Of several pairs, the first of these that one came to is what they come to together.
_WORST_FIRST: tuple[Word, ...] = ("mixed", "worse", "better", "same", "incomparable")


def verdict_of(tests: Sequence[Tested], *, compared: int, deterministic: bool) -> Verdict:
    """What a pair of variants comes to.

    Args:
        tests: Its figures; the pass rate first.
        compared: How many cases both runs have and can be compared.
        deterministic: Whether the same input always brings the same output.
    """
    if not compared:
        told = "Not comparable: there is no case that both have, unchanged and without an error."
        return Verdict(word="incomparable", told=told)
    better = [each for each in tests if _surely(each) and (each.difference or 0) > 0]
    worse = [each for each in tests if _surely(each) and (each.difference or 0) < 0]
    cases = "1 case" if compared == 1 else f"{compared} cases"
    if better and worse:
        told = f"Better and worse over {cases}: better in {_all(better)}; worse in {_all(worse)}."
        return Verdict(word="mixed", told=told + _scope([*better, *worse]))
    if better:
        told = f"Better over {cases}: {_all(better)}."
        return Verdict(word="better", told=told + _scope(better))
    if worse:
        told = f"Worse over {cases}: {_all(worse)}."
        return Verdict(word="worse", told=told + _scope(worse))
    if not any(each.difference for each in tests) and all(
        each.p is None or each.p == 1 for each in tests
    ):
        told = f"No figure changed over {cases}: {_all(tests[:1], plain=True)}."
        return Verdict(word="same", told=told)
    told = f"No difference that is more than noise over {cases}: {_all(tests[:1])}. {_reach(tests)}"
    if deterministic and any(each.difference for each in tests):
        told += (
            " Nothing is left to chance in the outputs themselves: what changed did change; what"
            " is not shown is that other cases would change in the same direction."
        )
    return Verdict(word="same", told=told.strip())


def overall(pairs: Sequence[VariantPair]) -> Verdict:
    """What several pairs of variants come to together: the worst counts."""
    if not pairs:
        return Verdict(word="incomparable", told="Not comparable: no variant that both have.")
    if len(pairs) == 1:
        return pairs[0].verdict
    words = {each.verdict.word for each in pairs}
    together = "mixed" if {"better", "worse"} <= words else min(words, key=_WORST_FIRST.index)
    lines = [f"{each.b}: {each.verdict.told}" for each in pairs]
    return Verdict(word=together, told="\n".join(lines))


def points(share: float) -> str:
    """A difference of shares in percentage points, as ``+2.5``."""
    return f"{100 * share:+.1f}"


def percent(share: float | None) -> str:
    """A share as ``82.5 %``; ``-`` for None."""
    return "-" if share is None else f"{100 * share:.1f} %"


def told(test: Tested) -> str:
    """A figure with its numbers, in a line."""
    text = f"{test.name} {percent(test.a)} → {percent(test.b)}"
    if test.difference is None:
        return text
    more = [f"{points(test.difference)} points"]
    if test.low is not None and test.high is not None:
        more.append(f"95 % interval {points(test.low)} to {points(test.high)}")
    if test.adjusted_p is not None:
        more.append(f"corrected {p_text(test.adjusted_p)}")
    return f"{text} ({', '.join(more)})"


def p_text(p: float) -> str:
    """A probability as ``p = 0.031``."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _surely(test: Tested) -> bool:
    return test.adjusted_p is not None and test.adjusted_p < SIGNIFICANT


def _all(tests: Sequence[Tested], *, plain: bool = False) -> str:
    if plain:
        return "; ".join(f"{each.name} {percent(each.b)}" for each in tests)
    return "; ".join(told(each) for each in tests)


def _scope(tests: Sequence[Tested]) -> str:
    """That what is shown of a few groups is not shown of others."""
    few = [each.groups for each in tests if each.by_case]
    if not few:
        return ""
    groups = "one group" if max(few) == 1 else f"{max(few)} groups"
    return (
        f" The cases are of {groups} only, so each counts by itself: this holds for these groups "
        "(such as questions), not for others."
    )


def _reach(tests: Sequence[Tested]) -> str:
    """What so few cases could have shown at all."""
    rate = next((each for each in tests if each.name == PASS_RATE), None)
    if rate is None:
        return ""
    if rate.smallest is None:
        few = "cases" if rate.by_case or rate.groups == rate.cases else "groups of cases"
        return f"So few {few} cannot show any difference."
    return (
        f"So many cases can show no difference of the pass rate below {100 * rate.smallest:.1f} "
        "points, and that only where every case that changes does so in the same direction."
    )
