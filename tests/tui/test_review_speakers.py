"""Who said a line is corrected; what rested on it says so; the screen stays where it was."""

import pytest

from copilot.events import Channel
from copilot.review.reading import read_reviewed
from copilot.store import SessionFolder
from copilot.tui.review.timeline_pane import TimelinePane
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.tui.recorded import shown, toasts, until_shown, words
from tests.tui.reviewing import on_point, reviewing, screen_of, transcript


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


async def test_a_line_is_given_to_the_other_side_and_back(folder: SessionFolder) -> None:
    before = folder.journal_path.read_bytes()
    async with reviewing(folder, (100, 40)) as (app, pilot):
        lanes = dict(screen_of(app).query_one(TimelinePane)._lanes)
        await pilot.press("3", "down", "w")
        await until_shown(pilot, "you ▌✎ We had a way back to the old oven.")
        assert "You said this. w takes it back." in toasts(app)
        assert "1 line corrected" in words(app)
        assert "(a quote was not the candidate's)" in words(app)
        assert "◐ Way back" in words(app)
        view = transcript(app)
        assert view.cursor is not None
        assert view.entries[view.cursor].id == "u2"
        assert screen_of(app).query_one(TimelinePane)._lanes != lanes
        await pilot.press("w")
        await until_shown(pilot, "cand▌We had a way back to the old oven.")
        assert "● Way back" in words(app)
        assert "quote was not" not in words(app)
        assert screen_of(app).query_one(TimelinePane)._lanes == lanes
        await pilot.press("w", "q")
    assert folder.journal_path.read_bytes() == before
    assert read_reviewed(folder).speaker_of("u2") is Channel.INTERVIEWER

    async with reviewing(folder, (100, 40)) as (app, _):
        assert "✎ We had a way back" in words(app)


async def test_what_is_hidden_stays_hidden_when_it_lost_its_quote(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("down", "w")
        await until_shown(pilot, "✎ We had a way back")
        assert "quote was not" not in words(app)
        assert "◐" not in shown(app)


async def test_doubtful_lines_and_corrected_text_keep_their_marks(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("down", "down", "down", "w")
        await until_shown(pilot, "✎ ? Mumble mumble.")
        await pilot.press("down", "e")
        await until_shown(pilot, "What was really said")
        await pilot.press(*" Yes.", "enter")
        await until_shown(pilot, "cand▌✎ In the end I did it all by myself. Yes.")
        await pilot.press("w")
        await until_shown(pilot, "you ▌✎ In the end I did it all by myself. Yes.")
        assert "2 lines corrected" in words(app)


async def test_a_line_that_nobody_said_has_no_speaker(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("up", "up", "up", "w")
        await pilot.pause()
        assert "Choose a line that somebody said first" in toasts(app)


async def test_the_cursor_stays_on_a_point_that_lost_its_quote(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("3")
        await on_point(app, pilot, "rollback")
        await pilot.press("w")
        await until_shown(pilot, "quote was not the candidate's")
        await pilot.press("f")
        await until_shown(pilot, "Your word wins")
        assert "Way back" in words(app)
