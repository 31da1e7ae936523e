"""Points and flags are judged by quotes that stand, as in a session; all else stays unclear."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from copilot.errors import UsageError
from copilot.lab.tasks.base import View
from tests.engine.asked import ANSWER, NEAR, Asked, judged
from tests.lab.tasks.asking import Put
from tests.llm.asking import toy
from tests.llm.scripted_server import Says, ScriptedServer, playing

EXPECTED = {
    "points": {
        "rollback": {"state": "explicit", "quote": "go back to it for a while"},
        "pilot": "absent",
    }
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=judged("said"))) as running:
        yield running


def told(view: View) -> list[tuple[str, str, str, bool, bool]]:
    """The decisions in short."""
    return [(d.target, d.label, d.state, d.shown, d.right) for d in view.decisions]


def test_a_model_is_told_what_a_session_tells_it(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer()
    story.doubt()
    story.pause()
    story.model.close()

    Put("judge_points", profile=toy(server.url), near={"rollback": NEAR}).done()

    session, lab = server.asked
    assert lab.body == session.body


def test_a_quote_that_stands_makes_a_state(server: ScriptedServer) -> None:
    produced, view = Put("judge_points", EXPECTED, profile=toy(server.url)).done()

    assert produced.output["judged"]["rollback"] == {
        "state": "evidenced",
        "quote": NEAR,
        "utterance_ids": ["u1"],
        "why_not": "",
    }
    assert told(view) == [
        ("rollback", "said", "evidenced", True, True),
        ("pilot", "absent", "unclear", False, False),
    ]
    [right, _] = view.decisions
    assert (right.overlaps, right.verbatim) == (True, True)
    assert [(q.by, q.utterance_ids, q.text) for q in view.quotes] == [("rollback", ("u1",), NEAR)]
    assert f"rollback: evidenced “{NEAR}”" in view.text.splitlines()
    assert "training: unclear" in view.text.splitlines()


@pytest.mark.parametrize(
    ("changes", "why_not"),
    [
        ({"quote": "we rehearsed the way back twice"}, "not what was sent"),
        ({"utterance_ids": ["u9"]}, "one that was not sent"),
        ({"quote": "for a"}, "too short"),
        ({"quote": ""}, "too short"),
    ],
)
def test_a_state_without_a_quote_that_stands_is_unclear(
    server: ScriptedServer, changes: dict[str, Any], why_not: str
) -> None:
    server.plays(judged("denied", **changes))

    produced, view = Put("judge_points", EXPECTED, profile=toy(server.url)).done()

    found = produced.output["judged"]["rollback"]
    assert (found["state"], found["quote"]) == ("unclear", "")
    assert why_not in found["why_not"]
    assert view.quotes[0].text == changes.get("quote", NEAR)
    assert told(view)[0] == ("rollback", "said", "unclear", False, True)


def test_a_quote_has_to_be_of_what_came_near(server: ScriptedServer) -> None:
    server.plays(judged("said", quote="we looked at the old oven first"))

    produced, _ = Put("judge_points", profile=toy(server.url), near={"rollback": NEAR}).done()

    assert list(produced.output["judged"]) == ["rollback"]
    assert "not of what came near" in produced.output["judged"]["rollback"]["why_not"]


def test_doubtful_text_is_no_evidence(server: ScriptedServer) -> None:
    answer = [{"id": "u1", "text": ANSWER, "uncertain": True}]

    produced, _ = Put("judge_points", profile=toy(server.url), answer=answer).done()

    assert "uncertain text alone" in produced.output["judged"]["rollback"]["why_not"]


def test_what_the_interviewer_says_is_no_evidence(server: ScriptedServer) -> None:
    answer = [
        {"id": "u1", "text": NEAR, "channel": "interviewer"},
        {"id": "u2", "text": "We looked at the old oven first."},
    ]

    produced, view = Put("judge_points", profile=toy(server.url), answer=answer).done()

    assert produced.output["judged"]["rollback"]["state"] == "unclear"
    assert list(view.said) == ["u2"]


def test_a_long_answer_takes_several_requests_and_what_stands_stays(
    server: ScriptedServer,
) -> None:
    long = [
        {"id": "u1", "text": ANSWER},
        *({"id": f"u{n}", "text": "We baked and baked. " * 35} for n in range(2, 5)),
    ]
    server.plays(judged("said"), judged("denied", quote="We baked and baked", utterance_ids=["u3"]))
    put = Put("judge_points", profile=toy(server.url), answer=long, ids=["rollback"])

    produced, _ = put.done()

    assert produced.requests == len(server.asked) == put.estimate().requests == 2
    assert produced.output["judged"]["rollback"]["state"] == "evidenced"
    assert len(produced.output["answer"]["points"]) == 2
    assert produced.tokens_in == 100


def test_a_flag_is_raised_by_a_quote(server: ScriptedServer) -> None:
    one = {"id": "alone", "utterance_ids": ["u1"], "quote": NEAR, "state": "raised"}
    other = {"id": "blame", "utterance_ids": [], "quote": "", "state": "not_raised"}
    server.plays(Says(json.dumps({"flags": [one, other]})))

    _, view = Put(
        "judge_flags", {"flags": {"alone": NEAR, "blame": None}}, profile=toy(server.url)
    ).done()

    assert told(view) == [
        ("alone", "said", "raised", True, True),
        ("blame", "absent", "unclear", False, False),
    ]


def test_labels_of_what_was_not_asked_about_are_not_counted(server: ScriptedServer) -> None:
    _, view = Put("judge_points", EXPECTED, profile=toy(server.url), ids=["rollback"]).done()

    assert [one.target for one in view.decisions] == ["rollback"]


def test_what_decides_includes_the_words_that_came_near() -> None:
    chosen = toy("http://127.0.0.1:1")
    one, other = (
        Put("judge_points", profile=chosen, near={"rollback": words}).fingerprint()
        for words in (NEAR, "go back to it for a while")
    )

    assert one != other
    assert one["requests"] == other["requests"]


def test_a_point_that_is_not_there_is_told() -> None:
    put = Put("judge_points", profile=toy("http://127.0.0.1:1"), ids=["alone"])

    with pytest.raises(UsageError, match="case 'c1': 'alone' is no point here"):
        put.fingerprint()
