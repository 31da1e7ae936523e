"""What a session may use of a language model: tokens, and money where prices are known.

A request is reserved with the most it can use before it is sent, so that several at once cannot
go beyond the limit together; afterwards what was really used takes the place of the reservation.
"""

import threading
from dataclasses import dataclass

from copilot.llm.errors import BudgetError
from copilot.llm.profile import Prices, Profile
from copilot.llm.result import Usage

_REMEDY = "The local tier goes on. session_tokens and session_cost of the profile set the limit."


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used so far.

    Attributes:
        usage: Tokens.
        requests: How many requests they went into.
        cost: What they cost, in the currency of the prices; None where no prices are known.
    """

    usage: Usage
    requests: int
    cost: float | None


class Reservation:
    """What one request may use at most; ends with ``settle`` or ``release``, once.

    Attributes:
        most: That much.
        open: Whether it has not ended.
    """

    def __init__(self, budget: "Budget", most: Usage) -> None:
        self.most = most
        self.open = True
        self._budget = budget

    def settle(self, used: Usage) -> None:
        """The request used so much."""
        self._end(used)

    def release(self) -> None:
        """The request was not processed, so it used nothing."""
        self._end(None)

    def _end(self, used: Usage | None) -> None:
        if self.open:
            self.open = False
            self._budget.close_reservation(self.most, used)


class Budget:
    """Counts what a session uses and refuses what would go beyond; for several threads."""

    def __init__(
        self,
        most_tokens: int,
        *,
        prices: Prices | None = None,
        most_cost: float | None = None,
        before: Usage | None = None,
    ) -> None:
        """Begin to count.

        Args:
            most_tokens: Sent and answered together.
            prices: What they cost; None where unknown or free.
            most_cost: In the currency of the prices; None: no limit but that of the tokens.
            before: What a resumed session had used already.
        """
        self._most_tokens = most_tokens
        self._prices = prices
        self._most_cost = most_cost
        self._used = before or Usage()
        self._reserved = Usage()
        self._requests = 0
        self._lock = threading.Lock()

    @classmethod
    def of(cls, profile: Profile, before: Usage | None = None) -> "Budget":
        """The budget a profile allows a session."""
        return cls(
            profile.session_tokens,
            prices=profile.prices,
            most_cost=profile.session_cost,
            before=before,
        )

    @property
    def spent(self) -> Spent:
        """What was used so far; requests under way do not count yet."""
        with self._lock:
            used, requests = self._used, self._requests
        return Spent(used, requests, None if self._prices is None else self._cost(used))

    def reserve(self, tokens_in: int, tokens_out: int) -> Reservation:
        """Set aside what a request may use at most.

        Args:
            tokens_in: Most tokens of the request.
            tokens_out: Most tokens of its answer.

        Raises:
            BudgetError: That is more than is left.
        """
        most = Usage(tokens_in, tokens_out)
        with self._lock:
            after = self._used + self._reserved + most
            if after.tokens > self._most_tokens:
                left = max(0, self._most_tokens - (self._used + self._reserved).tokens)
                raise BudgetError(
                    f"a request of up to {most.tokens} tokens, and the session has {left} left "
                    f"of {self._most_tokens}.",
                    _REMEDY,
                )
            if self._most_cost is not None and self._cost(after) > self._most_cost:
                raise BudgetError(
                    f"the session would cost more than {self._most_cost:g}.",
                    _REMEDY,
                )
            self._reserved += most
        return Reservation(self, most)

    def close_reservation(self, most: Usage, used: Usage | None) -> None:
        """For ``Reservation``: put what was used in place of what was set aside."""
        with self._lock:
            self._reserved = Usage(
                self._reserved.tokens_in - most.tokens_in,
                self._reserved.tokens_out - most.tokens_out,
            )
            if used is not None:
                self._used += used
                self._requests += 1

    def _cost(self, usage: Usage) -> float:
        return 0.0 if self._prices is None else self._prices.cost(usage.tokens_in, usage.tokens_out)
