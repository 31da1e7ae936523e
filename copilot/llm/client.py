"""One client for any OpenAI-compatible endpoint.

It lives on a thread of its own with an event loop, so that nobody who asks ever waits for a
network, and so that a call nobody wants any more can be broken off in the middle of a word.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from copilot.llm.breaker import Admission, Breaker
from copilot.llm.budget import Budget, Spent
from copilot.llm.dialect import Dialect, Form
from copilot.llm.errors import (
    BudgetError,
    CancelledCallError,
    EndpointError,
    LlmError,
    TimeLimitError,
    TooLongError,
)
from copilot.llm.exchange import Endpoint, Exchange, Patience
from copilot.llm.profile import Profile
from copilot.llm.request import ChatRequest, Output
from copilot.llm.result import Answered
from copilot.llm.wire import Wire

#: The next call with this key, address or model would fail as this one did.
_LASTING = frozenset({401, 402, 403, 404})
_CLOSING_S = 5.0
_Result = TypeVar("_Result")


class Call(Generic[Output]):
    """A call under way; for any thread."""

    def __init__(self, future: "Future[Answered[Output]]") -> None:
        self._future = future

    @property
    def done(self) -> bool:
        """Whether ``result`` returns or raises at once."""
        return self._future.done()

    def result(self, timeout: float | None = None) -> Answered[Output]:
        """Wait for the answer; never longer than the call's purpose allows.

        Args:
            timeout: Longest wait, in seconds; the call goes on when it is over.

        Raises:
            LlmError: There is no answer that can be used.
            TimeoutError: The timeout is over.
        """
        try:
            return self._future.result(timeout)
        except CancelledError:
            raise CancelledCallError("it was wanted no more.") from None

    def cancel(self) -> bool:
        """Break it off: its connection is closed. False where it is done already."""
        return self._future.cancel()

    def add_done_callback(self, callback: "Callable[[Call[Output]], None]") -> None:
        """Have the callback called when it is done, also when cancelled; at once where it is.

        It is called on the client's thread, or on that of whoever cancels, and must be quick.
        """
        self._future.add_done_callback(lambda _: callback(self))


class Asks(Protocol):
    """What asks a language model: a client, or a client with a budget of its own."""

    @property
    def profile(self) -> Profile:
        """Which one."""

    def ask(
        self, request: ChatRequest[Output], on_text: Callable[[str], None] | None = None
    ) -> Call[Output]:
        """Ask and do not wait; see ``LlmClient.ask``."""


class LlmClient:
    """Asks one language model, for one session; for several threads.

    Attributes:
        profile: Which one.
        breaker: Whether it is left alone at the moment, and why.
    """

    def __init__(
        self,
        profile: Profile,
        budget: Budget,
        *,
        patience: Patience | None = None,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to load what is needed and to read the key, on another thread; nothing is sent.

        Args:
            profile: Whom to ask.
            budget: What may be used.
            patience: How long to wait and how often to try.
            breaker: When to leave the endpoint alone.
            clock: Seconds on a monotonic clock, for how long calls took.
        """
        self.profile = profile
        self.breaker = breaker or Breaker(clock=clock)
        self._patience = patience or Patience()
        self._clock = clock
        wire = Wire(profile, self._patience.connect_s)
        self._endpoint = Endpoint(profile, wire, budget, Dialect())
        self._calls: set[Future[Any]] = set()
        self._closed = False
        self._closing = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="language model", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def spent(self) -> Spent:
        """What the session used so far."""
        return self._endpoint.budget.spent

    @property
    def form(self) -> Form:
        """How the endpoint is told the form of an answer, by what is known of it so far."""
        return self._endpoint.dialect.form

    def ask(
        self,
        request: ChatRequest[Output],
        on_text: Callable[[str], None] | None = None,
        budget: Budget | None = None,
    ) -> Call[Output]:
        """Ask and do not wait; every failure is told by the call.

        Args:
            request: What is asked.
            on_text: Told the whole text of the answer so far, each time some came; it begins anew
                where the request is tried again. Called on the client's thread; must be quick.
            budget: What this call may use; the client's own unless given.

        Raises:
            RuntimeError: The client is closed.
        """
        return Call(self._submit(self._answered(request, self._clock(), on_text, budget)))

    def within(self, budget: Budget) -> Asks:
        """This client for calls that have a budget of their own; it ends with this one."""
        return _Within(self, budget)

    def models(self) -> tuple[str, ...]:
        """What the endpoint calls its models; waits for the answer.

        Raises:
            LlmError: It does not say.
            RuntimeError: The client is closed.
        """
        return self._submit(self._listed()).result()

    def close(self) -> None:
        """Break off all calls and close the connections."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not threading.current_thread():
            self._thread.join(_CLOSING_S)

    # -- on the client's thread -------------------------------------------------------------------

    async def _answered(
        self,
        request: ChatRequest[Output],
        begun: float,
        on_text: Callable[[str], None] | None,
        budget: Budget | None,
    ) -> Answered[Output]:
        limit_s = self._patience.limit_s(request.purpose)
        until = asyncio.get_running_loop().time() + limit_s
        exchange = Exchange(self._endpoint, request, self._patience, until, on_text, budget=budget)
        exchange.check_fits()
        admission = self.breaker.enter()
        try:
            output = await self._within(exchange.output(), limit_s)
        except LlmError as error:
            error.usage, error.requests = exchange.usage, exchange.requests
            error.took_s = self._clock() - begun
            self._learn(admission, error)
            raise
        except BaseException:
            self.breaker.left(admission)
            raise
        self.breaker.succeeded(admission)
        return Answered(
            output=output,
            model=exchange.model or self.profile.model,
            usage=exchange.usage,
            took_s=self._clock() - begun,
            prompt=request.prompt,
            repaired=exchange.repaired,
            requests=exchange.requests,
        )

    def _learn(self, admission: Admission, error: LlmError) -> None:
        """What a failed call says about the endpoint."""
        if error.counts:
            lasting = isinstance(error, EndpointError) and error.status in _LASTING
            self.breaker.failed(admission, error, at_once=lasting)
        elif isinstance(error, BudgetError | TooLongError):
            self.breaker.left(admission)
        else:
            self.breaker.succeeded(admission)

    async def _listed(self) -> tuple[str, ...]:
        return await self._within(self._endpoint.wire.models(), self._patience.live_s)

    async def _within(self, work: Coroutine[Any, Any, _Result], limit_s: float) -> _Result:
        try:
            async with asyncio.timeout(limit_s):
                return await work
        except TimeoutError:
            host = self.profile.host
            raise TimeLimitError(f"{host} does not answer within {limit_s:g} s.") from None

    def _submit(self, work: Coroutine[Any, Any, _Result]) -> "Future[_Result]":
        with self._closing:
            if self._closed:
                work.close()
                raise RuntimeError("the client is closed")
            future = asyncio.run_coroutine_threadsafe(work, self._loop)
            self._calls.add(future)
        future.add_done_callback(self._calls.discard)
        return future

    def _serve(self) -> None:
        preparing = self._loop.create_task(self._endpoint.wire.prepare())
        try:
            self._loop.run_forever()
        finally:
            preparing.cancel()
            self._loop.run_until_complete(self._end())
            self._loop.close()

    async def _end(self) -> None:
        # Not their tasks: a connection being made has some of its own, and they end in order.
        for call in tuple(self._calls):
            call.cancel()
        await asyncio.sleep(0)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._endpoint.wire.close()
        await asyncio.get_running_loop().shutdown_asyncgens()


class _Within:
    """A client with another budget than its own; see ``LlmClient.within``."""

    def __init__(self, client: LlmClient, budget: Budget) -> None:
        self._client = client
        self._budget = budget

    @property
    def profile(self) -> Profile:
        return self._client.profile

    def ask(
        self, request: ChatRequest[Output], on_text: Callable[[str], None] | None = None
    ) -> Call[Output]:
        return self._client.ask(request, on_text, self._budget)
