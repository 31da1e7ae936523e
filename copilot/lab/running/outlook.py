"""What a run would do, before it does anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.lab.grid import Item
from copilot.lab.running.cache import Cache
from copilot.lab.running.plan import Plan


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a variant's items would use, or those of all.

    Attributes:
        variant: Its id; empty for all of them.
        items: How many there are.
        cached: How many of them are found and not done.
        requests: To language models.
        tokens_in: Sent, counted high.
        tokens_out: Answered, the most that may come.
        cost: At most, in the currency of the prices; None where none are known.
    """

    variant: str
    items: int
    cached: int
    requests: int
    tokens_in: int
    tokens_out: int
    cost: float | None


def outlook(plan: Plan, cache: Cache | None) -> tuple[Outlook, ...]:
    """What a plan would do, by variant and then in all; opinions of a model are not foreseen.

    Args:
        plan: What is to be run.
        cache: What need not be done again; None: everything is.
    """
    found = tuple(
        _of(plan, variant.id, [item for item in plan.items if item.variant == variant], cache)
        for variant in plan.variants
    )
    costs = [each.cost for each in found if each.cost is not None]
    whole = Outlook(
        variant="",
        items=sum(each.items for each in found),
        cached=sum(each.cached for each in found),
        requests=sum(each.requests for each in found),
        tokens_in=sum(each.tokens_in for each in found),
        tokens_out=sum(each.tokens_out for each in found),
        cost=sum(costs) if costs else None,
    )
    return (*found, whole)


def _of(plan: Plan, variant: str, items: Sequence[Item], cache: Cache | None) -> Outlook:
    rest = [item for item in items if cache is None or cache.find(item) is None]
    used = [
        plan.tasks[item.case.task].estimate(item.case, item.variant, plan.materials)
        for item in rest
    ]
    tokens_in = sum(each.tokens_in for each in used)
    tokens_out = sum(each.tokens_out for each in used)
    profiles = {item.variant.provider.id for item in items}
    prices = next(
        (plan.materials.profiles[name].prices for name in profiles & set(plan.materials.profiles)),
        None,
    )
    return Outlook(
        variant=variant,
        items=len(items),
        cached=len(items) - len(rest),
        requests=sum(each.requests for each in used),
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=None if prices is None else prices.cost(tokens_in, tokens_out),
    )
