"""A part of the screen that fails is left out; the session, the keys and the rest go on."""

import stat
from pathlib import Path
from typing import Any

import pytest
from textual.events import Resize

from copilot.engine.commands import MarkMoment
from copilot.events import Channel, FindingState
from copilot.tui.live.flags_pane import FlagsPane
from copilot.tui.live.left_out import LeftOut
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.notes_pane import NotesPane
from copilot.tui.live.partial_pane import PartialPane
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.question_pane import QuestionPane
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.trust_bar import TrustBar
from tests.tui.recorded import RecordedApp, told, until_it_holds, until_shown, words

LEFT_OUT = "A part of the screen failed and was left out; recording goes on."
SECRET = "what the candidate said"
SHOWN_BY = {
    TrustBar: "show_vitals",
    QuestionPane: "show",
    PlanPane: "show",
    FlagsPane: "show",
    NotesPane: "show",
    NewestPane: "show",
    SuggestionPane: "show",
    TopicPane: "show",
    TranscriptPane: "add",
    PartialPane: "show",
}


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path))
    return tmp_path / "screen-errors.log"


def breaking(*_: Any, **__: Any) -> Any:
    raise ValueError(SECRET)


@pytest.mark.parametrize("kind", SHOWN_BY)
async def test_whichever_pane_fails_the_others_and_the_keys_go_on(kind, monkeypatch, log):
    monkeypatch.setattr(kind, SHOWN_BY[kind], breaking)
    story = told()
    story.find("rollback", FindingState.EVIDENCED, said=story.say("We had a way back."))
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        app.link.vitals(now_s=12.0, levels_dbfs={Channel.CANDIDATE: -20.0})
        app.link.on_partials(())
        await until_shown(pilot, LEFT_OUT)
        story.say("And that is all.")
        story.offer()
        await story.play(app, pilot)
        if kind is not TranscriptPane:
            assert "And that is all." in words(app)
        if kind is not SuggestionPane:
            assert "What if it fails?" in words(app)
        if kind is not QuestionPane:
            assert "● Way back" in words(app)
        await pilot.press("k")
        assert app.link.commands == [MarkMoment(12.0)]
    assert app.return_code in (0, None)
    kept = log.read_text()
    assert f" {kind.__name__} " in kept
    assert " ValueError " in kept
    assert SECRET not in kept
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.parametrize("method", ["on_resize", "render", "render_line"])
async def test_a_pane_that_fails_while_it_draws_itself_is_left_out_as_well(method, monkeypatch):
    story = told()
    story.offer()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "What if it fails?")
        monkeypatch.setattr(SuggestionPane, method, breaking)
        app.live.query_one(SuggestionPane).post_message(Resize(*[app.size] * 3))
        app.live.query_one(SuggestionPane).refresh()
        await until_shown(pilot, LEFT_OUT)
        story.say("And that is all.")
        await story.play(app, pilot)
        assert "And that is all." in words(app)
        await pilot.press("k")
        assert len(app.link.commands) == 1
    assert app.return_code in (0, None)


async def test_once_it_works_again_nothing_is_said_any_more(monkeypatch):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "▸Transcript")
        with monkeypatch.context() as broken:
            broken.setattr(PlanPane, "show", breaking)
            app.link.vitals(now_s=20.0)
            await until_shown(pilot, LEFT_OUT)
        app.link.vitals(now_s=21.0)
        await until_it_holds(pilot, lambda: LEFT_OUT not in words(app))


def test_a_failure_that_repeats_itself_is_written_down_once(log):
    changes: list[bool] = []
    left_out = LeftOut(changes.append)
    for _ in range(3):
        try:
            breaking()
        except ValueError as error:
            left_out.failed("PlanPane", error)
    assert len(log.read_text().splitlines()) == 1
    left_out.failed("NotesPane", KeyError())
    left_out.worked("PlanPane")
    assert changes == [True, True, True]
    left_out.worked("NotesPane")
    assert changes[-1] is False


def test_a_disk_that_refuses_makes_it_no_worse(tmp_path):
    (tmp_path / "file").touch()
    changes: list[bool] = []
    LeftOut(changes.append, tmp_path / "file" / "log").failed("PlanPane", ValueError())
    assert changes == [True]
