"""A guide on the screen: walked, changed in place, saved whole, nothing lost on the way."""

from typing import Any

import pytest
import yaml

from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.open_guide import OpenGuide
from copilot.guides.editing.recovery import recovery_path
from copilot.knowledge.loading import knowledge_folders, load_guide, read_guide
from copilot.knowledge.sentence import origin_of
from copilot.tui.guides.ask_dialog import AskDialog
from copilot.tui.guides.guide_screen import GuideScreen
from copilot.tui.guides.roles_screen import RolesScreen
from copilot.tui.guides.text_dialog import TextDialog
from copilot.tui.lists.table import Table
from tests.tui.guides.kitchen import COOK, SIZES, editing, go, own_guide, type_in, write
from tests.tui.recorded import toasts, until_it_holds, until_shown, words

SAYS = "questions/waste/points/trays/says"


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_parts_with_where_they_come_from_and_stand(size: tuple[int, int]) -> None:
    own_guide()
    async with editing(size=size) as (screen, pilot):
        await go(screen, pilot, f"{SAYS}/1")

        text = words(pilot.app)
        assert "Head cook English" in text
        assert "2. We counted what came back." in text
        assert "from interview:2026-11" in text
        assert "cook.yaml, line 36" in text
        await go(screen, pilot, "questions/waste/points/trays/label")
        assert "French: A pesé les plateaux" in words(pilot.app)
        assert "from handbook.txt:4" in words(pilot.app)
        await go(screen, pilot, "questions/waste/points/menu")
        assert "▲ nothing to be heard by" in words(pilot.app)


async def test_keys_walk_open_and_close() -> None:
    own_guide()
    async with editing() as (screen, pilot):
        table = screen.query_one(Table)
        await pilot.press("down", "down", "down")
        assert table.current == "questions/waste"
        await pilot.press("right", "down")
        assert table.current == "questions/waste/label"
        await pilot.press("left")
        assert table.current == "questions/waste"
        await pilot.press("left")
        assert "questions/waste/label" not in table.keys
        await pilot.press("left")
        assert table.current == "questions"


async def test_a_text_is_changed_in_place_and_written_when_saved() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, f"{SAYS}/1")
        await pilot.press("enter")
        await write(pilot, "We counted plates.", instead=True)

        assert "● not saved" in words(pilot.app)
        assert path.read_text(encoding="utf-8") == COOK
        await pilot.press("ctrl+s")
        assert "● not saved" not in words(pilot.app)

    after = path.read_text(encoding="utf-8")
    assert after == COOK.replace("We counted what came back.", "We counted plates.")
    said = read_guide(path).questions[0].points[0].says[1]
    assert origin_of(said) == "interview:2026-11"


async def test_what_is_wrong_is_said_while_one_writes() -> None:
    own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions/waste/points/trays/probes/0")
        await pilot.press("enter", "ctrl+a", "delete")
        await type_in(pilot, "Did you weigh, and how did you note it")
        assert "▲ it is no question" in words(pilot.app)
        assert "▲ it can be answered by yes or no" in words(pilot.app)
        assert "▲ it asks two things" in words(pilot.app)
        await pilot.press("escape")
        assert "Esc once more" in words(pilot.app)
        await pilot.press("escape")
        assert not screen.is_changed

        await go(screen, pilot, "questions/waste/label")
        await pilot.press("enter")
        await type_in(pilot, " of everything in the kitchen")
        assert "▲ it is 4 characters too long" in words(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, TextDialog)
        await pilot.press("ctrl+a", "delete", "enter")
        assert "something has to stand here" in words(pilot.app)


async def test_texts_are_added_moved_and_taken_out_and_all_of_it_is_taken_back() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        table = screen.query_one(Table)
        await go(screen, pilot, f"{SAYS}/0")
        await pilot.press("a")
        await write(pilot, "We froze it.")
        assert table.current == f"{SAYS}/2"
        await pilot.press("shift+up", "shift+up")
        assert table.current == f"{SAYS}/0"
        await pilot.press("down", "d")
        assert "Taken out: Says 2" in toasts(pilot.app)
        said = screen.opened.guide("en").questions[0].points[0].says
        assert said == ("We froze it.", "We counted what came back.")

        await pilot.press("u", "u", "u", "u")
        assert not screen.is_changed
        await pilot.press("u")
        assert "Nothing to take back." in toasts(pilot.app)
        await pilot.press("U", "U", "U", "U", "ctrl+s")

    assert read_guide(path).questions[0].points[0].says == said
    assert "# counted, not weighed" in path.read_text(encoding="utf-8")


async def test_a_new_question_gets_its_id_from_its_label() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions")
        await pilot.press("a")
        await type_in(pilot, "The menu")
        assert "id: the-menu" in words(pilot.app)
        await pilot.press("enter")
        await write(pilot, "How do you plan a menu?")
        assert screen.query_one(Table).current == "questions/the-menu"
        await go(screen, pilot, "questions/the-menu/points")
        await pilot.press("enter")
        await type_in(pilot, "Season")
        await pilot.press("enter")
        await write(pilot, "It follows the season.")
        await go(screen, pilot, "red_flags/blame")
        await pilot.press("a")
        await until_shown(pilot, "Add to Blames others")
        await pilot.press("enter")
        await write(pilot, "It was never me.")
        await pilot.press("ctrl+s")

    guide = read_guide(path)
    assert [each.id for each in guide.questions] == ["waste", "team", "the-menu"]
    assert guide.questions[2].points[0].label == "Season"
    assert guide.questions[2].points[0].origin == "project"
    assert guide.red_flags[0].says == ("It was never me.",)
    before = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in COOK.splitlines() if line not in before] == []


async def test_values_are_chosen() -> None:
    own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions/waste/kind")
        await pilot.press("enter", "home", "enter")
        await go(screen, pilot, "questions/waste/minutes")
        await pilot.press("enter")
        await write(pilot, "7")
        await go(screen, pilot, "questions/waste/competencies")
        await pilot.press("enter", "enter", "enter", "enter", "escape")  # out, in again, out
        await go(screen, pilot, "red_flags/blame/shows_by")
        await pilot.press("enter", "enter", "escape")
        guide = screen.opened.guide("en")

    assert (guide.questions[0].kind, guide.questions[0].minutes) == ("opinion", 7)
    assert guide.questions[0].competencies == ()
    assert guide.red_flags[0].shows_by == ("presence",)


@pytest.mark.parametrize("listed", ["  - label: Care", "  - care", "  care: 1", ""])
async def test_competencies_that_are_none_are_not_offered(listed: str) -> None:
    path = own_guide()
    begins, ends = COOK.index("  - id: care"), COOK.index("questions:")
    path.write_text(f"{COOK[:begins]}{listed}\n{COOK[ends:]}", encoding="utf-8")
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions/waste/competencies")
        await pilot.press("enter")
        assert "none to choose" in toasts(pilot.app)


async def test_an_item_taken_out_takes_its_french_texts_along() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "questions/waste/points/menu")
        await pilot.press("d", "ctrl+s")
        await until_it_holds(pilot, lambda: not screen.is_changed)

        french: Any = yaml.safe_load(path.with_name("cook.fr.yaml").read_text(encoding="utf-8"))
        assert list(french["questions"]["waste"]["points"]) == ["trays"]
        await pilot.press("u", "ctrl+s")

    assert path.read_text(encoding="utf-8") == COOK
    assert load_guide("cook", "fr").questions[0].points[1].label == "A changé la carte"


async def test_the_other_language_is_shown_and_changed_by_ids() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await pilot.press("l")
        assert "Head cook French" in words(pilot.app)
        await go(screen, pilot, "questions/waste/points/trays/description")
        assert "▲ not translated Waste was measured." in words(pilot.app)
        await pilot.press("enter")
        assert "English: Waste was measured." in words(pilot.app)
        await write(pilot, "Le gaspillage a ete mesure.")
        await go(screen, pilot, "questions/team/points")
        await pilot.press("a")
        assert "in the guide's own language: English" in toasts(pilot.app)
        await pilot.press("ctrl+s")

    assert path.read_text(encoding="utf-8") == COOK
    said = load_guide("cook", "fr").questions[0].points[0].description
    assert said == "Le gaspillage a ete mesure."


async def test_texts_in_another_language_are_begun_where_there_are_none() -> None:
    path = own_guide()
    path.with_name("cook.fr.yaml").unlink()
    async with editing() as (screen, pilot):
        await pilot.press("l", "y")
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Chef")
        await pilot.press("ctrl+s")
        assert not screen.is_changed

    assert load_guide("cook", "fr").title == "Chef"


async def test_a_search_shows_what_it_found_and_where() -> None:
    own_guide()
    async with editing() as (screen, pilot):
        await pilot.press("slash")
        await write(pilot, "came back")
        assert screen.query_one(Table).keys == (
            "questions",
            "questions/waste",
            "questions/waste/points",
            "questions/waste/points/trays",
            SAYS,
            f"{SAYS}/1",
        )
        await pilot.press("escape")
        assert "red_flags" in screen.query_one(Table).keys


async def test_a_guide_that_ships_is_copied_and_stays_as_it_is() -> None:
    own, shipped = knowledge_folders()
    before = (shipped / "operations-manager.yaml").read_bytes()
    async with editing("operations-manager") as (screen, pilot):
        assert "It ships: saving makes your own copy" in words(pilot.app)
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Works manager", instead=True)
        assert not own.exists()
        await pilot.press("ctrl+s")
        assert "Saved:" in toasts(pilot.app)
        assert "It ships" not in words(pilot.app)

    assert (shipped / "operations-manager.yaml").read_bytes() == before
    copied = (own / "operations-manager.yaml").read_bytes()
    assert copied == before.replace(b"title: Operations Manager", b"title: Works manager")
    assert load_guide("operations-manager", "fr").title != "Works manager"


async def test_what_somebody_else_wrote_is_shown_beside_ones_own() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Mine", instead=True)
        theirs = COOK.replace("Head cook", "Theirs")
        path.write_text(theirs, encoding="utf-8")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "Two versions")
        assert "-title: Mine +title: Theirs" in words(pilot.app)
        assert path.read_text(encoding="utf-8") == theirs

        await pilot.press("escape")
        assert path.read_text(encoding="utf-8") == theirs
        await pilot.press("ctrl+s", "t")
        assert "Theirs English" in words(pilot.app)
        await pilot.press("u")
        assert "Mine English" in words(pilot.app)
        path.write_text(theirs + "# more\n", encoding="utf-8")
        await pilot.press("ctrl+s", "m")
        assert not screen.is_changed

    assert path.read_text(encoding="utf-8") == COOK.replace("Head cook", "Mine")


async def test_changes_that_were_not_saved_are_offered_at_the_next_opening() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Killed", instead=True)
    kept = recovery_path(path)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert path.read_text(encoding="utf-8") == COOK

    async with editing() as (screen, pilot):
        await until_shown(pilot, "Changes of this guide were not saved")
        assert "+title: Killed" in words(pilot.app)
        await pilot.press("t")
        assert "Killed English ● not saved" in words(pilot.app)
        await pilot.press("ctrl+s")
    assert "title: Killed" in path.read_text(encoding="utf-8")
    assert not kept.exists()


async def test_taken_up_changes_do_not_replace_what_was_written_since() -> None:
    path = own_guide()
    opened = OpenGuide("cook")
    opened.change("en", [Edit(Action.SET, ("title",), "Killed")], "title")
    path.write_text(COOK + "# since\n", encoding="utf-8")
    async with editing() as (_screen, pilot):
        await until_shown(pilot, "were not saved")
        await pilot.press("t", "ctrl+s")
        await until_shown(pilot, "Two versions")
        assert path.read_text(encoding="utf-8").endswith("# since\n")


async def test_leaving_asks_what_is_to_become_of_changes() -> None:
    path = own_guide()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Left", instead=True)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, AskDialog)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, GuideScreen)
        await pilot.press("escape", "g")
        await until_it_holds(pilot, lambda: isinstance(pilot.app.screen, RolesScreen))
    assert path.read_text(encoding="utf-8") == COOK
    assert not recovery_path(path).exists()


async def test_problems_are_listed_and_lead_to_their_place() -> None:
    own_guide()
    async with editing(size=(160, 50)) as (screen, pilot):
        await pilot.press("x")
        await until_shown(pilot, "Problems")
        assert "no probe" in words(pilot.app)
        await pilot.press("escape")

        screen.make(
            [_set(("questions", "waste", "competencies"), ["gone"])], "a reference to nothing"
        )
        await until_shown(pilot, "✕ 1 problem")
        await pilot.press("ctrl+s")
        assert "unknown id 'gone'" in toasts(pilot.app)
        await pilot.press("x", "enter")
        await until_it_holds(
            pilot,
            lambda: screen.query_one(Table).current == "questions/waste/competencies",
        )


def _set(place: tuple[str, ...], value: Any) -> Any:
    return Edit(Action.SET, place, value)
