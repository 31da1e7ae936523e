"""What results took: time, tokens, money."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.lab.results import Result


@dataclass(frozen=True, slots=True)
class Spending:
    """What some results took when they were really done, be it in an earlier run.

    Attributes:
        p50_s: Seconds an output took, the median; NaN without any.
        p95_s: The seconds that 95 % of them do not exceed.
        requests: Requests to language models.
        tokens_in: Tokens sent.
        tokens_out: Tokens answered.
        estimated: Whether some tokens were counted here.
        cost: In the currency of the prices; None where of some results it is unknown.
        cached: How many were found and not done again.
        repaired: How many answers had to be asked for again.
    """

    p50_s: float
    p95_s: float
    requests: int
    tokens_in: int
    tokens_out: int
    estimated: bool
    cost: float | None
    cached: int
    repaired: int


def spending(results: Sequence[Result]) -> Spending:
    """What some results took."""
    produced = [each.produced for each in results]
    took = [each.took_s for each in produced if not each.failed]
    p50, p95 = (float(s) for s in np.quantile(took, (0.5, 0.95))) if took else (np.nan, np.nan)
    # What asks no model costs nothing.
    costs = [0.0 if not each.requests and each.cost is None else each.cost for each in produced]
    known = [cost for cost in costs if cost is not None]
    return Spending(
        p50_s=p50,
        p95_s=p95,
        requests=sum(each.requests for each in produced),
        tokens_in=sum(each.tokens_in for each in produced),
        tokens_out=sum(each.tokens_out for each in produced),
        estimated=any(each.estimated for each in produced),
        cost=sum(known) if len(known) == len(costs) else None,
        cached=sum(each.cached for each in results),
        repaired=sum(each.repaired for each in produced),
    )
