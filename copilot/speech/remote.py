"""Transcription by a server elsewhere, through ``POST /v1/audio/transcriptions``.

Each request runs on a thread of its own, because a name that nobody resolves and a server that
sends a byte a second can hold a caller for longer than any time limit of the connection. Whoever
asks waits as long as the answer is worth waiting for, and leaves the thread to its own limits.
"""

import io
import math
import threading
import time
import wave
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.errors import LateError, ServerError
from copilot.events import ModelRef
from copilot.i18n import N_, _
from copilot.speech.answers import read_answer
from copilot.speech.server import Server
from copilot.speech.transcriber import HeardWord, Transcription

if TYPE_CHECKING:
    import httpx2
    import openai

_CONNECT_S = 2.0
#: An answer may take as long as the sound lasts and so much more.
_ANSWER_S = 3.0
#: A draft that takes longer says what nobody waits for any more.
DRAFT_S = 1.0
_LONGEST_ANSWER = 1_000_000  # bytes
_MOST_PROMPT = 400  # characters of what was said before
_MOST_HOTWORDS = 400
#: What is asked for, from what tells most to what every server knows.
_FORMS: tuple[dict[str, Any], ...] = (
    {"response_format": "verbose_json", "timestamp_granularities": ["word", "segment"]},
    {"response_format": "verbose_json"},
    {"response_format": "json"},
)
#: A server that does not know a form says one of these.
_NOT_THAT_FORM = frozenset({400, 415, 422, 501})
#: Nothing else is sent along: what the library would add says more than a server needs to know.
#: The last is how the library tells itself not to read the answer.
_HEADERS = frozenset(
    {
        "host",
        "connection",
        "content-type",
        "content-length",
        "transfer-encoding",
        "accept",
        "x-stainless-raw-response",
    }
)
_MEANINGS = {
    401: N_("{host} does not take the key ({status})."),
    403: N_("{host} does not take the key ({status})."),
    404: N_("{host} has no /audio/transcriptions at this address, or not this model ({status})."),
    413: N_("{host} finds the sound too long ({status})."),
    429: N_("{host} has too many requests ({status})."),
}
_ERROR = N_("{host} answers with an error ({status}).")


def server_ref(server: Server) -> ModelRef:
    """How a session names a model that runs elsewhere; of its files nothing is known."""
    return ModelRef(
        purpose="transcription",
        name=f"{server.model} at {server.host}",
        version="not known",
        sha256="",
    )


def _refused(host: str, status: int) -> ServerError:
    """It answered that it will not."""
    meaning = _MEANINGS.get(status, _ERROR)
    said = _(meaning, host=host, status=status)
    error = ServerError(said, _("See docs/transcription-server.md."))
    error.status = status
    return error


@dataclass(frozen=True, slots=True)
class Asked:
    """A request under way.

    Attributes:
        limit_s: So long after it was begun its answer is of use, in seconds.
    """

    limit_s: float
    _host: str
    _begun: float
    _clock: Callable[[], float]
    _future: "Future[Transcription]"

    @property
    def done(self) -> bool:
        """Whether ``words`` returns or raises at once."""
        return self._future.done() or self._left_s <= 0

    @property
    def _left_s(self) -> float:
        return self._begun + self.limit_s - self._clock()

    def words(self) -> Transcription:
        """Wait for the answer, as long as it is of use.

        Raises:
            LateError: It has not come by then.
            ServerError: The server gave none that can be used.
        """
        try:
            return self._future.result(max(0.0, self._left_s))
        except TimeoutError:
            said = _(
                "{host} does not answer within {seconds} s.",
                host=self._host,
                seconds=f"{self.limit_s:.0f}",
            )
            raise LateError(said) from None


class _ClosedError(ServerError):
    """The connection was closed before anything was answered."""


class RemoteTranscriber:
    """A model behind an OpenAI-compatible server.

    Attributes:
        took_s: How long its latest answer took, in seconds; None before the first, and infinite
            after one that came too late.
    """

    def __init__(
        self,
        server: Server,
        *,
        hotwords: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is sent or even looked up before the first request.

        Args:
            server: Where it is.
            hotwords: Names and acronyms to expect; sent before what was said before.
            clock: Seconds on a monotonic clock.
        """
        # Only where a server is configured; and now, because it takes most of a second.
        import openai.resources.audio  # noqa: PLC0415

        self.took_s: float | None = None
        self._server = server
        self._hotwords = ", ".join(hotwords)[:_MOST_HOTWORDS]
        self._clock = clock
        self._form = 0  # the first of _FORMS that the server is not known to refuse
        self._http: httpx2.Client | None = None
        self._client: openai.OpenAI | None = None
        self._making = threading.Lock()

    @property
    def model(self) -> ModelRef:
        """What the server calls it, and where it is."""
        return server_ref(self._server)

    @property
    def host(self) -> str:
        """Where the sound is sent."""
        return self._server.host

    def close(self) -> None:
        """Close the connections."""
        with self._making:
            client, self._http, self._client = self._http, None, None
        if client is not None:
            client.close()

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words of one stretch; see ``Transcriber``.

        Raises:
            ServerError: The server gave no answer that can be used.
        """
        return self.ask(samples, language=language, context=context, said=said).words()

    def draft(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words so far of a stretch that goes on; see ``Transcriber``.

        Raises:
            LateError: It took more than a second.
            ServerError: The server gave no answer that can be used.
        """
        asked = self.ask(samples, language=language, context=context, said=said, limit_s=DRAFT_S)
        try:
            return asked.words()
        except LateError:
            self.took_s = math.inf
            raise

    def ask(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
        limit_s: float | None = None,
    ) -> Asked:
        """Send the sound and do not wait.

        Args:
            samples: float32 mono at 16 kHz, shape (n,).
            language: ISO 639-1 code.
            context: What was said before.
            said: Words the sound begins with that are settled.
            limit_s: How long to wait for an answer; three seconds and the length of the sound
                where None.
        """
        duration_s = len(samples) / SAMPLE_RATE_HZ
        limit_s = _ANSWER_S + duration_s if limit_s is None else limit_s
        future: Future[Transcription] = Future()
        begun = self._clock()
        settled = tuple(said)
        prompt = f"{self._hotwords} {context[-_MOST_PROMPT:]}".strip()

        def work() -> None:
            try:
                # Here and not at the top: it loads a recogniser, and fronts import this module.
                from copilot.speech.believing import believed  # noqa: PLC0415

                raw = self._answer(samples, language, prompt, begun, limit_s)
                heard = believed(read_answer(raw, duration_s), duration_s, settled)
            except ServerError as error:
                future.set_exception(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, the text is made here then
                kind = type(error).__name__
                future.set_exception(ServerError(f"{self.host} cannot be used ({kind})."))
            else:
                self.took_s = self._clock() - begun
                future.set_result(heard)

        threading.Thread(target=work, name="transcription server", daemon=True).start()
        return Asked(limit_s, self.host, begun, self._clock, future)

    # -- the request ----------------------------------------------------------------------------

    def _answer(
        self, samples: Waveform, language: str, prompt: str, begun: float, limit_s: float
    ) -> bytes:
        """The body of the answer, in the best form the server knows."""
        sound = _as_wav(samples)
        for number in range(self._form, len(_FORMS)):
            try:
                raw = self._post_again(sound, language, prompt, number, begun + limit_s)
            except ServerError as error:
                if error.status not in _NOT_THAT_FORM or number == len(_FORMS) - 1:
                    raise
            else:
                self._form = number
                return raw
        raise AssertionError("the last form either answers or raises")

    def _post_again(
        self, sound: bytes, language: str, prompt: str, form: int, until: float
    ) -> bytes:
        """Send it, and once more where the server had just closed a connection that was kept."""
        try:
            return self._post(sound, language, prompt, form, until)
        except _ClosedError:
            return self._post(sound, language, prompt, form, until)

    def _post(self, sound: bytes, language: str, prompt: str, form: int, until: float) -> bytes:
        import httpx2  # noqa: PLC0415 - only where a server is configured
        import openai  # noqa: PLC0415

        limit_s = max(0.1, until - self._clock())
        more = {**_FORMS[form], **({"prompt": prompt} if prompt else {})}
        try:
            create = self._connected().audio.transcriptions.with_streaming_response.create
            with create(
                file=("speech.wav", sound, "audio/wav"),
                model=self._server.model,
                language=language,
                timeout=httpx2.Timeout(limit_s, connect=min(_CONNECT_S, limit_s)),
                **more,
            ) as response:
                return self._body(response.iter_bytes(65_536), until)
        # Without their causes: those hold the request, and that holds the key.
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise LateError(_("{host} does not answer.", host=self.host)) from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            kind = type(error).__name__
            if isinstance(error, openai.APIConnectionError):
                closed = isinstance(error.__cause__, httpx2.RemoteProtocolError)
                failed = _ClosedError if closed else ServerError
                raise failed(_("{host} cannot be reached.", host=self.host)) from None
            said = _("{host} broke off its answer ({error}).", host=self.host, error=kind)
            raise ServerError(said) from None

    def _body(self, chunks: Any, until: float) -> bytes:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > _LONGEST_ANSWER:
                raise ServerError(f"{self.host} answers far more than can have been said.")
            if self._clock() > until:
                raise LateError(f"{self.host} does not come to an end of its answer.")
        return bytes(body)

    def _connected(self) -> "openai.OpenAI":
        """The client, made when it is first needed.

        The key is put on each request at the last moment, and the library never gets to see it:
        what it does not have, it can neither log nor put into an error.
        """
        import httpx2  # noqa: PLC0415
        import openai  # noqa: PLC0415

        with self._making:
            if self._client is None:
                key = self._server.key()
                self._http = httpx2.Client(
                    # A server that sends elsewhere would send the sound elsewhere.
                    follow_redirects=False,
                    # A proxy would hear what is not encrypted.
                    trust_env=self._server.secure,
                    event_hooks={
                        "request": [lambda request: _undressed(request, key)],
                        "response": [self._check_status],
                    },
                )
                self._client = openai.OpenAI(
                    api_key="none",
                    admin_api_key="",
                    base_url=self._server.url,
                    max_retries=0,
                    http_client=self._http,
                )
            return self._client

    def _check_status(self, response: "httpx2.Response") -> None:
        """Leave an error unread, which may be endless and is meant for others anyway."""
        if response.status_code != 200:
            raise _refused(self.host, response.status_code)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ServerError(f"{self.host} answers in a form that was not asked for.")


def _undressed(request: "httpx2.Request", key: str | None) -> None:
    """Take off what the library put on, and put on the key."""
    for name in list(request.headers):
        if name.lower() not in _HEADERS:
            del request.headers[name]
    request.headers["accept-encoding"] = "identity"
    if key is not None:
        request.headers["authorization"] = f"Bearer {key}"


def _as_wav(samples: Waveform) -> bytes:
    """Sound as a WAV file of 16-bit samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE_HZ)
        sound.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())
    return file.getvalue()
