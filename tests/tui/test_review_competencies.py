"""Competencies are judged over all questions, and what was found for one shows after that."""

import dataclasses

import pytest

from copilot.events import KnownCompetency, SessionStarted, Unrated
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.tui.dialogs.why import WhyDialog
from copilot.tui.review.competencies import CompetenciesScreen
from copilot.tui.review.competency_pane import CompetencyList
from copilot.tui.review.screen import ReviewScreen
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.tui.recorded import demo_events, shown, toasts, until_shown, words
from tests.tui.reviewing import reviewing, stored_demo

SIZES = [(60, 40), (80, 24), (160, 50)]
QUOTE = "a way back to the old oven"
MORE = KnownCompetency(id="lead", label="Leading [b]people[/b]", anchors=("a", "b", "c", "d"))


@pytest.fixture
def folder() -> SessionFolder:
    """The small interview, with a second competency that two questions shed light on."""
    started, *rest = an_interview().events
    assert isinstance(started, SessionStarted)
    plan = tuple(
        dataclasses.replace(planned, competencies=(*planned.competencies, "lead"))
        if planned.id != "metrics"
        else planned
        for planned in started.plan
    )
    told = dataclasses.replace(started, plan=plan, competencies=(*started.competencies, MORE))
    return keep([told, *rest])


@pytest.mark.parametrize("size", SIZES)
async def test_each_stands_with_its_questions_and_what_ratings_mean(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    with Review(folder) as review:
        review.rate("rollout", 3, reason="Knows ovens.")
    async with reviewing(folder, size) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "0 of 2 competencies judged")
        text = words(app)
        assert "Craft" in text
        assert "Leading [b]people[/b]" in text
        assert "1 New oven 3 of 4 Why: Knows ovens." in text
        assert "4 Masterly." in text
        assert "hidden until you have judged it" in text
        await pilot.press("down")
        await until_shown(pilot, "3 (Team) not judged yet")
        assert "1 New oven 3 of 4" in words(app)
        assert all(len(line) <= size[0] for line in shown(app).splitlines())
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


async def test_nothing_found_shows_before_the_competency_is_judged(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate("rollout", 3)
    async with reviewing(folder, (160, 50)) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "hidden until you have judged it")
        assert "●" not in shown(app)
        await pilot.press("2")
        await until_shown(pilot, f"“{QUOTE}”")
        assert "● Way back 0:05" in words(app)
        assert "1 of 2 competencies judged" in words(app)
        # What stayed unclear or was denied is told where the question is looked at, not here.
        assert not set("◐✕○⚑") & set(shown(app))
        await pilot.press("0")
        await until_shown(pilot, "Not judged yet")
        assert QUOTE in words(app), "what was seen cannot be unseen"


async def test_a_question_that_is_not_judged_keeps_its_own_hidden(folder: SessionFolder) -> None:
    async with reviewing(folder, (160, 50)) as (app, pilot):
        await pilot.press("c", "u")
        await until_shown(pilot, "Your rating: not enough to tell")
        assert "hidden until you have judged the question" in words(app)
        assert QUOTE not in words(app)


async def test_a_changed_rating_may_say_why_and_all_of_it_is_kept(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 50)) as (app, pilot):
        await pilot.press("c", "3", "3", "x")
        await until_shown(pilot, "3 of 4 becomes not asked")
        assert isinstance(app.screen, WhyDialog)
        await pilot.press(*"None of it.", "enter")
        await until_shown(pilot, "Why: None of it.")
        assert "Before: 3 of 4 (" in words(app)
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        assert "4 Masterly." in words(app)
        await pilot.press("4", *"Hands.", "enter")
        await until_shown(pilot, "Why: Hands.")
        await pilot.press("escape")
        await until_shown(pilot, "1 of 2 competencies")
        await pilot.press("q")
    given = read_reviewed(folder).interview.competency_ratings["craft"]
    assert [(event.rating, event.unrated, event.reason) for event in given] == [
        (3, None, ""),
        (None, Unrated.NOT_ASKED, "None of it."),
        (4, None, "Hands."),
    ]


async def test_the_page_begins_at_the_first_that_is_not_judged(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate_competency("craft", 2)
    async with reviewing(folder) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "1 of 2 competencies judged")
        assert app.screen.query_one(CompetencyList).current == "lead"
        await pilot.click(CompetencyList, offset=(4, 0))
        await pilot.pause()
        await pilot.press("escape")
        assert app.screen.query_one(CompetencyList).current == "craft"


async def test_a_session_without_competencies_says_so() -> None:
    started, *rest = demo_events()
    assert isinstance(started, SessionStarted)
    older = [dataclasses.replace(started, competencies=()), *rest]
    async with reviewing(stored_demo(older)) as (app, pilot):
        assert "0 of 6 judged · recommendation: none" in words(app)
        await pilot.press("c")
        await pilot.pause()
        assert "This interview knows no competencies" in toasts(app)
        assert not isinstance(app.screen, CompetenciesScreen)


async def test_where_nothing_can_be_changed_the_page_says_so(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate_competency("craft", 2)
    # The session's journal is another one than it was: the review does not fit any more.
    lines = folder.journal_path.read_bytes().split(b"\n")
    (folder.path / "session.json").unlink()
    folder.journal_path.write_bytes(b"\n".join(lines[:4]) + b"\n")
    async with reviewing(folder, (160, 40)) as (app, pilot):
        await pilot.press("c")
        await until_shown(pilot, "competencies judged")
        assert "Nothing can be changed here" in words(app)
        await pilot.press("3")
        await pilot.pause()
        assert "made with another journal" in toasts(app)
        assert isinstance(app.screen, CompetenciesScreen)
