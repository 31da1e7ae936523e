"""Decisions counted: precision, recall and what else is said of points, flags and the like."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from copilot.lab.measuring.bootstrap import Counts, Drawn, Estimate, ratio
from copilot.lab.results import Decision

_UNCLEAR, _DENIED = "unclear", "denied"


@dataclass(frozen=True, slots=True)
class Counted:
    """A decision, and what it belongs to.

    Attributes:
        group: What is drawn together with it.
        decision: The decision.
        weight: What it counts for: a third where its case was done three times.
    """

    group: Hashable
    decision: Decision
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """What decisions of one kind come to; shares 0 to 1, NaN where there is nothing to count.

    Attributes:
        precision: Of those shown, how many are right.
        recall: Of those that should be shown, how many are.
        f1: The harmonic mean of both.
        unclear: How many of all are shown as unclear.
        denied_found: Of those denied, how many are shown as denied.
        denied_as_shown: Of those denied, how many are shown as if they were said.
        quote_overlap: Of those rightly shown, how many quote some of what is labelled.
        verbatim: Of all quotes shown, how many stand in what was said word for word.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate
    unclear: Estimate
    denied_found: Estimate
    denied_as_shown: Estimate
    quote_overlap: Estimate
    verbatim: Estimate


#: What is counted in each group, in the order of the counters.
_COUNTERS: dict[str, Callable[[Decision], bool]] = {
    "all": lambda d: True,  # noqa: ARG005 - one form for all
    "right": lambda d: d.right,
    "shown": lambda d: d.shown,
    "hits": lambda d: d.is_hit,
    "unclear": lambda d: d.state == _UNCLEAR,
    "denied": lambda d: d.label == _DENIED,
    "denied found": lambda d: d.label == _DENIED and d.state == _DENIED,
    "denied as shown": lambda d: d.label == _DENIED and d.shown,
    "hits, quoted": lambda d: d.is_hit and d.overlaps is not None,
    "hits, overlapping": lambda d: d.is_hit and d.overlaps is True,
    "quoted": lambda d: d.verbatim is not None,
    "verbatim": lambda d: d.verbatim is True,
}
_INDEX = {name: index for index, name in enumerate(_COUNTERS)}


def rates(decisions: Iterable[Counted]) -> Rates:
    """What decisions come to, with intervals from drawing their groups again."""
    drawn = Drawn(counts_of(decisions))

    def share(above: str, below: str) -> Estimate:
        upper, lower = _INDEX[above], _INDEX[below]
        return drawn.share(lambda sums: sums[..., upper], lambda sums: sums[..., lower])

    return Rates(
        precision=share("hits", "shown"),
        recall=share("hits", "right"),
        f1=drawn.share(_twice_hits, _shown_and_right, each=2),
        unclear=share("unclear", "all"),
        denied_found=share("denied found", "denied"),
        denied_as_shown=share("denied as shown", "denied"),
        quote_overlap=share("hits, overlapping", "hits, quoted"),
        verbatim=share("verbatim", "quoted"),
    )


def counts_of(decisions: Iterable[Counted], groups: Iterable[Hashable] | None = None) -> Counts:
    """Decisions counted by group; shape (groups, counters).

    Args:
        decisions: What is counted.
        groups: The groups in order, so that two sets of decisions can be laid beside each other;
            by default those there are, as they come.
    """
    some = list(decisions)
    known = dict.fromkeys(one.group for one in some) if groups is None else dict.fromkeys(groups)
    rows = {group: row for row, group in enumerate(known)}
    counts = np.zeros((len(rows), len(_COUNTERS)))
    for one in some:
        held = [count(one.decision) for count in _COUNTERS.values()]
        counts[rows[one.group]] += np.multiply(one.weight, held)
    return counts


def f1_of(sums: Counts) -> Counts:
    """F1 from summed counts, shape (..., counters); NaN where nothing is right and none shown."""
    return ratio(_twice_hits(sums), _shown_and_right(sums))


def _twice_hits(sums: Counts) -> Counts:
    return np.multiply(2.0, sums[..., _INDEX["hits"]])


def _shown_and_right(sums: Counts) -> Counts:
    return np.add(sums[..., _INDEX["shown"]], sums[..., _INDEX["right"]])
