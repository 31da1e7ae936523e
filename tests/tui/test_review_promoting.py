"""A moment of a review becomes a case, also of a closed session, and hides what is still hidden."""

import pytest
import yaml

from copilot.errors import StorageError
from copilot.events import FindingKind, FindingState
from copilot.lab.folders import cases_folder
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.tui.review.promote_dialog import PromoteDialog
from copilot.tui.review.screen import ReviewScreen
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.tui.recorded import toasts, until_it_holds, until_shown, words
from tests.tui.reviewing import reviewing, transcript

SIZES = [(60, 40), (80, 24), (160, 50)]
ANSWER, ASKED = "u2", "u1"


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


def _kept(task: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(
        (cases_folder() / f"{task}.yaml").read_text(encoding="utf-8")
    )
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_what_it_keeps_and_says_where_it_went(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    with Review(folder) as review:
        review.rate("rollout", 3)
        review.set_finding("rollout", FindingKind.POINT, "training", FindingState.DENIED)
    async with reviewing(folder, size) as (app, pilot):
        transcript(app).reveal_utterance("u5")
        await pilot.press("l")
        await until_shown(pilot, "session: 2026")
        box = app.screen.query_one(".promote").region
        assert box.bottom <= size[1]
        assert "Enter keeps it" in words(app)
        await pilot.press("tab", "tab", *"well said", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ReviewScreen))
        [case] = _kept("match")
        assert case["metadata"] == {"utterance": "u5", "note": "well said"}
        assert case["expected"] == {"points": {"training": {"state": "denied", "quote": _SAID}}}
        assert f"{cases_folder() / 'match.yaml'}" in toasts(app)


_SAID = "There was no training whatsoever."


async def test_a_line_of_the_interviewer_asks_which_question_it_was(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        transcript(app).reveal_utterance(ASKED)
        await pilot.press("l")
        await until_shown(pilot, "It asks no question of the plan")
        await pilot.press("end", "up", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ReviewScreen))
        [case] = _kept("recognise")
        given = case["vars"]
        assert isinstance(given, dict)
        assert given["turns"][-1]["question"] is None


async def test_the_follow_up_waits_until_the_answer_is_rated(folder: SessionFolder) -> None:
    async with reviewing(folder, (160, 50)) as (app, pilot):
        transcript(app).reveal_utterance(ANSWER)
        await pilot.press("l")
        await until_shown(pilot, "once the answer is rated")
        assert "follow-up question that helps" not in words(app)
        await pilot.press("escape", "3", "l")
        await until_shown(pilot, "The follow-up question that helps here")
        assert "No follow-up question must be asked here" in words(app)
        assert "once the answer is rated" not in words(app)


async def test_a_second_case_of_the_same_moment_is_refused_and_another_kind_can_be_chosen(
    folder: SessionFolder,
) -> None:
    async with reviewing(folder) as (app, pilot):
        transcript(app).reveal_utterance(ANSWER)
        for _ in range(2):
            await pilot.press("l")
            await until_shown(pilot, "session: 2026")
            await pilot.press("enter")
            await pilot.pause()
        await until_shown(pilot, "there is a case")
        assert isinstance(app.screen, PromoteDialog)
        await pilot.press("down", "enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ReviewScreen))
        assert len(_kept("match")) == 1
        assert len(_kept("judge_points")) == 1


async def test_where_nobody_said_the_line_nothing_is_made(folder: SessionFolder) -> None:
    async with reviewing(folder) as (app, pilot):
        transcript(app)._cursor = None
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "Choose a line that somebody said" in toasts(app)
    assert not cases_folder().exists()


async def test_a_session_that_cannot_be_changed_gives_cases_all_the_same(
    folder: SessionFolder,
) -> None:
    before = {path.name: path.read_bytes() for path in folder.path.iterdir() if path.is_file()}
    async with reviewing(folder) as (app, pilot):
        screen = next(each for each in app.screen_stack if isinstance(each, ReviewScreen))
        screen.opened.review.read_only = StorageError("the disk is full.")
        transcript(app).reveal_utterance(ANSWER)
        await pilot.press("l")
        await until_shown(pilot, "session: 2026")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ReviewScreen))
    assert len(_kept("match")) == 1
    after = {path.name: path.read_bytes() for path in folder.path.iterdir() if path.is_file()}
    assert {name: after[name] for name in before} == before
