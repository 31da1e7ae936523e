"""Figures with confidence intervals, from drawing whole groups again.

The percentile bootstrap of Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter
13, always with the same seed. What belongs together, such as answers to one question, is drawn
together, because it is not independent.

Of a share that is all or nothing every draw is the same, and the interval would have no width, as
if seven of seven were certainty. There its other end is the exact one of C. J. Clopper and
E. S. Pearson (Biometrika 26, 1934), which takes what is counted as independent: it is at least as
wide as that. Of one group alone, such as a single interview, nothing tells how others would go: its
interval is 0 to 1.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Counts of what is being estimated, one row a group; shape (groups, counters).
Counts = npt.NDArray[np.float64]

ROUNDS = 2000
_SEED = 0
_LEVEL = (0.025, 0.975)
_ROUNDING = 1e-9
#: So many numbers are drawn at once (16 MB), so that memory stays small with thousands of groups.
_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% confidence interval; NaN where nothing was counted."""

    value: float
    low: float
    high: float


#: Of nothing.
UNKNOWN = Estimate(float("nan"), float("nan"), float("nan"))


class Drawn:
    """Counts with the sums of groups drawn again; every figure of one ``Drawn`` shares them."""

    def __init__(self, counts: Counts, *, rounds: int = ROUNDS) -> None:
        """Draw.

        Args:
            counts: One row a group; shape (groups, counters).
            rounds: How often the groups are drawn.
        """
        self.groups = len(counts)
        self._counts = counts
        self._total = counts.sum(axis=0)
        weights = _weights(len(counts), rounds)
        self._sums = np.concatenate([each @ counts for each in weights])

    def estimate(self, statistic: Callable[[Counts], Counts]) -> Estimate:
        """A figure over all groups with its interval.

        Args:
            statistic: From summed counts, shape (..., counters), to the figure, shape (...).
        """
        again = statistic(self._sums)
        known = again[np.isfinite(again)]
        low, high = np.quantile(known, _LEVEL) if len(known) else (np.nan, np.nan)
        return Estimate(float(statistic(self._total)), float(low), float(high))

    def share(
        self,
        above: Callable[[Counts], Counts],
        below: Callable[[Counts], Counts],
        *,
        each: float = 1.0,
    ) -> Estimate:
        """A share, 0 to 1, with its interval; NaN where nothing is below.

        Args:
            above: From summed counts to what stands above the line.
            below: From summed counts to what stands below it.
            each: How much one of what is counted adds below.
        """
        found = self.estimate(lambda sums: ratio(above(sums), below(sums)))
        counted = float(below(self._total)) / each
        if counted > 0 and np.count_nonzero(below(self._counts)) == 1:
            return Estimate(found.value, 0.0, 1.0)
        if counted <= 0 or _ROUNDING < found.value < 1 - _ROUNDING:
            return found
        reach = 1 - _LEVEL[0] ** (1 / counted)
        if found.value <= _ROUNDING:
            return Estimate(0.0, 0.0, max(found.high, reach))
        return Estimate(1.0, min(found.low, 1 - reach), 1.0)


def estimate(
    counts: Counts, statistic: Callable[[Counts], Counts], *, rounds: int = ROUNDS
) -> Estimate:
    """One figure over all groups with its interval; see ``Drawn``."""
    return Drawn(counts, rounds=rounds).estimate(statistic)


def ratio(above: Counts, below: Counts) -> Counts:
    """``above / below``, NaN where nothing is below."""
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _weights(groups: int, rounds: int) -> Iterator[Counts]:
    """How often each group is drawn in each round, some rounds at a time."""
    if groups * rounds <= _AT_ONCE:
        yield _kept_weights(groups, rounds)
        return
    generator = np.random.default_rng(_SEED)
    step = max(1, _AT_ONCE // groups)
    for first in range(0, rounds, step):
        yield _drawn(generator, groups, min(step, rounds - first))


@functools.lru_cache(maxsize=6)
def _kept_weights(groups: int, rounds: int) -> Counts:
    """The same for all figures of the same groups; drawing takes longer than all the rest."""
    found = _drawn(np.random.default_rng(_SEED), groups, rounds)
    found.setflags(write=False)
    return found


def _drawn(generator: np.random.Generator, groups: int, rounds: int) -> Counts:
    if not groups:
        return np.zeros((rounds, 0))
    drawn = generator.integers(groups, size=(rounds, groups))
    flat = (drawn + groups * np.arange(rounds)[:, None]).ravel()
    return np.bincount(flat, minlength=rounds * groups).reshape(rounds, groups).astype(np.float64)
