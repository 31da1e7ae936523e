"""What passes between us and the endpoint for one call: the request, retries, and one repair."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from copilot.llm.answer import Misfit, read_answer, without_reasoning
from copilot.llm.budget import Budget
from copilot.llm.dialect import Dialect
from copilot.llm.errors import (
    AnswerError,
    BudgetError,
    CutOffError,
    EmptyAnswerError,
    EndpointError,
    NotTakenError,
    RefusalError,
    TooLongError,
    UnreachableError,
)
from copilot.llm.profile import Profile
from copilot.llm.request import ChatRequest, Message, Output, Purpose
from copilot.llm.result import Usage
from copilot.llm.tokens import estimate, estimate_messages, estimate_schema
from copilot.llm.wire import Reply, Wire

_CHARACTERS_A_TOKEN = 2  # of reasoning, of which only the length is kept
_LONGEST_PAUSE_S = 8.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, and how often to try.

    Attributes:
        live_s: For an answer during the interview, all tries together, in seconds.
        review_s: For one afterwards.
        connect_s: For a connection.
        retries: So many further tries where trying again may help.
        pause_s: Before the first of them, where the endpoint does not say; doubled for the next.
    """

    live_s: float = 8.0
    review_s: float = 120.0
    connect_s: float = 3.0
    retries: int = 2
    pause_s: float = 0.4

    def limit_s(self, purpose: Purpose) -> float:
        """How long a call may take, in seconds."""
        return self.live_s if purpose is Purpose.LIVE else self.review_s


@dataclass(slots=True)
class Endpoint:
    """What all calls to one endpoint share.

    Attributes:
        profile: Which it is.
        wire: The connections to it.
        budget: What may be used of it.
        dialect: What it is known to understand.
    """

    profile: Profile
    wire: Wire
    budget: Budget
    dialect: Dialect


class Exchange(Generic[Output]):
    """One call.

    Attributes:
        usage: Tokens of all requests so far.
        requests: How many were sent so far.
        repaired: Whether it was asked again because the first answer was not usable.
        model: What the endpoint calls the model that answered.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        request: ChatRequest[Output],
        patience: Patience,
        until: float,
        on_text: Callable[[str], None] | None,
        *,
        budget: Budget | None = None,
    ) -> None:
        """Prepare.

        Args:
            endpoint: Whom to ask.
            request: What.
            patience: How often to try.
            until: When the answer is of no more use, on the event loop's clock.
            on_text: Told the whole text of the answer so far.
            budget: What it may use; the endpoint's unless given.
        """
        self.usage = Usage()
        self.requests = 0
        self.repaired = False
        self.model = ""
        self._endpoint = endpoint
        self._request = request
        self._patience = patience
        self._until = until
        self._on_text = on_text
        self._budget = budget or endpoint.budget
        self._tries = 0

    def check_fits(self) -> None:
        """See that request and answer fit the model.

        Raises:
            TooLongError: They do not.
        """
        profile, request = self._endpoint.profile, self._request
        needed = self._needed(request.messages)
        if needed > profile.context_tokens:
            raise TooLongError(
                f"up to {needed - request.max_tokens} tokens and {request.max_tokens} for the "
                f"answer, and {profile.model} takes {profile.context_tokens} together.",
                "Send less at once, or set context_tokens of the profile if the model takes more.",
            )

    async def output(self) -> Output:
        """The answer.

        Raises:
            LlmError: There is none that can be used.
        """
        reply = await self._answered(self._request.messages)
        try:
            return self._read(reply)
        except Misfit as misfit:
            faults = misfit.faults
        messages = (*self._request.messages, *_repair(reply.text, faults))
        if self._needed(messages) <= self._endpoint.profile.context_tokens:
            self.repaired = True
            reply = await self._answered(messages)
            try:
                return self._read(reply)
            except Misfit as misfit:
                faults = misfit.faults
        raise AnswerError(
            f"what {self._endpoint.profile.model} answers is not in the form that was asked for: "
            f"{'; '.join(faults)}.",
            "A larger model keeps to it better.",
        )

    # -- one answer, with retries -----------------------------------------------------------------

    async def _answered(self, messages: tuple[Message, ...]) -> Reply:
        failed: EndpointError | None = None
        while True:
            try:
                return await self._asked(messages)
            except BudgetError:
                if failed is not None:
                    raise failed from None  # why it was asked again says more
                raise
            except EndpointError as error:
                failed = error
                pause_s = self._pause_s(error)
                if not error.passing or self._tries >= self._patience.retries:
                    raise
                if asyncio.get_running_loop().time() + pause_s >= self._until:
                    raise
            self._tries += 1
            await asyncio.sleep(pause_s)

    def _pause_s(self, error: EndpointError) -> float:
        if error.retry_after_s is not None:
            return error.retry_after_s
        return float(min(self._patience.pause_s * 2**self._tries, _LONGEST_PAUSE_S))

    async def _asked(self, messages: tuple[Message, ...]) -> Reply:
        """One answer, in the best form that the endpoint takes."""
        dialect = self._endpoint.dialect
        while True:
            try:
                reply = await self._sent(messages, dialect)
            except NotTakenError as error:
                simpler = dialect.simpler(error.parameter)
                if simpler is None:
                    raise
                dialect = simpler
            else:
                self._endpoint.dialect = dialect
                return reply

    # -- one request ------------------------------------------------------------------------------

    async def _sent(self, messages: tuple[Message, ...], dialect: Dialect) -> Reply:
        request, endpoint = self._request, self._endpoint
        body = dialect.parameters(
            request, dialect.messages(messages, request.output), endpoint.profile.model
        )
        tokens_in = estimate_messages(messages) + estimate_schema(request.output)
        reservation = self._budget.reserve(tokens_in, request.max_tokens)
        reply = Reply()
        self.requests += 1
        try:
            await endpoint.wire.stream(body, reply, self._on_text)
            self._check_whole(reply)
        except (UnreachableError, TooLongError) as error:
            self.requests -= isinstance(error, UnreachableError)
            reservation.release()
            raise
        except EndpointError as error:
            if error.status:
                reservation.release()
            raise
        finally:
            # Who hangs up has to expect that the endpoint charges for what it was sent.
            if reservation.open:
                used = reply.usage or self._estimated(reply, tokens_in)
                self.usage += used
                reservation.settle(used)
        self.model = reply.model
        return reply

    def _estimated(self, reply: Reply, tokens_in: int) -> Usage:
        written = estimate(reply.text) + reply.reasoning // _CHARACTERS_A_TOKEN
        return Usage(tokens_in, min(written, self._request.max_tokens), estimated=True)

    def _check_whole(self, reply: Reply) -> None:
        """See that the answer came to its end; some endpoints do not say that it has."""
        if reply.finish or reply.refusal:
            return
        try:
            read_answer(reply.text, self._request.output)
        except Misfit:
            host = self._endpoint.profile.host
            raise EndpointError(f"{host} broke off its answer.", passing=True) from None

    def _read(self, reply: Reply) -> Output:
        model = self._endpoint.profile.model
        if reply.refusal or reply.finish == "content_filter":
            raise RefusalError(f"{model}, or a filter before it, will not answer this.")
        if reply.finish == "length":
            raise CutOffError(
                f"the answer of {model} was not complete after {self._request.max_tokens} tokens.",
                "Raise max_tokens of the prompt; models that think aloud need thousands.",
            )
        if not without_reasoning(reply.text).strip():
            raise EmptyAnswerError(f"{model} answers with nothing.")
        return read_answer(reply.text, self._request.output)

    def _needed(self, messages: tuple[Message, ...]) -> int:
        schema = estimate_schema(self._request.output)
        return estimate_messages(messages) + schema + self._request.max_tokens


def _repair(text: str, faults: tuple[str, ...]) -> tuple[Message, Message]:
    """The unusable answer, and what was wrong with it."""
    told = "\n".join(f"- {fault}" for fault in faults)
    return (
        Message("assistant", without_reasoning(text).strip()),
        Message(
            "user",
            f"This answer cannot be used:\n{told}\n"
            "Answer again with one JSON object of the form that was asked for, and nothing else.",
        ),
    )
