"""The task that recognises questions: what a session would recognise, turn by turn."""

from typing import Any

import pytest
from pydantic import ValidationError

from copilot.errors import UsageError
from copilot.knowledge.loading import load_guide
from copilot.lab.cases import Case
from copilot.lab.tasks.local_cases import RecogniseVars
from tests.lab.tasks.parts import ROLE, a_case, done, fingerprint, told

ASKED = load_guide(ROLE).question("metrics").text
OTHER = load_guide(ROLE).question("underperformance").text
PLAN = ["underperformance", "metrics", "new-technology"]


def heard(*turns: tuple[str, ...], plan: list[str] | None = None) -> Case:
    """A case of these turns: speaker, text, and the question where one is asked."""
    spoken: list[dict[str, Any]] = [
        {"speaker": turn[0], "text": turn[1], "question": turn[2] if len(turn) > 2 else None}
        for turn in turns
    ]
    return a_case("recognise", role=ROLE, language="en", plan=plan or PLAN, turns=spoken)


INTERVIEW = heard(
    ("interviewer", "Good morning, can you hear me?"),
    ("candidate", "Yes, very well, thank you."),
    ("interviewer", OTHER, "underperformance"),
    ("candidate", "I had that two years ago with our database administrator."),
    ("interviewer", "Right."),
    ("candidate", "And we talked about it for an hour or so."),
    ("interviewer", ASKED, "metrics"),
)


def test_each_turn_of_the_interviewer_says_what_it_asks() -> None:
    produced, view = done(INTERVIEW)

    assert [(each["turn"], each["question"]) for each in produced.output] == [
        (1, None),
        (3, "underperformance"),
        (5, None),
        (7, "metrics"),
    ]
    assert all(each["confidence"] > 0.5 for each in produced.output if each["question"])
    assert view.text == "3: underperformance\n7: metrics"
    assert told(view.decisions) == [
        ("", "none", "none", False, False),
        ("underperformance", "underperformance", "underperformance", True, True),
        ("", "none", "none", False, False),
        ("metrics", "metrics", "metrics", True, True),
    ]


def test_another_question_than_the_one_asked_is_two_mistakes() -> None:
    _, view = done(heard(("interviewer", ASKED, "new-technology")))

    assert told(view.decisions) == [
        ("new-technology", "new-technology", "metrics", False, True),
        ("metrics", "new-technology", "metrics", True, False),
    ]


def test_what_is_recognised_where_nothing_is_asked_is_one() -> None:
    _, view = done(heard(("interviewer", ASKED)))

    assert told(view.decisions) == [("metrics", "none", "metrics", True, False)]


def test_what_nobody_labelled_is_heard_but_not_judged() -> None:
    turns = [{"speaker": "interviewer", "text": ASKED, "known": False}]
    produced, view = done(a_case("recognise", role=ROLE, language="en", turns=turns))

    assert produced.output[0]["question"] == "metrics"
    assert view.decisions == ()


def test_a_question_that_is_not_planned_is_not_recognised() -> None:
    produced, _ = done(heard(("interviewer", ASKED), plan=["underperformance"]))

    assert produced.output[0]["question"] is None


def test_labels_decide_nothing() -> None:
    unlabelled = heard(*(turn[:2] for turn in (("interviewer", ASKED), ("candidate", "Well."))))
    labelled = heard(("interviewer", ASKED, "metrics"), ("candidate", "Well."))

    assert fingerprint(unlabelled) == fingerprint(labelled)
    assert fingerprint(labelled) != fingerprint(heard(("interviewer", ASKED, "metrics")))


def test_a_plan_with_an_unknown_question_is_told() -> None:
    with pytest.raises(UsageError, match="metric"):
        fingerprint(heard(("interviewer", ASKED), plan=["metric"]))


@pytest.mark.parametrize(
    "turns", [[], [{"speaker": "somebody", "text": "Hello."}], [{"speaker": "candidate"}]]
)
def test_turns_need_a_speaker_and_words(turns: list[dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        RecogniseVars.model_validate({"role": ROLE, "language": "en", "turns": turns})
