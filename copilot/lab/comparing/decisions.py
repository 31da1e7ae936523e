"""Labels beside what was said about them, in both runs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from copilot.lab.comparing.measured import Counts, TargetLine
from copilot.lab.comparing.model import Flip
from copilot.lab.results import Decision, Result

#: Which decision of a case it is: its kind, its target, and the how-manieth of that target.
Place = tuple[str, str, int]
#: Kind and target; the target is empty for the kind as a whole.
Target = tuple[str, str]


def placed(result: Result) -> dict[Place, Decision]:
    """The decisions of a result by their place; a target may come more than once."""
    found: dict[Place, Decision] = {}
    seen: Counter[Target] = Counter()
    for each in result.decisions:
        target = each.kind, each.target
        found[*target, seen[target]] = each
        seen[target] += 1
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


def counts_of(results: Sequence[Result], kind: str) -> Counts:
    """The decisions of one kind of a case counted, each repeat as its part of the case."""
    tally = _Tally()
    for part, decision in _weighed(results):
        if decision.kind == kind:
            tally.add(part, decision)
    return tally.counts


def kinds_of(results: Iterable[Result]) -> tuple[str, ...]:
    """The kinds of decisions there are, in order of appearance."""
    return tuple(dict.fromkeys(one.kind for each in results for one in each.decisions))


def lines_of(
    cases: Mapping[str, tuple[Sequence[Result], Sequence[Result]]], flipped: Iterable[Flip]
) -> tuple[TargetLine, ...]:
    """Each kind, and each target of it, over all cases that can be compared.

    Args:
        cases: By case id, the repeats in A and in B.
        flipped: All flips of these cases.

    Returns:
        In order of appearance; the line of a whole kind has no target, and neither has that of
        decisions that are all about the same.
    """
    sides: tuple[dict[Target, _Tally], dict[Target, _Tally]] = {}, {}
    for side, tallies in enumerate(sides):
        for pair in cases.values():
            for part, decision in _weighed(pair[side]):
                for target in _counted_for(decision):
                    tallies.setdefault(target, _Tally()).add(part, decision)
    better: Counter[tuple[Target, bool | None]] = Counter()
    for flip in flipped:
        for target in _counted_for(flip):
            better[target, flip.better] += 1
    a, b = sides
    nothing = _Tally()
    return tuple(
        TargetLine(
            kind=target[0],
            target=target[1],
            a=a.get(target, nothing).counts,
            b=b.get(target, nothing).counts,
            better=better[target, True],
            worse=better[target, False],
        )
        for target in dict.fromkeys((*a, *b))
    )


def _counted_for(about: Decision | Flip) -> tuple[Target, ...]:
    whole: Target = about.kind, ""
    return (whole, (about.kind, about.target)) if about.target else (whole,)


@dataclass(slots=True)
class _Tally:
    """Decisions counted as they come."""

    right_shown: float = 0.0
    wrong_shown: float = 0.0
    missed: float = 0.0

    def add(self, part: float, decision: Decision) -> None:
        hit = decision.is_hit
        self.right_shown += part * hit
        self.wrong_shown += part * (decision.shown and not hit)
        self.missed += part * (decision.right and not hit)

    @property
    def counts(self) -> Counts:
        return Counts(
            right_shown=self.right_shown, wrong_shown=self.wrong_shown, missed=self.missed
        )


def _weighed(results: Sequence[Result]) -> Iterator[tuple[float, Decision]]:
    """The decisions of a case, and which part of it each repeat is."""
    answered = [each for each in results if not each.produced.failed]
    for each in answered:
        for decision in each.decisions:
            yield 1 / len(answered), decision


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
    return None if before.agrees == after.agrees else after.agrees
