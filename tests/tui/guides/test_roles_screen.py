"""The list of guides, the file screen for broken ones, and the ways that lead there."""

from functools import partial

import pytest

from copilot.knowledge.loading import knowledge_folders, read_guide
from copilot.tui.guides.app import GuidesApp
from copilot.tui.guides.file_screen import FileScreen
from copilot.tui.guides.guide_screen import GuideScreen
from copilot.tui.guides.roles_screen import RolesScreen
from copilot.tui.lists.table import Table
from copilot.tui.start.app import StartApp
from tests.cli.command import run
from tests.tui.guides.kitchen import COOK, SIZES, own_guide, type_in
from tests.tui.recorded import toasts, until_it_holds, until_shown, words


@pytest.mark.parametrize("size", SIZES)
async def test_it_lists_whose_guides_there_are_and_how_they_stand(size: tuple[int, int]) -> None:
    own_guide()
    app = GuidesApp()
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "Operations Manager")
        text = words(app)
        assert "Head cook" in text
        assert "2 questions en fr yours" in text
        assert "6 questions en fr ships" in text
        app.screen.query_one(Table).point_at("cook")
        await until_shown(pilot, "1 of 2 points have something to be heard by")


async def test_ones_own_copy_says_that_it_stands_before_the_one_that_ships() -> None:
    own, shipped = knowledge_folders()
    own.mkdir(parents=True)
    text = (shipped / "operations-manager.yaml").read_text(encoding="utf-8")
    (own / "operations-manager.yaml").write_text(text, encoding="utf-8")
    app = GuidesApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Operations Manager")
        app.screen.query_one(Table).point_at("operations-manager")
        await until_shown(pilot, "it is used instead of the one that ships")


async def test_a_broken_guide_is_listed_with_its_first_error_and_opened_there() -> None:
    path = own_guide()
    path.write_text(COOK.replace("    kind: situational", "    kind: song"), encoding="utf-8")
    app = GuidesApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "questions[1].kind")
        app.screen.query_one(Table).point_at("cook")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, FileScreen))
        await until_shown(pilot, "✕ line 45")
        assert "kind: song" in words(app)

        await pilot.press("ctrl+s")
        await until_shown(pilot, "Something is wrong still")
        await pilot.press("escape", "end", *["backspace"] * 4)
        await type_in(pilot, "situational")
        await pilot.press("ctrl+s")
        assert "Saved" in toasts(app)
        await pilot.press("escape")
        await until_shown(pilot, "2 questions")

    assert path.read_text(encoding="utf-8") == COOK


async def test_a_file_that_is_no_yaml_can_be_mended_too() -> None:
    path = own_guide()
    path.write_text(COOK.replace("title: Head cook", "title: [Head cook"), encoding="utf-8")
    app = GuidesApp("cook")
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "cook.yaml:5")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RolesScreen))
        await until_shown(pilot, "✕")
        app.screen.query_one(Table).point_at("cook")
        await pilot.press("enter")
        await until_shown(pilot, "title: [Head cook")


async def test_what_somebody_else_wrote_into_the_file_is_not_overwritten_unasked() -> None:
    path = own_guide()
    app = GuidesApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Head cook")
        app.screen.query_one(Table).point_at("cook")
        await pilot.press("f")
        await until_shown(pilot, "id: cook")
        await type_in(pilot, "# mine\n")
        path.write_text(COOK + "# theirs\n", encoding="utf-8")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "changed by somebody else")
        assert path.read_text(encoding="utf-8") == COOK + "# theirs\n"
        await pilot.press("w")
        await until_it_holds(pilot, lambda: "# mine" in path.read_text(encoding="utf-8"))


async def test_the_start_screen_leads_to_the_guides_and_back() -> None:
    app = StartApp(partial(pytest.fail, "no demo is wanted"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Guides")
        await pilot.press("g")
        await until_it_holds(pilot, lambda: isinstance(app.screen, RolesScreen))
        await until_shown(pilot, "Operations Manager")
        app.screen.query_one(Table).point_at("operations-manager")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, GuideScreen))
        await until_shown(pilot, "Title: Operations Manager")
        await pilot.press("escape", "escape")
        await until_it_holds(pilot, lambda: app.screen is app.start)


def test_a_mistyped_role_is_said_before_the_screen_is_taken() -> None:
    done = run("knowledge", "edit", "operations-manger")

    assert done.code == 2
    assert "Did you mean 'operations-manager'?" in done.message


def test_the_guide_of_these_tests_is_sound() -> None:
    assert read_guide(own_guide()).title == "Head cook"
