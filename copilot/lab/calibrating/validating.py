"""What fitted thresholds are worth: judged by labels they were not fitted to."""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.events import FindingKind
from copilot.lab.calibrating.fitting import BETA, LEAST_DENIED, above_and_below, fit
from copilot.lab.calibrating.labelled import Bools, Labels
from copilot.lab.comparing.chance import Paired, paired_ratio
from copilot.lab.measuring.bootstrap import Drawn, Estimate
from copilot.matching.rules import SHIPPED_RULES, StateRule

#: By fewer groups no paired test ever finds anything: of five, all better, one in sixteen is luck.
LEAST_GROUPS = 6
#: By fewer labels that are said nothing is fitted …
LEAST = {FindingKind.POINT: 20, FindingKind.FLAG: 10}
#: … and by fewer than these it is fitted with a warning.
ENOUGH = {FindingKind.POINT: 100, FindingKind.FLAG: 50}
_FOLDS = 10
#: A difference that chance alone brings less often than this is no noise.
_NOISE = 0.05


@dataclass(frozen=True, slots=True)
class Held:
    """How good a rule is on labels it does not know; shares 0 to 1, NaN where nothing counts.

    Attributes:
        precision: Of those shown, how many are right.
        recall: Of those said, how many are shown.
        f: F1 of points, F0.5 of flags.
        denied: Of those denied, how many are shown as denied.
        denied_precision: Of those shown as denied, how many are.
        missed: Of those said or denied and not shown so, how many are shown as unclear.
        missed_precision: Of those shown as unclear, how many are said or denied.
    """

    precision: Estimate
    recall: Estimate
    f: Estimate
    denied: Estimate
    denied_precision: Estimate
    missed: Estimate
    missed_precision: Estimate


@dataclass(frozen=True, slots=True)
class KindFit:
    """What came of one kind.

    Attributes:
        kind: Points or flags.
        labels: How many there are.
        said: How many of them are said.
        denied: How many are denied.
        groups: How many groups they are of.
        too_few: Why nothing was fitted; empty where something was.
        rule: Fitted to all of them; the one that ships where nothing was.
        shipped: How good the one that ships is.
        fitted: How good fitted ones are on the groups left out; as ``shipped`` where none was.
        difference: Of F, fitted less shipped, paired by group; None where nothing was fitted.
        target: The precision asked for.
        warnings: What to know before using it.
    """

    kind: FindingKind
    labels: int
    said: int
    denied: int
    groups: int
    too_few: str
    rule: StateRule
    shipped: Held
    fitted: Held
    difference: Paired | None
    target: float
    warnings: tuple[str, ...] = ()

    @property
    def is_better(self) -> bool:
        """Whether it is better than the one that ships by more than noise."""
        if self.difference is None or self.difference.difference <= 0:
            return False
        return self.difference.p < _NOISE and not self.misses_target

    @property
    def misses_target(self) -> bool:
        """Whether what it shows on groups left out is right less often than asked for.

        Without this, showing everything would be progress: on labels that are mere chance it has
        the best F1 of all.
        """
        return not self.fitted.precision.value >= self.target


def validated(labels: Labels, target: float) -> KindFit:
    """Fit a rule, and see what such rules are worth on groups they were not fitted to.

    Args:
        labels: Of one kind.
        target: Precision that what is shown should have, 0 to 1.
    """
    shipped = SHIPPED_RULES.of(labels.kind)
    named = [*labels.groups]
    as_shipped = as_fitted = _held(labels, _States.by(shipped, labels))
    too_few = _too_few(labels)
    rule, difference = shipped, None
    if not too_few:
        rule = fit(labels, target)
        states = _left_out(labels, target)
        as_fitted = _held(labels, states)
        beta = BETA[labels.kind]
        difference = paired_ratio(
            above_and_below(labels.shown(shipped.says), labels.said, beta),
            above_and_below(states.shown, labels.said, beta),
            named,
        )
    return KindFit(
        kind=labels.kind,
        labels=len(labels),
        said=int(labels.said.sum()),
        denied=int(labels.denied.sum()),
        groups=len(set(named)),
        too_few=too_few,
        rule=rule,
        shipped=as_shipped,
        fitted=as_fitted,
        difference=difference,
        target=target,
        warnings=() if too_few else tuple(_warnings(labels)),
    )


def _too_few(labels: Labels) -> str:
    groups, said = len(set(labels.groups)), int(labels.said.sum())
    least = LEAST[labels.kind]
    if groups < LEAST_GROUPS:
        return f"{groups} questions are labelled; {LEAST_GROUPS} at least are needed"
    if said < least:
        return f"{said} labels are positive; {least} at least are needed"
    return ""


def _warnings(labels: Labels) -> list[str]:
    said, enough = int(labels.said.sum()), ENOUGH[labels.kind]
    told = []
    if said < enough:
        told.append(f"{said} positive labels are few; from {enough} on the thresholds hardly move")
    denied = int(labels.denied.sum())
    if labels.kind is FindingKind.POINT and denied < LEAST_DENIED:
        told.append(f"{denied} denials are too few ({LEAST_DENIED}): their threshold stays")
    return told


@dataclass(frozen=True, slots=True)
class _States:
    """What labels are shown as; all of shape (labels,)."""

    shown: Bools
    denied: Bools
    doubted: Bools
    missed: Bools

    @classmethod
    def by(cls, rule: StateRule, labels: Labels) -> "_States":
        return cls(
            labels.shown(rule.says),
            labels.found_denied(rule),
            labels.doubted(rule),
            labels.missed(rule),
        )


def _left_out(labels: Labels, target: float) -> _States:
    """What labels are shown as by rules fitted without their group."""
    folds = _folds(labels.groups)
    found = _States(*(np.zeros(len(labels), bool) for _ in range(4)))
    for fold in range(folds.max() + 1):
        out = folds == fold
        states = _States.by(fit(labels.chosen(~out), target), labels)
        for name in ("shown", "denied", "doubted", "missed"):
            getattr(found, name)[out] = getattr(states, name)[out]
    return found


def _folds(groups: tuple[str, ...]) -> npt.NDArray[np.intp]:
    """The fold of each label: groups are dealt out one by one, always in the same order."""
    known = sorted(set(groups), key=lambda group: hashlib.sha256(group.encode()).digest())
    dealt = {group: place % _FOLDS for place, group in enumerate(known)}
    return np.array([dealt[group] for group in groups], np.intp)


def _held(labels: Labels, states: _States) -> Held:
    beta = BETA[labels.kind]
    shown, denied = states.shown, states.denied
    ratio = above_and_below(shown, labels.said, beta)
    columns = [
        shown & labels.said,
        shown,
        labels.said,
        ratio[:, 0],
        ratio[:, 1],
        denied & labels.denied,
        denied,
        labels.denied,
        states.doubted & states.missed,
        states.doubted,
        states.missed,
    ]
    rows = np.stack([np.asarray(column, float) for column in columns], axis=1)
    places = np.unique(np.asarray(labels.groups), return_inverse=True)[1]
    counts = np.zeros((places.max() + 1 if len(places) else 0, len(columns)))
    np.add.at(counts, places, rows)
    drawn = Drawn(counts)

    def share(above: int, below: int, each: float = 1.0) -> Estimate:
        return drawn.share(lambda sums: sums[..., above], lambda sums: sums[..., below], each=each)

    return Held(
        precision=share(0, 1),
        recall=share(0, 2),
        f=share(3, 4, 1 + beta * beta),
        denied=share(5, 7),
        denied_precision=share(5, 6),
        missed=share(8, 10),
        missed_precision=share(8, 9),
    )
