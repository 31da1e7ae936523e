"""What the live screen says of the capture, and the keys that steer it."""

import pytest
from textual.events import Key
from textual.widgets import Input

from copilot.engine.commands import (
    ChooseSpeaker,
    PauseCapture,
    RateQuestion,
    SwapChannels,
    TakeNote,
)
from copilot.events import (
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelsSwapped,
    ConsentDecision,
    NoteTaken,
    QuestionRated,
    SpeakerChosen,
)
from copilot.tui.dialogs.confirm_swap import ConfirmSwap
from copilot.tui.dialogs.note import NoteDialog
from copilot.tui.live.screen import LiveScreen
from tests.tui.recorded import CallStory, RecordedApp, shown, told, until_shown, words

SIZES = [(50, 24), (80, 24), (60, 40), (160, 50)]
LEVELS = {Channel.INTERVIEWER: -20.0, Channel.CANDIDATE: -30.0}
YOU, CANDIDATE = Channel.INTERVIEWER, Channel.CANDIDATE


def first_lines(app: RecordedApp, count: int = 1) -> str:
    return "\n".join(shown(app).splitlines()[:count])


# -- off the record -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_off_the_record_cannot_be_overlooked_and_the_same_key_goes_on(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=12.0, levels_dbfs=LEVELS)
        before = shown(app)
        assert "OFF THE RECORD" not in before
        await pilot.press("o")
        assert app.link.commands == [PauseCapture(paused=True)]
        assert "pausing" in first_lines(app)  # not said before it is so
        story.tell(CapturePaused, 12.0)
        await story.play(app, pilot)
        assert "OFF THE RECORD" in first_lines(app)
        assert "OFF THE RECORD since 0:12" in words(app).replace("┃", "")
        assert "o goes on" in words(app)
        assert "━━━" in shown(app)
        assert "── off the record ──" in shown(app)
        assert "you ▇" not in first_lines(app)  # no level of what is not heard
        await pilot.press("o")
        assert app.link.commands[1:] == [PauseCapture(paused=False)]
        story.tell(CaptureContinued, 20.0)
        await story.play(app, pilot)
        assert "OFF THE RECORD" not in shown(app)
        assert "── on the record again ──" in shown(app)


async def test_a_recording_cannot_be_off_the_record():
    story = told(kind=CaptureKind.RECORDING)
    app = RecordedApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o")  # nobody knows yet what is heard
        assert app.link.commands == [PauseCapture(paused=True)]
        await story.play(app, pilot)
        assert "pausing" not in first_lines(app)
        assert "Pause" not in shown(app).splitlines()[-1]
        await pilot.press("o")
        assert len(app.link.commands) == 1


async def test_two_quick_presses_mean_off_and_on_again():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o", "o")
        assert app.link.commands == [PauseCapture(paused=True), PauseCapture(paused=False)]
        assert "pausing" not in first_lines(app)


async def test_a_session_that_ends_off_the_record_still_says_where_it_is():
    story = told()
    story.tell(CapturePaused)
    story.end()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.over(("20260101-000000-abcd", "/somewhere"))
        await pilot.pause()
        assert "stored as 20260101-000000-abcd" in words(app)
        await pilot.press("o", "m", "1", "w")
        assert app.link.commands == []


# -- who is who -----------------------------------------------------------------------------------


async def test_swapping_the_speakers_asks_once_and_writes_the_transcript_anew():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "cand First I would ask the bakers." in words(app)
        await pilot.press("w")
        assert isinstance(app.screen, ConfirmSwap)
        assert "changes sides as well" in words(app)
        await pilot.press("escape")
        assert app.link.commands == []
        await pilot.press("w", "enter")
        assert app.link.commands == [SwapChannels()]
        story.tell(ChannelsSwapped)
        await story.play(app, pilot)
        assert "you First I would ask the bakers." in words(app)
        assert "cand How would you bring in a new oven?" in words(app)
        assert "the sides were exchanged" in words(app)


@pytest.mark.parametrize("size", SIZES)
async def test_with_one_microphone_space_says_who_speaks(size):
    story = told(kind=CaptureKind.ROOM)
    story.tell(SpeakerChosen, channel=YOU)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=12.0, levels_dbfs=LEVELS)
        await pilot.pause()
        assert "microphone ▇" in first_lines(app)
        assert "one microphone: you speak" in first_lines(app, 2)
        assert "not separated" in first_lines(app, 2)
        assert "Space" in shown(app).splitlines()[-1]
        await pilot.press("space", "space")  # quicker than the session answers
        assert app.link.commands == [ChooseSpeaker(CANDIDATE), ChooseSpeaker(YOU)]
        story.tell(SpeakerChosen, channel=CANDIDATE)
        await story.play(app, pilot)
        assert "one microphone: candidate speaks" in first_lines(app, 2)
        await pilot.press("space")
        assert app.link.commands[2:] == [ChooseSpeaker(YOU)]


async def test_with_two_devices_space_means_nothing():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert app.link.commands == []
        assert "Space" not in shown(app)
        assert "one microphone" not in shown(app)


# -- notes and ratings ----------------------------------------------------------------------------


async def test_a_note_belongs_to_the_moment_at_which_it_was_begun():
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=72.0)
        await pilot.press("m")
        assert isinstance(app.screen, NoteDialog)
        assert "Note at 1:12" in words(app)
        await pilot.press(*"quiet, o1")
        app.link.vitals(now_s=95.0)
        await pilot.press("enter")
        assert app.link.commands == [TakeNote("quiet, o1", at_s=72.0)]
        story.tell(NoteTaken, 96.0, id="n1", text="quiet, o1", moment_s=72.0)
        await story.play(app, pilot)
        assert "1:12 note quiet, o1" in words(app)


@pytest.mark.parametrize("keys", [("escape",), (*"gone", "escape"), ("enter",), ("space", "enter")])
async def test_a_note_left_or_empty_is_none(keys):
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", *keys)
        assert isinstance(app.screen, LiveScreen)
        assert app.link.commands == []


async def test_a_note_dialog_is_one_line_to_write_in():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.press("m")
        assert isinstance(app.focused, Input)
        assert app.focused.size.height == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_current_question_is_rated_by_key(size):
    story = told()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("3", "0")
        assert app.link.commands == [RateQuestion("rollout", 3), RateQuestion("rollout", None)]
        story.tell(QuestionRated, question="rollout", rating=3)
        await story.play(app, pilot)
        assert "rated 3" in words(app)
        await pilot.press("i")
        assert "▸ New oven 3 " in shown(app)
        story.tell(QuestionRated, question="rollout", rating=None)
        await story.play(app, pilot)
        assert "rated" not in words(app)


async def test_without_a_question_there_is_nothing_to_rate():
    app = RecordedApp(CallStory().fresh())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await until_shown(pilot, "No question is being answered")
        assert app.link.commands == []


# -- declined -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_declined_shows_everywhere_and_plan_notes_and_ratings_work(size):
    story = CallStory(CaptureKind.NONE, ConsentDecision.DECLINED)
    story.ask("rollout")
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=65.0)
        await pilot.pause()
        assert "not recording: declined 1:05" in " ".join(first_lines(app).split())
        assert "Not recording: declined. No sound is opened." in words(app)
        assert "1:05" in shown(app)
        assert "Pause" not in shown(app).splitlines()[-1]
        await pilot.press("o", "w", "space")
        assert app.link.commands == []
        await pilot.press("4", "m", *"calm", "enter")
        assert app.link.commands == [RateQuestion("rollout", 4), TakeNote("calm", at_s=65.0)]


async def test_a_key_right_after_a_note_is_not_written_into_it():
    app = RecordedApp(told().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", *"calm")
        app.post_message(Key("enter", None))
        app.post_message(Key("w", "w"))
        await pilot.pause()
        assert app.link.commands == [TakeNote("calm", at_s=app.live.interview.now_s)]
