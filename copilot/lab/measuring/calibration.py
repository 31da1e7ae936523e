"""Whether a probability means what it says: of those told at 80 %, do four in five hold?

The score is Brier's (G. W. Brier, Monthly Weather Review 78, 1950), the mean squared distance of
the probability from what was so; 0 is best, and always saying one half brings 0.25. The error of
calibration is that of M. P. Naeini, G. F. Cooper and M. Hauskrecht (AAAI 2015), in bins that hold
about equally many decisions; with few decisions it is too high even of a perfect probability.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copilot.lab.measuring.bootstrap import Drawn, Estimate, ratio
from copilot.lab.measuring.counting import Counted

_MOST_BINS = 10
#: A bin with fewer says nothing.
_FEWEST_IN_BIN = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions of about one probability.

    Attributes:
        decisions: What they weigh together; a decision of one of three repeats weighs a third.
        told: Their mean probability, 0 to 1.
        held: Of how many of them it was so, 0 to 1.
    """

    decisions: float
    told: float
    held: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the probabilities of decisions hold.

    Attributes:
        decisions: How many have one.
        brier: Mean squared error; 0 is best.
        error: Expected calibration error, 0 to 1.
        bins: From improbable to probable.
    """

    decisions: int
    brier: Estimate
    error: float
    bins: tuple[Bin, ...]


def calibration(decisions: Iterable[Counted]) -> Calibration | None:
    """How the probabilities of some decisions hold; None where none has one.

    Args:
        decisions: Those without a probability are passed over.
    """
    some = [(one, one.decision.confidence) for one in decisions]
    known = [(one, told) for one, told in some if told is not None]
    if not known:
        return None
    told = np.clip([told for _, told in known], 0.0, 1.0)
    held = np.array([float(one.decision.right) for one, _ in known])
    weights = np.array([one.weight for one, _ in known])
    bins = tuple(_bins(told, held, weights))
    whole = sum(each.decisions for each in bins)
    return Calibration(
        decisions=len(known),
        brier=_brier([one for one, _ in known], weights * (told - held) ** 2),
        error=sum(each.decisions * abs(each.told - each.held) for each in bins) / whole,
        bins=bins,
    )


def _brier(known: list[Counted], squares: npt.NDArray[np.float64]) -> Estimate:
    rows = {group: row for row, group in enumerate(dict.fromkeys(one.group for one in known))}
    counts = np.zeros((len(rows), 2))
    for one, square in zip(known, squares, strict=True):
        counts[rows[one.group]] += square, one.weight
    return Drawn(counts).estimate(lambda sums: ratio(sums[..., 0], sums[..., 1]))


def _bins(
    told: npt.NDArray[np.float64],
    held: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> Iterable[Bin]:
    count = max(1, min(_MOST_BINS, len(told) // _FEWEST_IN_BIN))
    # Equal probabilities stay in one bin: apart, their chance differences would count as errors.
    edges = np.unique(np.quantile(told, np.linspace(0, 1, count + 1)[1:-1], method="lower"))
    places = np.searchsorted(edges, told, side="left")
    for place in np.unique(places):
        part = places == place
        weight = float(weights[part].sum())
        yield Bin(
            decisions=weight,
            told=float(weights[part] @ told[part]) / weight,
            held=float(weights[part] @ held[part]) / weight,
        )
