"""What a run may use: set aside before an item is begun, settled by what it really used."""

from collections.abc import Mapping

from copilot.errors import UsageError
from copilot.lab.grid import LOCAL, Item
from copilot.lab.results import Produced
from copilot.lab.small_model import SMALL_MODEL
from copilot.lab.suite.model import Limits
from copilot.lab.tasks.base import Estimate
from copilot.llm.profile import Prices, Profile

#: What costs nothing, whatever its profile says.
_FREE = frozenset({LOCAL, SMALL_MODEL})


class RunBudget:
    """For one run; of one thread.

    Attributes:
        requests: Really used, set aside not counted.
        tokens: The same, sent and answered together.
        cost: The same, in the currency of the prices.
    """

    def __init__(self, limits: Limits, profiles: Mapping[str, Profile]) -> None:
        """Begin to count.

        Args:
            limits: What may be used.
            profiles: Language models by the provider's id, for their prices.

        Raises:
            UsageError: A cost is not to be gone beyond, and a model's prices are unknown.
        """
        self._limits = limits
        self._prices = {name: profile.prices for name, profile in profiles.items()}
        if limits.cost is not None:
            for name, prices in self._prices.items():
                if prices is None and name not in _FREE:
                    raise UsageError(
                        f"the cost cannot be limited: the prices of {name} are unknown.",
                        "Give its profile price_in and price_out, or limit requests or tokens.",
                    )
        self.requests = 0
        self.tokens = 0
        self.cost = 0.0
        self._reserved: dict[str, tuple[int, int, float]] = {}

    @property
    def limited(self) -> bool:
        """Whether there is any limit."""
        return self._limits != Limits()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is set aside."""
        return not self._reserved

    def reserve(self, item: Item, most: Estimate) -> str:
        """Set aside what an item may use at most.

        Returns:
            Why it may not be begun; empty where it may.
        """
        tokens = most.tokens_in + most.tokens_out
        cost = self._cost(item, most.tokens_in, most.tokens_out)
        held = self._reserved.values()
        after = (
            ("requests", self.requests + sum(r for r, _, _ in held) + most.requests),
            ("tokens", self.tokens + sum(t for _, t, _ in held) + tokens),
            ("cost", self.cost + sum(c for _, _, c in held) + cost),
        )
        # What uses nothing goes on when nothing is left.
        if most.requests or tokens:
            for name, amount in after:
                limit = getattr(self._limits, name)
                if limit is not None and amount > limit:
                    used = getattr(self, name)
                    return f"the limit of {limit:g} {name} is reached ({used:g} used)"
        self._reserved[item.id] = (most.requests, tokens, cost)
        return ""

    def settle(self, item: Item, produced: Produced) -> None:
        """The item is done and used so much."""
        self._reserved.pop(item.id, None)
        self.count(produced)

    def count(self, produced: Produced) -> None:
        """Something was used, also before the run was gone on with."""
        self.requests += produced.requests
        self.tokens += produced.tokens_in + produced.tokens_out
        self.cost += produced.cost or 0.0

    def release(self) -> None:
        """What was set aside is not under way any more."""
        self._reserved.clear()

    def _cost(self, item: Item, tokens_in: int, tokens_out: int) -> float:
        prices: Prices | None = self._prices.get(item.variant.provider.id)
        return 0.0 if prices is None else prices.cost(tokens_in, tokens_out)
