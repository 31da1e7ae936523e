"""What goes over the wire is what is needed and no more, and no key and no word is told elsewhere."""

import logging
from collections.abc import Callable, Iterator

import pytest

from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.errors import LlmError
from tests.builders import run_python
from tests.llm.asking import KEY, QUICK, SAID, question, toy
from tests.llm.scripted_server import (
    PATIENCE_S,
    BreaksOff,
    Refuses,
    Says,
    ScriptedServer,
    Sends,
    Turn,
    playing,
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """One that wants a key."""
    monkeypatch.setenv("TOY_KEY", KEY)
    with playing(ScriptedServer(key=KEY)) as running:
        yield running


@pytest.fixture
def client(server: ScriptedServer) -> Iterator[LlmClient]:
    """One that has it."""
    chosen = toy(server.url, key_from="env:TOY_KEY")
    with LlmClient(chosen, Budget.of(chosen), patience=QUICK) as made:
        yield made


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that anybody logs."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(
        f"{record.getMessage()} {record.exc_info}" for record in caplog.records
    )


def test_the_messages_and_the_form_are_sent_and_nothing_else(
    server: ScriptedServer, client: LlmClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", "somebody-elses")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: somebody-elses")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")

    client.ask(question()).result(PATIENCE_S)

    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert set(asked.body) == {
        "model", "messages", "stream", "stream_options", "max_tokens", "temperature",
        "response_format",
    }  # fmt: skip
    assert set(asked.headers) == {
        "host", "connection", "content-type", "content-length", "accept", "accept-encoding",
        "authorization",
    }  # fmt: skip
    assert "somebody-elses" not in str(asked)
    assert asked.headers["authorization"] == f"Bearer {KEY}"


def test_an_endpoint_that_wants_no_key_is_sent_none(server: ScriptedServer) -> None:
    server.key = None
    chosen = toy(server.url)
    with LlmClient(chosen, Budget.of(chosen)) as client:
        client.ask(question()).result(PATIENCE_S)

    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "turn",
    [
        Says("", refusal=SAID),
        Says(f"{SAID} {KEY}"),
        Says(f'{{"{KEY}": "{SAID}"}}'),
        Says(SAID, finish="length"),
        BreaksOff(f"{SAID} {KEY}"),
        Refuses(400, {"message": f"{SAID} {KEY}", "code": KEY, "param": SAID}),
        Refuses(500, {"message": f"{SAID} {KEY}"}),
        Refuses(429, {"message": f"{SAID} {KEY}"}),
        Sends(f'data: {{"error": {{"message": "{SAID} {KEY}"}}}}\n\n'.encode()),
        Sends(f"data: {SAID} {KEY}\n\n".encode()),
        Sends(f"{SAID} {KEY}".encode(), "text/html"),
    ],
    ids=lambda turn: type(turn).__name__,
)
def test_no_failure_tells_the_key_or_what_was_said(
    turn: Turn, server: ScriptedServer, client: LlmClient, logged: Callable[[], str]
) -> None:
    server.always = turn

    with pytest.raises(LlmError) as caught:
        client.ask(question()).result(PATIENCE_S)

    told = f"{caught.value} {caught.value.__cause__} {client.profile} {client.breaker.reason}"
    for secret in (KEY, SAID):
        assert secret not in told + logged()
    assert "\x1b" not in told


def test_no_success_tells_them_either(
    server: ScriptedServer, client: LlmClient, logged: Callable[[], str]
) -> None:
    answered = client.ask(question()).result(PATIENCE_S)

    for secret in (KEY, SAID):
        assert secret not in logged() + repr(answered) + repr(client.profile)


def test_a_missing_key_is_told_with_its_place_before_anything_is_sent(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOY_KEY")
    chosen = toy(server.url, key_from="env:TOY_KEY")
    with (
        LlmClient(chosen, Budget.of(chosen)) as client,
        pytest.raises(LlmError, match="environment variable TOY_KEY"),
    ):
        client.ask(question()).result(PATIENCE_S)

    assert server.asked == []


def test_where_text_would_go_is_known_without_loading_what_sends_it() -> None:
    loaded = run_python(
        "import sys\n"
        "import copilot.llm.client, copilot.llm.check\n"
        "from copilot.llm.profile import profile\n"
        "profile('toy', 'https://a.example', 'm')\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'openai', 'httpx2', 'keyring'})"
    )

    assert loaded.split() == []
