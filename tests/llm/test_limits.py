"""What a session may use, and when an endpoint is left alone."""

import threading

import pytest

from copilot.llm.breaker import Breaker, BreakerState
from copilot.llm.budget import Budget
from copilot.llm.errors import BudgetError, EndpointError, RestingError
from copilot.llm.profile import Prices, profile
from copilot.llm.result import Usage

FAULT = EndpointError("a.example answers with an error (500).")


class Clock:
    """A clock that is set."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


# -- the budget -----------------------------------------------------------------------------------


def test_what_was_really_used_takes_the_place_of_what_was_set_aside() -> None:
    budget = Budget(1000)

    first = budget.reserve(500, 400)
    with pytest.raises(BudgetError, match="has 100 left of 1000"):
        budget.reserve(100, 1)
    first.settle(Usage(300, 20))

    budget.reserve(600, 80)
    assert budget.spent.usage == Usage(300, 20)
    assert budget.spent.requests == 1
    assert budget.spent.cost is None


def test_what_was_not_processed_is_free_again() -> None:
    budget = Budget(1000)
    reservation = budget.reserve(1000, 0)

    reservation.release()
    reservation.settle(Usage(1000, 0))

    assert budget.spent.usage == Usage()
    budget.reserve(1000, 0)


def test_money_is_counted_where_prices_are_known() -> None:
    budget = Budget(10**9, prices=Prices(2.0, 8.0), most_cost=1.0)

    budget.reserve(100_000, 100_000).settle(Usage(100_000, 50_000))

    assert budget.spent.cost == pytest.approx(0.6)
    with pytest.raises(BudgetError, match="more than 1"):
        budget.reserve(100_000, 50_000)
    budget.reserve(100_000, 20_000)


def test_a_session_that_goes_on_has_used_what_it_had_used() -> None:
    chosen = profile("a", "https://a.example", "m", session_tokens=100)
    budget = Budget.of(chosen, Usage(60, 30, estimated=True))

    assert budget.spent.usage.tokens == 90
    with pytest.raises(BudgetError):
        budget.reserve(11, 0)


def test_several_threads_cannot_go_beyond_it_together() -> None:
    budget = Budget(100)
    refused = []

    def use() -> None:
        for _ in range(20):
            try:
                budget.reserve(1, 1)
            except BudgetError as error:
                refused.append(error)

    threads = [threading.Thread(target=use) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 50


# -- the breaker ----------------------------------------------------------------------------------


def _opened(clock: Clock, told: list[tuple[BreakerState, str]] | None = None) -> Breaker:
    breaker = Breaker(
        pause_s=10,
        longest_pause_s=25,
        on_change=lambda state, why: (told if told is not None else []).append((state, why)),
        clock=clock,
    )
    for _ in range(3):
        breaker.failed(breaker.enter(), FAULT)
    return breaker


def test_three_failures_in_a_row_open_it_and_it_says_why_once() -> None:
    told: list[tuple[BreakerState, str]] = []
    breaker = _opened(Clock(), told)

    assert breaker.state is BreakerState.OPEN
    assert told == [(BreakerState.OPEN, FAULT.message)]
    with pytest.raises(RestingError, match=r"answers with an error"):
        breaker.enter()


def test_failures_with_an_answer_between_them_do_not() -> None:
    breaker = Breaker(failures=2)

    for _ in range(5):
        breaker.failed(breaker.enter(), FAULT)
        breaker.succeeded(breaker.enter())

    assert breaker.state is BreakerState.CLOSED


def test_after_the_pause_one_call_is_the_trial() -> None:
    clock = Clock()
    breaker = _opened(clock)
    clock.now_s = 10.0

    trial = breaker.enter()

    assert trial.is_trial
    assert breaker.state is BreakerState.HALF_OPEN
    with pytest.raises(RestingError):
        breaker.enter()
    breaker.succeeded(trial)
    assert (breaker.state.value, breaker.reason) == ("closed", "")


def test_each_trial_that_fails_doubles_the_pause_up_to_the_longest() -> None:
    clock = Clock()
    breaker = _opened(clock)

    for pause_s in (10, 20, 25, 25):
        clock.now_s += pause_s - 0.1
        with pytest.raises(RestingError):
            breaker.enter()
        clock.now_s += 0.1
        breaker.failed(breaker.enter(), FAULT)


def test_after_it_works_again_the_pause_is_short_again() -> None:
    clock = Clock()
    breaker = _opened(clock)
    clock.now_s = 10
    breaker.failed(breaker.enter(), FAULT)
    clock.now_s = 30
    breaker.succeeded(breaker.enter())

    for _ in range(3):
        breaker.failed(breaker.enter(), FAULT)
    clock.now_s = 40
    assert breaker.enter().is_trial


def test_calls_of_before_it_opened_do_not_speak() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause_s=10, clock=clock)
    early, late = breaker.enter(), breaker.enter()
    breaker.failed(breaker.enter(), FAULT)

    breaker.succeeded(early)
    breaker.failed(late, FAULT)
    breaker.left(late)

    assert breaker.state is BreakerState.OPEN
    clock.now_s = 10
    assert breaker.enter().is_trial


def test_a_failure_that_will_last_opens_it_at_once() -> None:
    breaker = Breaker(failures=3)

    breaker.failed(breaker.enter(), FAULT, at_once=True)

    assert breaker.state is BreakerState.OPEN
