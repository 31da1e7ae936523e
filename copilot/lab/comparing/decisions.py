"""Labels beside what was said about them, in both runs."""

from collections.abc import Iterable, Mapping, Sequence

from copilot.lab.comparing.model import Counts, Flip, TargetLine
from copilot.lab.measuring.counting import is_hit
from copilot.lab.results import Decision, Result

#: Which decision of a case it is: its kind, its target, and the how-manieth of that target.
Place = tuple[str, str, int]


def placed(result: Result) -> dict[Place, Decision]:
    """The decisions of a result by their place; a target may come more than once."""
    found: dict[Place, Decision] = {}
    for each in result.decisions:
        nth = 0
        while (each.kind, each.target, nth) in found:
            nth += 1
        found[each.kind, each.target, nth] = each
    return found


def flips(a: Sequence[Result], b: Sequence[Result]) -> tuple[Flip, ...]:
    """Decisions of a case that are another in B; of repeats, those that all agree within a run."""
    first, second = _settled(a), _settled(b)
    return tuple(
        Flip(
            kind=before.kind,
            target=before.target,
            label=before.label,
            before=before.state,
            after=after.state,
            better=_better(before, after),
        )
        for place, before in first.items()
        if (after := second.get(place)) is not None and before.state != after.state
    )


def counts_of(results: Sequence[Result], kind: str, target: str | None = None) -> Counts:
    """The decisions of a case counted, each repeat as its part of the case.

    Args:
        results: The repeats.
        kind: As ``Decision.kind``.
        target: Of which point or flag; None for all.
    """
    answered = [each for each in results if not each.produced.failed]
    part = 1 / len(answered) if answered else 0.0
    several = [
        decision
        for each in answered
        for decision in each.decisions
        if decision.kind == kind and target in (None, decision.target)
    ]
    return Counts(
        right_shown=part * sum(is_hit(each) for each in several),
        wrong_shown=part * sum(each.shown and not is_hit(each) for each in several),
        missed=part * sum(each.right and not is_hit(each) for each in several),
    )


def added(several: Iterable[Counts]) -> Counts:
    """Counts of several cases together."""
    right, wrong, missed = 0.0, 0.0, 0.0
    for each in several:
        right += each.right_shown
        wrong += each.wrong_shown
        missed += each.missed
    return Counts(right_shown=right, wrong_shown=wrong, missed=missed)


def kinds_of(results: Iterable[Result]) -> tuple[str, ...]:
    """The kinds of decisions there are, in order of appearance."""
    return tuple(dict.fromkeys(one.kind for each in results for one in each.decisions))


def line_of(
    cases: Mapping[str, tuple[Sequence[Result], Sequence[Result]]],
    flipped: Iterable[Flip],
    kind: str,
    target: str | None = None,
) -> TargetLine:
    """A kind, or a target of it, over all cases that can be compared.

    Args:
        cases: By case id, the repeats in A and in B.
        flipped: All flips of these cases.
        kind: As ``Decision.kind``.
        target: Of which point or flag; None for the whole kind.
    """
    mine = [each for each in flipped if each.kind == kind and target in (None, each.target)]
    return TargetLine(
        kind=kind,
        target=target or "",
        a=added(counts_of(a, kind, target) for a, _ in cases.values()),
        b=added(counts_of(b, kind, target) for _, b in cases.values()),
        better=sum(each.better is True for each in mine),
        worse=sum(each.better is False for each in mine),
    )


def targets_of(results: Iterable[Result]) -> tuple[tuple[str, str], ...]:
    """Kind and target of every point and flag there is a decision about."""
    return tuple(
        dict.fromkeys((d.kind, d.target) for each in results for d in each.decisions if d.target)
    )


def _settled(results: Sequence[Result]) -> dict[Place, Decision]:
    several = [placed(each) for each in results if not each.produced.failed]
    if not several:
        return {}
    return {
        place: decision
        for place, decision in several[0].items()
        if all(place in each and each[place].state == decision.state for each in several)
    }


def _better(before: Decision, after: Decision) -> bool | None:
    was, is_now = _agrees(before), _agrees(after)
    return None if was == is_now else is_now


def _agrees(decision: Decision) -> bool:
    if decision.kind == "question":
        return decision.state == decision.label
    return decision.shown == decision.right
