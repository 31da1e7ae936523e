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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import ModelRef
from copilot.speech.answers import UNKNOWN_PROBABILITY, Segment, joined, read_answer
from copilot.speech.server import LateError, Server, ServerError, UnbelievableError
from copilot.speech.transcriber import HeardWord, Transcription

if TYPE_CHECKING:
    import httpx2
    import openai

    from copilot.speech.decoding import Decoded

_CONNECT_S = 2.0
#: An answer may take as long as the sound lasts and so much more.
_ANSWER_S = 3.0
#: A draft that takes longer says what nobody waits for any more.
DRAFT_S = 1.0
_LONGEST_ANSWER = 1_000_000  # bytes
_MOST_PROMPT = 400  # characters of what was said before
#: No speaker needs more words a second, and a few for short sounds; a server that loops does.
_WORDS_PER_S = 8
_WORDS_MORE = 12
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
    401: "does not take the key",
    403: "does not take the key",
    404: "has no /audio/transcriptions at this address, or not this model",
    413: "finds the sound too long",
    429: "has too many requests",
}


def server_ref(server: Server) -> ModelRef:
    """How a session names a model that runs elsewhere; of its files nothing is known."""
    return ModelRef(
        purpose="transcription",
        name=f"{server.model} at {server.host}",
        version="not known",
        sha256="",
    )


class _StatusError(ServerError):
    """It answered that it will not."""

    def __init__(self, host: str, status: int) -> None:
        meaning = _MEANINGS.get(status, "answers with an error")
        super().__init__(f"{host} {meaning} ({status}).", "See docs/transcription-server.md.")
        self.status = status


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
            raise LateError(f"{self._host} does not answer within {self.limit_s:.0f} s.") from None


class RemoteTranscriber:
    """A model behind an OpenAI-compatible server.

    Attributes:
        took_s: How long its latest answer took, in seconds; None before the first, and infinite
            after one that came too late.
    """

    def __init__(self, server: Server, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare; nothing is sent or even looked up before the first request.

        Args:
            server: Where it is.
            clock: Seconds on a monotonic clock.
        """
        # Only where a server is configured; and now, because it takes most of a second.
        import openai.resources.audio  # noqa: PLC0415

        self.took_s: float | None = None
        self._server = server
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

        def work() -> None:
            try:
                raw = self._answer(samples, language, context[-_MOST_PROMPT:], begun, limit_s)
                heard = _believed(read_answer(raw, duration_s), duration_s, settled)
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
                raw = self._post(sound, language, prompt, number, begun + limit_s)
            except _StatusError as error:
                if error.status not in _NOT_THAT_FORM or number == len(_FORMS) - 1:
                    raise
            else:
                self._form = number
                return raw
        raise AssertionError("the last form either answers or raises")

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
            raise LateError(f"{self.host} does not answer.") from None
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            kind = type(error).__name__
            if isinstance(error, openai.APIConnectionError):
                raise ServerError(f"{self.host} cannot be reached.") from None
            raise ServerError(f"{self.host} broke off its answer ({kind}).") from None

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
            raise _StatusError(self.host, response.status_code)
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


# -- what of it can be believed -------------------------------------------------------------------


def _believed(
    segments: Sequence[Segment], duration_s: float, said: Sequence[HeardWord]
) -> Transcription:
    """The words that can be believed, by the same rules as those of a model that runs here.

    Raises:
        UnbelievableError: The server repeated itself.
    """
    # Here and not at the top: it loads a recogniser, and fronts import this module.
    from copilot.speech import judging  # noqa: PLC0415

    spoken = [segment for segment in segments if not _is_silence(segment, duration_s)]
    decoded = _as_decoded(spoken, duration_s)
    if decoded.full or judging.repeats(decoded):
        raise UnbelievableError("the server repeated itself.")
    heard = judging.judged(decoded)
    if not heard.words:
        return replace(heard, words=tuple(said), uncertain=bool(said))
    known = all(s.logprob is not None and s.no_speech is not None for s in spoken)
    return replace(heard, words=joined(said, heard.words), firm=heard.firm and known)


def _is_silence(segment: Segment, duration_s: float) -> bool:
    from copilot.speech import judging  # noqa: PLC0415

    decoded = _as_decoded([segment], duration_s)
    return not judging.went_astray(decoded) and not judging.judged(decoded).words


def _as_decoded(segments: Sequence[Segment], duration_s: float) -> "Decoded":
    """The segments as a model here would have given them; longer ones weigh more."""
    from copilot.speech.decoding import Decoded  # noqa: PLC0415

    words = tuple(word for segment in segments for word in segment.words)
    weights = [sum(len(word.text) for word in segment.words) for segment in segments]
    unknown = math.log(UNKNOWN_PROBABILITY)
    logprobs = [unknown if s.logprob is None else s.logprob for s in segments]
    total = sum(weights)
    pairs = zip(weights, logprobs, strict=True)
    return Decoded(
        words,
        sum(weight * logprob for weight, logprob in pairs) / total if total else unknown,
        max((s.no_speech or 0.0 for s in segments), default=0.0),
        duration_s,
        full=len(words) > duration_s * _WORDS_PER_S + _WORDS_MORE,
    )
