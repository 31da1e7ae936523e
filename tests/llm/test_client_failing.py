"""What fails is tried again while it helps, given up in time, and left alone if it goes on."""

import threading
from collections.abc import Iterator

import pytest

from copilot.llm.breaker import Breaker, BreakerState
from copilot.llm.client import Call, LlmClient
from copilot.llm.errors import (
    AnswerError,
    BusyError,
    CancelledCallError,
    EndpointError,
    LlmError,
    RestingError,
    TimeLimitError,
    UnreachableError,
)
from copilot.llm.exchange import Patience
from copilot.llm.request import Purpose
from tests.llm.asking import QUICK, Word, client_of, question
from tests.llm.scripted_server import (
    PATIENCE_S,
    BreaksOff,
    Hangs,
    Refuses,
    Says,
    ScriptedServer,
    Sends,
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


# -- trying again ---------------------------------------------------------------------------------

_PASSING = [
    Refuses(500),
    Refuses(503, headers={"Retry-After": "0"}),
    Refuses(429, headers={"Retry-After": "0"}),
    Refuses(429, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    BreaksOff('{"word":'),
    BreaksOff('{"word":', seen=False),
    Sends(b"data: {no json\n\n"),
    Sends(b'data: {"error": {"message": "out of memory"}}\n\n'),
]


@pytest.mark.parametrize("turn", _PASSING, ids=str)
def test_what_may_pass_is_tried_again(
    turn: Refuses | BreaksOff | Sends, server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(turn, turn, YES)

    assert _word(client.ask(question())) == "yes"
    assert len(server.asked) == 3


@pytest.mark.parametrize("turn", _PASSING, ids=str)
def test_it_is_tried_three_times_at_most(
    turn: Refuses | BreaksOff | Sends, server: ScriptedServer, client: LlmClient
) -> None:
    server.always = turn

    with pytest.raises(EndpointError):
        client.ask(question()).result(PATIENCE_S)

    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "turn",
    [
        Refuses(401),
        Refuses(404),
        Refuses(307, headers={"Location": "http://127.0.0.1:9/v1"}),
        Refuses(429, {"code": "insufficient_quota"}),
        Refuses(429, headers={"Retry-After": "3600"}),
        Sends(b"<html>welcome</html>", "text/html"),
        Sends(b'{"choices": []}', "application/json"),
        Sends(b"data: " + b"x" * 100_000, endless=True),
    ],
    ids=lambda turn: str(turn)[:60],
)
def test_what_will_not_pass_in_time_is_told_at_once(
    turn: Refuses | Sends, server: ScriptedServer, client: LlmClient
) -> None:
    server.always = turn

    with pytest.raises(EndpointError) as caught:
        client.ask(question()).result(PATIENCE_S)

    assert len(server.asked) == 1
    assert not isinstance(caught.value, TimeLimitError)
    assert isinstance(caught.value, BusyError) == (getattr(turn, "status", 0) == 429)


def test_tries_and_repair_share_what_may_be_tried(
    server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Refuses(500), Refuses(500), Says("no"), Refuses(500), YES)

    with pytest.raises(EndpointError):
        client.ask(question()).result(PATIENCE_S)

    assert len(server.asked) == 4


def test_a_retry_tells_the_text_anew(server: ScriptedServer, client: LlmClient) -> None:
    told: list[str] = []
    server.plays(BreaksOff("first half"), YES)

    client.ask(question(), told.append).result(PATIENCE_S)

    assert told == ["first", "first half", '{"word":', '{"word": "yes"}']


def test_an_endpoint_that_does_not_say_it_has_finished_is_believed_if_the_answer_fits(
    server: ScriptedServer, client: LlmClient
) -> None:
    server.plays(Says('{"word": "yes"}', finish=""))

    assert _word(client.ask(question())) == "yes"


def test_nobody_there(client: LlmClient) -> None:
    with client_of("http://127.0.0.1:1") as alone, pytest.raises(UnreachableError):
        alone.ask(question()).result(PATIENCE_S)


# -- time -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "purpose"), [(None, Purpose.LIVE), ('{"word":', Purpose.REVIEW)], ids=str
)
def test_an_answer_that_comes_too_late_is_given_up_on_the_wire(
    text: str | None, purpose: Purpose, server: ScriptedServer
) -> None:
    server.plays(YES, Hangs(text))
    limits_s = {Purpose.LIVE: PATIENCE_S, Purpose.REVIEW: PATIENCE_S, purpose: 1.5}
    short = Patience(live_s=limits_s[Purpose.LIVE], review_s=limits_s[Purpose.REVIEW])

    with client_of(server.url, patience=short) as client:
        other = next(each for each in Purpose if each is not purpose)
        client.ask(question(other)).result(PATIENCE_S)  # so that the connection is there
        with pytest.raises(TimeLimitError, match=r"within 1\.5 s"):
            client.ask(question(purpose)).result(PATIENCE_S)
        assert server.asked[1].hung_up.wait(PATIENCE_S)


def test_people_wait_eight_seconds_live_and_two_minutes_for_the_review() -> None:
    patience = Patience()

    assert patience.limit_s(Purpose.LIVE) == 8
    assert patience.limit_s(Purpose.REVIEW) == 120
    assert patience.retries == 2


# -- breaking off ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, '{"word":'], ids=["before", "in mid-stream"])
def test_a_cancelled_call_is_broken_off_on_the_wire(
    text: str | None, server: ScriptedServer, client: LlmClient
) -> None:
    server.always = Hangs(text)
    begun = threading.Event()
    call = client.ask(question(), lambda _: begun.set())
    asked = server.wait_for_request()
    if text is not None:
        assert begun.wait(PATIENCE_S)

    assert call.cancel()

    assert asked.hung_up.wait(PATIENCE_S)
    with pytest.raises(CancelledCallError):
        call.result(PATIENCE_S)
    assert call.done
    assert len(server.asked) == 1


def test_what_is_done_cannot_be_cancelled(server: ScriptedServer, client: LlmClient) -> None:
    call = client.ask(question())
    call.result(PATIENCE_S)

    assert not call.cancel()
    assert _word(call) == "yes"


def test_closing_breaks_off_what_is_under_way_and_takes_no_more(server: ScriptedServer) -> None:
    server.always = Hangs()
    client = client_of(server.url)
    call = client.ask(question())
    asked = server.wait_for_request()

    client.close()
    client.close()

    assert asked.hung_up.wait(PATIENCE_S)
    with pytest.raises(CancelledCallError):
        call.result(PATIENCE_S)
    with pytest.raises(RuntimeError, match="closed"):
        client.ask(question())
    assert not any(thread.name == "language model" for thread in threading.enumerate())


def test_a_call_can_close_its_client_when_it_is_done(server: ScriptedServer) -> None:
    client = client_of(server.url)
    closed = threading.Event()

    def close(call: Call[Word]) -> None:
        client.close()
        closed.set()

    client.ask(question()).add_done_callback(close)

    assert closed.wait(PATIENCE_S)


# -- leaving it alone -----------------------------------------------------------------------------


def test_an_endpoint_that_keeps_failing_is_left_alone_and_tried_again_later(
    server: ScriptedServer,
) -> None:
    now_s = 0.0
    told: list[BreakerState] = []
    breaker = Breaker(
        failures=2, pause_s=10, on_change=lambda state, _: told.append(state), clock=lambda: now_s
    )
    server.always = Sends(b"", "text/html")
    with client_of(server.url, breaker=breaker) as client:
        for _ in range(2):
            with pytest.raises(EndpointError, match="no stream"):
                client.ask(question()).result(PATIENCE_S)
        with pytest.raises(RestingError, match="no stream"):
            client.ask(question()).result(PATIENCE_S)
        assert len(server.asked) == 2

        now_s, server.always = 11.0, YES
        assert _word(client.ask(question())) == "yes"

    assert told == [BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED]


def test_a_refused_key_is_not_tried_twice(server: ScriptedServer, client: LlmClient) -> None:
    server.key = "another"

    with pytest.raises(EndpointError, match="does not take the key"):
        client.ask(question()).result(PATIENCE_S)

    assert client.breaker.state is BreakerState.OPEN
    assert "does not take the key" in client.breaker.reason


@pytest.mark.parametrize(
    "turn", [Says("", refusal="no"), Refuses(400, {"code": "context_length_exceeded"})], ids=str
)
def test_what_is_not_the_endpoints_fault_does_not_speak_against_it(
    turn: Says | Refuses, server: ScriptedServer
) -> None:
    server.always = turn
    with client_of(server.url, breaker=Breaker(failures=1)) as client:
        with pytest.raises(LlmError):
            client.ask(question()).result(PATIENCE_S)

        assert client.breaker.state is BreakerState.CLOSED


def test_an_answer_out_of_form_speaks_against_it(server: ScriptedServer) -> None:
    server.always = Says("nonsense")
    with client_of(server.url, breaker=Breaker(failures=1)) as client:
        with pytest.raises(AnswerError):
            client.ask(question()).result(PATIENCE_S)

        assert client.breaker.state is BreakerState.OPEN


def test_a_cancelled_trial_leaves_the_next_call_as_the_trial(server: ScriptedServer) -> None:
    now_s = 0.0
    breaker = Breaker(failures=1, pause_s=10, clock=lambda: now_s)
    server.plays(Refuses(404), Hangs())
    with client_of(server.url, patience=QUICK, breaker=breaker) as client:
        with pytest.raises(EndpointError):
            client.ask(question()).result(PATIENCE_S)
        server.wait_for_request()
        now_s = 11.0
        trial = client.ask(question())
        asked = server.wait_for_request()
        with pytest.raises(RestingError):
            client.ask(question()).result(PATIENCE_S)
        trial.cancel()
        assert asked.hung_up.wait(PATIENCE_S)

        assert _word(client.ask(question())) == "yes"
