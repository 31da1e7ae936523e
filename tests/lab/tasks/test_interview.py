"""The task that holds whole interviews again: by their words, and as a stored session."""

import json
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from copilot.errors import AudioFileError, SessionError, UsageError
from copilot.knowledge.loading import load_guide
from copilot.lab.cases import Case
from copilot.lab.errors import SuiteError
from copilot.lab.interviews.sources import transcript_of
from copilot.lab.results import Produced
from copilot.lab.tasks import task_named
from copilot.lab.tasks.base import View
from copilot.lab.tasks.interview_cases import InterviewVars
from tests.builders import SPEECH
from tests.lab.tasks.parts import ROLE, a_case, done, fingerprint, materials, told, variant

GUIDE = load_guide(ROLE)
PLAN = ["underperformance", "metrics"]
ONE, TWO = (GUIDE.question(question).text for question in PLAN)
ANSWER = (
    "I took him aside, just the two of us, and asked what was going on. "
    "Then we wrote an improvement plan with goals and dates."
)
FIGURES = "Every week I look at how many hours our systems were down."
TURNS = [
    ("interviewer", "Good morning, can you hear me?"),
    ("candidate", "Yes, loud and clear, thank you."),
    ("interviewer", ONE),
    ("candidate", ANSWER),
    ("interviewer", TWO),
    ("candidate", FIGURES),
]


def held(expected: dict[str, Any] | None = None, **changed: Any) -> Case:
    """A case about that interview."""
    given = {"role": ROLE, "language": "en", "plan": PLAN, "transcript": transcript(), **changed}
    return a_case("interview", expected, **{k: v for k, v in given.items() if v is not None})


def transcript() -> list[dict[str, Any]]:
    """Without times."""
    return [{"speaker": speaker, "text": text} for speaker, text in TURNS]


@cache
def once() -> Produced:
    """What comes out of it; looked at by most tests."""
    return done(held())[0]


def seen(expected: dict[str, Any] | None = None) -> View:
    """The same beside labels."""
    return task_named("interview").view(held(expected), variant(), once(), materials())


def test_everything_a_session_would_find_comes_out() -> None:
    output, view = once().output, seen()

    assert [each["question"] for each in output["questions"]] == PLAN
    assert [each["utterance"] for each in output["questions"]] == ["u3", "u5"]
    found = output["findings"]["underperformance"]["points"]["one-to-one"]
    assert found["state"] == "evidenced"
    assert found["quote"] in ANSWER
    assert found["utterances"] == ["u4"]
    assert output["findings"]["metrics"]["points"]["uptime"]["state"] == "evidenced"
    assert output["counts"]["utterances"] == len(TURNS)
    assert [said["question"] for said in output["utterances"]] == [
        *(None, None, None, "underperformance", None, "metrics")
    ]
    assert {quoted.by for quoted in view.quotes} >= {"underperformance/one-to-one"}
    assert all(
        quoted.text in " ".join(view.said[name] for name in quoted.utterance_ids)
        for quoted in view.quotes
    )
    assert "underperformance/one-to-one: evidenced" in view.text


def test_a_suggestion_comes_in_the_pause_after_the_answer_and_before_the_next_question() -> None:
    suggestions = once().output["suggestions"]
    first = suggestions[0]

    assert first["under"] == "underperformance"
    assert first["fate"] == "superseded"
    assert -2.6 < first["late_s"] < 0
    assert suggestions[-1]["late_s"] is None  # nobody speaks after the last answer


def test_an_interviewer_who_does_not_wait_gets_no_suggestion() -> None:
    turns = transcript()
    end_s = 0.0
    for turn in turns:
        turn["start_s"], turn["end_s"] = end_s, end_s + len(turn["text"].split()) / 2.5
        end_s = turn["end_s"] + 0.3
    suggestions = done(held(transcript=turns))[0].output["suggestions"]

    assert [each["under"] for each in suggestions] == ["metrics"]


def test_labels_stand_beside_what_came_out() -> None:
    expected = {
        "points": {
            "underperformance": {"one-to-one": {"state": "explicit"}, "reassign": "absent"},
            "metrics": {"uptime": {"state": "explicit", "quote": FIGURES}},
            "responsibilities": {"systems": "explicit"},
        },
        "flags": {"metrics": {"no-metrics": None}},
        "questions": [
            {"utterance": 3, "question": "underperformance"},
            {"utterance": 5, "question": "metrics"},
        ],
        "suggestions": {"most": 0, "none_under": ["metrics"]},
    }
    decisions = seen(expected).decisions

    assert told([d for d in decisions if d.kind == "point"]) == [
        ("one-to-one", "said", "evidenced", True, True),
        ("reassign", "absent", "not_heard", False, False),
        ("uptime", "said", "evidenced", True, True),
        ("systems", "said", "not in the guide", False, True),
    ]
    assert told([d for d in decisions if d.kind == "flag"]) == [
        ("no-metrics", "absent", "not_raised", False, False)
    ]
    assert told([d for d in decisions if d.kind == "question"]) == [
        ("", "none", "none", False, False),
        ("underperformance", "underperformance", "underperformance", True, True),
        ("metrics", "metrics", "metrics", True, True),
    ]
    suggested = told([d for d in decisions if d.kind == "suggestion"])
    assert ("underperformance", "not known", "superseded", False, False) in suggested
    assert ("metrics", "silence", "unused", True, False) in suggested
    assert suggested[-1][1:] == ("at most 0", str(len(suggested) - 1), True, False)


def test_a_suggestion_is_welcome_where_it_asks_for_what_was_left_out() -> None:
    offered = once().output["suggestions"][0]
    worth = {
        label: told(seen({"points": {"underperformance": {offered["target"]: label}}}).decisions)[1]
        for label in ("absent", "explicit")
    }

    assert offered["under"] == "underperformance"
    assert worth["absent"][1:] == ("welcome", "superseded", True, True)
    assert worth["explicit"][1:] == ("said already", "superseded", True, False)


def test_a_question_that_was_asked_and_not_heard_is_a_miss() -> None:
    questions = [{"at_s": 500.0, "question": "metrics"}]
    decisions = seen({"questions": questions}).decisions

    assert ("metrics", "metrics", "none", False, True) in told(decisions)


def test_the_same_words_always_give_the_same() -> None:
    assert done(held())[0].output == once().output


def test_thresholds_count_here_as_well() -> None:
    strict = {"point": {"says": 1.0, "denies": None, "doubt": 0.3}}
    output = done(held(), thresholds=strict)[0].output

    assert output["findings"]["underperformance"]["points"]["one-to-one"]["state"] == "unclear"
    assert fingerprint(held()) != fingerprint(held(), thresholds=strict)


def test_times_are_made_where_they_are_missing() -> None:
    given = InterviewVars.model_validate(
        {
            "role": ROLE,
            "language": "en",
            "transcript": [
                {"speaker": "interviewer", "text": "one two three four five"},
                {"speaker": "candidate", "text": "one two three four five"},
                {"speaker": "interviewer", "text": "one", "start_s": 20.0, "end_s": 19.0},
            ],
        }
    )
    first, second, third = transcript_of(given)

    assert first.end_s - first.start_s == pytest.approx(2.0)
    assert second.start_s == pytest.approx(first.end_s + 0.8)
    assert (third.start_s, third.end_s) == (20.0, 20.0)
    assert [word.text for word in first.words] == ["one", "two", "three", "four", "five"]
    assert first.words[-1].end_s == pytest.approx(first.end_s)


def test_the_output_is_json_and_says_what_decided_it() -> None:
    assert json.loads(json.dumps(once().output))["language"] == "en"
    assert fingerprint(held()) == fingerprint(held({"suggestions": {"most": 1}}))
    assert fingerprint(held()) != fingerprint(held(plan=["metrics"]))
    assert task_named("interview").guides(held()) == ((ROLE, "en"),)


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"plan": ["metric"]}, UsageError, "metrics"),
        ({"transcript": None, "session": "20200101"}, SessionError, "20200101"),
        ({"transcript": None, "recording": "no/such.wav"}, AudioFileError, "no/such.wav"),
    ],
)
def test_what_is_not_there_is_told(
    changed: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        fingerprint(held(**changed))


def test_a_speech_model_that_is_not_there_is_told() -> None:
    case = held(transcript=None, recording=str(SPEECH / "en-000.ogg"))
    with pytest.raises(SuiteError, match=r"config\.model"):
        fingerprint(case, model="gigantic")


@pytest.mark.parametrize(
    "given",
    [
        {"role": ROLE, "language": "en"},
        {"role": ROLE, "language": "en", "transcript": transcript(), "session": "x"},
        {"transcript": transcript()},
        {"session": "x", "hear": "all"},
        {"role": ROLE, "language": "en", "transcript": [{"speaker": "candidate", "text": ""}]},
    ],
)
def test_a_case_needs_one_thing_to_hear(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        InterviewVars.model_validate(given)
