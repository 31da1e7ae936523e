"""Form, quotes, silence, time, and what is right."""

from typing import Any

import pytest

from copilot.lab.cases import Assertion
from copilot.lab.checks.checking import check
from copilot.lab.results import Produced
from copilot.lab.tasks.base import Quoted
from tests.lab.checks.looking import decision, one, seen

ANSWER = {
    "target": "rollback",
    "utterance_ids": ["u1"],
    "builds_on": "one weekend",
    "question": "Why?",
    "reason": "not told",
}
SAID = {"u1": "We moved over one weekend.", "u2": "Nous l'avons <fait> à trois.", "u3": "Yes."}


def test_an_answer_of_the_form_fits_also_inside_what_the_program_adds() -> None:
    assert one("Why?", "schema", output=ANSWER).score == 1
    assert one("Why?", "schema", output={"answer": ANSWER, "shown": True}).passed is True
    assert one("Why?", "schema", output={"question": "Why?"}).passed is False
    assert one("Why?", "schema", output="Why?").passed is False


def test_a_repaired_answer_fits_unless_the_first_one_had_to() -> None:
    repaired = Produced(output=ANSWER, repaired=True)

    assert one("Why?", "schema", produced=repaired).passed is True
    assert one("Why?", "schema", threshold=1, produced=repaired).passed is False


@pytest.mark.parametrize(
    ("ids", "text", "stands"),
    [
        (("u1",), "moved over one weekend", True),
        (("u1",), "«Moved over one weekend»", True),
        (("u1", "u2"), "weekend. Nous l'avons", True),
        (("u2",), "nous l'avons ‹fait› à trois", True),  # noqa: RUF001 - as prompts print it
        (("u3",), "", True),
        (("u1",), "moved over two weekends", False),
        (("u2",), "moved over one weekend", False),
        (("u9",), "moved over one weekend", False),
        ((), "moved over one weekend", False),
    ],
)
def test_a_quote_stands_in_the_utterances_it_names(
    ids: tuple[str, ...], text: str, stands: bool
) -> None:
    quotes = (Quoted(ids, text, "rollback"), Quoted(("u1",), "one weekend"))

    found = one("Why?", "quote-stands", said=SAID, quotes=quotes)

    assert (found.passed, found.score) == (stands, 1.0 if stands else 0.5)
    assert not text or text not in found.reason


def test_silence_and_speech() -> None:
    assert one(" ", "silent").passed is True
    assert one("Why?", "silent").passed is False
    assert one("Why?", "speaks").passed is True
    assert one("", "speaks").passed is False
    assert one("", "not-speaks").passed is True


def test_what_comes_while_it_helps_is_in_time() -> None:
    at: dict[str, Any] = {"useful_until_s": 20.0}

    assert one("Why?", "in-time", ready_s=19.5, **at).passed is True
    assert one("Why?", "in-time", ready_s=21.0, **at).passed is False
    assert one("Why?", "in-time", 2, ready_s=21.0, **at).passed is True
    assert one("Why?", "in-time").passed is None


def test_of_several_moments_each_counts() -> None:
    late = tuple(decision("said", "evidenced", late_s=s) for s in (-1.0, 0.0, 2.5, None))

    found = one("", "in-time", task="match", decisions=late)

    assert (found.passed, found.score) == (False, pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("made", "right", "states"),
    [
        (decision("said", "evidenced"), True, True),
        (decision("said", "unclear"), False, False),
        (decision("said", "denied"), False, False),
        (decision("denied", "denied"), True, True),
        (decision("denied", "not_heard"), True, False),
        (decision("denied", "evidenced"), False, False),
        (decision("absent", "not_heard"), True, True),
        (decision("absent", "unclear"), True, False),
        (decision("said", "raised", kind="flag"), True, True),
        (decision("absent", "not_raised", kind="flag"), True, True),
        (decision("absent", "raised", kind="flag"), False, False),
        (decision("team", "team", kind="question", right=True), True, True),
        (decision("team", "none", kind="question", right=True), False, False),
        (decision("closed", "leading", kind="refusal", shown=True, right=True), True, False),
    ],
)
def test_right_looks_at_what_is_shown_and_states_at_the_very_state(
    made: Any, right: bool, states: bool
) -> None:
    assert one("", "right", task="match", decisions=(made,)).passed is right
    assert one("", "states", task="match", decisions=(made,)).passed is states


def test_the_share_of_labels_is_the_score_and_a_threshold_is_enough() -> None:
    made = (*[decision("said", "evidenced")] * 3, decision("absent", "evidenced"))

    assert one("", "right", task="match", decisions=made).passed is False
    found = one("", "right", threshold=0.75, task="match", decisions=made)
    assert (found.passed, found.score) == (True, 0.75)
    assert "3 of 4" in found.reason


def test_without_labels_nothing_is_known() -> None:
    found = one("", "right", task="match")

    assert (found.passed, found.counts) == (None, True)
    assert one("", "states", task="match").passed is None


def test_where_nothing_is_known_to_be_right_other_checks_decide() -> None:
    [right, speaks] = check(seen("Why?", Assertion(type="right"), Assertion(type="speaks")))

    assert (right.passed, right.counts) == (None, False)
    assert (speaks.passed, speaks.counts) == (True, True)


def test_a_follow_up_is_right_by_its_target_or_by_silence() -> None:
    after: dict[str, Any] = {"output": {"answer": ANSWER, "shown": True}}

    assert one("Why?", "target", expected={"target": ["rollback"]}, **after).passed is True
    assert one("Why?", "target", expected={"target": ["team"]}, **after).passed is False
    assert one("", "target", expected={"target": ["rollback"]}, **after).passed is False
    assert one("Why?", "target", **after).passed is True
    assert one("Why?", "right", expected={"target": ["rollback"]}, **after).passed is True
    assert one("Why?", "right", expected={"silent": True}, **after).passed is False
    assert one("", "right", expected={"silent": True}, **after).passed is True
    assert one("", "right", expected={"silent": False}, **after).passed is False
