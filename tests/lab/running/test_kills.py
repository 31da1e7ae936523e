"""A run that is killed at any moment loses nothing and counts nothing twice."""

import dataclasses
import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from copilot.lab.executing.local import LocalExecutor, workers_for
from copilot.lab.running.folder import list_runs
from copilot.lab.running.how import How
from copilot.lab.running.run import Run
from copilot.lab.running.runner import run_plan
from tests.lab.running.plans import Counting, gate_plan

_ITEMS = 120


def killed_after(results: int, workers: int) -> list[int]:
    """Kill a run when it has so many results; its workers' process ids."""
    command = [sys.executable, "-m", "tests.lab.running.killed", str(_ITEMS), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            done, *pids = map(int, line.split())
            if done >= results:
                process.kill()
                return pids
    raise AssertionError("the run ended before it could be killed")


def brief(run: Run) -> list[tuple[object, ...]]:
    return [(r.item, r.key, r.produced.output, r.text, r.checks, r.decisions) for r in run.results]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(("results", "workers"), [(1, 1), (47, 1), (30, 2)])
def test_a_killed_run_goes_on_and_comes_to_the_same(results: int, workers: int):
    pids = killed_after(results, workers)
    assert len(pids) == (0 if workers == 1 else workers)
    (listed,) = list_runs()
    assert listed.state == "cut off"
    made = Counting()
    plan = gate_plan(_ITEMS)
    run = run_plan(plan, How(make_executor=made, cache=None), resume=listed.path)
    assert 0 < made.done <= _ITEMS - results
    lines = (run.path / "results.jsonl").read_bytes().splitlines()
    assert len(lines) == _ITEMS
    undisturbed = run_plan(plan, How(cache=None))
    assert brief(run) == brief(undisturbed)


def test_no_worker_outlives_a_killed_run():
    pids = killed_after(20, 2)
    assert pids
    deadline = time.monotonic() + 30
    while any(map(is_alive, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_killed_worker_costs_no_item():
    plan = gate_plan(60)
    done = []
    with LocalExecutor(plan.materials, workers=2) as executor:
        for each in executor.run(plan.items):
            done.append(each)
            if len(done) == 10:
                lane = executor._lanes[True]
                os.kill(lane._doers[0].pid, signal.SIGKILL)  # type: ignore[union-attr, arg-type]
    assert sorted(each.item.id for each in done) == sorted(item.id for item in plan.items)
    assert not any(each.produced.failed for each in done)


def test_closing_breaks_off():
    plan = gate_plan(60)
    with LocalExecutor(plan.materials, workers=2) as executor:
        running = executor.run(plan.items)
        next(running)
        lane = executor._lanes[True]
        pids = [doer.pid for doer in lane._doers]  # type: ignore[union-attr]
        running.close()  # type: ignore[attr-defined]
        assert not executor._lanes
        # It can be used again, as when a budget left room for more.
        assert len(list(executor.run(plan.items[:3]))) == 3
    assert not any(is_alive(pid) for pid in pids if pid is not None)


def test_few_items_take_no_processes():
    assert workers_for(gate_plan(4).items) == 1
    assert 1 <= workers_for(gate_plan(60).items) <= (os.cpu_count() or 1)


def test_a_process_that_cannot_be_begun_is_an_error_and_no_wait(monkeypatch: pytest.MonkeyPatch):
    # As where memory or processes have run out.
    def refuse(_process: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)
    plan = gate_plan(12)
    with LocalExecutor(plan.materials, workers=2) as executor:
        done = list(executor.run(plan.items))
    assert len(done) == 12
    assert {each.produced.error_kind for each in done} == {"ProcessNotBegun"}
    assert os.strerror(errno.EAGAIN) in done[0].produced.error


def test_an_item_that_cannot_travel_is_an_error_and_no_wait():
    plan = gate_plan(3)
    odd = plan.items[1]
    case = odd.case.model_copy(update={"vars": {**odd.case.vars, "extra": threading.Lock()}})
    items = (plan.items[0], dataclasses.replace(odd, case=case), plan.items[2])
    with LocalExecutor(plan.materials, workers=2) as executor:
        done = {each.item.case.id: each.produced for each in executor.run(items)}
    assert {name: produced.failed for name, produced in done.items()} == {
        "g0": False,
        "g1": True,
        "g2": False,
    }
