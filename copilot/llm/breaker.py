"""A circuit breaker: an endpoint that fails is left alone for a while.

Nobody then waits for what will not come, and the endpoint is not pestered. After the pause one
call goes through as a trial, and what comes of it decides.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from copilot.llm.errors import LlmError, RestingError


class BreakerState(StrEnum):
    """Whether calls go through."""

    CLOSED = "closed"
    """They do."""
    OPEN = "open"
    """They do not."""
    HALF_OPEN = "half open"
    """One does, as a trial."""


@dataclass(frozen=True, slots=True)
class Admission:
    """A call that goes through; given back to the breaker with what came of it.

    Attributes:
        opening: How often the breaker had opened when the call began.
        is_trial: Whether it is the one that decides.
    """

    opening: int
    is_trial: bool


class Breaker:
    """Counts failures in a row; for several threads."""

    def __init__(
        self,
        *,
        failures: int = 3,
        pause_s: float = 10.0,
        longest_pause_s: float = 120.0,
        on_change: Callable[[BreakerState, str], None] = lambda _state, _reason: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin closed.

        Args:
            failures: So many in a row open it.
            pause_s: How long it stays open the first time, in seconds; doubled each time the
                trial fails.
            longest_pause_s: And at most, in seconds.
            on_change: Told each new state and why the endpoint is left alone; empty where it is
                not. Called on the thread that met the change. A listener that speaks to people
                says so when the state leaves ``CLOSED`` and when it is back, and not in between.
            clock: Seconds on a monotonic clock.
        """
        self._failures = failures
        self._first_pause_s = self._pause_s = pause_s
        self._longest_pause_s = longest_pause_s
        self._on_change = on_change
        self._clock = clock
        self._in_a_row = 0
        self._openings = 0
        self._again_at = 0.0
        self._state = BreakerState.CLOSED
        self._reason = ""
        self._lock = threading.Lock()

    @property
    def state(self) -> BreakerState:
        """Whether calls go through; open until somebody asks after the pause."""
        with self._lock:
            return self._state

    @property
    def reason(self) -> str:
        """Why the endpoint is left alone; empty while it is not."""
        with self._lock:
            return self._reason

    def enter(self) -> Admission:
        """Let a call through.

        Raises:
            RestingError: The endpoint is left alone, or another call is the trial.
        """
        with self._lock:
            if self._state is BreakerState.CLOSED:
                return Admission(self._openings, is_trial=False)
            left_s = self._again_at - self._clock()
            if self._state is BreakerState.HALF_OPEN or left_s > 0:
                raise RestingError(f"{self._reason} It is left alone for a while.")
            admission = Admission(self._openings, is_trial=True)
            changed = self._turn(BreakerState.HALF_OPEN)
        self._on_change(*changed)
        return admission

    def succeeded(self, admission: Admission) -> None:
        """The endpoint answered that call."""
        with self._lock:
            if admission.opening != self._openings:
                return  # of before it failed
            self._in_a_row = 0
            if self._state is BreakerState.CLOSED:
                return
            self._pause_s, self._reason = self._first_pause_s, ""
            changed = self._turn(BreakerState.CLOSED)
        self._on_change(*changed)

    def failed(self, admission: Admission, error: LlmError, *, at_once: bool = False) -> None:
        """The endpoint failed that call.

        Args:
            admission: Of the call.
            error: Why.
            at_once: Whether it will fail the next call as well, so that one failure is enough.
        """
        with self._lock:
            if admission.opening != self._openings:
                return
            self._in_a_row += 1
            if not admission.is_trial and not at_once and self._in_a_row < self._failures:
                return
            if admission.is_trial:
                self._pause_s = min(2 * self._pause_s, self._longest_pause_s)
            self._openings += 1
            self._again_at = self._clock() + self._pause_s
            self._reason = error.message
            changed = self._turn(BreakerState.OPEN)
        self._on_change(*changed)

    def left(self, admission: Admission) -> None:
        """That call ended without telling anything about the endpoint."""
        with self._lock:
            if not admission.is_trial or admission.opening != self._openings:
                return
            changed = self._turn(BreakerState.OPEN)  # its pause is over: the next is the trial
        self._on_change(*changed)

    def _turn(self, state: BreakerState) -> tuple[BreakerState, str]:
        self._state = state
        return state, self._reason
