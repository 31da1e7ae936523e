"""The palette offers what can be done now, and nothing else."""

from textual.widgets import Input

from copilot.events import ConsentDecision
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.keys import in_force
from copilot.tui.palette import ActionPalette
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import until_it_holds, until_shown, words


def consent() -> ConsentScreen:
    return ConsentScreen("Head baker", "en", "May I record this?")


async def opened(pilot) -> None:
    await pilot.press("ctrl+p")
    await until_it_holds(pilot, lambda: isinstance(pilot.app.screen, ActionPalette))
    await until_it_holds(pilot, lambda: pilot.app.screen.has_class("-ready"))


async def test_it_offers_what_can_be_done_with_its_key_and_help():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        await until_shown(pilot, "Agreed y The candidate agrees.")
        assert "Keep for next time too" not in words(app)  # nothing is being written
        for of_textual in ("Theme", "Screenshot", "Maximize"):
            assert of_textual not in words(app)


async def test_while_someone_writes_it_offers_what_can_be_done_then():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("e")
        await opened(pilot)
        await until_shown(pilot, "Keep for next time too Ctrl+S")
        assert "The candidate agrees." not in words(app)


async def test_an_action_found_by_its_name_is_done():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        await pilot.press(*"decli")
        await until_it_holds(pilot, lambda: "Agreed y" not in words(app))
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: bool(app.answers))
    assert [answer.decision for answer in app.answers] == [ConsentDecision.DECLINED]


async def test_an_action_is_found_by_what_its_help_says():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        await pilot.press(*"without a session")
        await until_it_holds(pilot, lambda: "Agreed y" not in words(app))
        await until_shown(pilot, "Leave q Leave without a session.")


async def test_what_is_not_found_is_said():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        await pilot.press(*"xyzzy")
        await until_shown(pilot, "Nothing of that name can be done now.")


async def test_it_shows_the_keys_the_user_has_chosen():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        in_force.use({"consent.given": "f2"})
        app.set_keymap(in_force.keymap())
        await opened(pilot)
        await until_shown(pilot, "Agreed F2")


async def test_it_goes_away_and_the_screen_is_as_before():
    app = OneScreen(consent())
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert app.screen.query_one("#by", Input).value
        assert app.answers == []
