"""Whether a difference is more than chance: the pass rate, and F1 of each kind of decisions.

Both runs did the same cases, so the tests are paired: what counts is how each case changed, not
how two averages stand beside each other.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from copilot.lab.comparing.chance import Floats, holm, paired_ratio
from copilot.lab.comparing.decisions import counts_of, kinds_of
from copilot.lab.comparing.measured import Tested
from copilot.lab.results import Result

if TYPE_CHECKING:
    from copilot.lab.comparing.drafting import Draft

#: Below it a difference counts as more than chance.
SIGNIFICANT = 0.05
#: With fewer groups, all of which get worse, chance alone would still do after the correction for
#: a few figures; then each case counts by itself.
FEWEST_GROUPS = 8
PASS_RATE = "pass rate"  # noqa: S105 - no secret
#: What decisions of each kind are called, several of them.
KIND_WORDS: Mapping[str, str] = {
    "point": "points",
    "flag": "flags",
    "question": "questions",
    "refusal": "refusals",
    "sentence": "sentences left out",
    "suggestion": "suggestions",
}

#: The repeats of each case in A and in B.
Cases = Mapping[str, tuple[Sequence[Result], Sequence[Result]]]


def tests_of(made: "Draft") -> tuple[Tested, ...]:
    """The figures of a pair of variants, not yet corrected for their number.

    Args:
        made: The pair.
    """
    if not made.cases:
        return ()
    names = list(made.cases)
    groups = [made.groups[each] for each in names]
    shares = np.array([made.shares[each] for each in names], dtype=float)
    # A share is a sum over its number: the same arithmetic as for F1, with the number below.
    ones = np.ones(len(names))
    a, b = (np.column_stack([shares[:, side], ones]) for side in (0, 1))
    found = [_tested(PASS_RATE, "", groups, a, b)]
    both = [each for pair in made.cases.values() for several in pair for each in several]
    for kind in kinds_of(both):
        a, b = (
            np.array([_above_and_below(made.cases[each][side], kind) for each in names])
            for side in (0, 1)
        )
        name = f"F1 of {KIND_WORDS[kind]}"
        held = (a + b).any(axis=1)
        mine = [group for group, holds in zip(groups, held, strict=True) if holds]
        found.append(_tested(name, kind, mine, a[held], b[held]))
    return tuple(found)


def adjusted(several: Sequence[tuple[Tested, ...]]) -> list[tuple[Tested, ...]]:
    """The figures of all pairs, each probability corrected for how many there are (Holm).

    What is looked at in twenty places shows something by chance in one of them.
    """
    flat = [each for tests in several for each in tests]
    corrected = iter(holm([each.p for each in flat]))
    tested = sum(each.p is not None for each in flat)
    return [
        tuple(
            each.model_copy(
                update={
                    "adjusted_p": next(corrected),
                    "smallest": _smallest(each, tested) if each.name == PASS_RATE else None,
                }
            )
            for each in tests
        )
        for tests in several
    ]


def _above_and_below(results: Sequence[Result], kind: str) -> tuple[float, float]:
    """What stands above and below the line of F1: 2 tp and 2 tp + fp + fn."""
    counts = counts_of(results, kind)
    above = 2 * counts.right_shown
    return above, above + counts.wrong_shown + counts.missed


def _smallest(test: Tested, tests: int) -> float | None:
    """The smallest difference that can be more than chance: all that changes, in one direction.

    k groups changing in one direction have a probability of 2 / 2^k (exact sign test).
    """
    needed = math.floor(math.log2(2 * max(tests, 1) / SIGNIFICANT)) + 1
    there = test.cases if test.by_case else test.groups
    return needed / test.cases if there >= needed else None


def _tested(name: str, kind: str, groups: Sequence[str], a: Floats, b: Floats) -> Tested:
    cases, several = len(groups), len(set(groups))
    by_case = several < min(FEWEST_GROUPS, cases)
    found = paired_ratio(a, b, [str(each) for each in range(cases)] if by_case else groups)
    if found is None:
        return Tested(name=name, kind=kind, cases=cases, groups=several, by_case=by_case)
    return Tested(
        name=name,
        kind=kind,
        cases=cases,
        groups=several,
        by_case=by_case,
        a=found.a,
        b=found.b,
        difference=found.difference,
        low=found.low,
        high=found.high,
        p=found.p,
    )
