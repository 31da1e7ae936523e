"""A small OpenAI-compatible server on loopback that plays a script.

It does what a real one does rarely: answers that are no JSON, refuses, breaks off in the middle,
is busy, says nothing at all. It records what it was sent, and when the client hung up.
"""

import json
import socket
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Only a test that hangs ever waits this long.
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Says:
    """A streamed answer, a word a piece.

    Attributes:
        text: What it says.
        reasoning: What it thinks before, beside the text.
        refusal: Why it will not answer, in the field for that.
        finish: Why it ends; empty: it does not say.
        usage: Tokens sent and answered; None: it does not say.
    """

    text: str
    reasoning: str = ""
    refusal: str = ""
    finish: str = "stop"
    usage: tuple[int, int] | None = (50, 10)


@dataclass(frozen=True)
class Refuses:
    """A status, with an error object as the interface has it.

    Attributes:
        status: The status.
        error: Fields of the error object.
        headers: More headers.
    """

    status: int
    error: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BreaksOff:
    """Half a stream, and the connection is gone.

    Attributes:
        text: What it had said.
        seen: Whether the client can tell that more was to come.
    """

    text: str
    seen: bool = True


@dataclass(frozen=True)
class Hangs:
    """Silence until the client hangs up.

    Attributes:
        text: What it says before; None: it does not even begin to answer.
    """

    text: str | None = None


@dataclass(frozen=True)
class Sends:
    """Bytes as they are, with the status 200.

    Attributes:
        body: The bytes.
        kind: The content type.
        endless: Whether they come again and again.
    """

    body: bytes
    kind: str = "text/event-stream"
    endless: bool = False


Turn = Says | Refuses | BreaksOff | Hangs | Sends


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes:
        path: Where to.
        headers: As they came, names in small letters.
        body: Its JSON.
        hung_up: Set when the client closes the connection while it waits for more.
    """

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    hung_up: threading.Event = field(default_factory=threading.Event)

    @property
    def form(self) -> str:
        """The type of its response format; empty without one."""
        return str(self.body.get("response_format", {}).get("type", ""))

    @property
    def contents(self) -> list[str]:
        """What its messages say."""
        return [message["content"] for message in self.body["messages"]]


@dataclass
class ScriptedServer:
    """What the server does.

    Attributes:
        script: For the next requests.
        always: Afterwards.
        forms: The response formats it takes.
        refused: Names of fields it does not take, each said in the way of the interface.
        key: What it wants as a key; None lets everybody in.
        models: What it lists; None: it does not know that call.
        asked: The requests so far.
        came: Released once for each request.
        url: Where it listens.
    """

    script: deque[Turn] = field(default_factory=deque)
    always: Turn = field(default_factory=lambda: Says('{"word": "yes"}'))
    forms: tuple[str, ...] = ("json_schema", "json_object", "")
    refused: tuple[str, ...] = ()
    key: str | None = None
    models: tuple[str, ...] | None = ("toy",)
    asked: list[Asked] = field(default_factory=list)
    came: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    url: str = ""

    def plays(self, *turns: Turn) -> None:
        """Add to the script."""
        self.script.extend(turns)

    def wait_for_request(self) -> Asked:
        """The next request, once it has come."""
        assert self.came.acquire(timeout=PATIENCE_S)
        return self.asked[-1]

    def turn(self, asked: Asked) -> Turn:
        """What to do with a request."""
        if self.key is not None and asked.headers.get("authorization") != f"Bearer {self.key}":
            # Such endpoints are known to repeat the key.
            return Refuses(401, {"message": f"wrong key: {asked.headers.get('authorization')}"})
        for name in self.refused:
            if name in asked.body:
                message = f"Unsupported parameter: '{name}'. It said {asked.contents}"
                return Refuses(400, {"message": message, "param": name})
        if asked.form not in self.forms:
            return Refuses(400, {"message": f"unknown response_format: {asked.contents}"})
        return self.script.popleft() if self.script else self.always


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: ScriptedServer
    server: "_Server"

    def setup(self) -> None:
        super().setup()
        self.server.connections.append(self.connection)

    def do_GET(self) -> None:
        mine = self.server_of
        if mine.models is None:
            self._refuse(Refuses(404))
            return
        listed = {
            "object": "list",
            "data": [{"id": name, "object": "model"} for name in mine.models],
        }
        self._whole(200, json.dumps(listed).encode(), {"Content-Type": "application/json"})

    def do_POST(self) -> None:
        mine = self.server_of
        length = int(self.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.path, headers, json.loads(self.rfile.read(length)))
        turn = mine.turn(asked)
        mine.asked.append(asked)
        mine.came.release()
        if isinstance(turn, Refuses):
            self._refuse(turn)
        elif isinstance(turn, Says):
            self._say(turn)
        elif isinstance(turn, Sends):
            self._send(turn)
        elif isinstance(turn, BreaksOff):
            self._begin(chunked=turn.seen)
            self._words(turn.text)
            self.close_connection = True
        else:
            # The client may leave while it is still being told something.
            with suppress(OSError):
                if turn.text is not None:
                    self._begin()
                    self._words(turn.text)
            self._listen(asked)

    # -- what it does -----------------------------------------------------------------------------

    def _refuse(self, turn: Refuses) -> None:
        body = json.dumps({"error": {"message": "no \x1b[31mway\x1b[0m", **turn.error}}).encode()
        self._whole(turn.status, body, {"Content-Type": "application/json", **turn.headers})

    def _say(self, turn: Says) -> None:
        self._begin()
        if turn.reasoning:
            self._event({"reasoning_content": turn.reasoning})
        if turn.refusal:
            self._event({"refusal": turn.refusal})
        self._words(turn.text)
        if turn.finish:
            self._event({}, turn.finish)
        if turn.usage is not None:
            names = ("prompt_tokens", "completion_tokens")
            usage = dict(zip(names, turn.usage, strict=True))
            self._chunk(
                f"data: {json.dumps({'model': 'toy-1', 'choices': [], 'usage': usage})}\n\n"
            )
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _send(self, turn: Sends) -> None:
        self.send_response(200)
        self.send_header("Content-Type", turn.kind)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(turn.body)
        while turn.endless:
            self.wfile.write(turn.body)
        self.close_connection = True

    def _listen(self, asked: Asked) -> None:
        """Wait for nothing but the end of the connection."""
        with suppress(OSError):
            self.wfile.flush()
            assert self.connection.recv(1) == b""
        asked.hung_up.set()
        self.close_connection = True

    def _begin(self, *, chunked: bool = True) -> None:
        self._chunked = chunked
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Connection", "close")
        self.end_headers()

    def _words(self, text: str) -> None:
        for index, word in enumerate(text.split(" ")):
            self._event({"content": word if index == 0 else f" {word}"})

    def _event(self, delta: Mapping[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "model": "toy-1",
            "choices": [choice],
        }
        self._chunk(f"data: {json.dumps(event)}\n\n")

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if self._chunked else data)

    def _whole(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type[_Handler]) -> None:
        self.connections: list[socket.socket] = []
        super().__init__(("127.0.0.1", 0), handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no news."""

    def hang_up(self) -> None:
        """End what still waits."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def playing(mine: ScriptedServer) -> Iterator[ScriptedServer]:
    """Let it listen, and tell it where."""
    handler = type("Handler", (_Handler,), {"server_of": mine})
    with _Server(handler) as server:
        mine.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield mine
        finally:
            server.hang_up()
            server.shutdown()
            thread.join()
