"""A real Chromium without a window, driven by its own DevTools protocol."""

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp

#: Only what hangs ever takes this long.
PATIENCE_S = 60.0

# The page keeps its terminal to itself; this hands it out when the page makes it.
_EXPOSE = """
Object.defineProperty(Object.prototype, "fitAddon", {
  configurable: true,
  set(addon) {
    window.shown = this;
    Object.defineProperty(this, "fitAddon", {value: addon, writable: true, configurable: true});
  },
});
"""
_LINES = """
(() => {
  if (!window.shown) return "";
  const terminal = window.shown.terminal;
  const lines = Array.from({length: terminal.rows}, (_, y) => terminal.buffer.active.getLine(y));
  return lines.map((line) => (line ? line.translateToString(true) : "")).join("\\n");
})()
"""


class Page:
    """One page of the browser.

    Attributes:
        requested: The address of everything that it asked for.
        complaints: What it wrote to its console as an error, and what it could not load.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())
        self.requested: list[str] = []
        self.complaints: list[str] = []

    async def prepare(self) -> None:
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.ask(f"{domain}.enable")
        await self.ask("Page.addScriptToEvaluateOnNewDocument", source=_EXPOSE)

    async def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, PATIENCE_S)

    async def go_to(self, url: str) -> None:
        await self.ask("Page.navigate", url=url)

    async def evaluate(self, expression: str) -> Any:
        answer = await self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def terminal(self) -> str:
        """What the terminal in the page shows."""
        return str(await self.evaluate(_LINES))

    async def press(self, key: str) -> None:
        await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def picture(self, path: Path) -> None:
        answer = await self.ask("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(answer["data"]))

    async def until_shown(self, text: str) -> str:
        """The terminal as soon as it shows ``text``."""
        return await self.until(lambda shown: text in shown, text)

    async def until(self, holds: Callable[[str], bool], what: str) -> str:
        """The terminal as soon as ``holds`` of it."""
        shown = ""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    shown = await self.terminal()
                    if holds(shown):
                        return shown
                    await self._next_frame()
        raise AssertionError(f"{what!r} never came; complaints: {self.complaints}; shown:\n{shown}")

    async def reload(self) -> None:
        """Load the page anew, and wait until the one before is gone."""
        await self.evaluate("window.before = true")
        await self.ask("Page.reload")
        async with asyncio.timeout(PATIENCE_S):
            while True:
                # Between two pages there is none that could answer.
                with contextlib.suppress(AssertionError):
                    if not await self.evaluate("window.before === true"):
                        return

    async def until_closed(self) -> None:
        """Until the page says that the app is not shown in it any more."""
        async with asyncio.timeout(PATIENCE_S):
            while not await self.evaluate("document.body.classList.contains('-closed')"):
                await self._next_frame()

    async def _next_frame(self) -> None:
        await self.evaluate("new Promise((done) => setTimeout(done, 50))")

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                answer = self._answers.pop(told["id"])
                if "error" in told:
                    answer.set_exception(AssertionError(told["error"]))
                else:
                    answer.set_result(told["result"])
            else:
                self._note(told["method"], told["params"])

    def _note(self, method: str, values: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.requested.append(values["request"]["url"])
            case "Network.webSocketCreated":
                self.requested.append(values["url"])
            case "Network.loadingFailed":
                self.complaints.append(values["errorText"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(values["exceptionDetails"]))
            case "Log.entryAdded" if values["entry"]["level"] == "error":
                self.complaints.append(values["entry"]["text"])
            case "Page.javascriptDialogOpening":  # "leave this page?"
                task = self.ask("Page.handleJavaScriptDialog", accept=True)
                self._dialog = asyncio.create_task(task)
            case _:
                pass

    async def close(self) -> None:
        self._reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading
        await self._socket.close()


class Chromium:
    """The browser; pages are opened and closed one by one."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._at = f"http://127.0.0.1:{port}/json"
        self._pages: dict[Page, str] = {}

    async def open(self, url: str = "about:blank") -> Page:
        """A new page that shows ``url``."""
        async with self._session.put(f"{self._at}/new?about:blank") as answer:
            target = await answer.json(content_type=None)
        page = Page(await self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0))
        self._pages[page] = target["id"]
        await page.prepare()
        await page.go_to(url)
        return page

    async def close(self, page: Page) -> None:
        """Close a page as its cross does, without asking."""
        await page.close()
        async with self._session.get(f"{self._at}/close/{self._pages.pop(page)}") as answer:
            await answer.read()

    async def close_all(self) -> None:
        for page in list(self._pages):
            await self.close(page)


@contextlib.asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """The browser, its files in ``folder``."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "Chromium is needed: apt-get install chromium"
    process = subprocess.Popen(
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",  # small in containers
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--window-size=1000,640",
            "--remote-debugging-port=0",
            f"--user-data-dir={folder}",
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        port = await _port_of(folder / "DevToolsActivePort", process)
        async with aiohttp.ClientSession() as session:
            browser = Chromium(session, port)
            try:
                yield browser
            finally:
                await browser.close_all()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _port_of(path: Path, process: "subprocess.Popen[bytes]") -> int:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            assert process.poll() is None, "Chromium does not start"
            lines = path.read_text().splitlines() if path.exists() else []
            if len(lines) == 2:
                return int(lines[0])
            await asyncio.sleep(0.05)
