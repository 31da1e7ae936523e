"""A call brings a checked answer, or one error that says why not."""

import threading
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from copilot.llm.breaker import BreakerState
from copilot.llm.budget import Budget
from copilot.llm.client import Call, LlmClient
from copilot.llm.dialect import Form
from copilot.llm.errors import (
    AnswerError,
    BudgetError,
    CutOffError,
    EmptyAnswerError,
    EndpointError,
    LlmError,
    RefusalError,
    TooLongError,
)
from copilot.llm.request import ChatRequest, Message, PromptRef, Purpose
from copilot.llm.result import Usage
from tests.llm.asking import SAID, Word, client_of, question, toy
from tests.llm.scripted_server import (
    PATIENCE_S,
    Hangs,
    Refuses,
    Says,
    ScriptedServer,
    playing,
)

YES = Says('{"word": "yes"}')


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """Says yes, until it is told otherwise."""
    with playing(ScriptedServer()) as running:
        yield running


@pytest.fixture
def client(server: ScriptedServer) -> Iterator[LlmClient]:
    with client_of(server.url) as made:
        yield made


def _word(call: Call[Word]) -> str:
    return call.result(PATIENCE_S).output.word


# -- an answer ------------------------------------------------------------------------------------


def test_an_answer_comes_checked_with_what_it_took(
    server: ScriptedServer, client: LlmClient
) -> None:
    answered = client.ask(question()).result(PATIENCE_S)

    assert answered.output == Word(word="yes")
    assert answered.model == "toy-1"
    assert answered.usage == Usage(50, 10)
    assert answered.prompt.name == "toy"
    assert not answered.repaired
    assert answered.took_s >= 0
    assert "yes" not in repr(answered)
    (asked,) = server.asked
    assert asked.body["max_tokens"] == 64
    assert asked.body["temperature"] == 0.2
    assert asked.body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    "text",
    [
        '<think>{"word": "no"} or not?</think>\n{"word": "yes"}',
        'no opening mark, {"word": "no"}</think>{"word": "yes"}',
        'Sure! Here is the JSON:\n```json\n{"word": "yes"}\n```\nAnything else?',
        'A draft: {"word": "no"}. Final: {"word": "yes"}',
        '  {"word": "yes"}  \n',
    ],
)
def test_reasoning_fences_and_small_talk_are_passed_over(
    text: str, server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Says(text))

    assert _word(client.ask(question())) == "yes"
    assert len(server.asked) == 1


def test_reasoning_beside_the_text_is_no_answer(server: ScriptedServer, client: LlmClient) -> None:
    server.plays(Says('{"word": "yes"}', reasoning='{"word": "no"}'))

    assert _word(client.ask(question())) == "yes"


def test_the_text_so_far_is_told_while_it_comes(server: ScriptedServer, client: LlmClient) -> None:
    told: list[str] = []

    client.ask(question(), told.append).result(PATIENCE_S)

    assert told == ['{"word":', '{"word": "yes"}']


def test_several_calls_are_under_way_at_once(server: ScriptedServer, client: LlmClient) -> None:
    server.plays(Hangs())
    stuck = client.ask(question())
    server.wait_for_request()

    assert _word(client.ask(question())) == "yes"
    assert not stuck.done


def test_who_waits_for_less_than_the_answer_takes_can_wait_again(
    server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Hangs())
    call = client.ask(question())

    with pytest.raises(TimeoutError):
        call.result(0.01)

    assert not call.done


def test_a_listener_is_told_when_a_call_is_done(server: ScriptedServer, client: LlmClient) -> None:
    told = threading.Event()
    calls: list[Call[Word]] = []
    call = client.ask(question())

    def tell(done: Call[Word]) -> None:
        calls.append(done)
        told.set()

    call.add_done_callback(tell)

    assert told.wait(PATIENCE_S)
    assert calls == [call]
    assert call.done


def test_an_error_of_the_listener_ends_its_call_alone(
    server: ScriptedServer, client: LlmClient
) -> None:
    def fail(text: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        client.ask(question(), fail).result(PATIENCE_S)

    assert _word(client.ask(question())) == "yes"
    assert client.breaker.state is BreakerState.CLOSED


# -- an answer that does not fit ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ('{"word": "ye', "no complete JSON object"),
        ("I would rather not say.", "no complete JSON object"),
        ('{"wort": "ja"}', "word: missing"),
        ('{"word": "yes", "more": 1}', "?: extra forbidden"),
        ('{"word": 5}', "word: string type"),
        (f'{{"word": "{SAID * 3}"}}', "word: string too long"),
        ("{" * 300 + '"a":' * 300, "no complete JSON object"),
        ("[" * 1500, "no complete JSON object"),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_for_once_more_with_what_is_wrong(
    bad: str, fault: str, server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Says(bad, usage=(40, 5)), YES)

    answered = client.ask(question()).result(PATIENCE_S)

    assert answered.repaired
    assert answered.output.word == "yes"
    assert answered.usage == Usage(90, 15)
    first, second = server.asked
    assert second.contents[:2] == first.contents
    assert second.contents[2] == bad.strip()
    assert fault in second.contents[3]


def test_it_is_asked_for_no_third_time(server: ScriptedServer, client: LlmClient) -> None:
    server.always = Says(f'{{"{SAID}": 1}}')

    with pytest.raises(AnswerError, match="word: missing") as caught:
        client.ask(question()).result(PATIENCE_S)

    assert len(server.asked) == 2
    assert SAID not in str(caught.value)


def test_a_part_of_a_broken_answer_is_not_taken_for_the_whole(
    server: ScriptedServer, client: LlmClient
) -> None:
    class Loose(BaseModel):
        points: list[str] = []
        note: str = ""

    server.always = Says('{"points": [{"id": "a"}, "b", ')
    request = ChatRequest(
        Purpose.LIVE, (Message("user", "?"),), Loose, 0.0, 64, PromptRef("loose", "")
    )

    with pytest.raises(AnswerError):
        client.ask(request).result(PATIENCE_S)


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        (Says('{"word": "y', finish="length"), CutOffError),
        (Says('{"word": "yes"}', finish="length"), CutOffError),
        (Says("", refusal=f"I will not repeat {SAID}"), RefusalError),
        (Says("", finish="content_filter"), RefusalError),
        (Says(""), EmptyAnswerError),
        (Says("<think>hm</think>  "), EmptyAnswerError),
        (Says("", reasoning="hm"), EmptyAnswerError),
    ],
)
def test_what_is_no_answer_is_told_apart_and_not_asked_for_again(
    turn: Says, kind: type[LlmError], server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(turn)

    with pytest.raises(kind) as caught:
        client.ask(question()).result(PATIENCE_S)

    assert type(caught.value) is kind
    assert SAID not in str(caught.value)
    assert len(server.asked) == 1


# -- what the endpoint does not take --------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "form", "asked"),
    [
        (("json_object", ""), Form.JSON, ["json_schema", "json_object", "json_object"]),
        (("",), Form.TEXT, ["json_schema", "json_object", "", ""]),
    ],
)
def test_an_endpoint_without_schemas_is_told_in_the_prompt_from_then_on(
    forms: tuple[str, ...],
    form: Form,
    asked: list[str],
    server: ScriptedServer,
    client: LlmClient,
) -> None:
    server.forms = forms

    for _ in range(2):
        assert _word(client.ask(question())) == "yes"

    assert [request.form for request in server.asked] == asked
    assert client.form is form
    assert "JSON schema" not in server.asked[0].contents[0]
    assert '"additionalProperties": false' in server.asked[-1].contents[0]


@pytest.mark.parametrize("name", ["max_tokens", "temperature", "stream_options"])
def test_a_parameter_that_is_refused_is_left_out_from_then_on(
    name: str, server: ScriptedServer, client: LlmClient
) -> None:
    server.refused = (name,)

    for _ in range(2):
        assert _word(client.ask(question())) == "yes"

    assert [name in request.body for request in server.asked] == [True, False, False]
    assert ("max_completion_tokens" in server.asked[-1].body) == (name == "max_tokens")
    assert client.form is Form.SCHEMA


def test_an_endpoint_that_takes_nothing_is_not_asked_for_ever(
    server: ScriptedServer, client: LlmClient
) -> None:
    server.always = Refuses(400)

    with pytest.raises(EndpointError, match="does not take the request") as caught:
        client.ask(question()).result(PATIENCE_S)

    assert caught.value.status == 400
    assert len(server.asked) == 3
    assert client.form is Form.SCHEMA


@pytest.mark.parametrize(
    "error",
    [
        {"code": "context_length_exceeded"},
        {"type": "exceed_context_size_error"},
        {"message": "This model's maximum context length is 4096 tokens", "param": "max_tokens"},
    ],
)
def test_an_endpoint_that_finds_it_too_long_is_not_asked_again(
    error: dict[str, str], server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Refuses(400, error))

    with pytest.raises(TooLongError, match="longer than the model takes"):
        client.ask(question()).result(PATIENCE_S)

    assert len(server.asked) == 1


# -- before anything is sent ----------------------------------------------------------------------


def test_a_request_that_does_not_fit_the_model_is_not_sent(server: ScriptedServer) -> None:
    chosen = toy(server.url, context_tokens=600)
    with LlmClient(chosen, Budget.of(chosen)) as client:
        with pytest.raises(TooLongError, match="takes 600 together") as caught:
            client.ask(question(text=SAID * 100)).result(PATIENCE_S)
        assert _word(client.ask(question())) == "yes"

    assert SAID not in str(caught.value)
    assert len(server.asked) == 1


def test_a_request_beyond_the_budget_is_not_sent(server: ScriptedServer) -> None:
    with client_of(server.url, budget=Budget(10)) as client, pytest.raises(BudgetError):
        client.ask(question()).result(PATIENCE_S)

    assert server.asked == []
    assert client.breaker.state is BreakerState.CLOSED


# -- what is counted ------------------------------------------------------------------------------


def test_tokens_are_those_the_endpoint_says(server: ScriptedServer, client: LlmClient) -> None:
    client.ask(question()).result(PATIENCE_S)

    assert client.spent.usage == Usage(50, 10)
    assert client.spent.requests == 1


def test_where_it_does_not_say_they_are_counted_high(
    server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Says('{"word": "yes"}', usage=None))

    answered = client.ask(question()).result(PATIENCE_S)

    assert answered.usage.estimated
    assert answered.usage.tokens_in > 50
    assert 5 <= answered.usage.tokens_out <= 64
    assert client.spent.usage == answered.usage


def test_who_hangs_up_counts_what_was_sent(server: ScriptedServer, client: LlmClient) -> None:
    done = threading.Event()
    server.always = Hangs('{"word":')
    begun = threading.Event()
    call = client.ask(question(), lambda _: begun.set())
    assert begun.wait(PATIENCE_S)
    asked = server.wait_for_request()
    call.add_done_callback(lambda _: done.set())
    call.cancel()
    assert done.wait(PATIENCE_S)
    assert asked.hung_up.wait(PATIENCE_S)
    client.close()

    assert client.spent.usage.tokens_in > 50
    assert client.spent.usage.estimated


@pytest.mark.parametrize("turn", [Refuses(401), Refuses(500), Refuses(400)], ids=str)
def test_what_was_refused_costs_nothing(
    turn: Refuses, server: ScriptedServer, client: LlmClient
) -> None:
    server.always = turn

    with pytest.raises(EndpointError):
        client.ask(question()).result(PATIENCE_S)

    assert client.spent.usage == Usage()
