"""From a suite to a better prompt, or to the finding that there is none."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from copilot.lab.comparing.chance import Paired, paired_ratio
from copilot.lab.grid import Materials
from copilot.lab.optimising.evolving import Search, evolve
from copilot.lab.optimising.preparing import Prepared
from copilot.lab.optimising.reflecting import Reflector
from copilot.lab.optimising.scoring import Scored, Scorer, pass_rate
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.cache import Cache
from copilot.lab.running.how import local_executor
from copilot.lab.small_model import CONTEXT_TOKENS, SMALL_MODEL, serving
from copilot.lab.suite.model import Limits
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.profile import Profile

#: A client's own limit is only there because it wants one.
_NO_LIMIT = 10**12
#: A difference that chance alone brings less often than this is no noise.
NOISE = 0.05


@dataclass(frozen=True, slots=True)
class LastLook:
    """The start and the best on the cases held out.

    Attributes:
        cases: How many.
        start: Share that passes with the start.
        best: The same with the best.
        paired: The difference with its interval and test.
    """

    cases: int
    start: float
    best: float
    paired: Paired | None

    @property
    def is_better(self) -> bool:
        """Whether the best is better by more than noise."""
        return self.paired is not None and self.paired.difference > 0 and self.paired.p < NOISE


def optimise(
    ready: Prepared,
    search: Search,
    *,
    cache: Cache | None = None,
    spent: Callable[[RunBudget], None] = lambda _budget: None,
    on_step: Callable[[Search], None] = lambda _search: None,
) -> LastLook | None:
    """Search, and look once at what was held out.

    Args:
        ready: What is to be done.
        search: What was tried; filled as it goes on, also when it is broken off.
        cache: What need not be asked again.
        spent: Told the budget that everything is counted in, once.
        on_step: Told before every round.

    Returns:
        How the best compares with the start on cases held out; None where nothing is better, so
        that these were not looked at.

    Raises:
        CopilotError: It cannot be done at all, or not to its end.
    """
    wish, limits = ready.wish, Limits(requests=ready.wish.calls, cost=ready.wish.cost)
    with _materials(ready) as materials, _client(ready, materials) as client:
        budget = RunBudget(limits, _asked(materials, ready))
        spent(budget)

        def scorer() -> Scorer:
            return Scorer(
                materials,
                ready.variant,
                ready.splits,
                budget,
                local_executor(ready.suite.concurrency),
                repeats=ready.suite.repeats,
                cache=cache,
            )

        evolve(
            ready.start,
            ready.splits,
            scorer(),
            Reflector(client, budget),
            rounds=wish.rounds,
            seed=wish.seed,
            search=search,
            may_go_on=lambda: ready.no_room(budget),
            on_step=on_step,
        )
        if not search.is_better:
            return None
        held_out = ready.splits.open()
        first = scorer().of(ready.start, held_out)
        second = scorer().of(search.best.prompt, held_out)
    return last_look(first, second)


def last_look(first: tuple[Scored, ...], second: tuple[Scored, ...]) -> LastLook:
    """Two prompts on the same cases, with a paired test by group."""
    rows = [np.array([[each.passed, 1.0] for each in several]) for several in (first, second)]
    paired = paired_ratio(rows[0], rows[1], [each.case.group for each in first])
    return LastLook(len(first), pass_rate(first), pass_rate(second), paired)


@contextlib.contextmanager
def _materials(ready: Prepared) -> Iterator[Materials]:
    """The materials, with the small model's server where one is asked."""
    materials = ready.plan.materials
    profiles = dict(materials.profiles)
    if ready.reflection_profile is not None:
        profiles[ready.reflection.id] = ready.reflection_profile
    with contextlib.ExitStack() as stack:
        if SMALL_MODEL in (ready.variant.provider.id, ready.reflection.id):
            served = stack.enter_context(serving(context_tokens=CONTEXT_TOKENS))
            profiles[SMALL_MODEL] = served
        yield replace(materials, profiles=profiles)


@contextlib.contextmanager
def _client(ready: Prepared, materials: Materials) -> Iterator[LlmClient]:
    chosen = materials.profiles[ready.reflection.id]
    with LlmClient(chosen, Budget(_NO_LIMIT, prices=chosen.prices)) as client:
        yield client


def _asked(materials: Materials, ready: Prepared) -> dict[str, Profile]:
    """The profiles that are asked, for their prices."""
    asked = (ready.variant.provider.id, ready.reflection.id)
    return {name: each for name, each in materials.profiles.items() if name in asked}
