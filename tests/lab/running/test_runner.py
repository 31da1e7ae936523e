"""A run does what is to be done, once, and keeps it."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import ModelError
from copilot.lab.errors import RunError
from copilot.lab.executing.base import Done
from copilot.lab.folders import cache_folder, lab_folder
from copilot.lab.grid import Provider
from copilot.lab.running.folder import list_runs, read_opinions, read_run
from copilot.lab.running.how import How
from copilot.lab.running.plan import planned
from copilot.lab.running.progress import Progress
from copilot.lab.running.run import Run
from copilot.lab.running.runner import BY_USER, resumable, run_plan
from copilot.lab.suite.model import Limits
from copilot.llm.profile import Prices
from tests.lab.running.plans import (
    YES,
    Counting,
    a_suite,
    endpoint,
    gate_case,
    gate_plan,
    opinion_plan,
    with_prompt,
)
from tests.llm.scripted_server import Says, ScriptedServer, playing


def outputs(run: Run) -> dict[str, object]:
    return {result.item: result.produced.output for result in run.results}


def asking(count: int = 1) -> tuple[Counting, How]:
    made = Counting(concurrency=count)
    return made, How(make_executor=made)


def test_a_run_holds_a_result_for_each_item_in_the_order_of_the_plan():
    run = run_plan(gate_plan())
    assert [result.item for result in run.results] == [item.id for item in gate_plan().items]
    assert run.record.done_at
    assert not run.record.stopped
    assert run.record.totals["passed"] + run.record.totals["failed"] == 6
    assert run.record.totals["errors"] == 0
    assert run.record.latency["local"]["count"] == 6
    assert run.record.versions["interview-copilot"]
    assert run.record.machine["executor"] == "local"
    assert all(result.checks and result.decisions for result in run.results)


def test_what_a_run_writes_is_its_owners_alone_and_never_changes():
    run = run_plan(gate_plan())
    for path in [lab_folder(), *lab_folder().rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, path
    for name in ("run.json", "cases.jsonl", "materials.json", "results.jsonl"):
        assert stat.S_IMODE((run.path / name).stat().st_mode) == 0o400


def test_the_second_run_does_nothing_anew():
    first = run_plan(gate_plan())
    made, how = asking()
    second = run_plan(gate_plan(), how)
    assert made.done == 0
    assert all(result.cached for result in second.results)
    assert outputs(first) == outputs(second)
    assert first.path != second.path
    assert second.record.totals["cached"] == 6


def test_without_a_cache_everything_is_done_and_nothing_kept():
    made = Counting()
    for _ in range(2):
        run_plan(gate_plan(), How(make_executor=made, cache=None))
    assert made.done == 12
    assert not cache_folder().exists()


def test_a_changed_prompt_or_parameter_is_asked_anew_and_the_rest_is_not():
    with playing(ScriptedServer(always=Says(YES))) as server:
        made, how = asking()
        plan = opinion_plan(server.url, 3)
        run_plan(plan, how)
        run_plan(with_prompt(plan, ("You", "You there")), how)
        run_plan(opinion_plan(server.url, 3, config={"temperature": 0.9}), how)
        run_plan(opinion_plan(server.url, 5), how)
    assert [len(each) for each in made.given] == [3, 3, 3, 2]


def test_repeats_are_items_of_their_own():
    with playing(ScriptedServer(always=Says(YES))) as server:
        _, how = asking()
        run = run_plan(opinion_plan(server.url, 2, repeats=3), how)
        assert len(run.results) == 6
        assert len(server.asked) == 6
        run_plan(opinion_plan(server.url, 2, repeats=2), how)
        assert len(server.asked) == 6
    assert run.record.repeats == 3
    assert run.record.totals["tokens_in"] == 300


def test_an_error_is_a_result_and_is_tried_again_by_the_next_run():
    with playing(ScriptedServer(always=Says(YES))) as server:
        made, how = asking()
        run_plan(opinion_plan(server.url, 1), how)
        server.plays(Says("no JSON"), Says("no JSON"))
        run = run_plan(opinion_plan(server.url, 3), how)
        assert run.record.totals["errors"] == 1
        assert run.record.done_at
        (failed,) = (result for result in run.results if result.produced.failed)
        assert failed.produced.error_kind == "AnswerError"
        assert not failed.passed
        again = run_plan(opinion_plan(server.url, 3), how)
    assert made.given[-1] == [failed.item]
    assert again.record.totals["errors"] == 0


def test_a_model_that_is_not_there_stops_the_run_early_and_says_so():
    plan = opinion_plan("http://127.0.0.1:9/v1", 12)
    with pytest.raises(ModelError, match="toy did none of the first 5 items") as caught:
        run_plan(plan)
    assert "--resume" in caught.value.remedy
    (listed,) = list_runs()
    assert listed.state == "stopped"
    assert "toy" in listed.record.stopped
    assert len(read_run(listed.path).results) < 12
    # Where it listens is part of what is asked, so this is another plan.
    with (
        playing(ScriptedServer(always=Says(YES))) as server,
        pytest.raises(RunError, match="other cases"),
    ):
        run_plan(opinion_plan(server.url, 12), resume=listed.path)


def test_a_limit_stops_a_run_which_goes_on_with_a_higher_one():
    with playing(ScriptedServer(always=Says(YES))) as server:
        made, how = asking()
        plan = opinion_plan(server.url, 6, limits=Limits(requests=4))
        run = run_plan(plan, how)
        assert "limit of 4 requests" in run.record.stopped
        assert not run.record.done_at
        assert len(run.results) == len(server.asked) == 4
        assert resumable(plan) is not None
        more = How(make_executor=made, limits=Limits(requests=6))
        done = run_plan(plan, more, resume=run.path)
        assert len(server.asked) == 6
    assert done.record.done_at
    assert not done.record.stopped
    assert [result.item for result in done.results] == [item.id for item in plan.items]
    assert resumable(plan) is None
    with pytest.raises(RunError, match="never changed"):
        run_plan(plan, resume=run.path)


def test_what_is_set_aside_and_not_used_is_used_by_others():
    # An item can use far more than these do, so that at first only few fit side by side.
    with playing(ScriptedServer(always=Says(YES, usage=(50, 10)))) as server:
        plan = opinion_plan(server.url, 6, limits=Limits(tokens=2500))
        run = run_plan(plan, How(make_executor=Counting(concurrency=4)))
    assert run.record.done_at
    assert run.record.totals["tokens_in"] + run.record.totals["tokens_out"] == 360


def test_a_limit_of_cost_needs_prices_and_keeps_to_them():
    with playing(ScriptedServer(always=Says(YES))) as server:
        limits = Limits(cost=0.005)
        with pytest.raises(Exception, match="prices of profile:toy are unknown"):
            run_plan(opinion_plan(server.url, 2, limits=limits))
        prices = Prices(1.0, 10.0)
        run = run_plan(opinion_plan(server.url, 40, prices=prices, limits=limits))
    assert "cost" in run.record.stopped
    assert 0 < run.record.totals["cost"] <= 0.005


def test_ctrl_c_keeps_what_is_done():
    class Interrupted(Counting):
        def __call__(self, materials, items):
            executor = super().__call__(materials, items)
            whole = executor.run

            def run(items):
                for number, done in enumerate(whole(items)):
                    if number == 2:
                        raise KeyboardInterrupt
                    yield done

            executor.run = run  # type: ignore[method-assign]
            return executor

    with pytest.raises(KeyboardInterrupt):
        run_plan(gate_plan(), How(make_executor=Interrupted()))
    (listed,) = list_runs()
    assert listed.record.stopped == BY_USER
    made, how = asking()
    run = run_plan(gate_plan(), how, resume=listed.path)
    assert made.done == 4
    assert len(run.results) == 6
    assert run.record.done_at


def test_opinions_stand_beside_the_checks_and_decide_nothing():
    with playing(ScriptedServer(always=Says(YES))) as server:
        materials, _ = endpoint(server.url)
        asserts = (
            {"type": "right"},
            {"type": "llm-rubric", "value": {"criterion": "It is kind.", "votes": 3}},
        )
        cases = [gate_case(number, asserts=asserts) for number in range(2)]
        suite = a_suite(cases, judge=Provider(id="profile:toy", label="toy"))
        local = gate_plan(1).variants[0]
        _, how = asking()
        run = run_plan(planned(suite, materials, [local], 1), how)
        assert len(server.asked) == 6
        again = run_plan(planned(suite, materials, [local], 1), how)
        assert len(server.asked) == 6
    for result in run.results:
        assert [check.name for check in result.checks] == ["right", "llm-rubric"]
        assert result.checks[1].passed
        assert not result.checks[1].counts
    assert len(read_opinions(run.path)) == 6
    assert run.record.totals["tokens_in"] == 300
    assert again.record.totals["tokens_in"] == 0
    assert [r.checks for r in again.results] == [r.checks for r in run.results]


def test_progress_tells_how_far_it_is():
    told: list[Progress] = []
    with playing(ScriptedServer(always=Says(YES))) as server:
        plan = opinion_plan(server.url, 4, prices=Prices(1.0, 1.0))
        run_plan(plan, How(on_progress=told.append, make_executor=Counting()))
    assert [each.done for each in told] == [0, 1, 2, 3, 4]
    assert told[1].remaining_s is None
    assert told[2].remaining_s is not None
    assert told[1].expected_tokens == 240
    assert told[-1].remaining_s == 0
    assert told[-1].tokens == 240
    assert told[-1].cost == pytest.approx(240e-6)


def test_records_and_cache_name_the_session_a_case_came_from():
    cases = [gate_case(1, session="2026-01-01-abc")]
    plan = planned(a_suite(cases), gate_plan(1).materials, gate_plan(1).variants, 1)
    run = run_plan(plan)
    (entry,) = cache_folder().glob("*/*.json")
    assert json.loads(entry.read_text())["session"] == "2026-01-01-abc"
    assert run.cases["g1"].session == "2026-01-01-abc"


def test_a_report_that_cannot_be_written_fails_no_run(monkeypatch: pytest.MonkeyPatch):
    def refuses(run: Run) -> Path:
        raise ValueError("secret words")

    monkeypatch.setattr("copilot.lab.report.writing.write_report", refuses)
    troubles: list[str] = []
    run = run_plan(gate_plan(1), How(on_trouble=troubles.append))
    assert run.record.done_at
    assert troubles == ["The report was not written: ValueError"]


def test_an_executor_hands_back_each_item_once():
    plan = gate_plan(30)
    with Counting(workers=1)(plan.materials, plan.items) as executor:
        done: list[Done] = list(executor.run(plan.items))
    assert sorted(each.item.id for each in done) == sorted(item.id for item in plan.items)


def test_the_small_model_serves_a_run_only_where_something_is_left_to_do(
    monkeypatch: pytest.MonkeyPatch,
):
    plan = opinion_plan("http://127.0.0.1:9/v1", 1)
    provider = Provider(id="smollm2", config={"max_tokens": 60})
    small = plan.variants[0].model_copy(update={"provider": provider})
    materials = replace(plan.materials, profiles={})
    plan = planned(plan.suite, materials, [small], 1)
    first = run_plan(plan)
    assert first.results[0].produced.requests == 1
    assert not first.results[0].produced.failed
    monkeypatch.setattr("copilot.lab.running.supply.serving", lambda: pytest.fail("not needed"))
    assert run_plan(plan).results[0].cached
