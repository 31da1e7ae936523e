"""The figures of a run, as report, screen and command print them."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from copilot.lab.measuring.bootstrap import Estimate
from copilot.lab.measuring.calibration import Calibration
from copilot.lab.measuring.counting import Rates
from copilot.lab.measuring.spending import Spending


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """One check over all results; a case's repeats count as one case.

    Attributes:
        name: Of the check.
        counts: Whether it decides whether a case has passed.
        results: How many it was made of.
        held: In how many of them it holds.
        undecided: In how many it could not be decided, which is no pass.
        share: Of the cases, in how many it holds.
        score: Its mean score; NaN where the check knows no degrees.
    """

    name: str
    counts: bool
    results: int
    held: int
    undecided: int
    share: Estimate
    score: Estimate


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """The decisions about one point or flag; each repeat counts as its part of a case.

    Attributes:
        target: Its id.
        decisions: How many there are.
        hits: Rightly shown.
        wrong: Shown and should not be.
        missed: Not shown and should be.
        unclear: Shown as unclear.
        f1: Of these; NaN where there is nothing to show and nothing is shown.
    """

    target: str
    decisions: float
    hits: float
    wrong: float
    missed: float
    unclear: float
    f1: float


@dataclass(frozen=True, slots=True)
class Lateness:
    """When what was shown came, beside when it still would have helped.

    Attributes:
        decisions: How many have a time.
        in_time: Of those, how many came in time, 0 to 1.
        p50_s: By how many seconds they came too late, the median; negative for in time.
        p95_s: What 95 % of them do not exceed.
    """

    decisions: int
    in_time: Estimate
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The decisions of one kind.

    Attributes:
        kind: As ``Decision.kind``.
        decisions: How many there are, all repeats counted.
        right: How many of them should be shown.
        denied: How many are labelled denied.
        rates: Precision, recall and so on.
        unsteady: Of those made several times, the share shown in another state in one of the
            repeats; NaN where each was made once.
        calibration: Of their probabilities; None where they have none.
        lateness: None where time means nothing.
        targets: By point or flag, the lowest F1 first.
    """

    kind: str
    decisions: int
    right: int
    denied: int
    rates: Rates
    unsteady: float
    calibration: Calibration | None
    lateness: Lateness | None
    targets: tuple[TargetFigures, ...]


@dataclass(frozen=True, slots=True)
class PartFigures:
    """Some of a variant's results.

    Attributes:
        language: Their language; empty for all.
        cases: How many cases they are of.
        groups: How many groups those belong to; the intervals are drawn by group.
        results: How many there are.
        errors: How many of them brought no output.
        passed: Of the cases, how many have passed; a case that passed in one of two repeats is
            half a case, and an error is no pass.
        unsteady: Of the cases done several times, the share that passed in some repeats only; NaN
            where each was done once.
        checks: By check, as they come.
        kinds: By kind of decision.
        spending: What it took.
    """

    language: str
    cases: int
    groups: int
    results: int
    errors: int
    passed: Estimate
    unsteady: float
    checks: tuple[CheckFigures, ...]
    kinds: tuple[KindFigures, ...]
    spending: Spending


@dataclass(frozen=True, slots=True)
class VariantFigures:
    """A column of the grid.

    Attributes:
        variant: Its id.
        whole: All of its results.
        languages: The same by language; empty where there is but one.
    """

    variant: str
    whole: PartFigures
    languages: tuple[PartFigures, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a run; shares are 0 to 1, intervals 95 %.

    Attributes:
        run: Id of the run.
        items: How many items it was to do.
        results: How many are there.
        variants: In the order of the run.
    """

    run: str
    items: int
    results: int
    variants: tuple[VariantFigures, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON; what is not a number is null."""
        found: dict[str, Any] = plain(asdict(self))
        return found


def plain(value: Any) -> Any:
    """A value as JSON can hold it: what is not a number is None."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return float(value) if np.isfinite(value) else None
    return value
