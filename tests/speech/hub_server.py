"""A model hub on loopback: redirects, ranges, ETags, the list of a commit, and broken connections.

It behaves as https://huggingface.co does towards a client that resolves a file: a large one is
redirected to a store that knows ranges, a small one is answered at once.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LARGE = 4096


def blob_id(data: bytes) -> str:
    """What Git calls the content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@dataclass
class HubServer:
    """What the hub holds, and how it misbehaves.

    Attributes:
        files: Content by path in the repository.
        cuts: For each coming answer with a large file, after how many bytes it breaks; None: not.
        statuses: What the coming requests are refused with, before anything is answered.
        hold_at: A large file stops here until ``released`` is set.
        ranges: Whether ranges are honoured.
        requests: What was asked for: path, range, and whether through this server as a proxy.
    """

    files: dict[str, bytes]
    repository: str = "maker/toy"
    revision: str = "f" * 40
    cuts: list[int | None] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    hold_at: int | None = None
    released: threading.Event = field(default_factory=threading.Event)
    ranges: bool = True
    declares: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, str | None, bool]] = field(default_factory=list)
    endpoint: str = ""

    def asked(self, start: str) -> list[str | None]:
        """The ranges of the requests whose path begins so."""
        return [wanted for path, wanted, _ in self.requests if path.startswith(start)]

    def tree(self) -> list[dict[str, object]]:
        """The commit's files as the hub declares them."""
        entries: list[dict[str, object]] = [{"type": "file", "path": "README.md", "oid": "0" * 40}]
        for path, data in self.files.items():
            entry: dict[str, object] = {"type": "file", "path": path, "size": len(data)}
            entry["oid"] = self.declares.get(path, blob_id(data))
            if len(data) >= LARGE:
                sha256 = self.declares.get(path, hashlib.sha256(data).hexdigest())
                entry["lfs"] = {"oid": sha256, "size": len(data), "pointerSize": 130}
            entries.append(entry)
        return entries


class _Handler(BaseHTTPRequestHandler):
    hub: HubServer

    def do_GET(self) -> None:
        through = self.path.startswith("http://")
        path = urlsplit(self.path).path
        self.hub.requests.append((path, self.headers.get("Range"), through))
        if self.hub.statuses:
            self._head(self.hub.statuses.pop(0), {"Content-Length": "0"})
            return
        resolve = f"/{self.hub.repository}/resolve/{self.hub.revision}/"
        tree = f"/api/models/{self.hub.repository}/tree/{self.hub.revision}"
        if path.startswith(tree):
            self._whole(json.dumps(self.hub.tree()).encode())
        elif path.startswith(resolve) and path.removeprefix(resolve) in self.hub.files:
            self._resolve(path.removeprefix(resolve))
        elif path.startswith("/store/"):
            self._piece(self.hub.files[path.removeprefix("/store/")])
        else:
            self._head(404, {"Content-Length": "0"})

    def _resolve(self, name: str) -> None:
        data = self.hub.files[name]
        if len(data) < LARGE:
            self._whole(data)
            return
        sha256 = hashlib.sha256(data).hexdigest()
        self._head(
            302,
            {
                "Location": f"{self.hub.endpoint}/store/{name}?signed=1",
                "X-Linked-Etag": f'"{sha256}"',
                "X-Linked-Size": str(len(data)),
                "Content-Length": "0",
            },
        )

    def _whole(self, data: bytes) -> None:
        self._head(200, {"Content-Length": str(len(data)), "ETag": f'"{blob_id(data)}"'})
        self.wfile.write(data)

    def _piece(self, data: bytes) -> None:
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if wanted and self.hub.ranges:
            length = {"Content-Length": str(len(data) - start)}
            where = {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
            self._head(206, length | where)
        else:
            start = 0
            self._head(200, {"Content-Length": str(len(data))})
        cut = self.hub.cuts.pop(0) if self.hub.cuts else None
        end = len(data) if cut is None else min(start + cut, len(data))
        if self.hub.hold_at is not None and start < self.hub.hold_at < end:
            self.wfile.write(data[start : self.hub.hold_at])
            self.wfile.flush()
            self.hub.released.wait()
            start = self.hub.hold_at
        self.wfile.write(data[start:end])
        self.wfile.flush()
        self.close_connection = True

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no news."""


@contextmanager
def running(hub: HubServer) -> Iterator[HubServer]:
    """Serve ``hub`` and tell it where."""
    handler = type("Handler", (_Handler,), {"hub": hub})
    with _Server(("127.0.0.1", 0), handler) as server:
        hub.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield hub
        finally:
            hub.released.set()
            server.shutdown()
            thread.join()
