"""A real llama.cpp server: the wire, the schema, streaming, breaking off, time and length."""

import itertools
import threading
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ConfigDict, Field

from copilot.llm.budget import Budget
from copilot.llm.check import check_profile
from copilot.llm.client import LlmClient
from copilot.llm.dialect import Form
from copilot.llm.errors import CancelledCallError, CutOffError, TimeLimitError, TooLongError
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile, profile
from copilot.llm.request import ChatRequest, Message, Output, PromptRef, Purpose
from copilot.llm.tokens import estimate, estimate_messages
from tests.llm.llama_server import LlamaServer, llama_server

#: Only a test that hangs ever waits this long.
PATIENCE_S = 240.0
PATIENT = Patience(live_s=PATIENCE_S, review_s=PATIENCE_S, connect_s=60)
LONG = 1000  # tokens

ENGLISH = (
    "So, um, what we did was roll the whole thing back within twenty minutes, and then I sat down "
    "with the on-call team and we went through the dashboards; error rates were at 3.7% and the "
    "p99 was 1,250 ms. I wouldn't say it was anybody's fault, really."
)
FRENCH = (
    "Alors, euh, concrètement on a déployé l'évolution un vendredi — ce n'était pas l'idée du "
    "siècle — et j'ai dû prévenir les équipes qu'on revenait en arrière : 12 000 € de pertes, "
    "peut-être plus, d'après ce qu'on m'a dit après coup."
)


class Colour(BaseModel):
    """A colour."""

    model_config = ConfigDict(extra="forbid")

    colour: str = Field(max_length=200)
    warm: bool


class Many(BaseModel):
    """More than can be written in the time."""

    numbers: list[int] = Field(min_length=400)


@pytest.fixture(scope="module")
def server() -> Iterator[LlamaServer]:
    """One for all tests here; it has one place, so that calls come one after the other."""
    with llama_server() as running:
        yield running


@pytest.fixture(scope="module")
def real(server: LlamaServer) -> Profile:
    return profile("smollm2", server.url, "smollm2", context_tokens=8192)


@pytest.fixture
def client(real: Profile) -> Iterator[LlmClient]:
    with LlmClient(real, Budget.of(real), patience=PATIENT) as made:
        yield made


def _ask_for(output: type[Output], text: str, max_tokens: int) -> ChatRequest[Output]:
    messages = (Message("system", "You answer with JSON."), Message("user", text))
    return ChatRequest(Purpose.LIVE, messages, output, 0.0, max_tokens, PromptRef("toy", ""))


def test_an_answer_keeps_to_the_schema_and_comes_bit_by_bit(client: LlmClient) -> None:
    told: list[str] = []

    request = _ask_for(Colour, "The colour of fire?", 200)
    answered = client.ask(request, told.append).result(PATIENCE_S)

    assert isinstance(answered.output, Colour)
    assert client.form is Form.SCHEMA
    assert not answered.repaired
    assert not answered.usage.estimated
    assert 5 < answered.usage.tokens_out <= 200
    assert answered.usage.tokens_in <= estimate_messages(request.messages)
    assert len(told) > 3
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(told))


def test_a_cancelled_call_is_worked_on_no_more(client: LlmClient, server: LlamaServer) -> None:
    begun = threading.Event()
    before = server.tokens_written()
    call = client.ask(_ask_for(Many, "Count.", LONG), lambda _: begun.set())
    assert begun.wait(PATIENCE_S)

    call.cancel()

    with pytest.raises(CancelledCallError):
        call.result(PATIENCE_S)
    # There is one place, so that this has to wait until the other call is over.
    client.ask(_ask_for(Colour, "The colour of snow?", 200)).result(PATIENCE_S)
    assert server.tokens_written() - before < LONG


def test_an_answer_that_takes_too_long_is_worked_on_no_more(
    real: Profile, client: LlmClient, server: LlamaServer
) -> None:
    before = server.tokens_written()
    hurried = Patience(live_s=1.0)
    with (
        LlmClient(real, Budget.of(real), patience=hurried) as short,
        pytest.raises(TimeLimitError),
    ):
        short.ask(_ask_for(Many, "Count.", LONG)).result(PATIENCE_S)

    client.ask(_ask_for(Colour, "The colour of coal?", 200)).result(PATIENCE_S)
    assert server.tokens_written() - before < LONG


def test_an_answer_that_reaches_its_longest_length_is_cut_off(client: LlmClient) -> None:
    with pytest.raises(CutOffError, match="after 16 tokens"):
        client.ask(_ask_for(Many, "Count.", 16)).result(PATIENCE_S)

    assert client.spent.usage.tokens_out == 16


def test_a_request_longer_than_the_server_takes_is_told_apart(client: LlmClient) -> None:
    with pytest.raises(TooLongError, match="longer than the model takes"):
        client.ask(_ask_for(Colour, ENGLISH * 30, 16)).result(PATIENCE_S)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        FRENCH,
        '{"id": "u-12", "quote": "10:42 — 3.5%", "ok": null}\n' * 9,
        "a b c I to " * 40,
        "0123456789" * 12,
        "3f2a9c77e1b04d5c" * 9,
        "Das Rückrollverfahren hätten wir früher üben müssen. ¿Qué pasó después? Ničego ne žal'.",
        "Мы откатили релиз за двадцать минут.",
        "日本語のテキスト、中文文本。",
        "🙂🚒 «»…—" * 5,
        "\t\t    if x:\n\n\n        return\n",
    ],
    ids=lambda text: text[:12].strip(),
)
def test_tokens_are_counted_high_and_not_absurdly_high(text: str, server: LlamaServer) -> None:
    real = server.tokens(text)

    assert real <= estimate(text) + 8  # a template counts for far more
    assert estimate(text) <= 2.2 * real + 8


def test_the_check_finds_that_it_works(real: Profile, server: LlamaServer) -> None:
    checked = check_profile(real, patience=PATIENT)

    assert checked.works
    assert checked.form is Form.SCHEMA
    assert checked.models
    assert checked.took_s is not None
