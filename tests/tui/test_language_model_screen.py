"""The screens say where text goes, and calmly that the language model does not answer."""

from typing import Any

import pytest
from textual.app import App

from copilot.engine.consent import consent_notice
from copilot.engine.language_model import NO_ANSWER, SPENT
from copilot.engine.vitals import Vitals
from copilot.events import AnsweredBy, SuggestionSharpened
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.link import VitalsArrived
from copilot.tui.live.alarm_line import AlarmLine
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.trust_bar import TrustBar
from tests.builders import session_started
from tests.story import Story
from tests.tui.recorded import RecordedApp, shown, until_shown, words

SIZES = [(50, 24), (80, 24), (160, 50)]


class Asking(App[None]):
    """An app that asks for consent."""

    def __init__(self, sound: str = "") -> None:
        super().__init__()
        notice = consent_notice("en", sound, "llm.example")
        self.asked = ConsentScreen("Head Baker", "en", notice, sound, "llm.example")

    def on_mount(self) -> None:
        self.push_screen(self.asked)


@pytest.mark.parametrize("size", SIZES)
async def test_where_text_would_go_is_on_the_consent_screen(size):
    app = Asking()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = words(app)
        assert "text → llm.example, if agreed" in text
        assert "sound →" not in text
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_where_sound_and_text_would_go_are_told_apart():
    app = Asking("gpubox.example")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "sound → gpubox.example text → llm.example, if agreed" in words(app)


@pytest.mark.parametrize(
    ("text", "sound", "llm", "says"),
    [
        (("llm.example",), (), ("llm.example",), "text → llm.example"),
        (("gpubox", "llm.example"), ("gpubox",), ("llm.example",), "sound → gpubox text → llm"),
        (("gpubox",), ("gpubox",), ("gpubox",), "sound → gpubox text → gpubox"),
        (("gpubox",), ("gpubox",), (), "sound → gpubox"),
        ((), (), (), "text stays here"),
    ],
)
async def test_the_trust_bar_says_which_host_text_goes_to(text, sound, llm, says):
    started = session_started(text_goes_to=text, sound_goes_to=sound, llm_goes_to=llm)
    app = RecordedApp([started])
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        bar = " ".join(str(app.live.query_one(TrustBar).render()).split())
        assert says in bar
        assert ("text →" in bar) == bool(llm)


def told(app: RecordedApp, **values: Any) -> None:
    """A sign of life comes in."""
    app.live.post_message(VitalsArrived(Vitals(5.0, **values)))


async def test_that_it_does_not_answer_is_said_without_alarm_and_goes_when_it_does():
    app = RecordedApp(Story().events)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = app.live.query_one(AlarmLine)
        told(app, llm_trouble=NO_ANSWER)
        await until_shown(pilot, NO_ANSWER)
        assert not line.has_class("-trouble")
        assert "▲" not in app.text()

        told(app)
        await pilot.pause()
        await pilot.pause()
        assert NO_ANSWER not in words(app)


async def test_what_is_said_once_is_said_once(monkeypatch):
    app = RecordedApp(Story().events)
    notices: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.live, "notify", lambda message, **_: notices.append(message))
        for _ in range(3):
            told(app, llm_notice=SPENT)
            await pilot.pause()
        told(app, llm_notice="another")
        await pilot.pause()
    assert notices == [SPENT, "another"]


async def test_broken_thresholds_are_said_once(monkeypatch):
    app = RecordedApp(Story().events)
    notices: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app.live, "notify", lambda message, **_: notices.append(message))
        for _ in range(3):
            told(app, llm_notice=SPENT, matching_notice="mend it")
            await pilot.pause()
    assert notices == [SPENT, "mend it"]


async def test_a_sharper_wording_takes_the_place_of_the_first_without_jumping():
    story = Story()
    story.ask("rollout")
    story.say("Well, we looked at the old oven first.")
    first = story.offer()
    app = RecordedApp(story.events)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, first.text)
        pane = app.live.query_one(SuggestionPane)
        before = pane.region
        story.tell(
            SuggestionSharpened,
            suggestion_id=first.id,
            text="What made you look at the old oven first?",
            reason=first.reason,
            answered_by=AnsweredBy(model="toy", prompt="follow_up", prompt_sha256="ab" * 32),
        )
        app.link.play(story.events[-1:])
        await until_shown(pilot, "What made you look at the old oven first?")
        assert first.text not in app.text()
        assert first.reason in words(app)
        assert pane.region == before
        meant = pane.meant()
        assert meant is not None
        assert meant.id == first.id  # a key still means the same suggestion
