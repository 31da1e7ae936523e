"""The one place in front of the app: pages take it, leave it and come back to it."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from aiohttp import web
from textual_serve.download_manager import DownloadManager

from copilot.browser.app_run import AppRun
from copilot.i18n import _

#: A page that comes back sooner was reloaded, which is not worth a word, in seconds.
_RELOADING_S = 2.0


class Seat:
    """Keeps the app running while its page is reloaded, and ends it when nobody comes back.

    Sound is being recorded: a page that is closed by mistake must not lose it, and one that was
    closed on purpose must not leave a microphone open for good.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        grace_s: float,
        tell: Callable[[str], None],
        downloads: DownloadManager,
    ) -> None:
        """Prepare to run the app, once a page is there.

        Args:
            command: The program and its arguments.
            grace_s: For how long the app goes on without a page, in seconds.
            tell: Told in words what becomes of the app.
            downloads: Hands files to the page.
        """
        self._command = tuple(command)
        self._grace_s = grace_s
        self._tell = tell
        self._downloads = downloads
        self._run: AppRun | None = None
        self._page: web.WebSocketResponse | None = None
        self._ending: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    async def take(self, page: web.WebSocketResponse, width: int, height: int) -> AppRun:
        """Let ``page`` show the app instead of any other; starts it where it does not run."""
        async with self._changing:
            if self._ending is not None:
                self._ending.cancel()
                self._ending = None
            before, self._page = self._page, page
            if before is not None:
                await before.close()
            if self._run is not None and self._run.is_left:
                await self._run.wait()
            elif self._run is not None:
                await self._run.set_terminal_size(width, height)
                await self._run.repaint()
                return self._run
            self._run = run = AppRun(
                self._command,
                write_bytes=self._write_bytes,
                write_str=self._write_str,
                close=self._close_page,
                download_manager=self._downloads,
            )
            await run.start(width, height)
            return run

    async def leave(self, page: web.WebSocketResponse) -> None:
        """``page`` is gone; the app goes on for a while."""
        async with self._changing:
            if self._page is not page:
                return  # another one has taken its place
            self._page = None
            run = self._run
            if run is None or run.is_left:
                return
            await run.blur()
            self._ending = asyncio.create_task(self._end_soon(run))

    async def close(self) -> None:
        """End the app if it runs, and wait until what it heard is worked off."""
        run = self._run
        if run is None or run.is_over:
            return
        self._tell(_("Ending the app. Ctrl-C again does not wait for what was heard."))
        await _end(run)

    async def _end_soon(self, run: AppRun) -> None:
        reloading_s = min(_RELOADING_S, self._grace_s / 2)
        await asyncio.sleep(reloading_s)
        self._tell(
            _(
                "The page was closed. The app goes on for {seconds} s; open the page again to go "
                "on with it.",
                seconds=f"{self._grace_s - reloading_s:.0f}",
            )
        )
        await asyncio.sleep(self._grace_s - reloading_s)
        self._tell(_("Nobody came back to the page: the app ends, as if you had ended it."))
        await _end(run)

    async def _write_bytes(self, data: bytes) -> None:
        page = self._page
        if page is not None:
            with contextlib.suppress(ConnectionError):  # it goes away at this very moment
                await page.send_bytes(data)

    async def _write_str(self, data: str) -> None:
        page = self._page
        if page is not None:
            with contextlib.suppress(ConnectionError):
                await page.send_str(data)

    async def _close_page(self) -> None:
        page = self._page
        if page is not None:
            await page.close()


async def _end(run: AppRun) -> None:
    await run.send_meta({"type": "quit"})
    await run.wait()
