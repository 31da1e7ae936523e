"""Items done outside of a run: found in the cache or else done, and kept there."""

import contextlib
from collections.abc import Callable, Sequence

from copilot.errors import ModelError
from copilot.lab.grid import Item, Materials
from copilot.lab.results import Produced
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.cache import Cache
from copilot.lab.running.guard import Guard
from copilot.lab.running.how import ExecutorFactory
from copilot.lab.running.supply import Allowed, done_by
from copilot.lab.suite.model import Limits


def do_items(
    items: Sequence[Item],
    materials: Materials,
    make_executor: ExecutorFactory,
    *,
    cache: Cache | None = None,
    budget: RunBudget | None = None,
    on_done: Callable[[int], None] = lambda _done: None,
) -> tuple[dict[str, Produced], str]:
    """Do items, as far as the budget reaches.

    Args:
        items: What is to be done; several may have the same key, and are done once each.
        materials: What they refer to.
        make_executor: Where they are done.
        cache: What need not be done again; None: all is done, and nothing is kept.
        budget: What may be used; None: anything.
        on_done: Told how many have an output; must be quick.

    Returns:
        What came out, by the item's id, and why the rest was not begun; empty where there is none.

    Raises:
        ModelError: Their language model is not there.
        CopilotError: They cannot be done at all.
    """
    budget = budget or RunBudget(Limits(), {})
    found: dict[str, Produced] = {}
    left = {item.id: item for item in items}
    for item in items:
        known = None if cache is None else cache.find(item)
        if known is not None:
            found[item.id] = known
            left.pop(item.id, None)
    on_done(len(found))
    if not left:
        return found, ""
    guard = Guard(left.values())
    with make_executor(materials, tuple(left.values())) as executor:
        while left:
            allowed = Allowed(materials, budget, tuple(left.values()))
            with contextlib.closing(done_by(executor, allowed)) as done:
                for item, produced in done:
                    del left[item.id]
                    budget.settle(item, produced)
                    if cache is not None:
                        cache.keep(item, produced)
                    found[item.id] = produced
                    on_done(len(found))
                    _watch(guard, item, produced)
            # Set aside is the most an item can use: with all settled there may be room again.
            if left and not allowed.begun:
                return found, allowed.refused
    return found, ""


def _watch(guard: Guard, item: Item, produced: Produced) -> None:
    try:
        guard.saw(item, produced)
    except ModelError as error:
        raise ModelError(
            error.message,
            "Mend that (`llm check` tries a profile), then try again: what is done is kept.",
        ) from error
