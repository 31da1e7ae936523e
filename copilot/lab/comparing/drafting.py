"""A variant of A beside one of B, case by case, before anything is tested."""

from dataclasses import dataclass, field

from copilot.lab.comparing.decisions import flips
from copilot.lab.comparing.model import CasePair, Cell, Change
from copilot.lab.comparing.outcomes import (
    cell_of,
    change_of,
    check_pairs,
    checks_made,
    common_checks,
)
from copilot.lab.comparing.side import Side
from copilot.lab.results import Result

#: What became of cases that can be compared.
_COMPARED = {Change.FIXED, Change.BROKEN, Change.FLAKY, Change.BOTH_FAIL, Change.BOTH_PASS}


@dataclass(slots=True)
class Draft:
    """A pair of variants.

    Attributes:
        a: Id of the variant in A.
        b: Id of the variant in B.
        pairs: What became of each case, in the order of A, then those only B has.
        cases: The repeats in A and in B of those that can be compared.
        groups: The group of each of these.
        shares: Of each of these, the share of the repeats that passed, in A and in B.
        other_checks: Of each of these, names of checks that do not want the same in both runs.
    """

    a: str
    b: str
    pairs: list[CasePair] = field(default_factory=list)
    cases: dict[str, tuple[tuple[Result, ...], tuple[Result, ...]]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    shares: dict[str, tuple[float, float]] = field(default_factory=dict)
    other_checks: dict[str, frozenset[str]] = field(default_factory=dict)


def draft(a: Side, b: Side, one: str, other: str) -> Draft:
    """Set a variant of B beside one of A.

    Args:
        a: What was before.
        b: What is compared with it.
        one: Id of the variant in A.
        other: Id of the variant in B.
    """
    made = Draft(one, other)
    for name in dict.fromkeys([*a.digests, *b.digests]):
        _add(made, a, b, name)
    return made


def _add(made: Draft, a: Side, b: Side, name: str) -> None:
    first = a.results.get((made.a, name), ())
    second = b.results.get((made.b, name), ())
    if not first and not second:
        return
    pair = _pair(a, b, name, first, second)
    made.pairs.append(pair)
    if pair.change in _COMPARED:
        made.cases[name] = first, second
        made.groups[name] = b.digests[name].group
        made.shares[name] = pair.a.share or 0.0, pair.b.share or 0.0
        every = checks_made(first, second)
        made.other_checks[name] = every - common_checks(a.digests[name], b.digests[name], every)


def _pair(
    a: Side, b: Side, name: str, first: tuple[Result, ...], second: tuple[Result, ...]
) -> CasePair:
    if not first or not second:
        return _alone(a, b, name, cell_of(first), cell_of(second))
    one, other = a.digests[name], b.digests[name]
    checks = checks_made(first, second)
    common = common_checks(one, other, checks)
    cells = cell_of(first, common), cell_of(second, common)
    if one.given != other.given:
        note = "Its words or expectations are not the same in both runs."
        return CasePair(case=name, change=Change.CHANGED, a=cells[0], b=cells[1], note=note)
    if checks and not common:
        note = "None of its checks wants the same in both runs."
        return CasePair(
            case=name, change=Change.CHANGED, a=cell_of(first), b=cell_of(second), note=note
        )
    return CasePair(
        case=name,
        change=change_of(cells[0].outcome, cells[1].outcome),
        a=cells[0],
        b=cells[1],
        checks=tuple(
            each
            for each in check_pairs(first, second, checks - common)
            if each.change not in (Change.BOTH_PASS, Change.BOTH_FAIL)
        ),
        flips=flips(first, second),
        note=_note(cells, checks - common),
    )


def _alone(a: Side, b: Side, name: str, first: Cell, second: Cell) -> CasePair:
    here, gone = (b, "B") if not second.repeats else (a, "A")
    if name not in here.digests:
        note = f"{gone} has no such case."
    elif here.record.done_at:
        note = f"{gone} has the case, but no result of it."
    else:
        note = f"{gone} was not done to the end."
    change = Change.ONLY_A if not second.repeats else Change.ONLY_B
    return CasePair(case=name, change=change, a=first, b=second, note=note)


def _note(cells: tuple[Cell, Cell], other_checks: frozenset[str]) -> str:
    told = [
        f"{cell.errors} of {cell.repeats} repeats in {side} are errors."
        for side, cell in zip("AB", cells, strict=True)
        if cell.errors and cell.repeats > 1
    ]
    if other_checks:
        names = ", ".join(sorted(other_checks))
        told.append(f"Left out, since not the same in both runs: {names}.")
    return " ".join(told)
