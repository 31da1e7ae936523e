"""Answers are judged with reasons, why there is no rating is said, and the human recommends."""

import pytest
from textual.widgets import Input, OptionList

from copilot.events import Recommendation, Unrated
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.tui.dialogs.rate import RateDialog
from copilot.tui.dialogs.recommend import RecommendDialog
from copilot.tui.dialogs.why import WhyDialog
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story
from tests.tui.recorded import shown, until_shown, words
from tests.tui.reviewing import reviewing

SIZES = [(60, 40), (80, 24), (160, 50)]


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _judged(folder: SessionFolder, question: str = "rollout") -> list[tuple[object, ...]]:
    given = read_reviewed(folder).interview.ratings.get(question, [])
    return [(event.rating, event.unrated, event.reason) for event in given]


# -- by key ---------------------------------------------------------------------------------------


async def test_the_first_rating_is_one_key_and_a_changed_one_may_say_why(
    folder: SessionFolder,
) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("3", "3")
        await pilot.pause()
        assert not isinstance(app.screen, WhyDialog)
        await pilot.press("2")
        await until_shown(pilot, "3 of 4 becomes 2 of 4")
        await pilot.press(*"No pilot.", "enter")
        await until_shown(pilot, "Why: No pilot.")
        assert "before: 3" in words(app)
        await pilot.press("1", "enter")
        await until_shown(pilot, "Your rating: 1 of 4")
        await pilot.press("4", "escape")
        await pilot.pause()
        assert "Your rating: 1 of 4" in words(app)
        await pilot.press("q")
    assert _judged(folder) == [(3, None, ""), (2, None, "No pilot."), (1, None, "")]


@pytest.mark.parametrize(
    ("key", "why", "told"),
    [
        ("u", Unrated.NOT_ENOUGH, "not enough to tell"),
        ("x", Unrated.NOT_ASKED, "not asked"),
    ],
)
async def test_why_there_is_no_rating_is_one_key_and_shows_the_findings(
    folder: SessionFolder, key: str, why: Unrated, told: str
) -> None:
    async with reviewing(folder, (100, 30)) as (app, pilot):
        assert "●" not in shown(app)
        await pilot.press(key)
        await until_shown(pilot, f"Your rating: {told}")
        assert "1 of 3 judged" in words(app)
        assert "●" in shown(app)
        await pilot.press("q")
    assert _judged(folder) == [(None, why, "")]


async def test_a_question_that_was_not_asked_offers_to_say_so(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 30)) as (app, pilot):
        await pilot.press("n", "n")
        await until_shown(pilot, "x says that it was not asked")
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        chooser = app.screen.query_one(OptionList)
        assert chooser.highlighted is not None
        option = chooser.get_option_at_index(chooser.highlighted)
        assert option.id == Unrated.NOT_ASKED
        await pilot.press("enter", "enter")
        await until_shown(pilot, "Your rating: not asked")
        await pilot.press("q")
    assert _judged(folder, "team") == [(None, Unrated.NOT_ASKED, "")]


# -- in the dialog --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_dialog_suggests_nothing_and_takes_a_reason(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    async with reviewing(folder, size) as (app, pilot):
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        assert app.screen.query_one(OptionList).highlighted is None
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert isinstance(app.screen, RateDialog), "nothing was chosen yet"
        await pilot.press("2", *"1 way back", "enter")
        await until_shown(pilot, "Why: 1 way back")
        await pilot.press("q")
    assert _judged(folder) == [(2, None, "1 way back")]


async def test_the_dialog_shows_what_was_judged_before(folder: SessionFolder) -> None:
    with Review(folder, by="grace") as review:
        review.rate("rollout", 2, reason="Little.")
        review.rate("rollout", None, Unrated.NOT_ENOUGH)
        review.rate("rollout", 4, reason="Clear.")
    async with reviewing(folder, (100, 40)) as (app, pilot):
        assert "Before: not enough to tell (" in words(app)
        await pilot.press("a")
        await until_shown(pilot, "Before: 2 of 4: Little. (")
        assert "by grace)" in words(app)
        assert "▸4" in shown(app)
        assert app.screen.query_one(Input).value == "Clear."
        # A reason given for one rating is not the reason of another.
        await pilot.press("3", "enter")
        await until_shown(pilot, "Your rating: 3 of 4")
        await pilot.press("a", "0", "enter")
        await until_shown(pilot, "Not rated yet")
        await pilot.press("q")
    assert _judged(folder)[-3:] == [(4, None, "Clear."), (3, None, ""), (None, None, "")]


async def test_a_rating_of_the_call_shows_its_time_there() -> None:
    story = Story()
    story.ask("rollout", at_s=3)
    story.rate("rollout", 2)
    story.rate("rollout", 3)
    story.end(at_s=9)
    async with reviewing(keep(story.events), (100, 40)) as (app, _):
        assert "Your rating: 3 of 4 · rated during the interview" in words(app)
        assert "Before: 2 of 4 (in the interview at 0:03)" in words(app)


async def test_a_hostile_reason_is_text(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate("rollout", 2, reason="[red]bad[/] \x1b[2J [@click=app.quit]go[/]")
        review.rate("rollout", 3)
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await until_shown(pilot, "[red]bad[/] [2J [@click=app.quit]go[/]")
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        assert "[red]bad[/]" in words(app)


async def test_everything_is_clicked_too(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        await pilot.click(OptionList, offset=(8, 2))
        await pilot.pause()
        lines = shown(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "Enter keeps it" in line)
        await pilot.click(offset=(lines[row].index("Enter keeps it") + 2, row))
        await until_shown(pilot, "Your rating: 3 of 4")


# -- the recommendation ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_human_recommends_and_nobody_else(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    async with reviewing(folder, size) as (app, pilot):
        assert "recommendation: none" in words(app)
        await pilot.press("o")
        await until_shown(pilot, "What do you recommend?")
        assert "3 questions are not judged yet. 1 competency is not" in words(app)
        assert app.screen.query_one(OptionList).highlighted is None
        await pilot.press("Y", *"Calm.", "enter")
        await until_shown(pilot, "recommendation: strong yes")
        await pilot.press("o")
        await until_shown(pilot, "What do you recommend?")
        await pilot.press("u", "enter")
        await until_shown(pilot, "recommendation: undecided")
        await pilot.press("o")
        await until_shown(pilot, "Before: strong yes: Calm. (")
        await pilot.press("0", "enter")
        await until_shown(pilot, "recommendation: none")
        await pilot.press("o", "escape", "q")
    given = read_reviewed(folder).interview.recommendations
    assert [(event.recommendation, event.reason) for event in given] == [
        (Recommendation.STRONG_YES, "Calm."),
        (Recommendation.UNDECIDED, ""),
        (None, ""),
    ]


async def test_where_all_is_judged_nothing_speaks_for_waiting(folder: SessionFolder) -> None:
    with Review(folder) as review:
        for question in ("rollout", "metrics", "team"):
            review.rate(question, 4)
        review.rate_competency("craft", 4)
    async with reviewing(folder) as (app, pilot):
        assert "3 of 3 judged · 1 of 1 competency · recommendation: none" in words(app)
        await pilot.press("o")
        await until_shown(pilot, "What do you recommend?")
        assert isinstance(app.screen, RecommendDialog)
        assert "not judged yet" not in words(app)
