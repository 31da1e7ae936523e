"""A run never uses more than its limits, whatever its model answers, and says all that it used."""

from collections.abc import Iterator

import pytest

from copilot.errors import ModelError
from copilot.lab.grid import Provider
from copilot.lab.results import Produced, Result
from copilot.lab.running.how import How
from copilot.lab.running.plan import planned
from copilot.lab.running.record import really_asked
from copilot.lab.running.runner import run_plan
from copilot.lab.suite.model import Limits
from copilot.lab.tasks import task_named
from copilot.llm.profile import Prices
from tests.lab.running.plans import (
    YES,
    Counting,
    a_suite,
    endpoint,
    gate_case,
    gate_plan,
    opinion_plan,
)
from tests.llm.scripted_server import BreaksOff, Refuses, Says, ScriptedServer, playing

#: No opinion, so that each answer is asked for a second time.
MISFIT = Says('{"no": "such"}', usage=(700, 100))


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=MISFIT)) as running:
        yield running


def how() -> How:
    return How(make_executor=Counting(concurrency=3))


@pytest.mark.parametrize("most", [1, 2, 3, 7, 11])
def test_second_tries_keep_to_the_limit_of_requests(server: ScriptedServer, most: int):
    plan = opinion_plan(server.url, limits=Limits(requests=most))
    run = run_plan(plan, how())
    assert 0 < len(server.asked) <= most
    assert run.record.totals["requests"] == len(server.asked)
    assert "limit" in run.record.stopped


def test_second_tries_keep_to_the_limits_of_tokens_and_cost(server: ScriptedServer):
    prices = Prices(1000.0, 4000.0)
    plan = opinion_plan(server.url, prices=prices)
    item = plan.items[0]
    once = task_named("opinion").estimate(item.case, item.variant, plan.materials)
    tokens = once.tokens_in + once.tokens_out
    cost = prices.cost(once.tokens_in, once.tokens_out)
    for limits in (Limits(tokens=tokens + 10), Limits(cost=cost * 1.01)):
        # What the endpoint says is what counts: it takes all that was set aside for one request.
        server.asked.clear()
        server.always = Says('{"no": "such"}', usage=(once.tokens_in, once.tokens_out))
        run = run_plan(opinion_plan(server.url, prices=prices, limits=limits), how())
        totals = run.record.totals
        assert len(server.asked) == 1
        assert limits.tokens is None or totals["tokens_in"] + totals["tokens_out"] <= limits.tokens
        assert limits.cost is None or totals["cost"] <= limits.cost
        assert run.record.stopped


def test_a_limit_that_is_enough_for_one_try_each_is_used_up(server: ScriptedServer):
    server.always = Says(YES)
    run = run_plan(opinion_plan(server.url, limits=Limits(requests=6)), how())
    assert not run.record.stopped
    assert run.record.totals["passed"] == 6


def test_an_item_without_room_for_a_second_try_is_done_anew_with_more(server: ScriptedServer):
    first = run_plan(opinion_plan(server.url, 1, limits=Limits(requests=1)), how())
    assert first.record.stopped == "the limits left no room to ask for an item a second time"
    assert first.results[0].produced.error_kind == "BudgetError"
    server.plays(MISFIT, Says(YES))
    again = How(make_executor=Counting(), limits=Limits(requests=9))
    run = run_plan(opinion_plan(server.url, 1), again, resume=first.path)
    assert not run.record.stopped
    assert run.record.totals["passed"] == 1
    # All three are told, also the one that came to nothing.
    assert run.record.totals["requests"] == len(server.asked) == 3


def test_why_an_endpoint_failed_says_more_than_that_it_is_not_tried_again(server: ScriptedServer):
    server.always = Refuses(503)
    with pytest.raises(ModelError, match="503"):
        run_plan(opinion_plan(server.url, 1, limits=Limits(requests=1)), how())
    assert len(server.asked) == 1


def test_an_answer_that_broke_off_counts(server: ScriptedServer):
    server.plays(BreaksOff('{"reason": "It'), Says(YES))
    run = run_plan(opinion_plan(server.url, 1, limits=Limits(requests=4)), how())
    assert run.record.totals["passed"] == 1
    assert run.record.totals["requests"] == 2


def test_a_line_that_only_adds_a_verdict_is_not_paid_twice():
    def line(item: str, *, error: str = "", cached: bool = False) -> Result:
        produced = Produced(output=None if error else 1, error=error, requests=1)
        return Result(
            item=item, case="c", variant="v", repeat=0, key="k", cached=cached, produced=produced
        )

    lines = [
        line("a", error="no"),
        line("a"),
        line("a"),
        line("b", cached=True),
        line("b", cached=True),
        line("c", error="no"),
        line("c", error="no"),
    ]
    assert [each.item for each in really_asked(lines)] == ["a", "a", "c", "c"]


def test_a_vote_that_was_cut_short_is_asked_for_anew(server: ScriptedServer):
    materials, _ = endpoint(server.url)
    rubric = {"type": "llm-rubric", "value": {"criterion": "It is kind.", "votes": 1}}
    case = gate_case(1, asserts=({"type": "right"}, rubric))
    suite = a_suite([case], judge=Provider(id="profile:toy", label="toy"))
    plan = planned(suite, materials, gate_plan(1).variants, 1)
    limited = How(make_executor=Counting(), limits=Limits(requests=1))
    first = run_plan(plan, limited)
    assert first.record.stopped
    assert [check.name for check in first.results[0].checks] == ["right"]
    server.always = Says(YES)
    run = run_plan(plan, How(make_executor=Counting()), resume=first.path)
    assert run.results[0].checks[1].passed
    assert run.record.totals["requests"] == len(server.asked) == 2
