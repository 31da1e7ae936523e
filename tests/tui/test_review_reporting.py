"""The recap tells only what was judged, and the report is written in the form that was chosen."""

from pathlib import Path

import pytest

from copilot.events import AnsweredBy, RecapPart, RecapSentence, RecapWritten
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from copilot.tui.review.report_dialog import ReportDialog
from copilot.tui.review.screen import ReviewScreen
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.tui.recorded import toasts, until_it_holds, until_shown, words
from tests.tui.reviewing import reviewing

SIZES = [(60, 40), (80, 24), (160, 50)]
QUOTE = "a way back to the old oven"


@pytest.fixture
def folder() -> SessionFolder:
    return keep(an_interview().events)


# -- the recap ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_recap_tells_what_was_judged_and_no_more(
    folder: SessionFolder, size: tuple[int, int]
) -> None:
    async with reviewing(folder, size) as (app, pilot):
        await pilot.press("i")
        await until_shown(pilot, "Recap: Head Baker")
        assert "quotes alone" in words(app)
        await pilot.press("end")
        await pilot.pause()
        assert QUOTE not in words(app)
        await pilot.press("escape", "3", "i")
        await until_shown(pilot, "Recap: Head Baker")
        for _ in range(12):
            if QUOTE in words(app):
                break
            await pilot.press("pagedown" if size[1] < 40 else "down")
            await pilot.pause()
        assert QUOTE in words(app)
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


async def test_a_models_prose_is_shown_with_the_model_and_what_was_left_out(
    folder: SessionFolder,
) -> None:
    with Review(folder) as review:
        review.rate("rollout", 3)
        review.keep(
            RecapWritten,
            language="en",
            parts=(
                RecapPart(
                    question="rollout",
                    sentences=(
                        RecapSentence(text="They kept the old oven.", utterance_ids=("u2",)),
                    ),
                ),
                RecapPart(
                    question="metrics",
                    sentences=(RecapSentence(text="They count waste.", utterance_ids=("u5",)),),
                ),
            ),
            proposed=4,
            dropped=(),
            unread=(),
            answered_by=AnsweredBy(model="tiny-baker", prompt="recap", prompt_sha256="0" * 64),
            goes_to="",
            tokens_in=10,
            tokens_out=10,
        )
    async with reviewing(folder, (160, 50)) as (app, pilot):
        await pilot.press("i")
        await until_shown(pilot, "They kept the old oven.")
        assert "They count waste." not in words(app), "that question is not judged"
        await pilot.press("end")
        await until_shown(pilot, "tiny-baker")
        assert "They count waste." not in words(app)
        assert "quotes alone" not in words(app)


# -- the report -----------------------------------------------------------------------------------


def _all_judged(folder: SessionFolder) -> SessionFolder:
    with Review(folder) as review:
        for question in ("rollout", "metrics", "team"):
            review.rate(question, 3)
    return folder


@pytest.mark.parametrize(("key", "name"), [("m", "report.md"), ("h", "report.html")])
async def test_the_form_is_chosen_by_one_key(folder: SessionFolder, key: str, name: str) -> None:
    path: Path = folder.reports_path / name
    async with reviewing(_all_judged(folder), (100, 40)) as (app, pilot):
        await pilot.press("r")
        await until_shown(pilot, "Write the report")
        await pilot.press(key)
        await until_it_holds(pilot, lambda: str(path) in toasts(app))
    assert QUOTE in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


async def test_what_goes_wrong_is_told_and_the_review_goes_on(folder: SessionFolder) -> None:
    folder.reports_path.write_text("a file where the folder should be")
    async with reviewing(_all_judged(folder), (100, 40)) as (app, pilot):
        await pilot.press("r")
        await until_shown(pilot, "Write the report")
        assert isinstance(app.screen, ReportDialog)
        await pilot.press("m")
        await until_it_holds(pilot, lambda: "reports" in toasts(app))
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("2", "enter")
        await until_shown(pilot, "Your rating: 2 of 4")


async def test_the_form_can_be_left(folder: SessionFolder) -> None:
    async with reviewing(_all_judged(folder)) as (app, pilot):
        await pilot.press("r")
        await until_shown(pilot, "Write the report")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
    assert not folder.reports_path.exists() or not list(folder.reports_path.iterdir())
