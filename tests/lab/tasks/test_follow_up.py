"""A follow-up is asked for as a session asks, and its wording is held to the same rules."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copilot.coach.gate import Refusal
from copilot.errors import CopilotError, UsageError
from copilot.lab.bench import Bench
from copilot.lab.grid import Item
from copilot.llm.profile import Prices, profile
from tests.engine.asked import ANSWER, BUILDS_ON, WORDING, Asked, follow_up
from tests.lab.tasks.asking import Put, prompt_text
from tests.llm.asking import toy
from tests.llm.prompt_parts import FOLLOW_UP, write_prompt
from tests.llm.scripted_server import Says, ScriptedServer, playing

AFTER: dict[str, Any] = {"targets": ["rollback"]}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=follow_up())) as running:
        yield running


# -- what is sent ---------------------------------------------------------------------------------


def test_a_model_is_told_what_a_session_tells_it(server: ScriptedServer) -> None:
    story = Asked(server)
    story.answer()
    story.offer()
    story.pause()
    story.model.close()

    Put("follow_up", profile=toy(server.url), **AFTER).done()

    session, lab = server.asked
    assert lab.body == session.body


def test_words_in_which_it_was_nearly_said_are_told_as_in_a_session(
    server: ScriptedServer,
) -> None:
    story = Asked(server)
    story.answer()
    story.doubt()
    story.offer()
    story.pause()
    story.model.close()

    near = {"rollback": "we could perhaps go back to it for a while"}
    put = Put("follow_up", profile=toy(server.url), near=near, **AFTER)
    put.done()

    assert "(unclear)" in server.asked[0].contents[-1]
    assert server.asked[-1].contents == server.asked[0].contents


def test_a_text_is_cut_into_utterances_of_whole_sentences(server: ScriptedServer) -> None:
    text = " ".join(f"We baked the batch number {n} on the old oven." for n in range(1, 9))

    _, view = Put("follow_up", profile=toy(server.url), answer=text).done()

    assert list(view.said) == ["u1", "u2", "u3"]
    assert " ".join(view.said.values()) == text


def test_without_targets_it_may_be_after_what_weighs_most(server: ScriptedServer) -> None:
    Put("follow_up", profile=toy(server.url)).done()

    told = server.asked[0].contents[-1]
    assert "id rollback:" in told
    assert "id training:" in told
    assert "id pilot:" not in told


def test_a_question_in_words_is_about_the_competencies(server: ScriptedServer) -> None:
    server.plays(follow_up(target="craft"))

    produced, view = Put(
        "follow_up", profile=toy(server.url), question="What did the old oven teach you?"
    ).done()

    assert "Question: What did the old oven teach you?" in server.asked[0].contents[-1]
    assert produced.output["shown"]
    assert view.gate is not None
    assert view.gate.question == "What did the old oven teach you?"


def test_a_flag_is_clarified_with_what_was_asked_before(server: ScriptedServer) -> None:
    server.plays(follow_up(target="alone"))

    produced, view = Put(
        "follow_up",
        profile=toy(server.url),
        targets=["alone"],
        asked=["What was new to you?"],
        terms=["old oven"],
        off_limits=["the moon"],
        most_words=12,
    ).done()

    system, told = server.asked[0].contents
    assert "id alone: Works alone (raised)" in told
    assert "What was new to you?" in told
    assert "| old oven" in told
    assert "never the moon" in system
    assert "at most 12 words" in system
    assert produced.output["shown"]
    assert view.gate is not None
    assert "What was new to you?" in view.gate.asked


def test_what_must_not_count_is_not_sent(server: ScriptedServer) -> None:
    said = f"{ANSWER} I am pregnant, by the way."

    Put("follow_up", profile=toy(server.url), answer=said).done()

    assert "pregnant" not in server.asked[0].contents[-1]
    assert "old oven" in server.asked[0].contents[-1]


def test_a_provider_has_its_own_settings(server: ScriptedServer) -> None:
    config = {"temperature": 0.9, "max_tokens": 99, "limit_s": 30, "live": True}
    put = Put("follow_up", profile=toy(server.url), config=config)

    put.done()

    body = server.asked[0].body
    assert (body["temperature"], body["max_tokens"]) == (0.9, 99)
    assert put.estimate().tokens_out == 99


# -- what comes back ------------------------------------------------------------------------------


def test_what_a_session_would_show_is_said_to_be_shown(server: ScriptedServer) -> None:
    put = Put("follow_up", profile=toy(server.url), ended_s=10.0, useful_until_s=14.0, **AFTER)

    produced, view = put.done()

    assert produced.output["shown"]
    assert produced.output["why_not"] == ""
    assert produced.output["answer"]["question"] == WORDING
    assert (produced.model, produced.requests) == ("toy-1", 1)
    assert (produced.tokens_in, produced.tokens_out, produced.estimated) == (321, 45, False)
    assert view.text == WORDING
    assert [(q.utterance_ids, q.text, q.by) for q in view.quotes] == [
        (("u1",), BUILDS_ON, "rollback")
    ]
    assert view.said == {"u1": ANSWER}
    assert view.ready_s == 10.0 + produced.took_s
    assert view.useful_until_s == 14.0


@pytest.mark.parametrize(
    ("changes", "why_not"),
    [
        ({"question": "Was the old oven good?"}, Refusal.CLOSED.value),
        ({"builds_on": "we bought three new ovens"}, "quote"),
        ({"utterance_ids": ["u7"]}, "quote"),
        ({"target": "pilot"}, "another target"),
        ({"question": ""}, Refusal.EMPTY.value),
    ],
)
def test_what_a_session_would_drop_is_kept_with_the_rule_it_breaks(
    server: ScriptedServer, changes: dict[str, object], why_not: str
) -> None:
    server.plays(follow_up(**changes))

    produced, view = Put("follow_up", profile=toy(server.url), **AFTER).done()

    assert not produced.output["shown"]
    assert produced.output["why_not"] == why_not
    assert view.text == changes.get("question", WORDING)


def test_silence_rests_on_nothing(server: ScriptedServer) -> None:
    server.plays(follow_up(question=" "))

    _, view = Put("follow_up", profile=toy(server.url), **AFTER).done()

    assert (view.text, view.quotes) == ("", ())


def test_an_answer_out_of_form_is_asked_for_again(server: ScriptedServer) -> None:
    server.plays(Says("What about the oven?"), follow_up())

    produced, _ = Put("follow_up", profile=toy(server.url), **AFTER).done()

    assert (produced.repaired, produced.requests) == (True, 2)
    assert (produced.tokens_in, produced.tokens_out) == (371, 55)


def test_what_an_answer_cost_is_known_where_the_prices_are(server: ScriptedServer) -> None:
    produced, _ = Put(
        "follow_up", profile=toy(server.url, prices=Prices(2.0, 10.0)), **AFTER
    ).done()

    assert produced.cost == pytest.approx((321 * 2 + 45 * 10) / 1e6)


# -- what goes wrong ------------------------------------------------------------------------------


def test_an_endpoint_that_is_gone_is_told_and_nothing_of_what_was_said() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        gone = Put("follow_up", profile=toy(url), config={"limit_s": 0.5}, **AFTER).produced()

    assert gone.failed
    assert gone.output is None
    assert gone.error_kind in ("UnreachableError", "TimeLimitError")
    assert (gone.requests, gone.tokens_in) == (0, 0)
    assert "oven" not in gone.error


def test_what_a_failed_answer_took_is_counted(server: ScriptedServer) -> None:
    server.plays(Says("{", finish="length", usage=(300, 250)))

    produced = Put("follow_up", profile=toy(server.url), **AFTER).produced()

    assert produced.error_kind == "CutOffError"
    assert (produced.requests, produced.tokens_in, produced.tokens_out) == (1, 300, 250)


def test_one_answer_out_of_form_says_nothing_of_the_next(server: ScriptedServer) -> None:
    server.plays(*[Says("no")] * 10)
    put = Put("follow_up", profile=toy(server.url), **AFTER)
    item = Item(put.case, put.variant, 0, "")

    with Bench(put.materials) as bench:
        failed = [put.task.produce(item, bench) for _ in range(5)]
        then = put.task.produce(item, bench)

    assert {each.error_kind for each in failed} == {"AnswerError"}
    assert not then.failed


def test_a_prompt_that_gets_too_long_is_an_error_of_its_item_alone(
    server: ScriptedServer, tmp_path: Path
) -> None:
    short = FOLLOW_UP.replace("max_prompt_tokens: 1500", "max_prompt_tokens: 120")
    prompt = prompt_text("follow_up", "en", write_prompt(tmp_path, short))
    put = Put("follow_up", profile=toy(server.url), prompts=(prompt,))

    produced = put.produced()

    assert produced.error_kind == "TooLongError"
    assert "max_prompt_tokens" in produced.error
    assert not server.asked
    assert put.fingerprint()
    assert put.estimate().tokens_in > 120


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"targets": ["rolback"]}, "case 'c1': 'rolback' is neither"),
        ({"question": "rolout"}, "case 'c1': the guide 'baker' has no question 'rolout'"),
        ({"near": {"rollback": "we sold it all"}}, "the words for 'rollback' do not stand"),
        ({"role": "cook"}, "no guide for the role 'cook'"),
    ],
)
def test_a_case_that_names_what_is_not_there_says_where(
    given: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        Put("follow_up", profile=toy("http://127.0.0.1:1"), **given).fingerprint()

    assert raised.value.remedy
    assert "sold" not in str(raised.value)


def test_an_unknown_setting_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"config.temperatur: unknown key") as raised:
        Put("follow_up", profile=toy("http://127.0.0.1:1"), config={"temperatur": 1}).fingerprint()

    assert "temperature" in raised.value.remedy


def test_a_prompt_for_another_answer_is_refused(tmp_path: Path) -> None:
    other = FOLLOW_UP.replace("output: FollowUp", "output: JudgedPoints").replace(
        "inputs: [question, targets, answer]", "inputs: [question, points, passages]"
    )
    other = other.replace("targets", "points").replace("{{ answer }}", "{{ passages }}")
    prompt = prompt_text("follow_up", "en", write_prompt(tmp_path, other))

    with pytest.raises(CopilotError, match="FollowUp is needed"):
        Put("follow_up", profile=toy("http://127.0.0.1:1"), prompts=(prompt,)).fingerprint()


# -- what decides ---------------------------------------------------------------------------------


def test_what_decides_is_what_is_sent_to_whom_and_how(tmp_path: Path) -> None:
    def mark(url: str = "https://one.test", **changes: Any) -> str:
        chosen = profile("toy", url, "toy")
        return json.dumps(Put("follow_up", profile=chosen, **changes).fingerprint())

    prompt = prompt_text("follow_up", "en", write_prompt(tmp_path))

    same = mark()
    assert mark() == same
    assert mark(config={"limit_s": 5}) == same
    different = [
        mark("https://two.test"),
        mark(config={"temperature": 1.0}),
        mark(config={"max_tokens": 99}),
        mark(prompts=(prompt,)),
        mark(asked=["What else?"]),
        mark(answer="We looked at it."),
        mark(targets=["pilot"]),
    ]
    assert len({same, *different}) == 8


def test_where_the_small_model_listens_does_not_matter() -> None:
    one, other = (
        Put("follow_up", provider="smollm2", profile=toy(f"http://127.0.0.1:{port}"))
        for port in (4001, 4002)
    )
    unknown = Put("follow_up", provider="smollm2")

    assert one.fingerprint() == other.fingerprint() == unknown.fingerprint()
    assert len(unknown.fingerprint()["model"]["file"]) == 64
