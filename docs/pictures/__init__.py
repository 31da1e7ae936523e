"""Draw a picture of every screen: `python -m docs.pictures`.

Each is the real app on the recorded events of the demo, in a terminal of a known size; nothing in
it depends on the machine or on the clock. A test draws them again and fails when one has drifted.
"""

import asyncio
import contextlib
import dataclasses
import html
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot

from copilot.engine.consent import consent_notice
from copilot.events import Channel, Event, SessionStarted, SuggestionOffered
from copilot.i18n import speak, spoken
from copilot.knowledge.loading import load_guide
from copilot.review.reviewing import Review
from copilot.tui.check.screen import CheckScreen
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.plan.screen import PlanScreen
from copilot.tui.settings.screen import SettingsScreen
from copilot.tui.start.choices import Choices, planned_by_guide
from copilot.tui.start.last_time import keep_last_time
from tests.tui.guides import kitchen
from tests.tui.lab import bakery
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import (
    RecordedApp,
    demo_events,
    until,
    until_shown,
)
from tests.tui.reviewing import reviewing, stored_demo
from tests.tui.starting import Starting, until_read
from tests.tui.test_check_screen import RUNNING, ToldCheck

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "screens.md"
STRIP, NORMAL, WIDE = (50, 24), (80, 24), (160, 50)
_ROLE, _TITLE = "director-it-operations", "Director of IT Operations"
_CONFIG = "/home/you/.config/interview-copilot"
_STARTED_AT = "2026-03-02T10:00:00+00:00"
#: Colours as people have them; some terminals in which this runs have fewer.
_TERMINAL = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LOGNAME": "interviewer",
    "TZ": "UTC",
}
_UNSET = ("NO_COLOR", "INTERVIEW_COPILOT_LANG", "TEXTUAL_THEME")

#: A stretch of one style: its column in pixels, its row, its text.
_TEXT = re.compile(r'<text [^>]*?x="([\d.]+)"[^>]*?-line-(\d+)\)"[^>]*>([^<]*)</text>')
_CELL_WIDTH = 12.2  # pixels of a column

Drawn = tuple[App[Any], Pilot[Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen at one size.

    Attributes:
        name: Of its file, without the ending.
        about: What it shows, in a sentence.
        size: Columns and rows.
        draw: Leads the app to where it is to be seen.
    """

    name: str
    about: str
    size: tuple[int, int]
    draw: Callable[[tuple[int, int]], "contextlib.AbstractAsyncContextManager[Drawn]"]


def _in_the_middle() -> list[Event]:
    """The demo until a suggestion stands open."""
    return until(demo_events(), SuggestionOffered, 2)


@contextlib.asynccontextmanager
async def _live(size: tuple[int, int], *keys: str) -> AsyncIterator[Drawn]:
    events = _in_the_middle()
    app = RecordedApp(events)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        levels = {Channel.INTERVIEWER: -60.0, Channel.CANDIDATE: -24.0}
        app.link.vitals(
            state="listening",
            now_s=events[-1].at_s,
            levels_dbfs=levels,
            speaking=frozenset({Channel.CANDIDATE}),
            lag_s=0.4,
        )
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        yield app, pilot


@contextlib.asynccontextmanager
async def _help(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    async with _live(size, "question_mark") as drawn:
        yield drawn


@contextlib.asynccontextmanager
async def _one(size: tuple[int, int], app: App[Any]) -> AsyncIterator[Drawn]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def _consent(size: tuple[int, int]) -> "contextlib.AbstractAsyncContextManager[Drawn]":
    return _one(size, OneScreen(ConsentScreen(_TITLE, "en", consent_notice("en"), "")))


@contextlib.asynccontextmanager
async def _check(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    check = ToldCheck([RUNNING])
    async with _one(size, OneScreen(CheckScreen(lambda: check))) as (app, pilot):
        try:
            await until_shown(pilot, "Say a few words")
            yield app, pilot
        finally:
            check.stop()


@contextlib.asynccontextmanager
async def _start(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    keep_last_time(Choices(_ROLE), None)
    stored_demo()
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await until_read(pilot, app)
        yield app, pilot


def _plan(size: tuple[int, int]) -> "contextlib.AbstractAsyncContextManager[Drawn]":
    guide = load_guide(_ROLE)
    return _one(size, OneScreen(PlanScreen(guide, planned_by_guide(guide, 45))))


@contextlib.asynccontextmanager
async def _settings(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    # Nothing is there and nothing is written: they are only shown.
    usual = {
        "INTERVIEW_COPILOT_DATA": "/home/you/.local/share/interview-copilot",
        "INTERVIEW_COPILOT_CONFIG": _CONFIG,
    }
    with patch.dict(os.environ, usual):
        async with _one(size, OneScreen(SettingsScreen())) as drawn:
            yield drawn


@contextlib.asynccontextmanager
async def _review(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    started, *rest = demo_events()
    if not isinstance(started, SessionStarted):
        raise TypeError(started)
    folder = stored_demo([dataclasses.replace(started, started_at=_STARTED_AT), *rest])
    with Review(folder) as review:
        review.rate("new-technology", 3)
        review.note("Ask how the owners decided.", 200)
        review.mark(120)
    async with reviewing(folder, size) as drawn:
        yield drawn


@contextlib.asynccontextmanager
async def _comparison(size: tuple[int, int], *keys: str) -> AsyncIterator[Drawn]:
    older, newer = bakery.before(), bakery.after()
    async with bakery.in_the_lab(newer, older, size=size) as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        yield app, pilot


@contextlib.asynccontextmanager
async def _case(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    async with _comparison(size, "enter") as (app, pilot):
        await until_shown(pilot, "Given")
        yield app, pilot


@contextlib.asynccontextmanager
async def _guide(size: tuple[int, int]) -> AsyncIterator[Drawn]:
    point = "questions/medication-incident/points/told-openly"
    # Nothing is saved: the folder is only named.
    own = {"INTERVIEW_COPILOT_CONFIG": _CONFIG}
    with patch.dict(os.environ, own):
        async with kitchen.editing("nurse-manager", size=size) as (screen, pilot):
            await kitchen.go(screen, pilot, f"{point}/says")
            await pilot.press("right", "down")
            await pilot.pause()
            yield pilot.app, pilot


PICTURES = (
    Picture("start", "The start screen of somebody who has been here before.", NORMAL, _start),
    Picture("plan", "The plan of an interview, edited in its place.", NORMAL, _plan),
    Picture("consent", "The notice, before anything is opened.", NORMAL, _consent),
    Picture("check", "The five seconds in which both sides are proven.", NORMAL, _check),
    Picture("live-50x24", "The live screen as a strip beside the call.", STRIP, _live),
    Picture("live-80x24", "The live screen.", NORMAL, _live),
    Picture("live-160x50", "The live screen with room.", WIDE, _live),
    Picture("help", "The keys of the live screen.", NORMAL, _help),
    Picture("review", "A stored interview, gone through again.", WIDE, _review),
    Picture("lab", "Two runs of the lab: what changed from one to the other.", NORMAL, _comparison),
    Picture("lab-case", "A case of the lab, with what came out in both runs.", WIDE, _case),
    Picture("guide", "A guide, changed in its place.", WIDE, _guide),
    Picture("settings", "The settings.", NORMAL, _settings),
)


@contextlib.contextmanager
def _nobodys_machine() -> Iterator[None]:
    """Folders that are empty and a terminal that is known, whatever the machine has."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    before = spoken()
    speak("en")
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "INTERVIEW_COPILOT_DATA": f"{folder}/data",
            "INTERVIEW_COPILOT_CONFIG": f"{folder}/config",
            "INTERVIEW_COPILOT_CACHE": f"{folder}/cache",
        }
        with patch.dict(os.environ, kept | _TERMINAL | own, clear=True):
            yield
    speak(before)


async def drawn(picture: Picture) -> str:
    """A picture as SVG, drawn anew."""
    with _nobodys_machine():
        async with picture.draw(picture.size) as (app, pilot):
            await pilot.pause()
            svg = app.export_screenshot(title="Interview Copilot")
    # Rich makes an id of all that the picture says, so that a word would change every line.
    return re.sub(r"terminal-\d+", f"terminal-{picture.name}", svg)


def cells(svg: str) -> list[str]:
    """What a picture says, row by row: all of it that does not depend on fonts and ids."""
    rows: dict[int, str] = {}
    for x, number, text in _TEXT.findall(svg):
        column = round(float(x) / _CELL_WIDTH)
        row = rows.get(int(number), "").ljust(column)
        rows[int(number)] = row + html.unescape(text).replace("\xa0", " ")
    return [rows.get(number, "").rstrip() for number in range(max(rows, default=0) + 1)]


def page() -> str:
    """The page that shows them all."""
    lines = [
        "# Screens",
        "",
        "Drawn by the app from the recorded events of the demo, by `python -m docs.pictures`; do",
        "not edit.",
        "",
    ]
    for picture in PICTURES:
        columns, rows = picture.size
        lines += [
            f"## {picture.about.removesuffix('.')}",
            "",
            f"![{picture.about}](pictures/{picture.name}.svg)",
            "",
            f"{columns} columns, {rows} rows.",
            "",
        ]
    return "\n".join(lines)


async def _draw_all(names: list[str]) -> None:
    for picture in PICTURES:
        if not names or picture.name in names:
            svg = await drawn(picture)
            (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Draw every picture, or those that are named."""
    asyncio.run(_draw_all(sys.argv[1:]))
    PAGE.write_text(page(), encoding="utf-8")
