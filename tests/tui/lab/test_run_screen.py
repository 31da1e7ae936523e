"""A run's cases: filtered, searched, walked; a case: compared word by word, and labelled."""

import pytest
from textual.content import Content
from textual.widgets import Static

from copilot.lab.labels import labels_path, read_labels
from copilot.tui.lab.case_screen import CaseScreen
from copilot.tui.lab.run_screen import RunScreen
from copilot.tui.lab.text_dialog import TextDialog
from copilot.tui.lists.table import Table
from tests.lab.builders import a_case, a_run, an_output, fails, holds, stored
from tests.tui.lab.bakery import SIZES, at, before, in_the_lab, rows
from tests.tui.recorded import shown, toasts, until_it_holds, until_shown, words


@pytest.mark.parametrize("size", SIZES)
async def test_each_case_has_a_sign_a_variant_and_says_what_failed(size: tuple[int, int]) -> None:
    async with in_the_lab(before(), size=size) as (app, pilot):
        lines = [" ".join(line.split()) for line in shown(app).splitlines()]
        assert any(line.startswith("▸ ✓ ✓ oven Who decided on the oven?") for line in lines)
        assert any(line.startswith("✕ ✓ yeast") for line in lines)
        assert any(line.startswith("! ✓ waste (silent)") for line in lines)
        await pilot.press("down")
        await pilot.pause()
        assert "open: it can be answered by yes" in words(app)
        await until_shown(pilot, "passed ·" if size[0] > 60 else "long · smollm2: 25 %")


async def test_filters_go_round_and_say_what_is_shown() -> None:
    async with in_the_lab(before()) as (app, pilot):
        seen = {}
        for _ in range(6):
            line = next(line for line in shown(app).splitlines() if "Shown:" in line)
            seen[line.split("Shown: ")[1].split(",")[0]] = rows(app)
            await pilot.press("f")
            await pilot.pause()
        assert seen["all cases"] == ("oven", "yeast", "rota", "waste")
        assert seen["failed"] == ("yeast", "rota", "waste")
        assert seen["variants differ"] == ("yeast", "waste")
        assert seen["with errors"] == ("waste",)
        assert seen["repeats differ"] == ()
        assert seen["not labelled"] == ("oven", "yeast", "rota", "waste")
        assert "Shown: all cases" in words(app)
        await pilot.press("F")
        await pilot.pause()
        assert "Shown: not labelled" in words(app)


async def test_search_looks_into_what_was_said_and_escape_ends_it() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("slash", *"how did you know", "enter")
        await pilot.pause()
        assert rows(app) == ("yeast",)
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 4
        assert isinstance(app.screen, RunScreen)


async def test_d_goes_from_difference_to_difference_and_round_the_end() -> None:
    async with in_the_lab(before()) as (app, pilot):
        places = []
        for _ in range(3):
            await pilot.press("d")
            await pilot.pause()
            places.append(at(app))
        assert places == ["yeast", "waste", "yeast"]


async def test_all_figures_can_be_read() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await until_shown(pilot, "25 %")
        await pilot.press("i")
        await until_shown(pilot, "Figures, with 95 % intervals")
        assert "passed 25 %" in words(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)


# -- a case -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_case_shows_given_expected_and_two_outputs(size: tuple[int, int]) -> None:
    async with in_the_lab(before(), size=size) as (app, pilot):
        await pilot.press("end", "enter")
        await until_shown(pilot, "Given")
        assert isinstance(app.screen, CaseScreen)
        assert "who decides" in words(app)
        assert "and [31mit took" in words(app)
        assert "\x1b" not in shown(app)
        left, right = app.screen.query_one("#left"), app.screen.query_one("#right")
        is_beside = left.region.y == right.region.y
        assert is_beside is (size[0] >= 100)
        assert "no answer within 20 s" in words(app)
        await pilot.press("end")
        await pilot.pause()
        assert "because: who decides is missing" in words(app)


async def test_what_one_output_has_not_is_marked_in_the_other() -> None:
    async with in_the_lab(before(), size=(160, 50)) as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "Given")
        content = app.screen.query_one("#left", Static).content
        assert isinstance(content, Content)
        marked = [
            content.plain[span.start : span.end]
            for span in content.spans
            if "strike" in str(span.style)
        ]
        assert "".join(marked).split() == ["on", "the", "oven"]


async def test_the_prompts_show_how_they_differ() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("enter", "s")
        await until_shown(pilot, "+ Ask one short question.")
        assert "- Ask one question." in words(app)
        assert isinstance(app.screen, TextDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)


async def test_a_label_is_kept_with_its_note_and_shows_in_the_list() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "Given")
        await pilot.press("m")
        await pilot.pause()
        assert "Say first whether it is good or bad" in toasts(app)
        await pilot.press("b", "left", "g")
        await until_it_holds(pilot, lambda: len(read_labels().by_key) == 2)
        await pilot.press("end")
        await until_shown(pilot, "+ good, says")
        await pilot.press("m", *"asks one thing", "enter")
        await until_shown(pilot, "asks one thing")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunScreen))
        await pilot.pause()
        assert "✓ ✓ +- oven" in words(app)
        await pilot.press("F")
        await pilot.pause()
        assert rows(app) == ("yeast", "rota", "waste")
    labels = sorted(each.verdict for each in read_labels().by_key.values())
    assert labels == ["bad", "good"]


async def test_a_label_is_taken_back() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("enter")
        await until_shown(pilot, "Given")
        await pilot.press("g", "u", "q")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunScreen))
        assert read_labels().by_key == {}
        assert len(labels_path().read_text(encoding="utf-8").splitlines()) == 2


async def test_what_failed_cannot_be_labelled() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("end", "enter")
        await until_shown(pilot, "Given")
        await pilot.press("left", "g")
        await pilot.pause()
        assert "no output to be labelled" in toasts(app)
    assert not labels_path().exists()


async def test_n_and_p_walk_through_the_cases_of_the_filter() -> None:
    async with in_the_lab(before()) as (app, pilot):
        await pilot.press("f", "enter")
        await until_shown(pilot, "1 of 3")
        await pilot.press("n", "n", "n")
        await until_shown(pilot, "waste 3 of 3")
        await pilot.press("p")
        await until_shown(pilot, "rota 2 of 3")
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RunScreen))
        assert at(app) == "rota"


async def test_repeats_can_be_stood_beside_each_other() -> None:
    results = [
        an_output(
            "oven",
            {"say": f"Why {repeat}?"},
            repeat=repeat,
            checks=[holds() if repeat else fails()],
        )
        for repeat in range(3)
    ]
    path = stored(a_run(results))
    async with in_the_lab(path, size=(160, 50)) as (app, pilot):
        assert "≈ oven" in words(app)
        await pilot.press("enter")
        await until_shown(pilot, "local #2")
        await pilot.press("v")
        await until_shown(pilot, "local #3")
        assert "Why 2?" in words(app)


async def test_of_thousands_of_cases_only_those_in_view_are_drawn() -> None:
    cases = [a_case(f"case-{number:04}") for number in range(2000)]
    results = [an_output(each.id, {"say": "Why?"}, checks=[holds()]) for each in cases]
    path = stored(a_run(results, cases=cases))
    async with in_the_lab(path) as (app, pilot):
        drawn: list[str] = []
        screen = app.screen
        assert isinstance(screen, RunScreen)
        real = screen.row

        def counted(key: str, width: int) -> Content:
            drawn.append(key)
            return real(key, width)

        screen.row = counted  # type: ignore[method-assign]
        await pilot.press("end")
        await pilot.pause()
        assert at(app) == "case-1999"
        assert len(set(drawn)) <= 2 * screen.query_one(Table).size.height
        assert "▸ ✓ case-1999" in words(app)
