"""The task that matches answers: what the matcher finds, as a session would, beside labels."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from copilot.errors import UsageError
from copilot.events import FindingKind, FindingState
from copilot.lab.errors import SuiteError
from copilot.lab.tasks import task_named
from copilot.lab.tasks.local_cases import MatchVars
from copilot.lab.tasks.matching import utterances_of
from copilot.matching.matcher import Matcher
from copilot.matching.rules import Rules, StateRule
from copilot.matching.rules_file import LearnedFrom, write_rules
from tests.lab.tasks.parts import ROLE, a_case, bench, done, fingerprint, told, variant

QUESTION = "underperformance"
SAID = "I took him aside, just the two of us, and asked what was going on."
MORE = "Then we wrote an improvement plan with goals and dates."
GIVEN: dict[str, Any] = {"role": ROLE, "question": QUESTION, "language": "en"}
STRICT = {"point": {"says": 1.0, "denies": None, "doubt": 0.3}}


def test_what_is_found_has_state_probabilities_and_quote() -> None:
    produced, view = done(a_case("match", answer=f"{SAID} {MORE}", **GIVEN))
    found = produced.output["points"]["one-to-one"]

    assert found["state"] == FindingState.EVIDENCED
    assert found["quote"] in f"{SAID} {MORE}"
    assert found["utterances"] == ["u1"]
    assert 0.55 <= found["says"] <= 1
    assert found["denies"] < found["says"]
    assert (produced.model, produced.requests) == ("local", 0)
    assert produced.took_s > 0
    assert "one-to-one: evidenced" in view.text
    assert "not_heard" not in view.text
    assert {quoted.by for quoted in view.quotes} >= {"one-to-one"}


def test_labels_stand_beside_what_was_found() -> None:
    expected = {
        "points": {
            "one-to-one": {"state": "implicit", "quote": SAID},
            "improvement-plan": "explicit",
            "reassign": "absent",
            "no-such-point": "explicit",
        },
        "flags": {"no-metrics": None},
    }
    _, view = done(a_case("match", expected, answer=f"{SAID} {MORE}", **GIVEN))

    assert told(view.decisions) == [
        ("one-to-one", "said", "evidenced", True, True),
        ("improvement-plan", "said", "evidenced", True, True),
        ("reassign", "absent", "not_heard", False, False),
        ("no-such-point", "said", "not in the guide", False, True),
        ("no-metrics", "absent", "not_raised", False, False),
    ]
    first, second, third, missing, _ = view.decisions
    assert (first.overlaps, first.verbatim) == (True, True)
    assert (second.overlaps, second.verbatim) == (None, True)
    assert first.confidence is not None
    assert first.confidence > 0.5
    assert third.confidence is not None
    assert third.confidence < 0.4
    assert missing.confidence is None


def test_without_labels_there_are_no_decisions() -> None:
    assert done(a_case("match", answer=SAID, **GIVEN))[1].decisions == ()


def test_thresholds_change_states_and_no_probability() -> None:
    case = a_case("match", answer=SAID, **GIVEN)
    shipped = done(case)[0].output["points"]["one-to-one"]
    strict = done(case, thresholds=STRICT)[0].output["points"]["one-to-one"]

    assert (shipped["state"], strict["state"]) == ("evidenced", "unclear")
    assert (shipped["says"], shipped["denies"]) == (strict["says"], strict["denies"])


def test_thresholds_may_be_a_file_or_those_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_CONFIG", str(tmp_path))
    path = tmp_path / "thresholds.json"
    rules = Rules(point=StateRule(says=1.0, denies=1.1, doubt=0.3))
    write_rules(path, rules, LearnedFrom(data="toy", sha256="0" * 64, date="2026-11-23"))
    case = a_case("match", answer=SAID, **GIVEN)
    ways: list[dict[str, Any]] = [
        {"thresholds": str(path)},
        {"thresholds": "installed"},
        {"thresholds": STRICT},
    ]

    assert len({json.dumps(fingerprint(case, **way), sort_keys=True) for way in ways}) == 1
    assert fingerprint(case) != fingerprint(case, **ways[0])
    for way in ways:
        assert done(case, **way)[0].output["points"]["one-to-one"]["state"] == "unclear"


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [
        ("no/such/file.json", "no such file"),
        ({"points": {}}, "'points'"),
        ({"flag": {"says": 2, "denies": None, "doubt": 0.1}}, "'flag.says'"),
        (7, "an object"),
    ],
)
def test_thresholds_that_cannot_be_used_are_told(thresholds: object, said: str) -> None:
    with pytest.raises(SuiteError) as caught:
        fingerprint(a_case("match", answer=SAID, **GIVEN), thresholds=thresholds)
    assert said in caught.value.message
    assert "provider local: config.thresholds" in caught.value.message


def test_the_same_answer_in_utterances_names_them() -> None:
    utterances = [
        {"id": "u7", "text": SAID, "start_s": 10.0, "end_s": 14.0},
        {"id": "u9", "text": MORE, "start_s": 14.5, "end_s": 18.0},
    ]
    produced, view = done(a_case("match", utterances=utterances, **GIVEN))

    assert produced.output["points"]["one-to-one"]["utterances"] == ["u7"]
    assert produced.output["points"]["improvement-plan"]["utterances"][-1] == "u9"
    assert view.said == {"u7": SAID, "u9": MORE}


def test_utterances_without_times_follow_each_other() -> None:
    given = MatchVars.model_validate(
        {
            **GIVEN,
            "utterances": [
                {"id": "a", "text": "One.", "start_s": 3.0, "end_s": 4.0},
                {"id": "b", "text": "Two."},
                {"id": "c", "text": "Three.", "end_s": 2.0, "uncertain": True},
            ],
        }
    )
    said = utterances_of(given)

    assert [(each.start_s, each.end_s) for each in said] == [(3.0, 4.0), (4.0, 4.0), (4.0, 4.0)]
    assert [each.uncertain for each in said] == [False, False, True]


def test_a_flag_by_absence_shows_only_once_the_answer_is_over() -> None:
    boast = "We made the service desk much faster and the costs went down a lot."
    given = {**GIVEN, "question": "process-improvement", "answer": boast}
    expected = {"flags": {"no-metrics": boast}}
    [meanwhile] = done(a_case("match", expected, **given))[1].decisions
    [over] = done(a_case("match", expected, over=True, **given))[1].decisions

    assert (meanwhile.shown, over.shown) == (False, True)
    # Rules made it, not a probability; but it is as sure as they are.
    assert over.confidence == 0.85


def test_an_answer_does_not_depend_on_those_before_it() -> None:
    whole: dict[str, Any] = {"utterances": [{"id": "u1", "text": SAID}, {"id": "u2", "text": MORE}]}
    part: dict[str, Any] = {"utterances": [{"id": "u1", "text": SAID}]}
    first = done(a_case("match", **GIVEN, **whole))[0].output
    done(a_case("match", **GIVEN, **part))

    assert done(a_case("match", **GIVEN, **whole))[0].output == first


def test_what_decides_the_output_is_in_the_fingerprint_and_labels_are_not() -> None:
    case = a_case("match", answer=SAID, **GIVEN)
    labelled = a_case("match", {"points": {"one-to-one": "explicit"}}, answer=SAID, **GIVEN)

    assert fingerprint(case) == fingerprint(labelled)
    assert fingerprint(case) != fingerprint(a_case("match", answer=MORE, **GIVEN))


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"question": "underperformence"}, "underperformance"), ({"role": "baker"}, "baker")],
)
def test_what_the_guide_does_not_have_is_told(changed: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        fingerprint(a_case("match", answer=SAID, **{**GIVEN, **changed}))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"answer": " "},
        {"answer": SAID, "utterances": [{"id": "u1", "text": SAID}]},
        {"utterances": [{"id": "u1", "text": "a"}, {"id": "u1", "text": "b"}]},
        {"answer": SAID, "language": "de"},
        {"answer": SAID, "sentence": "x"},
    ],
)
def test_a_case_needs_one_answer(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MatchVars.model_validate({**GIVEN, **given})


def test_a_session_would_find_the_same() -> None:
    given = MatchVars.model_validate({**GIVEN, "answer": f"{SAID} {MORE}"})
    guide = bench().guide(variant(), ROLE, "en")
    matcher = Matcher(guide, bench().embedder)
    output = done(a_case("match", **given.model_dump(mode="json")))[0].output
    for finding in matcher.findings(QUESTION, utterances_of(given)):
        kind = "points" if finding.kind is FindingKind.POINT else "flags"
        assert output[kind][finding.id]["state"] == finding.state


def test_the_task_says_what_it_needs() -> None:
    task = task_named("match")
    case = a_case("match", answer=SAID, **GIVEN)

    assert task.guides(case) == ((ROLE, "en"),)
    assert (task.deterministic, task.guided, task.prompt) == (True, True, "")
