"""The served app in a real Chromium: it paints, takes keys, and outlives its page."""

import asyncio
import os
import re
import signal
from pathlib import Path

import pytest

from copilot.events import SessionEnded
from tests.browser.chromium import PATIENCE_S, Chromium, chromium
from tests.browser.serving import Serve, journals, serve
from tests.cli.command import command_line
from tests.terminal_window import hosted, is_over

__all__ = ["serve"]

DEMO = ("demo", "--speed", "2", "--model", "tiny.en")


@pytest.fixture
async def browser(tmp_path: Path):
    async with chromium(tmp_path / "browser") as started:
        yield started


def ended(data: Path) -> str:
    """Why the one session ended."""
    [events] = journals(data)
    assert isinstance(events[-1], SessionEnded)
    return events[-1].reason


def seconds_in(shown: str) -> int:
    """The session time in the trust bar."""
    found = re.search(r"(\d+):(\d\d)/4:06", shown)
    assert found is not None, shown
    return int(found[1]) * 60 + int(found[2])


async def test_the_app_paints_takes_keys_and_outlives_a_reload(
    browser: Chromium, serve: Serve, tmp_path: Path
) -> None:
    serving = serve(*DEMO)
    page = await browser.open(serving.url)
    shown = await page.until(lambda text: bool(re.search("stored .*text stays here", text)), "bar")
    before = seconds_in(shown)

    await page.until_shown("Good morning")

    await page.press("?")
    await page.until_shown("You will ask the suggestion")
    await page.press("q")
    await page.until(lambda text: "You will ask the suggestion" not in text, "help closed")

    # The same session, drawn whole, for a page that comes back.
    await page.reload()
    shown = await page.until(
        lambda text: bool(re.search("stored .*text stays here", text)) and "Keys" in text, "bar"
    )
    assert seconds_in(shown) >= before
    assert "Good morning" in shown
    assert await page.evaluate("window.shown.terminal.modes.mouseTrackingMode") == "any"

    # A second page takes it over, and the first one says so.
    second = await browser.open(serving.url)
    await second.until_shown("text stays here")
    await page.until_closed()

    await second.press("q")
    await second.until_shown("End this session")
    await second.press("y")
    await second.until_closed()
    heard = await asyncio.to_thread(serving.told_until, "Stored as ")
    assert "The page was closed" not in heard
    assert ended(tmp_path / "data") == "user"

    at = serving.url.removeprefix("http")
    requested = page.requested + second.requested
    assert len(requested) > 5
    elsewhere = [url for url in requested if not url.startswith((f"http{at}", f"ws{at}", "data:"))]
    assert elsewhere == []
    assert page.complaints + second.complaints == []
    assert "The page was closed" not in await asyncio.to_thread(serving.end)


async def test_a_page_that_nobody_comes_back_to_ends_the_interview_whole(
    browser: Chromium, serve: Serve, tmp_path: Path
) -> None:
    serving = serve("--grace", "0.2", *DEMO)
    page = await browser.open(serving.url)
    await page.until_shown("stored")
    await browser.close(page)

    assert "goes on for" in await asyncio.to_thread(serving.told, "The page was closed.")
    await asyncio.to_thread(serving.told, "Nobody came back")
    await asyncio.to_thread(serving.told, "Stored as ")
    assert ended(tmp_path / "data") == "user"


async def test_ctrl_c_where_it_is_served_ends_the_interview_whole(
    browser: Chromium, serve: Serve, tmp_path: Path
) -> None:
    serving = serve(*DEMO)
    page = await browser.open(serving.url)
    await page.until_shown("stored")

    assert "Stored as " in await asyncio.to_thread(serving.end)
    assert ended(tmp_path / "data") == "user"
    await page.until_closed()


async def test_when_the_server_is_killed_the_interview_ends_whole(
    browser: Chromium, serve: Serve, tmp_path: Path
) -> None:
    serving = serve(*DEMO)
    page = await browser.open(serving.url)
    await page.until_shown("stored")
    os.kill(serving.process.pid, signal.SIGKILL)

    # The app still holds the pipe of the terminal it was started from.
    await asyncio.to_thread(serving.told, "Stored as ")
    assert ended(tmp_path / "data") == "user"


async def test_when_its_terminal_goes_the_interview_ends_whole(
    browser: Chromium, tmp_path: Path
) -> None:
    printed = tmp_path / "printed"
    with hosted(command_line("serve", "--port", 0, *DEMO), printed) as close_window:
        async with asyncio.timeout(PATIENCE_S):
            while not (printed.exists() and printed.read_text().endswith("\n")):
                await asyncio.sleep(0.05)
        page = await browser.open(printed.read_text().strip())
        await page.until_shown("stored")
        close_window()
        async with asyncio.timeout(PATIENCE_S):
            while not is_over(tmp_path / "data"):
                await asyncio.sleep(0.05)
    assert ended(tmp_path / "data") == "user"


async def test_another_page_of_the_browser_can_neither_read_nor_drive_it(
    browser: Chromium, serve: Serve, tmp_path: Path
) -> None:
    serving = serve(*DEMO)
    foreign = await browser.open("data:text/html,<title>elsewhere</title>")
    socket = serving.url.replace("http:", "ws:") + "ws"
    opened = await foreign.evaluate(
        f"""new Promise((told) => {{
          const socket = new WebSocket({socket!r});
          socket.onopen = () => told("opened");
          socket.onerror = () => told("refused");
        }})"""
    )
    read = await foreign.evaluate(
        f"fetch({serving.url!r}).then((answer) => answer.text(), () => 'refused')"
    )

    assert (opened, read) == ("refused", "refused")
    assert journals(tmp_path / "data") == []
