"""The private warning: calm, complete at every size, and gone by itself or by a key."""

from typing import Any

import pytest

from copilot.events import (
    CaptureKind,
    CapturePaused,
    Channel,
    ChannelLost,
    ConsentDecision,
    Event,
    KnownTopic,
    SessionResumed,
    TopicTouched,
)
from copilot.interview import Interview
from copilot.knowledge.laws import every_pack
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.transcript_pane import TranscriptPane
from tests.builders import session_started
from tests.tui.recorded import CallStory, RecordedApp, shown, until_shown, words

SIZES = [(60, 40), (80, 24), (50, 24), (160, 50)]
RESUMED: dict[str, Any] = {
    "resumed_at": "now",
    "away_s": 9.0,
    "app_version": "1",
    "source": "two devices",
}


def _topics(language: str) -> tuple[KnownTopic, ...]:
    """Those of the pack with the longest texts."""
    pack = next(pack for pack in every_pack() if pack.id == "fr")
    return tuple(
        KnownTopic(
            id=topic.id,
            label=topic.label.in_(language),
            why=topic.why.in_(language),
            instead=topic.instead.in_(language),
            packs=("fr", "eu"),
        )
        for topic in pack.topics
    )


TOPICS = {topic.id: topic for topic in _topics("fr")}


class AskingStory(CallStory):
    """A call whose interviewer asks what had better be left alone."""

    def __init__(self) -> None:
        self.interview = Interview()
        self.events: list[Event] = []
        self._played = 0
        topics = tuple(TOPICS.values())
        self.apply(session_started(capture=CaptureKind.CALL, topics=topics))
        self.consent(ConsentDecision.GIVEN)
        self.ask("rollout")

    def touch(self, topic: str = "age", at_s: float | None = None) -> None:
        said = self.say("Something about you.", channel=Channel.INTERVIEWER, start_s=at_s)
        self.tell(TopicTouched, topic=topic, packs=("fr", "eu"), utterance_id=said.id)


def pane(app: RecordedApp) -> str:
    """What the pane shows, on one line; empty where it takes no room."""
    widget = app.live.query_one(TopicPane)
    if not widget.display:
        return ""
    region = widget.region
    rows = shown(app).splitlines()[region.y : region.bottom]
    return " ".join(" ".join(row[1:].split()) for row in rows)


async def test_nothing_touched_takes_no_room():
    app = RecordedApp(AskingStory().fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert pane(app) == ""
        assert app.live.query_one(NewestPane).display


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("topic", TOPICS)
async def test_topic_reason_and_rewording_are_read_whole_at_every_size(size, topic):
    story = AskingStory()
    story.touch(topic)
    story.say("The candidate's last words.")
    story.offer()
    story.tell(ChannelLost, channel=Channel.CANDIDATE, device="H" * 90, reason="gone", since_s=1.0)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "For you alone")
        known = TOPICS[topic]
        text = pane(app)
        assert text.startswith(f"For you alone: off limits, {known.label} (fr, eu) Esc ")
        assert text.endswith(f" Esc Ask instead: {known.instead} {known.why}")
        lines = shown(app).splitlines()
        assert len(lines) == size[1]
        assert "End" in lines[-1]
        # What matters in a call is still there.
        assert "What if it fails?" in words(app)
        assert "last words" in words(app)
        assert app.live.query_one(TranscriptPane).region.height >= 3


async def test_it_goes_by_itself():
    story = AskingStory()
    story.touch()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "For you alone")
        app.link.vitals(now_s=30.0)
        await pilot.pause()
        assert pane(app)
        app.link.vitals(now_s=60.0)
        await pilot.pause()
        assert pane(app) == ""
        assert app.live.query_one(NewestPane).display


async def test_escape_puts_the_newest_away_and_leaves_the_suggestion():
    story = AskingStory()
    story.touch("age")
    story.touch("family")
    story.offer()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, TOPICS["family"].label)
        await pilot.press("escape")
        await until_shown(pilot, TOPICS["age"].instead[:20])
        await pilot.press("escape")
        await pilot.pause()
        assert pane(app) == ""
        await pilot.press("escape")
        assert app.live.query_one(SuggestionPane).region.height
        assert app.link.commands == []


async def test_a_resumed_session_warns_of_nothing_old():
    story = AskingStory()
    story.touch()
    story.tell(SessionResumed, **RESUMED)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "resumed after")
        assert pane(app) == ""


async def test_words_that_were_the_candidates_are_no_warning():
    story = AskingStory()
    story.touch()
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "For you alone")
        story.swap()
        await story.play(app, pilot)
        await until_shown(pilot, "exchanged")
        assert pane(app) == ""


async def test_off_the_record_it_steps_back():
    story = AskingStory()
    story.touch()
    story.tell(CapturePaused)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "OFF THE RECORD")
        assert not app.live.query_one(TopicPane).region.height


# -- what the candidate tells unasked -------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_told_unasked_is_marked_in_the_transcript(size):
    story = AskingStory()
    story.say("I have epilepsy, and we moved eleven warehouses.")
    story.say("I have epilepsy too.", channel=Channel.INTERVIEWER)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "eleven warehouses. [unsolicited: health and disability]")
        assert words(app).count("unsolicited") == 1


async def test_the_mark_follows_the_sides():
    story = AskingStory()
    story.say("I have epilepsy, and we moved eleven warehouses.", channel=Channel.INTERVIEWER)
    app = RecordedApp(story.fresh())
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "eleven warehouses.")
        assert "unsolicited" not in words(app)
        story.swap()
        await story.play(app, pilot)
        await until_shown(pilot, "[unsolicited: health and disability]")
