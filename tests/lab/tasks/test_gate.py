"""The task that tries the gate: what it refuses, by which rules, beside what should be."""

from typing import Any

import pytest
from pydantic import ValidationError

from copilot.lab.cases import Case
from copilot.lab.packs import packs_hash
from copilot.lab.tasks.local_cases import GateExpected
from tests.lab.tasks.parts import a_case, done, fingerprint, told

PLACE = {
    "language": "en",
    "question": "Tell me about a system you replaced.",
    "answer": "We moved eleven warehouses off an old stock system. The printers were the worst.",
    "asked": ["Who decided that the printers could wait?"],
}
GOOD = "How did you notice that the printers were the worst?"
CLOSED = "Did the printers work on Monday?"


def followed(text: str, right: dict[str, Any] | None = None, **place: Any) -> Case:
    """A case about a follow-up."""
    return a_case("gate", right, context={**PLACE, **place}, text=text)


def test_a_good_follow_up_passes_and_a_closed_one_is_refused() -> None:
    good, view = done(followed(GOOD, {"refused": False}))
    assert good.output == {"refused": False, "rules": []}
    assert view.text == "passed"
    assert told(view.decisions) == [("", "passed", "passed", False, False)]

    closed, view = done(followed(CLOSED, {"refused": True, "rule": "closed"}))
    assert closed.output == {"refused": True, "rules": ["closed"]}
    assert view.text == "refused: closed"
    assert told(view.decisions) == [("closed", "closed", "closed", True, True)]


def test_what_is_refused_by_another_rule_says_so() -> None:
    [decision] = done(followed(CLOSED, {"refused": True, "rule": "leading"}))[1].decisions

    assert (decision.label, decision.state) == ("leading", "closed")
    assert (decision.shown, decision.right) == (True, True)


def test_what_passes_wrongly_is_a_miss() -> None:
    [decision] = done(followed(GOOD, {"rule": "leading"}))[1].decisions

    assert (decision.label, decision.state) == ("leading", "passed")
    assert (decision.shown, decision.right) == (False, True)


def test_the_question_counts_as_asked() -> None:
    produced, _ = done(followed("What did you replace?", question="What did you replace?"))

    assert "asked before" in produced.output["rules"]


def test_what_the_answer_should_be_is_not_handed_over() -> None:
    expected = {
        "label": "Rollback plan",
        "description": "Prepared a way back to the old system.",
        "says": ["We had a rollback plan for the weekend."],
    }
    produced, _ = done(followed("What was your rollback plan?", expected=expected))

    assert "gives the answer away" in produced.output["rules"]


def test_local_ones_need_no_tie() -> None:
    text = "What would you do differently?"
    free = followed(text, local=True)

    assert "ungrounded" in done(followed(text))[0].output["rules"]
    assert "ungrounded" not in done(free)[0].output["rules"]
    assert fingerprint(free) != fingerprint(followed(text))


def test_without_labels_there_is_no_decision() -> None:
    assert done(followed(GOOD))[1].decisions == ()


@pytest.mark.parametrize(
    "expected", [{"refused": False, "rule": "closed"}, {"rule": "closd"}, {"refuse": True}]
)
def test_labels_that_make_no_sense_are_errors(expected: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GateExpected.model_validate(expected)


def test_off_limits_topics_decide_as_well() -> None:
    assert fingerprint(followed(GOOD))["packs"] == packs_hash()
