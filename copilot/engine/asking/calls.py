"""The calls of one session: each one is asked, perhaps broken off, and told in the journal."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from copilot.engine.asking.seam import Emit, Reply
from copilot.errors import CopilotError
from copilot.events import AnsweredBy, AskOutcome, AskPurpose, ModelAsked
from copilot.llm.client import Call, LlmClient
from copilot.llm.errors import (
    BudgetError,
    EndpointError,
    LlmError,
    RestingError,
    TooLongError,
    UnreachableError,
)
from copilot.llm.inputs import Inputs
from copilot.llm.prompts import PromptLibrary
from copilot.llm.request import ChatRequest, Output
from copilot.llm.result import Answered, Usage
from copilot.llm.tokens import estimate_request

#: Told why there is no answer.
GivenUp = Callable[[CopilotError], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a call.

    Attributes:
        outcome: In a word.
        detail: As ``ModelAsked`` has it.
    """

    outcome: AskOutcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Question(Generic[Output]):
    """What is to be asked, and what to do with what comes of it.

    Attributes:
        purpose: What it is for; also the name of the prompt.
        inputs: What the prompt is told.
        answered: Makes of an answer what follows from it, and says what became of it.
        given_up: Told why there is no answer, where there is none.
    """

    purpose: AskPurpose
    inputs: Inputs[Output]
    answered: Callable[[Answered[Output]], Ended]
    given_up: GivenUp = lambda _error: None


@dataclass(slots=True)
class _Pending:
    question: Question[Any]
    request: ChatRequest[Any]
    call: Call[Any]
    asked_at: float


class Calls:
    """Asks the model; on the conducting thread, which it never holds up."""

    def __init__(
        self,
        client: LlmClient,
        prompts: PromptLibrary,
        *,
        emit: Emit,
        post: Callable[[Reply], None],
        on_failure: GivenUp = lambda _error: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare.

        Args:
            client: Asks.
            prompts: What the requests are made with.
            emit: Publishes an event, given its type and its values.
            post: Carries a reply to the conducting thread; called on any.
            on_failure: Told why a call had no answer.
            clock: Seconds on a monotonic clock.
        """
        self._client = client
        self._prompts = prompts
        self._emit = emit
        self._post = post
        self._on_failure = on_failure
        self._clock = clock
        self._pending: dict[int, _Pending] = {}
        self._number = 0

    @property
    def waiting(self) -> bool:
        """Whether a reply is still to come."""
        return bool(self._pending)

    def ask(self, question: Question[Any]) -> int:
        """Ask; the number of the call, by which it can be broken off."""
        self._number += 1
        number = self._number
        try:
            request = self._prompts.request(question.purpose.value, question.inputs)
        except CopilotError as error:
            self._tell_unsent(question, error)
            self._on_failure(error)
            question.given_up(error)
            return number
        call = self._client.ask(request)
        self._pending[number] = _Pending(question, request, call, self._clock())
        call.add_done_callback(lambda done: self._post(Reply(number, done)))
        return number

    def is_waiting(self, number: int) -> bool:
        """Whether that call has not come to its end."""
        return number in self._pending

    def break_off(self, number: int, outcome: AskOutcome = AskOutcome.CANCELLED) -> None:
        """End a call that nobody wants any more; its connection is closed."""
        pending = self._pending.pop(number, None)
        if pending is not None:
            pending.call.cancel()
            sent = Usage(estimate_request(pending.request), 0)
            self._tell(pending, Ended(outcome), sent, self._client.profile.model)

    def take(self, reply: Reply) -> None:
        """Make of a reply what follows from it; of a call that was broken off, nothing does."""
        pending = self._pending.pop(reply.number, None)
        if pending is None:
            return
        try:
            answered = reply.call.result(0)
        except LlmError as error:
            sent = Usage() if _unsent(error) else Usage(estimate_request(pending.request), 0)
            ended = Ended(AskOutcome.FAILED, kind_of(error))
            self._tell(pending, ended, sent, self._client.profile.model)
            self._on_failure(error)
            pending.question.given_up(error)
            return
        ended = pending.question.answered(answered)
        self._tell(pending, ended, answered.usage, answered.model)

    def stop(self) -> None:
        """Break off every call."""
        for number in list(self._pending):
            self.break_off(number)

    def _tell(self, pending: _Pending, ended: Ended, used: Usage, model: str) -> None:
        prompt = pending.request.prompt
        self._emit(
            ModelAsked,
            purpose=pending.question.purpose,
            answered_by=AnsweredBy(model=model, prompt=prompt.name, prompt_sha256=prompt.sha256),
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            took_ms=round(1000 * (self._clock() - pending.asked_at)),
            outcome=ended.outcome,
            detail=ended.detail,
        )

    def _tell_unsent(self, question: Question[Any], error: CopilotError) -> None:
        """The request could not even be made."""
        self._emit(
            ModelAsked,
            purpose=question.purpose,
            answered_by=AnsweredBy(
                model=self._client.profile.model, prompt=question.purpose.value, prompt_sha256=""
            ),
            tokens_in=0,
            tokens_out=0,
            took_ms=0,
            outcome=AskOutcome.FAILED,
            detail=kind_of(error),
        )


def by(answered: Answered[Any]) -> AnsweredBy:
    """Who gave an answer, for the events that follow from it."""
    return AnsweredBy(
        model=answered.model,
        prompt=answered.prompt.name,
        prompt_sha256=answered.prompt.sha256,
    )


def kind_of(error: CopilotError) -> str:
    """The kind of an error in words, ``time limit`` for a ``TimeLimitError``."""
    name = type(error).__name__.removesuffix("Error")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _unsent(error: LlmError) -> bool:
    """Whether the endpoint never saw the request, or took nothing of it."""
    if isinstance(error, RestingError | UnreachableError | TooLongError | BudgetError):
        return True
    return isinstance(error, EndpointError) and error.status > 0
