"""An interview whose guide leaves out what it may is held and reviewed without a gap on the screen."""

import pytest

from copilot.knowledge.guide import Guide
from copilot.tui.dialogs.rate import RateDialog
from tests.bare_guides import BARE, THIN, THIN_FR, told_with
from tests.review.stored import keep
from tests.tui.recorded import RecordedApp, until_shown, words
from tests.tui.reviewing import reviewing

SIZES = pytest.mark.parametrize("size", [(60, 40), (80, 24), (160, 50)])
NOTHING = "The guide lists nothing to listen for here."


@SIZES
async def test_a_question_without_points_says_so_and_every_key_does_no_harm(size) -> None:
    app = RecordedApp(told_with(BARE).events)
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "Guests")
        assert NOTHING in words(app)
        assert "0 of 0" not in words(app)
        assert "0/0" not in words(app)
        for key in ("down", "up", "y", "r", "h", "u", "e", "i", "f", "j", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert app.return_code is None


@SIZES
@pytest.mark.parametrize("guide", [THIN, THIN_FR], ids=["en", "fr"])
async def test_a_flag_with_its_description_alone_means_nothing_else(size, guide: Guide) -> None:
    app = RecordedApp(told_with(guide).events)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f")
        await until_shown(pilot, "Dozes on duty")
        assert "may also mean" not in words(app)


@pytest.mark.parametrize("guide", [BARE, THIN], ids=["bare", "thin"])
async def test_ratings_are_given_without_anchors(guide: Guide) -> None:
    app = RecordedApp(told_with(guide).events)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Guests")
        app.live.action_anchors()
        await until_shown(pilot, "does not say what each rating looks like")
        assert isinstance(app.screen, RateDialog)


@SIZES
@pytest.mark.parametrize("guide", [BARE, THIN, THIN_FR], ids=["bare", "thin", "thin-fr"])
async def test_a_review_of_it(size, guide: Guide) -> None:
    story = told_with(guide)
    story.end(at_s=100)
    async with reviewing(keep(story.events), size) as (app, pilot):
        for key in ("3", "n", "2", "tab", "down", "h", "escape", "p"):
            await pilot.press(key)
            await pilot.pause()
        assert "0 of 0" not in words(app)
        assert app.return_code is None


@SIZES
async def test_a_competency_is_rated_by_its_name_alone(size) -> None:
    story = told_with(THIN)
    story.end(at_s=100)
    async with reviewing(keep(story.events), size) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "Calm")
        assert "What each rating means" not in words(app)
        await pilot.press("a")
        await until_shown(pilot, "does not say what each rating looks like")
        await pilot.press("3", "escape")
        await pilot.pause()


async def test_a_guide_without_competencies_has_none_to_rate() -> None:
    story = told_with(BARE)
    story.end(at_s=100)
    async with reviewing(keep(story.events)) as (app, pilot):
        await pilot.press("c")
        await pilot.pause()
        assert app.return_code is None
        assert "hidden until" not in words(app)
