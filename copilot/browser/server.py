"""Serves the app to a browser on this machine: Textual's server, behind a gate, on loopback."""

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server, to_int

from copilot.browser.gate import gate, headers
from copilot.browser.seat import Seat
from copilot.browser.terminal import give_up_terminal
from copilot.errors import UsageError
from copilot.i18n import _, spoken

#: Never another one: whoever reaches the page hears the interview.
HOST = "127.0.0.1"
#: For how long the app goes on without a page, in seconds.
GRACE_S = 120.0

_PAGE = Path(__file__).parent / "page"
_SIDES = (20, 500)  # columns or rows that are believed
_ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def listening(port: int) -> socket.socket:
    """A socket that listens on this machine alone.

    Args:
        port: Where to listen; 0 takes a free one.

    Raises:
        UsageError: The port is in use, or not for everyone.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((HOST, port))
        opened.listen()
    except OSError as error:
        opened.close()
        taken = error.errno == errno.EADDRINUSE
        reason = _("another program uses it") if taken else error.strerror
        raise UsageError(
            _("port {port}: {reason}.", port=port, reason=reason),
            _("Choose another one with --port; 0 takes one that is free."),
            title=_("Cannot serve"),
        ) from error
    return opened


class AppServer(Server):
    """One app for one page.

    Attributes:
        url: The address to open, the secret in it.
    """

    def __init__(
        self,
        command: Sequence[str],
        port: int,
        token: str,
        *,
        grace_s: float = GRACE_S,
        tell: Callable[[str], None],
    ) -> None:
        """Prepare to serve.

        Args:
            command: The program that is the app, and its arguments.
            port: Where it is served.
            token: The secret that the address contains.
            grace_s: For how long the app goes on without a page, in seconds.
            tell: Told in words what becomes of the app.
        """
        self._address = f"{HOST}:{port}"
        self._token = token
        super().__init__(
            " ".join(command),
            host=HOST,
            port=port,
            title="Interview Copilot",
            public_url=f"http://{self._address}",
            templates_path=_PAGE,
        )
        self.url = f"{self.public_url}/{token}/"
        self._seat = Seat(command, grace_s=grace_s, tell=tell, downloads=self.download_manager)

    async def serve_on(self, listener: socket.socket) -> None:
        """Serve until the program is told to end; then end the app and wait for that."""
        runner = web.AppRunner(await self._make_app(), access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            await _until_told_to_end()
            await self._seat.close()
        finally:
            await runner.cleanup()

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: the address was printed once, by whoever serves."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a page show the app and drive it, until it goes away."""
        page = web.WebSocketResponse(heartbeat=15)
        await page.prepare(request)
        width, height = (_side(request, name) for name in ("width", "height"))
        run = await self._seat.take(page, width, height)
        try:
            await self._process_messages(page, run)
        finally:
            await self._seat.leave(page)
        return page

    async def _make_app(self) -> web.Application:
        inner = await super()._make_app()
        aiohttp_jinja2.get_env(inner).globals["texts"] = {
            "language": spoken(),
            "gone": _(
                "The app is not shown here any more: it has ended, or another page shows it."
            ),
            "again": _("Open it here"),
        }
        inner.router.add_static("/page", _PAGE, name="page")
        outer = web.Application(middlewares=[gate(self._address, self._token)])
        outer.add_subapp(f"/{self._token}", inner)
        outer.on_response_prepare.append(self._add_headers)
        return outer

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG002
        response.headers.update(headers(self._address))


def _side(request: web.Request, name: str) -> int:
    least, most = _SIDES
    return min(max(to_int(request.query.get(name, ""), 80), least), most)


async def _until_told_to_end() -> None:
    """Until Ctrl-C; a second one is then nobody's but Python's."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hang_up() -> None:
        give_up_terminal(sys.__stdout__, sys.__stderr__)
        told.set()

    numbers = [getattr(signal, name) for name in _ENDING_SIGNALS if hasattr(signal, name)]
    try:
        for number in numbers:
            hangs_up = signal.Signals(number).name == "SIGHUP"
            loop.add_signal_handler(number, hang_up if hangs_up else told.set)
    except NotImplementedError:  # Windows: Ctrl-C is raised instead
        numbers = []
    await told.wait()
    for number in numbers:
        loop.remove_signal_handler(number)
