"""How far a run is, in a line: on a terminal, in a log, and for machines."""

import io
import json
from dataclasses import replace

import pytest

from copilot.cli.lab_actions.telling import (
    ProgressLines,
    duration,
    outcome_text,
    outlook_text,
    progress_text,
)
from copilot.lab.running.outlook import Outlook
from copilot.lab.running.progress import Progress
from copilot.lab.running.runner import run_plan
from tests.lab.running.plans import opinion_plan
from tests.llm.scripted_server import Says, ScriptedServer, playing

_BEGUN = Progress(
    suite="mine",
    phase="items",
    done=0,
    total=100,
    failed=0,
    errors=0,
    cached=0,
    per_s=0.0,
    remaining_s=None,
    tokens=0,
    expected_tokens=0,
    cost=None,
    expected_cost=None,
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_says_what_is_known_and_nothing_else():
    assert progress_text(_BEGUN) == "mine: 0 of 100"
    far = replace(
        _BEGUN,
        phase="opinions",
        done=40,
        failed=3,
        errors=1,
        cached=10,
        per_s=0.5,
        remaining_s=125.0,
        tokens=12000,
        expected_tokens=30000,
        cost=0.0123,
        expected_cost=0.03,
    )
    assert progress_text(far) == (
        "mine, opinions: 40 of 100, 3 failed, 1 errors, 10 cached, 30.0/min, 2 min 05 s left, "
        "12,000 of about 30,000 tokens, cost 0.0123 of about 0.03"
    )
    assert "18/h" in progress_text(replace(_BEGUN, per_s=0.005))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0124, "12 ms"),
        (3.44, "3.4 s"),
        (59.96, "60.0 s"),
        (125, "2 min 05 s"),
        (3720, "1 h 02 min"),
    ],
)
def test_times_fit_a_line(seconds: float, told: str):
    assert duration(seconds) == told


def test_in_a_log_there_is_a_line_now_and_then():
    out, clock = io.StringIO(), Clock()
    lines = ProgressLines(out, clock=clock)
    for done in range(101):
        clock.now += 0.2
        lines(replace(_BEGUN, done=done))
    lines(replace(_BEGUN, done=100))
    lines.close()
    told = out.getvalue().splitlines()
    assert len(told) == 10
    assert told[-1] == "mine: 100 of 100"


def test_a_slow_run_tells_every_ten_seconds():
    out, clock = io.StringIO(), Clock()
    lines = ProgressLines(out, clock=clock)
    for _ in range(6):
        clock.now += 5
        lines(replace(_BEGUN, done=1))
    assert len(out.getvalue().splitlines()) == 3


def test_on_a_terminal_one_line_changes_and_fits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "40")
    out, clock = Terminal(), Clock()
    lines = ProgressLines(out, clock=clock)
    for done in (0, 50, 100):
        clock.now += 1
        lines(replace(_BEGUN, done=done, tokens=10**9, expected_tokens=10**10))
    lines.close()
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().count("\r") == 3
    assert all(len(part) <= 40 for part in out.getvalue().split("\r"))


def test_for_machines_it_is_an_object_a_line():
    out, clock = io.StringIO(), Clock()
    ProgressLines(out, as_json=True, clock=clock)(replace(_BEGUN, done=100))
    told = json.loads(out.getvalue())
    assert (told["event"], told["done"], told["remaining_s"]) == ("progress", 100, None)


def test_the_outlook_of_several_variants_ends_with_all_of_them():
    one = Outlook("a", 4, 1, 3, 900, 300, 0.5)
    told = outlook_text("mine", (one, replace(one, variant="b"), replace(one, variant="")), 1)
    assert told.startswith("mine: 4 items, 1 of them cached. Nothing was run.\n")
    assert [line.split()[0] for line in told.splitlines()[3:6]] == ["a", "b", "in"]
    assert "≤ 900" in told
    assert "asked for once more" in told.splitlines()[-1]


def test_an_outcome_says_why_there_are_errors_and_all_that_was_used():
    with playing(ScriptedServer(always=Says('{"no": "such"}', usage=(700, 100)))) as server:
        run = run_plan(opinion_plan(server.url, 2))
        told = outcome_text(run)
        assert (
            "\nErrors:\n  2 times: Language model answer not usable: what toy answers is not in the form"
            in told
        )
        assert "done anew" not in told
        record = run.record.model_copy(update={"totals": {**run.record.totals, "tokens_in": 3500}})
        told = outcome_text(replace(run, record=record))
    assert "With opinions and what was done anew: 3,900 tokens" in told
