"""Assertions with mistakes, and checks that fail themselves."""

from typing import Any

import pytest

from copilot.lab.cases import Assertion
from copilot.lab.checks.checking import assertion_problems, check
from copilot.lab.checks.registry import CHECKS, check_named, kinds
from copilot.lab.results import Produced
from copilot.lab.tasks import TASKS
from tests.lab.checks.looking import one, seen


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"type": "contain", "value": "x"}, "no check 'contain'. Did you mean 'contains'?"),
        ({"type": "not-off-limits"}, "off-limits has no opposite"),
        ({"type": "javascript", "value": "output"}, "suites run no code"),
        ({"type": "contains", "value": 3}, "contains needs a text as its value"),
        ({"type": "contains"}, "contains needs a text as its value"),
        ({"type": "contains", "value": ""}, "must not be empty"),
        ({"type": "contains-all", "value": "x"}, "contains-all needs a list as its value"),
        ({"type": "contains-all", "value": []}, "has to be a list of texts"),
        ({"type": "max-words", "value": True}, "max-words needs a whole number"),
        ({"type": "max-words", "value": -1}, "must not be negative"),
        ({"type": "regex", "value": "("}, "is no regular expression"),
        ({"type": "language", "value": "de"}, "has to be en or fr"),
        ({"type": "gate", "value": "x"}, "gate takes no value"),
        ({"type": "latency"}, "latency needs a threshold"),
        ({"type": "gate", "threshold": 0.5}, "gate takes no threshold"),
        ({"type": "right", "threshold": 1.5}, "has to be 0 to 1"),
        ({"type": "states"}, "states is not for the task follow_up"),
        ({"type": "speaks", "weight": -1.0}, "weight must not be negative"),
        ({"type": "llm-rubric"}, "llm-rubric needs a text or keys with values"),
        (
            {"type": "llm-rubric", "value": {"criterion": "x", "votes": 2}},
            "is not in order (votes: has to be odd)",
        ),
        ({"type": "llm-rubric", "value": {"criterium": "x"}}, "criterion: Field required"),
    ],
)
def test_a_mistake_is_told(given: dict[str, Any], told: str) -> None:
    problems = assertion_problems(Assertion(**given), "follow_up")

    assert len(problems) == 1
    assert told in problems[0]


@pytest.mark.parametrize(
    "given",
    [
        {"type": "not-contains", "value": "x"},
        {"type": "not-leading"},
        {"type": "max-words", "value": 20},
        {"type": "in-time"},
        {"type": "in-time", "value": 1.5},
        {"type": "latency", "threshold": 1500},
        {"type": "right", "threshold": 0.8},
        {"type": "llm-rubric", "value": "It takes up what was said."},
        {"type": "llm-rubric", "value": {"criterion": "It is short.", "votes": 5}},
    ],
)
def test_what_is_in_order_has_no_problem(given: dict[str, Any]) -> None:
    assert assertion_problems(Assertion(**given), "follow_up") == []


def test_every_check_has_a_help_and_known_tasks() -> None:
    for name, each in CHECKS.items():
        assert each.help
        assert set(each.tasks) <= set(TASKS), name
        assert (f"not-{name}" in kinds()) == each.negatable
    assert check_named("not-leading") == (CHECKS["not-leading"], False)


def test_a_check_that_fails_itself_is_undecided_and_quotes_nothing() -> None:
    # No suite with this expression is read; it stands for any defect of a check.
    found = one("a private word", "regex", "(")

    assert found.passed is None
    assert found.reason == "the check itself failed (error)"
    assert one("So?", "no-such-check").passed is None


def test_an_error_is_not_checked_and_opinions_are_left_to_others() -> None:
    asserts = Assertion(type="speaks"), Assertion(type="llm-rubric", value="It is short.")

    assert check(seen("", *asserts, produced=Produced(error="gone"))) == ()
    assert [found.name for found in check(seen("So?", *asserts))] == ["speaks"]


def test_a_check_without_weight_is_shown_and_does_not_count() -> None:
    [found] = check(seen("", Assertion(type="speaks", weight=0, metric="has something to say")))

    assert (found.name, found.passed, found.counts) == ("has something to say", False, False)
