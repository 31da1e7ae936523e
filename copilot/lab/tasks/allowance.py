"""What one item may use of a language model, kept to request by request.

A run with limits sets aside what an item may use before it is begun. Whether an answer has to be
asked for again, or an answer is put in parts, is known only when it comes; so each request is held
against what was set aside, and the one that would go beyond it is not sent.
"""

import threading

from copilot.lab.tasks.base import Estimate
from copilot.llm.budget import Budget, Reservation
from copilot.llm.errors import BudgetError
from copilot.llm.result import Usage

_REMEDY = "Go on with higher limits: the item is done anew."


class Allowance(Budget):
    """The budget of one item."""

    def __init__(self, most: Estimate) -> None:
        """Begin to count.

        Args:
            most: What it may use.
        """
        super().__init__(most.tokens_in + most.tokens_out)
        self._most = most
        self._sent = 0
        self._counting = threading.Lock()

    def reserve(self, tokens_in: int, tokens_out: int) -> Reservation:
        """Set aside what a request may use at most; it counts as sent.

        Raises:
            BudgetError: That is more than is left.
        """
        with self._counting:
            after = self._used + self._reserved + Usage(tokens_in, tokens_out)
            within = (
                self._sent < self._most.requests
                and after.tokens_in <= self._most.tokens_in
                and after.tokens_out <= self._most.tokens_out
            )
            if not within:
                raise BudgetError(
                    "the limits of the run have no room to ask for this a second time.", _REMEDY
                )
            self._sent += 1
            return super().reserve(tokens_in, tokens_out)
