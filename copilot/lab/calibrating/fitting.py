"""Thresholds that do best on some labels; among equals the middle, which moves least.

Points: the best F1 of all thresholds whose precision is at least the target. Flags: the same with
F0.5, in which a flag shown wrongly weighs twice a flag missed. Where no threshold reaches the
target, the best F0.5. Denials: the best F1 of what is denied. Doubt: the best F0.5 of what is said
or denied and shown as neither, because a doubt without reason costs attention.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from copilot.events import FindingKind
from copilot.lab.calibrating.labelled import Bools, Floats, Labels
from copilot.matching.rules import SHIPPED_RULES, StateRule

#: Thresholds that are tried.
_TRIED = np.round(np.arange(0.05, 0.991, 0.01), 2)
_ROUNDING = 1e-9
#: Fewer denials than these, or than these misses, say nothing of where their threshold lies.
LEAST_DENIED = 10
_LEAST_MISSED = 5
#: How much more precision weighs than recall: beta of F-beta, by kind.
BETA = {FindingKind.POINT: 1.0, FindingKind.FLAG: 0.5}
_CAREFUL = 0.5


def fit(labels: Labels, target: float) -> StateRule:
    """The rule that does best on some labels.

    Args:
        labels: Of one kind.
        target: Precision that what is shown should have, 0 to 1.
    """
    shipped = SHIPPED_RULES.of(labels.kind)
    says = _says(labels, target)
    denies = shipped.denies
    shown = labels.shown(says)
    if labels.kind is FindingKind.POINT and labels.denied.sum() >= LEAST_DENIED:
        denies = _best(lambda t: _f((labels.denies >= t) & ~shown, labels.denied, 1.0))
    most = min(says, denies)
    doubt = min(shipped.doubt, most)
    without = StateRule(says=says, denies=denies, doubt=doubt)
    missed = labels.missed(without)
    if missed.sum() >= _LEAST_MISSED:
        doubt = _best(
            lambda t: _f(labels.doubted(replace(without, doubt=t)), missed, _CAREFUL), most=most
        )
    return replace(without, doubt=doubt)


def above_and_below(shown: Bools, right: Bools, beta: float) -> Floats:
    """What stands above and below the line of F-beta, a row a label; shape (labels, 2).

    F-beta is a ratio of sums: ``(1 + b2) hits / (b2 right + shown)``, with ``b2`` beta squared (C.
    J. van Rijsbergen, Information Retrieval, 2nd ed. 1979, chapter 7).
    """
    squared = beta * beta
    return np.stack([(1 + squared) * (shown & right), squared * right + shown], axis=1)


def _says(labels: Labels, target: float) -> float:
    beta = BETA[labels.kind]
    if any(_precision(labels.shown(t), labels.said) >= target for t in _TRIED):
        return _best(
            lambda t: (
                _f(labels.shown(t), labels.said, beta)
                if _precision(labels.shown(t), labels.said) >= target
                else -1.0
            )
        )
    return _best(lambda t: _f(labels.shown(t), labels.said, _CAREFUL))


def _best(worth: Callable[[float], float], most: float = 1.0) -> float:
    """The middle of the longest row of thresholds that are worth as much as any."""
    tried = _TRIED[most + _ROUNDING >= _TRIED]
    if not tried.size:
        return most
    worths = np.array([worth(float(each)) for each in tried])
    best = np.flatnonzero(worths >= worths.max() - _ROUNDING)
    rows = np.split(best, np.flatnonzero(np.diff(best) > 1) + 1)
    longest = max(rows, key=len)
    return float(tried[longest[len(longest) // 2]])


def _f(shown: Bools, right: Bools, beta: float) -> float:
    above, below = above_and_below(shown, right, beta).sum(axis=0)
    return float(above / below) if below else 0.0


def _precision(shown: Bools, right: Bools) -> float:
    return float((shown & right).sum() / shown.sum()) if shown.any() else -1.0
