"""One run of the app as a process of its own, whose screen goes to whichever page is there."""

import asyncio
import contextlib
import json
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager


class AppRun(AppService):
    """Outlives the page that shows it.

    Textual's own runs the app through a shell and keeps what it complains of to itself; here it is
    started directly, and what it says before and after goes to the terminal of whoever serves it.
    Ctrl-C there reaches the app as well, and ends it as a key would.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[None]],
        download_manager: DownloadManager,
    ) -> None:
        """Prepare to run the app.

        Args:
            command: The program and its arguments.
            write_bytes: Writes to the page's terminal.
            write_str: Writes anything else to the page.
            close: Tells the page that the app has ended.
            download_manager: Hands files to the page.
        """
        super().__init__(
            " ".join(command),
            write_bytes=write_bytes,
            write_str=write_str,
            close=close,
            download_manager=download_manager,
        )
        self._arguments = tuple(command)
        self._left = False

    @property
    def is_left(self) -> bool:
        """Whether its screen is closed; what it heard may still be worked off."""
        return self._left or self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the app has ended, and what it heard is worked off."""
        return self._task is None or self._task.done()

    async def repaint(self) -> None:
        """Let the app draw everything, for a page that is new."""
        await self.send_meta({"type": "repaint"})

    async def wait(self) -> None:
        """Until the app has ended."""
        if self._task is not None:
            await asyncio.wait([self._task])

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment: dict[str, str] = super()._build_environment(width, height)
        environment["TEXTUAL_DRIVER"] = "copilot.browser.driver:PageDriver"
        return environment

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        process = await asyncio.create_subprocess_exec(
            *self._arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
        )
        self._process, self._stdin = process, process.stdin
        return process

    async def on_meta(self, data: bytes) -> None:
        """Take in what the app tells beside its screen, such as that it is closed now."""
        self._left = self._left or json.loads(data)["type"] == "exit"
        await super().on_meta(data)

    async def run(self) -> None:
        """Carry what the app writes to the page, until it has ended."""
        process = self._process
        if process is None or process.stdout is None:
            raise AssertionError("the app runs once it was started")
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionResetError):
            await self._carry(process.stdout)
        await process.wait()
        self._left = True
        await self.remote_close()

    async def _carry(self, stdout: asyncio.StreamReader) -> None:
        await stdout.readuntil(b"__GANGLION__\n")
        takers = {b"D": self.on_data, b"M": self.on_meta, b"P": self.on_packed}
        while True:
            kind = await stdout.readexactly(1)
            size = int.from_bytes(await stdout.readexactly(4), "big")
            payload = await stdout.readexactly(size)
            take = takers.get(kind)
            if take is not None:
                await take(payload)
