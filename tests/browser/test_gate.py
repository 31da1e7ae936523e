"""Nobody is let in but the page that was opened with the printed address."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from copilot.browser.gate import headers
from copilot.browser.server import HOST, AppServer, listening
from copilot.errors import UsageError

TOKEN = "the-secret-of-this-test"


@dataclass
class Served:
    """A server whose app is never started, and someone who asks it."""

    server: AppServer
    client: aiohttp.ClientSession
    address: str

    async def status(self, path: str, **headers: str) -> int:
        async with self.client.get(f"http://{self.address}{path}", headers=headers) as answer:
            await answer.read()
            return answer.status

    async def opens(self, path: str, **headers: str) -> bool:
        """Whether a socket is opened there, to drive the app by."""
        try:
            async with self.client.ws_connect(f"ws://{self.address}{path}", headers=headers):
                return True
        except aiohttp.WSServerHandshakeError:
            return False


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    told: list[str] = []
    with listening(0) as listener:
        port = listener.getsockname()[1]
        # What is not let in starts nothing; what is, runs a program that ends at once.
        server = AppServer(["true"], port, TOKEN, grace_s=0.0, tell=told.append)
        runner = web.AppRunner(await server._make_app())
        await runner.setup()
        await web.SockSite(runner, listener).start()
        async with aiohttp.ClientSession() as client:
            yield Served(server, client, f"{HOST}:{port}")
        await runner.cleanup()


async def test_the_printed_address_shows_the_page(served: Served) -> None:
    assert served.server.url == f"http://{served.address}/{TOKEN}/"
    async with served.client.get(served.server.url) as answer:
        page = await answer.text()
        assert answer.status == 200
        for name, value in headers(served.address).items():
            assert answer.headers[name] == value
    assert f"ws://{served.address}/{TOKEN}/ws" in page
    assert "https://" not in page
    assert await served.status(f"/{TOKEN}/static/js/textual.js") == 200
    assert await served.status(f"/{TOKEN}/page/page.css") == 200


@pytest.mark.parametrize(
    "path", ["/", "/ws", "/static/js/textual.js", "/the-secret", f"/{TOKEN}x/"]
)
async def test_without_the_secret_there_is_nothing(served: Served, path: str) -> None:
    assert await served.status(path) == 403
    assert not await served.opens(path, Origin=f"http://{served.address}")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "localhost:{port}"])
async def test_a_name_that_leads_here_is_refused(served: Served, host: str) -> None:
    named = host.format(port=served.address.split(":")[1])

    assert await served.status(f"/{TOKEN}/", Host=named) == 403
    own = f"http://{served.address}"
    assert not await served.opens(f"/{TOKEN}/ws", Host=named, Origin=own)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", ""])
async def test_another_origin_is_refused(served: Served, origin: str) -> None:
    assert await served.status(f"/{TOKEN}/", Origin=origin) == 403
    assert not await served.opens(f"/{TOKEN}/ws", Origin=origin)


async def test_a_socket_has_to_say_where_it_comes_from(served: Served) -> None:
    assert not await served.opens(f"/{TOKEN}/ws")
    assert await served.opens(f"/{TOKEN}/ws", Origin=f"http://{served.address}")


def test_only_this_machine_can_connect() -> None:
    with listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        port = listener.getsockname()[1]
        with socket.socket() as other, pytest.raises(ConnectionRefusedError):
            other.connect(("127.0.0.2", port))  # a name of this machine as well, but not that one


def test_a_port_in_use_is_said_with_what_to_do() -> None:
    with listening(0) as taken, pytest.raises(UsageError) as refused:
        listening(taken.getsockname()[1])

    assert refused.value.title == "Cannot serve"
    assert "another program uses it" in refused.value.message
    assert "--port" in refused.value.remedy
