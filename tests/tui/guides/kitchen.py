"""A small guide of the user's own, with French texts, in the app that shows the guides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot

from copilot.knowledge.loading import knowledge_folders
from copilot.tui.guides.app import GuidesApp
from copilot.tui.guides.guide_screen import GuideScreen
from copilot.tui.lists.table import Table
from tests.tui.recorded import until_it_holds

SIZES = [(60, 40), (80, 24), (160, 50)]

COOK = """\
# The kitchen's guide.
id: cook
language: en
title: Head cook
summary: Runs the kitchen.
sources:
  - id: handbook
    title: The kitchen's handbook
    file: handbook.txt
competencies:
  - id: care
    label: Care
    description: Works with care.
    origin: project
questions:
  # Ask this one first.
  - id: waste
    label: Waste
    kind: behavioural
    text: What did you do about waste?
    phrasings:
      - How did you cut waste?
    competencies:
      - care
    origin: handbook.txt:3
    points:
      # weighed
      - id: trays
        label: Weighed the trays
        description: Waste was measured.
        weight: 3
        origin: handbook.txt:4
        says:
          - We weighed every tray.
          # counted, not weighed
          - {text: We counted what came back., origin: "interview:2026-11"}
        probes:
          - How did you know what was wasted?
      - id: menu
        label: Changed the menu
        description: The menu followed.
        origin: project
  - id: team
    label: Team
    kind: situational
    text: How would you plan a week?
    origin: project
red_flags:
  - id: blame
    label: Blames others
    description: Others are at fault.
    origin: project
"""
COOK_FR = """\
guide: cook
language: fr
title: Chef de cuisine
questions:
  waste:
    label: Gaspillage
    text: Qu'avez-vous fait contre le gaspillage ?
    points:
      trays:
        label: A pesé les plateaux
        says:
          - On a pesé chaque plateau.
      menu:
        label: A changé la carte
"""


def own_guide() -> Path:
    """Write the guide and its French texts into the user's folder; the guide's path."""
    folder = knowledge_folders()[0]
    folder.mkdir(parents=True)
    (folder / "cook.yaml").write_text(COOK, encoding="utf-8")
    (folder / "cook.fr.yaml").write_text(COOK_FR, encoding="utf-8")
    return folder / "cook.yaml"


@asynccontextmanager
async def editing(
    role: str = "cook", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[GuideScreen, Pilot[None]]]:
    """The app with the guide open, once it was read."""
    app = GuidesApp(role)
    async with app.run_test(size=size) as pilot:
        await until_it_holds(
            pilot,
            lambda: isinstance(app.screen_stack[-1], GuideScreen) or len(app.screen_stack) > 3,
        )
        screen = next(each for each in app.screen_stack if isinstance(each, GuideScreen))
        await until_it_holds(pilot, lambda: bool(screen.query_one(Table).keys))
        await pilot.pause()
        yield screen, pilot


async def go(screen: GuideScreen, pilot: Pilot[None], key: str) -> None:
    """Put the cursor on a part."""
    screen.show_place(key)
    await pilot.pause()
    assert screen.query_one(Table).current == key


async def write(pilot: Pilot[None], text: str, *, instead: bool = False) -> None:
    """Type a text as people do, and keep it."""
    if instead:
        await pilot.press("ctrl+a", "delete")
    await type_in(pilot, text)
    await pilot.press("enter")
    await pilot.pause()


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Put a text in where the cursor is, as a paste does: key by key it would take long."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()
