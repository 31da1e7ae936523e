"""The live screen shows what the events say, and keys become commands."""

import dataclasses

import pytest
from textual.widgets import OptionList

from copilot.engine.commands import (
    DismissSuggestion,
    EndSession,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.errors import ModelError
from copilot.events import (
    Channel,
    FindingKind,
    FindingState,
    QuestionAsked,
    SuggestionOffered,
    UtteranceHeard,
)
from copilot.tui.dialogs.choose_question import ChooseQuestion
from copilot.tui.dialogs.confirm_end import ConfirmEnd
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.link import SessionFailed, SessionReady
from copilot.tui.live.screen import LiveScreen
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.trust_bar import TrustBar
from tests.story import Story
from tests.tui.recorded import RecordedApp, demo_events, shown, until, until_shown, words

SIZES = [(50, 24), (60, 40), (80, 24), (160, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_everything_that_matters_is_on_the_screen_at_every_size(size):
    app = RecordedApp(until(demo_events(), SuggestionOffered))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=73.0, levels_dbfs={Channel.CANDIDATE: -20.0})
        await pilot.pause()
        text = app.text()
        interview = app.live.interview
        assert interview.open_suggestion is not None
        assert interview.current_question is not None
        offered = interview.open_suggestion.suggestion
        question = interview.planned(interview.current_question)
        assert "stored" in text
        assert "1:13/4:06" in text
        assert question.label[:14] in text
        assert " ".join(offered.text.split()[:4]) in " ".join(text.split())
        assert offered.reason.split(":")[0] in text
        for point in question.points[:5]:
            state = interview.state_of(question.id, FindingKind.POINT, point.id)
            sign = "●" if state is FindingState.EVIDENCED else "○"
            assert f"{sign} {point.label[:12]}" in text
        assert "“" in text


async def test_a_quote_is_shown_word_for_word():
    app = RecordedApp(demo_events()[:-1])
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        finding = app.live.interview.findings["new-technology", FindingKind.POINT, "rollback"]
        assert finding.evidence[0].quote in app.text()


async def test_a_point_made_under_another_question_is_shown_with_its_own():
    story = Story()
    story.ask("metrics")
    said = story.say("We had a way back to the old oven.")
    story.find("rollback", FindingState.EVIDENCED, said=said)
    app = RecordedApp(story.events)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "New oven, Way back: “We had a way back")
        story.ask("rollout", at_s=60)
        app.link.play(story.events[-1:])
        await until_shown(pilot, "1/3 heard")


async def test_doubtful_text_is_marked(monkeypatch):
    events = until(demo_events(), UtteranceHeard)
    last = events[-1]
    assert isinstance(last, UtteranceHeard)
    doubtful = type(last.utterance)(
        **{
            **{name: getattr(last.utterance, name) for name in last.utterance.__slots__},
            "uncertain": True,
        }
    )
    events[-1] = UtteranceHeard(seq=last.seq, at_s=last.at_s, utterance=doubtful)
    app = RecordedApp(events)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"? {doubtful.text[:20]}" in app.text()


@pytest.mark.parametrize(
    ("key", "command"), [("t", TakeSuggestion), ("s", SkipSuggestion), ("x", DismissSuggestion)]
)
async def test_a_key_deals_with_the_suggestion_that_was_shown(key, command, monkeypatch):
    app = RecordedApp(until(demo_events(), SuggestionOffered))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        assert app.link.commands == [command("s1")]


async def test_the_question_can_be_set_by_key_in_any_order():
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.press("p")
        await pilot.press("g")
        assert isinstance(app.screen, ChooseQuestion)
        chooser = app.screen.query_one(OptionList)
        chooser.highlighted = chooser.get_option_index("new-technology")
        await pilot.press("enter")
        await pilot.press("g")
        chooser = app.screen.query_one(OptionList)
        chooser.highlighted = chooser.option_count - 1
        await pilot.press("enter")
        await pilot.press("g", "escape")
        assert app.link.commands == [
            SetQuestion("user-support", moving_on=True),
            SetQuestion("metrics"),
            SetQuestion("new-technology"),
            SetQuestion(None),
        ]


async def test_help_lists_every_key_and_closes_again():
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 140)) as pilot:
        await pilot.pause()
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        for action in LIVE_ACTIONS:
            if action.id not in ("rating.2", "rating.3", "rating.4"):  # told once, as 1-4
                assert action.help in words(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LiveScreen)


async def test_leaving_asks_once_and_ends_the_session():
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
        assert isinstance(app.screen, ConfirmEnd)
        await pilot.press("escape")
        assert app.link.commands == []
        await pilot.press("q", "y")
        assert app.link.commands == [EndSession()]
        app.link.over(("20260101-000000-abcd", "/somewhere"))
        await pilot.pause()
    assert app._exit


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_the_keys_that_end_other_programs_ask_once_as_well(key):
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key, key)
        assert isinstance(app.screen, ConfirmEnd)
        assert len(app.screen_stack) == 3
        assert app.link.commands == []
        await pilot.press("escape", key, "y")
        assert app.link.commands == [EndSession()]


async def test_a_session_that_ends_by_itself_says_where_it_is_stored():
    app = RecordedApp(demo_events())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.over(("20260101-000000-abcd", "/somewhere"))
        await pilot.pause()
        assert "stored as 20260101-000000-abcd" in app.text()
        await pilot.press("q")
    assert app._exit


async def test_a_failure_is_told_with_its_remedy():
    app = RecordedApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.live.post_message(SessionFailed(ModelError("the file is damaged.", "Fetch it again.")))
        await pilot.pause()
        assert "the file is damaged." in app.text()
        assert "Fetch it again." in app.text()
        await pilot.press("enter")
    assert app.return_code == ModelError.exit_code


async def test_lag_and_levels_show_in_the_trust_bar():
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.vitals(
            now_s=100.0,
            levels_dbfs={Channel.INTERVIEWER: -12.0, Channel.CANDIDATE: -60.0},
            lag_s=7.5,
        )
        await pilot.pause()
        first = app.text().splitlines()[0]
        assert "you █" in first
        assert "7.5 s behind" in first
        assert "text stays here" in first


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize(
    ("text", "sound", "said"),
    [
        (("gpubox.local",), ("gpubox.local",), "sound → gpubox.local"),
        (("gpubox.local", "llm.example"), ("gpubox.local",), "sound → gpubox.local  text → llm"),
        (("llm.example",), (), "text → llm.example"),
    ],
)
async def test_the_trust_bar_says_where_sound_and_text_go(text, sound, said, width):
    started = dataclasses.replace(demo_events()[0], text_goes_to=text, sound_goes_to=sound)
    app = RecordedApp([started])
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        bar = str(app.live.query_one(TrustBar).render())
        assert said in bar
        assert "stays here" not in bar
        assert "local " not in bar.replace("gpubox.local", "")


async def test_before_it_is_known_where_text_goes_nothing_is_promised():
    app = RecordedApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "stays here" not in str(app.live.query_one(TrustBar).render())


async def test_a_server_that_fails_is_told_while_text_goes_on():
    app = RecordedApp(until(demo_events(), QuestionAsked))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.link.vitals(now_s=100.0, server_trouble="gpubox.local cannot be reached")
        await pilot.pause()
        assert "▲ gpubox.local cannot be reached" in app.text()
        assert "no text at the moment" not in app.text()
        app.link.vitals(now_s=101.0)
        await pilot.pause()
        assert "gpubox.local" not in app.text()


async def test_the_transcript_stays_where_it_was_scrolled_to():
    events = demo_events()
    half = len(events) // 2
    app = RecordedApp(events[:half])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        transcript = app.live.query_one(TranscriptPane)
        assert transcript.is_vertical_scroll_end
        await pilot.press("pageup")
        await pilot.pause()
        where = transcript.scroll_offset.y
        app.link.play(events[half:-1])
        await pilot.pause()
        assert transcript.scroll_offset.y == where
        for _ in range(40):
            await pilot.press("pagedown")
        await pilot.pause()
        assert transcript.is_vertical_scroll_end


async def test_a_narrower_terminal_wraps_the_transcript_again():
    app = RecordedApp(demo_events()[:-1])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.resize_terminal(60, 40)
        await pilot.pause()
        assert max(map(len, shown(app).splitlines())) <= 60
        last = list(app.live.interview.utterances.values())[-1]
        assert last.text in words(app)


@pytest.mark.parametrize(
    ("stored", "said"), [(True, "worked off and kept"), (False, "Nothing of it is stored")]
)
async def test_the_question_before_the_end_says_what_becomes_of_it(stored: bool, said: str):
    app = RecordedApp(demo_events()[:3])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.live.post_message(SessionReady(duration_s=None, kept=stored))
        await pilot.press("q")
        await until_shown(pilot, said)
