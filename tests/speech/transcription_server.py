"""A small real transcription server on loopback, which can also be told to misbehave."""

import io
import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import soundfile
from faster_whisper import WhisperModel

from copilot.speech.models import speech_model, verified_folder

#: Only a test that hangs ever waits this long.
PATIENCE_S = 60.0


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes:
        path: Where to.
        headers: As they came, names in small letters.
        fields: The form's texts by name; lists where there were several.
        sound: Samples of the sound that came along.
        rate_hz: Their rate.
    """

    path: str
    headers: dict[str, str]
    fields: dict[str, list[str]]
    sound: Any
    rate_hz: int


@dataclass
class TranscriptionServer:
    """What the server does.

    Attributes:
        model: Transcribes; without one, only what is in ``answers`` can be had.
        answers: For the next requests: a status, a body, or ``hang``, ``stall``, ``break off``,
            ``endless``, ``endless error``, ``close`` or ``elsewhere``; afterwards it transcribes.
        always: The same for every request.
        words: Whether it times words.
        forms: The response formats it knows.
        key: What it wants as a key; None lets everybody in.
        released: Lets go what hangs.
        asked: The requests so far.
        url: Where it listens.
    """

    model: WhisperModel | None = None
    answers: deque[int | str | bytes | dict[str, Any]] = field(default_factory=deque)
    always: int | str | bytes | dict[str, Any] | None = None
    words: bool = True
    forms: tuple[str, ...] = ("json", "verbose_json")
    key: str | None = None
    released: threading.Event = field(default_factory=threading.Event)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def transcription(self, asked: Asked) -> dict[str, Any]:
        """What OpenAI's interface answers for a sound."""
        assert self.model is not None
        segments, about = self.model.transcribe(
            asked.sound,
            language=asked.fields["language"][0],
            initial_prompt=asked.fields.get("prompt", [None])[0],
            beam_size=1,
            word_timestamps=True,
        )
        found = list(segments)
        text = "".join(segment.text for segment in found).strip()
        if asked.fields["response_format"] == ["json"]:
            return {"text": text}
        answer: dict[str, Any] = {
            "task": "transcribe",
            "language": about.language,
            "duration": about.duration,
            "text": text,
            "segments": [
                {
                    "id": segment.id,
                    "start": segment.start,
                    "end": segment.end,
                    "text": segment.text,
                    "avg_logprob": segment.avg_logprob,
                    "no_speech_prob": segment.no_speech_prob,
                }
                for segment in found
            ],
        }
        if self.words and "word" in asked.fields.get("timestamp_granularities[]", []):
            answer["words"] = [  # as OpenAI does: without punctuation and probabilities
                {"word": word.word.strip(" .,?!"), "start": word.start, "end": word.end}
                for segment in found
                for word in segment.words or ()
            ]
        return answer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: TranscriptionServer

    def do_POST(self) -> None:
        mine = self.server_of
        asked = self._read()
        mine.asked.append(asked)
        wanted = f"Bearer {mine.key}"
        if mine.key is not None and self.headers.get("Authorization") != wanted:
            # Such servers are known to repeat the key.
            self._send(401, {"error": f"wrong key: {self.headers.get('Authorization')}"})
        elif mine.answers:
            self._misbehave(mine.answers.popleft())
        elif mine.always is not None:
            self._misbehave(mine.always)
        elif asked.fields["response_format"][0] not in mine.forms:
            self._send(400, {"error": {"message": "response_format is not supported"}})
        else:
            self._send(200, mine.transcription(asked))

    def _read(self) -> Asked:
        length = int(self.headers.get("Content-Length", 0))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = BytesParser().parsebytes(head + self.rfile.read(length))
        fields: dict[str, list[str]] = {}
        sound, rate_hz = None, 0
        for part in message.walk():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            if not isinstance(content, bytes):
                continue  # the envelope
            if name == "file":
                sound, rate_hz = soundfile.read(io.BytesIO(content), dtype="float32")
            else:
                fields.setdefault(name, []).append(content.decode())
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Asked(self.path, headers, fields, sound, rate_hz)

    def _misbehave(self, how: int | str | bytes | dict[str, Any]) -> None:
        mine = self.server_of
        if isinstance(how, dict):
            self._send(200, how)
        elif isinstance(how, bytes):
            self._send_raw(200, how)
        elif isinstance(how, int):
            self._send(how, {"error": {"message": "no \x1b[31mway\x1b[0m", "code": how}})
        elif how == "hang":
            mine.released.wait(PATIENCE_S)
        elif how == "close":
            pass  # without a word, as one does whose patience with a kept connection is over
        elif how == "elsewhere":
            self.send_response(307)
            self.send_header("Location", f"{mine.url}/v1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_response(200 if how != "endless error" else 500)
            self.send_header("Content-Length", str(10**12))
            self.end_headers()
            self.wfile.write(b'{"text": "')
            if how.startswith("endless"):
                while not mine.released.is_set():
                    self.wfile.write(b"and so on " * 10_000)
            elif how == "stall":
                self.wfile.flush()
                mine.released.wait(PATIENCE_S)
        self.close_connection = True

    def _send(self, status: int, answer: dict[str, Any]) -> None:
        self._send_raw(status, json.dumps(answer).encode())

    def _send_raw(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no news."""


@contextmanager
def serving(mine: TranscriptionServer) -> Iterator[TranscriptionServer]:
    """Let it listen, and tell it where."""
    handler = type("Handler", (_Handler,), {"server_of": mine})
    with _Server(("127.0.0.1", 0), handler) as server:
        mine.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield mine
        finally:
            mine.released.set()
            server.shutdown()
            thread.join()


def tiny_model() -> WhisperModel:
    """Whisper tiny.en as such servers run it."""
    folder = verified_folder(speech_model("tiny.en"))
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=2)
