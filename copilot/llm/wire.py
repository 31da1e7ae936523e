"""One streamed request to an endpoint, through ``openai``.

The library is made to send no more than a request needs, to try nothing twice, and to read no
more than an answer can be. Its errors are turned into ours without their causes, because those
hold the request, and that holds the key and what was said.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from copilot.llm.errors import EndpointError, LlmError, UnreachableError
from copilot.llm.profile import Profile
from copilot.llm.refusals import refused
from copilot.llm.result import Usage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx2
    import openai

_LONGEST_ANSWER = 8_000_000  # bytes; each token comes in an envelope of some hundred
_LONGEST_TEXT = 400_000  # characters
_LONGEST_REFUSAL = 16_000  # bytes
_MOST_MODELS = 500
#: Nothing else is sent along: what the library would add says more than an endpoint needs to know.
_HEADERS = frozenset(
    {"host", "connection", "content-type", "content-length", "transfer-encoding", "accept"}
)


@dataclass(slots=True)
class Reply:
    """What has come so far of an answer; filled while it comes.

    Attributes:
        text: What was written.
        reasoning: How many characters of reasoning came beside it.
        refusal: Why the model will not answer, where it says so.
        finish: Why it ended, by the name of the interface; empty while it has not.
        model: What the endpoint calls the model.
        usage: Tokens, where the endpoint says so.
    """

    text: str = field(default="", repr=False)
    reasoning: int = 0
    refusal: str = field(default="", repr=False)
    finish: str = ""
    model: str = ""
    usage: Usage | None = None

    def take(self, chunk: Any) -> bool:
        """Add a piece of the stream, none of whose types are sure; True where text came."""
        if isinstance(model := getattr(chunk, "model", None), str):
            self.model = model or self.model
        self.usage = _usage(getattr(chunk, "usage", None)) or self.usage
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return False
        if isinstance(finish := getattr(choices[0], "finish_reason", None), str):
            self.finish = finish or self.finish
        delta = getattr(choices[0], "delta", None)
        self.refusal += _text(delta, "refusal")
        self.reasoning += len(_text(delta, "reasoning_content") or _text(delta, "reasoning"))
        written = _text(delta, "content")
        self.text += written
        return bool(written)


class Wire:
    """The connections to one endpoint; everything on one event loop."""

    def __init__(self, profile: Profile, connect_s: float) -> None:
        """Do nothing yet; nothing is sent or even looked up before the first request.

        Args:
            profile: Where to.
            connect_s: How long a connection may take to be made, in seconds.
        """
        self._profile = profile
        self._connect_s = connect_s
        self._client: openai.AsyncOpenAI | None = None
        self._making = asyncio.Lock()

    async def prepare(self) -> None:
        """Load what a request needs, which takes most of a second, and read the key."""
        with contextlib.suppress(LlmError, ImportError):  # then the first request says so
            await self._connected()

    async def stream(
        self, body: dict[str, Any], reply: Reply, on_text: Callable[[str], None] | None
    ) -> None:
        """Send a request and take in its answer; when cancelled, the connection is closed.

        Args:
            body: By the names of the interface.
            reply: Filled as the answer comes.
            on_text: Told the whole text so far, each time some came.

        Raises:
            LlmError: There is no answer, or it broke off.
        """
        try:
            client = await self._connected()
            create: Any = client.chat.completions.create
            async with await create(**body, timeout=self._timeout()) as chunks:
                async for chunk in chunks:
                    self._take(chunk, reply, on_text)
        except _Unheard as error:
            raise error.cause from None
        except LlmError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the endpoint gave no answer
            raise self._told(error) from None

    async def models(self) -> tuple[str, ...]:
        """What the endpoint calls its models.

        Raises:
            LlmError: It does not say.
        """
        try:
            client = await self._connected()
            page = await client.models.list(timeout=self._timeout())
            found: Any = page.data
            names = [getattr(model, "id", None) for model in found or ()]
        except LlmError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise self._told(error) from None
        return tuple(name for name in names[:_MOST_MODELS] if isinstance(name, str))

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _take(self, chunk: Any, reply: Reply, on_text: Callable[[str], None] | None) -> None:
        written = reply.take(chunk)
        if len(reply.text) + len(reply.refusal) > _LONGEST_TEXT:
            raise EndpointError(f"{self._profile.host} answers far more than was asked for.")
        if written and on_text is not None:
            try:
                on_text(reply.text)
            except Exception as error:  # noqa: BLE001 - the listener's own, handed on as it is
                raise _Unheard(error) from None

    async def _connected(self) -> "openai.AsyncOpenAI":
        """The client, made when it is first needed.

        The key is put on each request at the last moment, and the library never gets to see it:
        what it does not have, it can neither log nor put into an error.
        """
        import httpx2  # noqa: PLC0415 - only where a language model is configured
        import openai  # noqa: PLC0415

        async with self._making:
            if self._client is None:
                # On another thread, because a keyring may ask the user first.
                key = await asyncio.to_thread(self._profile.key)

                async def undress(request: "httpx2.Request") -> None:
                    _undress(request, key)

                http = httpx2.AsyncClient(
                    # An endpoint that sends elsewhere would send the text elsewhere.
                    follow_redirects=False,
                    # A proxy would read what is not encrypted.
                    trust_env=self._profile.secure,
                    event_hooks={"request": [undress], "response": [self._check]},
                )
                self._client = openai.AsyncOpenAI(
                    api_key="none",
                    admin_api_key="",
                    base_url=self._profile.url,
                    max_retries=0,
                    http_client=http,
                )
            return self._client

    async def _check(self, response: "httpx2.Response") -> None:
        """Let in nothing but an answer, and no more of it than one can be."""
        host = self._profile.host
        if response.status_code != 200:
            response.stream = _bounded(response.stream, _LONGEST_REFUSAL, None)
            body = b"".join([piece async for piece in response.aiter_raw()])
            raise refused(host, response.status_code, response.headers, body)
        kind = response.headers.get("content-type", "")
        if response.request.method == "POST" and "text/event-stream" not in kind:
            raise EndpointError(f"{host} answers with no stream of events.", "See docs/llm.md.")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise EndpointError(f"{host} answers in a form that was not asked for.")
        too_much = EndpointError(f"{host} answers far more than was asked for.")
        response.stream = _bounded(response.stream, _LONGEST_ANSWER, too_much)

    def _timeout(self) -> "httpx2.Timeout":
        import httpx2  # noqa: PLC0415

        # How long the answer may take is up to the caller.
        return httpx2.Timeout(None, connect=self._connect_s)

    def _told(self, error: Exception) -> EndpointError:
        import httpx2  # noqa: PLC0415
        import openai  # noqa: PLC0415

        host = self._profile.host
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
            return UnreachableError(
                f"{host} cannot be reached.",
                "Start it, or check the address of the profile.",
                passing=True,
            )
        kind = type(cause or error).__name__
        return EndpointError(f"{host} broke off its answer ({kind}).", passing=True)


class _Unheard(Exception):  # noqa: N818 - carries an error of the listener's past the library
    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


def _undress(request: "httpx2.Request", key: str | None) -> None:
    """Take off what the library put on, and put on the key."""
    for name in list(request.headers):
        if name.lower() not in _HEADERS:
            del request.headers[name]
    request.headers["accept-encoding"] = "identity"
    if key is not None:
        request.headers["authorization"] = f"Bearer {key}"


def _bounded(stream: Any, most: int, error: Exception | None) -> "httpx2.AsyncByteStream":
    """The same bytes, up to so many; then the error, or the end where there is none."""
    import httpx2  # noqa: PLC0415

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> "AsyncIterator[bytes]":
            left = most
            async for piece in stream:
                yield piece[:left]
                left -= len(piece)
                if left < 0:
                    break
            if left < 0 and error is not None:
                raise error

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()


def _text(delta: Any, name: str) -> str:
    value = getattr(delta, name, None)
    return value if isinstance(value, str) else ""


def _usage(said: Any) -> Usage | None:
    counts = [getattr(said, name, None) for name in ("prompt_tokens", "completion_tokens")]
    if not all(type(count) is int and 0 <= count < 10**9 for count in counts):
        return None
    tokens_in, tokens_out = counts
    return Usage(int(tokens_in or 0), int(tokens_out or 0))
