"""Two runs: what it comes to at the top, what got worse first, each case with A beside B."""

import pytest

from copilot.tui.lab.case_screen import CaseScreen
from copilot.tui.lab.comparison_screen import ComparisonScreen
from copilot.tui.lab.runs_screen import RunsScreen
from tests.lab.builders import a_run, an_output, holds, stored
from tests.tui.lab.bakery import SIZES, after, at, before, in_the_lab, rows
from tests.tui.recorded import shown, until_it_holds, until_shown, words


@pytest.mark.parametrize("size", SIZES)
async def test_the_verdict_stands_on_top_and_what_broke_comes_first(size: tuple[int, int]) -> None:
    older, newer = before(), after()
    async with in_the_lab(newer, older, size=size) as (app, _pilot):
        assert "No difference that is more than noise." in shown(app).splitlines()[0]
        text = words(app)
        assert "pass rate:" in text
        assert "▼ 1 broken ▲ 1 fixed" in text
        assert rows(app) == ("oven", "rota", "waste")
        assert "Shown: differences, 3 of 4" in text
        assert "▸ ▼ oven" in text


async def test_filters_and_variants() -> None:
    older, newer = before(), after()
    async with in_the_lab(newer, older) as (app, pilot):
        await pilot.press("f")
        await pilot.pause()
        assert rows(app) == ("oven",)
        await pilot.press("f")
        await pilot.pause()
        assert rows(app) == ("rota",)
        await pilot.press("F", "F", "v")
        await until_shown(pilot, "short · smollm2")
        assert rows(app) == ("rota",)


async def test_a_case_has_a_beside_b_and_can_be_walked_on() -> None:
    older, newer = before(), after()
    async with in_the_lab(newer, older, size=(160, 50)) as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "Given")
        assert isinstance(app.screen, CaseScreen)
        text = words(app)
        assert "A: long · smollm2" in text
        assert "B: long · smollm2" in text
        assert "▼ broken" in text
        await pilot.press("d")
        await until_shown(pilot, "rota 2 of 3")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ComparisonScreen))
        assert at(app) == "rota"


async def test_runs_of_different_tasks_are_not_compared_and_it_says_why() -> None:
    older = before()
    other = stored(a_run([an_output("oven", {"say": "x"}, checks=[holds()])], task="match"))
    async with in_the_lab() as (app, pilot):
        app.push_screen(ComparisonScreen(older, other))
        await until_shown(pilot, "Compare runs of the same task.")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunsScreen))


async def test_two_variants_of_one_run_are_compared() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "long · smollm2 → short · smollm2")
        assert rows(app) == ("yeast", "waste")
        assert "▸ ▲ yeast" in words(app)


async def test_of_more_than_two_variants_one_chooses() -> None:
    results = [
        an_output("oven", {"say": name}, variant=name, checks=[holds()]) for name in ("a", "b", "c")
    ]
    path = stored(a_run(results))
    async with in_the_lab(path) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "Compare which variant …")
        await pilot.press("down", "enter")
        await until_shown(pilot, "… with which variant?")
        await pilot.press("down", "enter")
        await until_shown(pilot, "b → c")
        await pilot.press("escape")
        await pilot.pause()
        assert "Shown: all cases, 1 of 1" in words(app)
