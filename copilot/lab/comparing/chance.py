"""Paired tests of a ratio, such as a pass rate or F1, over groups of cases.

Where nothing changed, A and B of a group could as well be swapped: the test swaps them by chance
and looks how often the difference is as large as the one found (a randomisation test; E. S.
Edgington and P. Onghena, Randomization Tests, 4th ed. 2007). Cases of one group, such as answers to
one question, are swapped and drawn together, since they are not independent. For a pass rate with
a case a group and one repeat it is the exact test of McNemar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: So few groups are swapped in every way there is.
_EXACT_GROUPS = 13
_SWAPS = 10_000
#: At most so many swaps or draws at a time, and so many numbers (16 MB).
_AT_ONCE = 1_000
_NUMBERS = 2_000_000
_DRAWS = 2_000
_SEED = 20_260_101
_ROUNDING = 1e-12

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paired:
    """A ratio in A and in B.

    Attributes:
        a: In A.
        b: In B.
        difference: B less A.
        low: Lower end of the 95 % interval of the difference, drawn by group.
        high: Upper end.
        p: How likely a difference as large is where only chance is at work.
    """

    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float


def paired_ratio(a: Floats, b: Floats, groups: Sequence[str]) -> Paired | None:
    """A ratio of sums in A and in B, with the interval and test of its difference.

    Args:
        a: Above and below the line of the ratio, a row a case, shape (n, 2).
        b: The same of B.
        groups: The group of each case.

    Returns:
        None where the ratio is not defined in A or in B.
    """
    if not len(a):
        return None
    places = np.unique(np.asarray(groups), return_inverse=True)[1]
    first, second = _by_group(a, places), _by_group(b, places)
    if not first[:, 1].sum() or not second[:, 1].sum():
        return None
    one, other = _ratio(first.sum(axis=0)), _ratio(second.sum(axis=0))
    difference = float(other - one)
    low, high = _interval(first, second)
    return Paired(
        a=float(one),
        b=float(other),
        difference=difference,
        low=low,
        high=high,
        p=_p(first, second, difference),
    )


def holm(several: Sequence[float | None]) -> list[float | None]:
    """Probabilities corrected for their number (S. Holm, Scandinavian J. of Statistics 6, 1979)."""
    known = sorted((p, at) for at, p in enumerate(several) if p is not None)
    corrected: list[float | None] = [None] * len(several)
    least = 0.0
    for rank, (p, at) in enumerate(known):
        least = max(least, min(1.0, p * (len(known) - rank)))
        corrected[at] = least
    return corrected


def _by_group(rows: Floats, places: npt.NDArray[np.intp]) -> Floats:
    sums = np.zeros((places.max() + 1, 2))
    np.add.at(sums, places, rows)
    return sums


def _ratio(sums: Floats) -> Floats:
    above, below = sums[..., 0], sums[..., 1]
    found: Floats = np.divide(above, below, out=np.full(np.shape(below), np.nan), where=below > 0)
    return found


def _p(a: Floats, b: Floats, difference: float) -> float:
    differ = np.flatnonzero((np.abs(a - b) > _ROUNDING).any(axis=1))
    if not differ.size:
        return 1.0
    rest = np.delete(a, differ, axis=0).sum(axis=0), np.delete(b, differ, axis=0).sum(axis=0)
    one, other = a[differ], b[differ]
    change = other - one
    firsts, seconds = rest[0] + one.sum(axis=0), rest[1] + other.sum(axis=0)
    tried, as_large = 0, 0
    exact = differ.size <= _EXACT_GROUPS
    for swapped in _swaps(differ.size, exact=exact):
        moved = swapped @ change
        found = np.abs(_ratio(seconds - moved) - _ratio(firsts + moved))
        # What is not defined after a swap is as extreme as can be.
        as_large += int((np.nan_to_num(found, nan=np.inf) >= abs(difference) - _ROUNDING).sum())
        tried += len(swapped)
    return as_large / tried if exact else (as_large + 1) / (tried + 1)


def _swaps(groups: int, *, exact: bool) -> Iterator[Floats]:
    """Which groups are swapped, 1 for those that are; shape (swaps, groups), part by part."""
    if exact:
        numbers = np.arange(2**groups)[:, None]
        yield (numbers >> np.arange(groups) & 1).astype(float)
        return
    generator = np.random.default_rng(_SEED)
    for part in _parts(_SWAPS, groups):
        yield generator.integers(0, 2, (part, groups)).astype(float)


def _parts(total: int, groups: int) -> Iterator[int]:
    """How many are drawn at a time, so that memory stays small with thousands of groups."""
    step = max(1, min(_AT_ONCE, _NUMBERS // groups))
    for first in range(0, total, step):
        yield min(step, total - first)


def _interval(a: Floats, b: Floats) -> tuple[float, float]:
    generator = np.random.default_rng(_SEED)
    chances = np.full(len(a), 1 / len(a))
    parts = []
    for part in _parts(_DRAWS, len(a)):
        drawn = generator.multinomial(len(a), chances, part).astype(float)
        parts.append(_ratio(drawn @ b) - _ratio(drawn @ a))
    found = np.concatenate(parts)
    found = found[~np.isnan(found)]
    if not found.size:
        return -1.0, 1.0
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)
