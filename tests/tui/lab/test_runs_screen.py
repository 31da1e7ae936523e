"""The list of runs: read off the screen's thread, one opened, two compared."""

import json
from pathlib import Path
from typing import NoReturn

import pytest

from copilot.lab.folders import runs_folder
from copilot.tui.lab.app import LabApp
from copilot.tui.lab.comparison_screen import ComparisonScreen
from copilot.tui.lab.run_screen import RunScreen
from copilot.tui.lab.runs_screen import RunsScreen
from copilot.tui.start.app import StartApp
from tests.tui.lab.bakery import SIZES, after, at, before, in_the_lab, rows
from tests.tui.recorded import toasts, until_it_holds, until_shown, words


@pytest.mark.parametrize("size", SIZES)
async def test_it_lists_the_newest_first_with_what_passed(size: tuple[int, int]) -> None:
    older, newer = before(), after()
    async with in_the_lab(size=size) as (app, _pilot):
        assert rows(app) == (newer.name, older.name)
        text = words(app)
        assert "2026-03-05 09:30 bakery" in text
        assert "6/8" in text
        assert "4/8" in text
        assert "over time: 50% → 75%" in text
        assert "1 with errors" not in text, "that is said of the one with the cursor"


async def test_where_nothing_was_run_it_says_how_to() -> None:
    app = LabApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "interview-copilot lab run SUITE")


async def test_a_damaged_run_is_told_of_and_hides_no_other() -> None:
    newer = after()
    damaged = runs_folder() / "20200101-000000-aaaaaaaa"
    damaged.mkdir()
    (damaged / "run.json").write_text("{", encoding="utf-8")
    async with in_the_lab() as (app, _pilot):
        assert rows(app) == (newer.name,)
        assert "is damaged" in toasts(app)


async def test_a_run_that_cannot_be_read_says_why_and_leads_back() -> None:
    newer = after()
    results = newer / "results.jsonl"
    results.chmod(0o600)
    results.write_bytes(results.read_bytes()[:-1] + b" \n")
    async with in_the_lab() as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "its hash is another")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunsScreen))


async def test_enter_opens_a_run_and_escape_leads_back_to_the_same_row() -> None:
    older, _newer = before(), after()
    async with in_the_lab() as (app, pilot):
        await pilot.press("down", "enter")
        await until_shown(pilot, "Shown: all cases, 4 of 4")
        assert isinstance(app.screen, RunScreen)
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunsScreen))
        assert at(app) == older.name


async def test_a_and_then_b_compares_them() -> None:
    before(), after()
    async with in_the_lab() as (app, pilot):
        await pilot.press("down", "a")
        await until_shown(pilot, "A is bakery, 2026-03-04 09:30")
        await pilot.press("b")
        await pilot.pause()
        assert "This is A itself" in toasts(app)
        await pilot.press("up", "b")
        await until_shown(pilot, "broken")
        assert isinstance(app.screen, ComparisonScreen)


async def test_without_a_the_run_before_it_of_its_suite_is_a() -> None:
    before(), after()
    async with in_the_lab() as (app, pilot):
        await pilot.press("b")
        await until_shown(pilot, "A bakery 2026-03-04 09:30")
        await pilot.press("escape", "down", "b")
        await pilot.pause()
        assert "no run before it" in toasts(app)


async def test_what_was_run_meanwhile_is_there_when_one_comes_back() -> None:
    before()
    async with in_the_lab() as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "Shown: all cases")
        newer = after()
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: rows(app)[:1] == (newer.name,))


async def test_the_start_screen_leads_there_once_something_was_run() -> None:
    app = StartApp(_no_demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert not isinstance(app.screen, RunsScreen)
    before()
    app = StartApp(_no_demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await until_shown(pilot, "2026-03-04 09:30 bakery")
        await pilot.press("escape")
        await until_shown(pilot, "New interview")


def _no_demo(speed: float) -> NoReturn:
    raise AssertionError(f"no demo was asked for, at {speed}")


async def test_a_run_that_was_stopped_says_so() -> None:
    path: Path = before()
    record = path / "run.json"
    record.chmod(0o600)
    said = json.loads(record.read_bytes())
    record.write_text(
        json.dumps({**said, "done_at": "", "stopped": "The budget was used up.", "items": 12}),
        encoding="utf-8",
    )
    async with in_the_lab() as (app, pilot):
        assert "stopped" in words(app)
        assert "The budget was used up." in words(app)
        await pilot.press("enter")
        await until_shown(pilot, "not finished: 8 of 12")
