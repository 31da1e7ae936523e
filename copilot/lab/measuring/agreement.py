"""How far two who judge the same things agree, beyond what chance alone would bring.

Kappa is that of J. Cohen (Educational and Psychological Measurement 20, 1960). Where nearly all is
good, or nearly all bad, it is low even of two who seldom differ (A. R. Feinstein and
D. V. Cicchetti, Journal of Clinical Epidemiology 43, 1990), so that the shares stand beside it with
a word of caution.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copilot.lab.labels import labels_for
from copilot.lab.measuring.bootstrap import UNKNOWN, Counts, Drawn, Estimate, ratio
from copilot.lab.results import Result
from copilot.lab.running.run import Run

#: All checks that count, together.
WHOLE = "passed"
#: With fewer, kappa says next to nothing.
FEW = 30
#: From this share of one verdict on, kappa has to be read with care.
_LOPSIDED = 0.85


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two agree.

    Attributes:
        items: How many both judged.
        both_yes: Both said yes.
        only_ours: Only the first did.
        only_theirs: Only the second did.
        both_no: Neither did.
        observed: Of all, how many they agree on, 0 to 1.
        kappa: 1 for full agreement, 0 for what chance brings; NaN where both say the same of all.
        caution: Why kappa is to be read with care; empty for no reason.
    """

    items: int
    both_yes: int
    only_ours: int
    only_theirs: int
    both_no: int
    observed: Estimate
    kappa: Estimate
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A check beside what people say of the same outputs.

    Attributes:
        check: Its name; ``WHOLE`` for whether the case has passed.
        counts: Whether it decides whether a case has passed; opinions of a model never do.
        agreement: With the labels; "ours" is the check.
    """

    check: str
    counts: bool
    agreement: Agreement


def agreement(
    ours: Sequence[bool], theirs: Sequence[bool], groups: Sequence[Hashable] | None = None
) -> Agreement:
    """How far two agree on the same things, in the same order.

    Args:
        ours: What the first says.
        theirs: What the second says.
        groups: What belongs together, so that it is drawn together; by default each by itself.
    """
    names = tuple(range(len(ours))) if groups is None else tuple(groups)
    rows = {group: row for row, group in enumerate(dict.fromkeys(names))}
    counts = np.zeros((len(rows), 4))
    for first, second, group in zip(ours, theirs, names, strict=True):
        counts[rows[group], 2 * (not first) + (not second)] += 1
    both_yes, only_ours, only_theirs, both_no = (int(count) for count in counts.sum(axis=0))
    drawn = Drawn(counts) if len(counts) else None
    return Agreement(
        items=len(names),
        both_yes=both_yes,
        only_ours=only_ours,
        only_theirs=only_theirs,
        both_no=both_no,
        observed=UNKNOWN if drawn is None else drawn.share(_agreed, _judged),
        kappa=UNKNOWN if drawn is None else drawn.estimate(_kappa),
        caution=_caution(len(names), both_yes, only_ours, only_theirs),
    )


def agreements(results: Sequence[Result], labels: Mapping[str, bool]) -> tuple[Beside, ...]:
    """How far checks and opinions agree with people, those of most labels first.

    Args:
        results: Of a run.
        labels: What people say, by ``Result.item``: whether the output is good.
    """
    pairs: dict[tuple[str, bool], list[tuple[bool, bool, str]]] = {}
    for each in results:
        good = labels.get(each.item)
        if good is None or each.produced.failed:
            continue
        pairs.setdefault((WHOLE, True), []).append((each.passed, good, each.case))
        for made in each.checks:
            if made.passed is not None:
                found = pairs.setdefault((made.name, made.counts), [])
                found.append((made.passed, good, each.case))
    made_of = [
        Beside(name, counts, agreement(*(list(column) for column in zip(*some, strict=True))))
        for (name, counts), some in pairs.items()
    ]
    return tuple(sorted(made_of, key=lambda one: (one.check != WHOLE, -one.agreement.items)))


def beside_people(run: Run) -> tuple[Beside, ...]:
    """How far a run's checks and opinions agree with what people have said so far.

    Raises:
        StorageError: The file of the labels cannot be read.
    """
    labels = {item: label.verdict == "good" for item, label in labels_for(run).items()}
    return agreements(run.results, labels)


def _agreed(sums: Counts) -> Counts:
    return np.add(sums[..., 0], sums[..., 3])


def _judged(sums: Counts) -> Counts:
    return np.asarray(sums.sum(axis=-1))


def _kappa(sums: Counts) -> Counts:
    whole = sums.sum(axis=-1)
    ours, theirs = sums[..., 0] + sums[..., 1], sums[..., 0] + sums[..., 2]
    chance = ours * theirs + (whole - ours) * (whole - theirs)
    agreed = whole * (sums[..., 0] + sums[..., 3])
    return ratio(agreed - chance, whole**2 - chance)


def _caution(items: int, both_yes: int, only_ours: int, only_theirs: int) -> str:
    if not items:
        return "nothing was judged by both"
    said = [(both_yes + only_ours) / items, (both_yes + only_theirs) / items]
    if any(share in (0, 1) for share in said):
        return "one of the two says the same of everything, so that kappa means nothing"
    if items < FEW:
        return f"only {items} were judged by both"
    if any(max(share, 1 - share) >= _LOPSIDED for share in said):
        return "nearly all have one verdict, which lowers kappa: look at the counts as well"
    return ""
