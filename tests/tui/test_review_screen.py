"""A stored session is gone through again: what was said, found, rated, noted and heard."""

from typing import Any

import pytest

from copilot.events import (
    BlindingLifted,
    FindingKind,
    FindingState,
    SessionEnded,
)
from copilot.review.reading import read_reviewed
from copilot.review.reviewing import Review
from copilot.settings import change_settings
from copilot.store import SessionFolder, read_journal
from copilot.tui.review.app import ReviewApp
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.review.questions_pane import QuestionsPane
from copilot.tui.review.timeline_pane import TimelinePane
from tests.tui.recorded import demo_events, shown, toasts, until_it_holds, until_shown, words
from tests.tui.reviewing import in_style, on_point, reviewing, screen_of, stored_demo, transcript

ASKED = "new-technology"
QUOTE = "The owners read it and gave us the money in March."
DENIED = "We'd already scrapped the old boxes, so there was no going back."


@pytest.fixture
def folder() -> SessionFolder:
    return stored_demo()


# -- what is seen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(50, 20), (50, 24), (80, 24), (160, 50)])
async def test_everything_stands_on_one_screen(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    with Review(folder) as review:
        review.rate(ASKED, 3)
        review.note("Ask about the calendar.", 200)
        review.mark(120)
    async with reviewing(folder, size) as (app, _):
        lines = shown(app).splitlines()

        assert "Director of IT" in lines[0]
        assert "1 of 6 judged" in lines[0]
        questions, you, candidate, signs = lines[1:5]
        assert [sign for sign in questions if sign.isdigit()] == ["5", "3", "4", "2"]
        assert you.lstrip().startswith("you")
        assert candidate.lstrip().startswith("cand")
        assert {"●", "✕", "✎", "◆"} <= set(signs)
        assert "Rolling out technology" in words(app) or "bring a new technology" in words(app)
        assert "Your rating: 3 of 4" in words(app)
        assert "Approval and fund" in words(app)
        assert "Great. Last big one" in words(app)
        assert "q Leave" in lines[-1]
        assert all(len(line) <= size[0] for line in lines)


async def test_both_lanes_show_who_spoke_when(folder: SessionFolder) -> None:
    async with reviewing(folder, (160, 50)) as (app, _):
        _, you, candidate, _ = (line[6:] for line in shown(app).splitlines()[1:5])
        interview = read_reviewed(folder).interview

    each_s = interview.now_s / 153
    for lane, channel in ((you, "interviewer"), (candidate, "candidate")):
        said = [u for u in interview.utterances.values() if u.channel == channel]
        for utterance in said:
            middle = int((utterance.start_s + utterance.end_s) / 2 / each_s)
            assert lane[middle : middle + 1].strip(), f"{utterance.id} is not on the timeline"
    alone = next(u for u in interview.utterances.values() if u.id == "u26")
    assert not you[int((alone.start_s + 3) / each_s)].strip()


async def test_evidence_is_highlighted_where_it_stands(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate(ASKED, 3)
    async with reviewing(folder, (100, 50)) as (app, pilot):
        assert QUOTE in in_style(app, "evidenced")
        assert DENIED in in_style(app, "denied")

        await on_point(app, pilot, "approval")
        assert in_style(app, "revealed") == QUOTE
        await on_point(app, pilot, "rollback")
        assert in_style(app, "revealed") == DENIED


async def test_looking_at_a_point_brings_its_quote_into_view(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate(ASKED, 3)
    async with reviewing(folder) as (app, pilot):
        assert "There wasn't one to be honest" not in words(app)
        await on_point(app, pilot, "rollback")
        await until_shown(pilot, "There wasn't one to be honest")


async def test_walking_goes_through_the_plan_and_the_words_follow(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        assert "Improving processes 3 of 6" in words(app)
        assert "Now something about daily work" in words(app)
        await pilot.press("p", "p")
        await pilot.pause()
        assert "Key responsibilities 1 of 6" in words(app)
        assert "It was not asked." in words(app)
        await pilot.press("p")
        assert "Key responsibilities 1 of 6" in words(app)


async def test_the_plan_can_be_walked_by_arrows_and_by_mouse(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        screen_of(app).query_one(QuestionsPane).focus()
        await pilot.press("down", "down")
        await pilot.pause()
        assert "Metrics watched 4 of 6" in words(app)
        await pilot.click(QuestionsPane, offset=(4, 4))
        await pilot.pause()
        assert "Underperformance 5 of 6" in words(app)


async def test_a_click_on_the_timeline_goes_there(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.click(TimelinePane, offset=(7, 1))
        await pilot.pause()
        assert "Good morning. Can you hear me okay?" in words(app)


async def test_the_timeline_shows_where_the_cursor_is(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):

        def here() -> int:
            strip = app.screen._compositor.render_strips()[2]
            column = 0
            for segment in strip:
                if segment.style is not None and segment.style.reverse:
                    return column
                column += segment.cell_length
            raise AssertionError("no column stands out")

        before = here()
        await pilot.press(*["down"] * 6)
        await pilot.pause()
        later = here()
        assert later > before
        await pilot.press(*["up"] * 12)
        await pilot.pause()
        assert here() < before


# -- rating first ---------------------------------------------------------------------------------


async def test_nothing_the_machine_found_shows_before_the_rating(folder: SessionFolder) -> None:
    async with reviewing(folder, (120, 40)) as (app, pilot):
        for _ in range(6):
            text = shown(app)
            assert not set("●◐✕⚑○") & set(text)
            assert "heard" not in text.splitlines()[8]
            assert in_style(app, "evidenced") == ""
            await pilot.press("n")
            await pilot.pause()
        assert "hidden until you have rated" in words(app)


async def test_rating_shows_what_the_machine_found_there_and_there_alone(
    folder: SessionFolder,
) -> None:
    async with reviewing(folder, (120, 40)) as (app, pilot):
        await pilot.press("3")
        await pilot.pause()
        assert "Your rating: 3 of 4" in words(app)
        assert "3 of 10 heard" in words(app)
        assert QUOTE[:20] in words(app)
        assert "1 of 6 judged" in words(app)
        await pilot.press("n")
        await pilot.pause()
        assert "hidden until you have rated" in words(app)
        await pilot.press("p", "0")
        await pilot.pause()
        assert "Not rated yet" in words(app)
        assert QUOTE[:20] in words(app), "what was seen cannot be unseen"
        await pilot.press("q")
    ratings = read_reviewed(folder).interview.ratings[ASKED]
    assert [given.rating for given in ratings] == [3, None]


async def test_anchors_are_shown_where_they_help() -> None:
    events = demo_events()
    started = events[0]
    plan = tuple(
        type(q)(**{**_values(q), "anchors": ("nothing", "a little", "much", "all of it")})
        for q in started.plan  # type: ignore[union-attr]
    )
    events[0] = type(started)(**{**_values(started), "plan": plan})
    async with reviewing(stored_demo(events), (100, 40)) as (app, pilot):
        assert "2 a little" in words(app)
        await pilot.press("a")
        await until_shown(pilot, "1 to 4 rate")
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "Your rating: 2 of 4 · rated after the interview · a little" in words(app)


def _values(value) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


async def test_looking_first_asks_and_is_written_down(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("v")
        await until_shown(pilot, "Look at the findings before you have rated?")
        await pilot.press("escape")
        await pilot.pause()
        assert "○" not in shown(app)
        await pilot.press("v", "enter")
        await until_shown(pilot, "○")
        await pilot.press("q")
    lifted = [e for e in read_journal(folder.review_path).events if isinstance(e, BlindingLifted)]
    assert [(event.question, event.why) for event in lifted] == [(ASKED, "asked")]


async def test_the_setting_shows_everything_and_that_is_written_down_once(
    folder: SessionFolder,
) -> None:
    change_settings(blind="off")
    for _ in range(2):
        async with reviewing(folder) as (app, pilot):
            await until_shown(pilot, "○")
            assert "until rated" not in words(app)
            await pilot.press("q")
    lifted = [e for e in read_journal(folder.review_path).events if isinstance(e, BlindingLifted)]
    assert [(event.question, event.why) for event in lifted] == [(None, "setting")]


# -- findings by hand -----------------------------------------------------------------------------


async def test_the_humans_word_on_a_finding_wins_and_can_be_taken_back(
    folder: SessionFolder,
) -> None:
    key = (ASKED, FindingKind.POINT, "rollback")
    async with reviewing(folder, (100, 30)) as (app, pilot):
        await pilot.press("3")
        await on_point(app, pilot, "rollback")
        await pilot.press("f")
        await until_shown(pilot, "Your word wins")
        await pilot.press("home", "enter")
        await pilot.pause()
        assert "●✎ Way back" in shown(app)
        current = screen_of(app).query_one(PointsPane).current
        assert current is not None
        assert current.id == "rollback"
        await pilot.press("q")
    assert read_reviewed(folder).interview.findings[key].state is FindingState.EVIDENCED

    async with reviewing(folder, (100, 30)) as (app, pilot):
        await on_point(app, pilot, "rollback")
        await pilot.press("f", "end", "enter")
        await until_shown(pilot, "✕ Way back")
        await pilot.press("q")
    assert read_reviewed(folder).interview.findings[key].state is FindingState.DENIED


# -- notes, marks, text ---------------------------------------------------------------------------


async def test_a_note_and_a_mark_stand_where_one_is(folder: SessionFolder) -> None:
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("down", "down", "m")
        await until_shown(pilot, "Note at 2:53")
        await pilot.press(*"calendar", "enter")
        await until_shown(pilot, "note calendar")
        await pilot.press("k")
        await until_shown(pilot, "◆ marked")
        cursor = transcript(app).cursor
        assert cursor is not None
        assert transcript(app).entries[cursor].id == "u24"
        await pilot.press("q")
    interview = read_reviewed(folder).interview
    assert [(n.text, n.question, int(n.moment_s)) for n in interview.notes] == [
        ("calendar", ASKED, 173)
    ]
    assert [int(mark.moment_s) for mark in interview.marks] == [173]


async def test_text_is_corrected_in_the_review_alone(folder: SessionFolder) -> None:
    before = folder.journal_path.read_bytes()
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("3", "down", "down", "down", "e")
        await until_shown(pilot, "What was really said")
        await pilot.press(*" Truly.", "enter")
        await until_shown(pilot, "Truly.")
        await until_shown(pilot, "1 line corrected")
        assert "✎ And I put that" in words(app)
        assert "(text corrected)" in words(app)
        await pilot.press("q")
    assert folder.journal_path.read_bytes() == before
    state = read_reviewed(folder)
    assert state.text_of("u25").endswith("without them. Truly.")
    assert state.interview.utterances["u25"].text.endswith("without them.")

    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("down", "down", "down", "e")
        await until_shown(pilot, "Heard: And I put that")
        await pilot.press("ctrl+r", "enter")
        await pilot.pause()
        assert "Truly" not in words(app)
        await pilot.press("q")
    assert read_reviewed(folder).corrections == {}


async def test_a_line_that_nobody_said_has_no_text_to_correct(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("up", "e")
        await pilot.pause()
        assert "Choose a line that somebody said first" in toasts(app)


async def test_the_text_is_searched(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("slash")
        await until_shown(pilot, "Search the text")
        await pilot.press(*"every", "enter")
        await pilot.pause()
        text = words(app)
        count = sum(e.text.lower().count("every") for e in transcript(app).entries)
        assert f"of {count}" in text
        first = transcript(app).match_number
        await pilot.press("full_stop")
        await pilot.pause()
        assert f"“every”: {first % count + 1} of {count}" in words(app)
        await pilot.press("comma")
        await pilot.pause()
        assert f"“every”: {first} of {count}" in words(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "“every”" not in words(app)


async def test_what_stands_nowhere_is_said(folder: SessionFolder) -> None:
    async with reviewing(folder) as (_, pilot):
        await pilot.press("slash", *"zebra", "enter")
        await until_shown(pilot, "“zebra” stands nowhere")


# -- the report -----------------------------------------------------------------------------------


async def test_a_report_before_all_is_rated_asks_and_is_written_down(
    folder: SessionFolder,
) -> None:
    path = folder.reports_path / "report.md"
    async with reviewing(folder, (100, 40)) as (app, pilot):
        await pilot.press("3", "r")
        await until_shown(pilot, "5 questions are not judged yet")
        await pilot.press("escape")
        await pilot.pause()
        assert not path.exists()
        await pilot.press("r", "enter")
        await until_shown(pilot, "Write the report")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: str(path) in toasts(app))
        await pilot.press("q")
    assert "3 (after the interview)" in path.read_text()
    lifted = [e for e in read_journal(folder.review_path).events if isinstance(e, BlindingLifted)]
    assert [(event.question, event.why) for event in lifted] == [(None, "report")]


# -- help and leaving -----------------------------------------------------------------------------


async def test_help_explains_the_pane_that_has_the_focus(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        screen_of(app).query_one(PointsPane).focus()
        await pilot.press("question_mark")
        await until_shown(pilot, "What the guide listens for.")
        await pilot.press("escape")
        screen_of(app).query_one(QuestionsPane).focus()
        await pilot.press("question_mark")
        await until_shown(pilot, "The questions of the plan.")


async def test_leaving_frees_the_session_for_others(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
    with Review(folder):
        pass
    assert app.failure is None


# -- sessions that are not whole ------------------------------------------------------------------


async def test_an_interrupted_session_opens_and_says_so() -> None:
    events = [event for event in demo_events() if not isinstance(event, SessionEnded)]
    async with reviewing(stored_demo(events), (100, 30)) as (app, pilot):
        assert "interrupted, it has no end" in words(app)
        await pilot.press("2")
        await pilot.pause()
        assert "Your rating: 2 of 4" in words(app)


async def test_a_damaged_session_opens_as_far_as_it_goes(folder: SessionFolder) -> None:
    lines = folder.journal_path.read_bytes().split(b"\n")
    lines[60] = lines[60][:-9]
    folder.journal_path.write_bytes(b"\n".join(lines))
    async with reviewing(folder, (200, 30)) as (app, _):
        assert "Not all of it can be read" in words(app)
        assert "journal.jsonl:61" in words(app)
        assert len(transcript(app).entries) > 5


async def test_a_review_of_another_journal_can_be_looked_at_alone(folder: SessionFolder) -> None:
    with Review(folder) as review:
        review.rate(ASKED, 3)
    data = folder.journal_path.read_bytes().replace(b"Laura", b"Lauro")
    (folder.path / "session.json").unlink()
    lines = data.split(b"\n")
    folder.journal_path.write_bytes(b"\n".join(lines[:4]) + b"\n")
    async with reviewing(folder, (200, 30)) as (app, pilot):
        assert "Nothing can be changed here" in words(app)
        await pilot.press("2")
        await pilot.pause()
        assert "made with another journal" in toasts(app)


async def test_a_session_under_review_elsewhere_says_so_and_leaves(folder: SessionFolder) -> None:
    with Review(folder):
        app = ReviewApp(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await until_shown(pilot, "being reviewed by another program")
            await pilot.press("enter")
            await pilot.pause()
    assert app.failure is not None
    assert "another program" in app.failure.message
