"""What is spoken is enough, in the order of importance, in words alone, and never said twice."""

from typing import Any

import pytest

from copilot.engine.vitals import Vitals
from copilot.events import (
    AlarmCleared,
    AlarmKind,
    AlarmRaised,
    AnsweredBy,
    CaptureKind,
    Channel,
    ChannelAttached,
    ChannelLost,
    FindingState,
    KnownTopic,
    SessionResumed,
    SuggestionClosed,
    SuggestionFate,
    SuggestionOffered,
    SuggestionSharpened,
    TopicTouched,
    Unrated,
)
from copilot.events.values import Actor
from copilot.plain.line import Verbosity
from copilot.plain.telling import Teller
from tests.builders import session_started
from tests.plain.parts import CallStory, spoken
from tests.story import a_probe
from tests.tui.recorded import demo_events


def a_story() -> CallStory:
    story = CallStory()
    story.ask("rollout")
    return story


def fresh(story: CallStory, teller: Teller) -> list[str]:
    """What is spoken of what the story told since the last call, all of it at once."""
    events = [event for event in story.events if event.seq > teller.interview.seq]
    return [line.text for line in teller.hear(events)]


def following(story: CallStory) -> Teller:
    """Someone who has heard the story until now."""
    teller = Teller()
    fresh(story, teller)
    return teller


def test_a_finding_is_spoken_in_words_with_its_quote() -> None:
    story = a_story()
    teller = following(story)
    said = story.say("First we ran a trial.")
    story.find("pilot", FindingState.EVIDENCED, said=said)
    story.find("rollback", FindingState.DENIED, said=story.say("We had no way back."))
    story.raise_flag("alone", story.say("I did it all by myself."))

    assert fresh(story, teller) == [
        "Point evidenced: Trial run. Quote: First we ran a trial.",
        "Point denied: Way back. Quote: We had no way back.",
        "Flag, worth a second look: Works alone. Quote: I did it all by myself.",
    ]


def test_a_point_made_under_another_question_is_named_with_it() -> None:
    story = a_story()
    said = story.say("First we ran a trial.")
    story.ask("metrics")
    teller = following(story)
    story.find("pilot", FindingState.EVIDENCED, said=said)

    [line] = fresh(story, teller)
    assert line.startswith("Point evidenced: Trial run, under New oven.")


def test_a_suggestion_comes_with_its_reason_and_is_withdrawn_when_stale() -> None:
    story = a_story()
    teller = following(story)
    offered = story.offer()
    assert fresh(story, teller) == [
        "Suggestion: What if it fails? Reason: not heard yet: Way back."
    ]
    story.close(offered.id, SuggestionFate.ANSWERED, by=Actor.MACHINE)
    assert fresh(story, teller) == ["Suggestion withdrawn: it was answered."]


def test_a_suggestion_that_was_never_spoken_is_not_withdrawn() -> None:
    story = a_story()
    teller = following(story)
    offered = story.offer()
    story.close(offered.id, SuggestionFate.EXPIRED, by=Actor.MACHINE)

    assert fresh(story, teller) == []


def test_a_suggestion_is_spoken_once_and_its_better_words_once() -> None:
    story = a_story()
    teller = following(story)
    offered = story.offer()
    fresh(story, teller)
    story.tell(
        SuggestionSharpened,
        suggestion_id=offered.id,
        text="What if the oven fails at noon?",
        reason=offered.reason,
        answered_by=AnsweredBy(model="m", prompt="p", prompt_sha256="0"),
    )
    assert fresh(story, teller) == [
        "The same suggestion in other words: What if the oven fails at noon?"
    ]
    assert [line.text for line in teller.hear([])] == []


def test_what_comes_together_is_spoken_in_the_order_of_importance() -> None:
    story = a_story()
    teller = following(story)
    teller.transcript = True
    said = story.say("First we ran a trial.")
    story.find("pilot", FindingState.EVIDENCED, said=said)
    story.offer()
    story.tell(AlarmRaised, alarm=AlarmKind.CLIPPING, channel=Channel.CANDIDATE, text="too loud")

    starts = [line.split(":")[0] for line in fresh(story, teller)]
    assert starts == ["Alarm", "Suggestion", "Point evidenced", "Candidate"]


@pytest.mark.parametrize(
    ("verbosity", "wanted"),
    [
        (Verbosity.ALARMS, {"Alarm"}),
        (Verbosity.FINDINGS, {"Alarm", "Suggestion", "Point evidenced"}),
        (Verbosity.ALL, {"Alarm", "Suggestion", "Point evidenced", "Question 2 of 3"}),
    ],
)
def test_as_much_is_spoken_as_is_wanted(verbosity: Verbosity, wanted: set[str]) -> None:
    story = a_story()
    teller = following(story)
    teller.verbosity = verbosity
    said = story.say("First we ran a trial.")
    story.find("pilot", FindingState.EVIDENCED, said=said)
    story.offer()
    story.tell(AlarmRaised, alarm=AlarmKind.SILENT, channel=Channel.CANDIDATE, text="silent?")
    story.ask("metrics", by=Actor.MACHINE)

    assert {line.split(":")[0] for line in fresh(story, teller)} == wanted


def test_calm_holds_the_suggestion_back_until_it_is_over() -> None:
    story = a_story()
    teller = following(story)
    teller.calm = True
    story.offer()
    assert fresh(story, teller) == []
    teller.calm = False
    assert [line.text[:11] for line in teller.hear([])] == ["Suggestion:"]


def test_what_the_user_did_is_confirmed_even_where_alarms_alone_are_wanted() -> None:
    story = a_story()
    teller = following(story)
    teller.verbosity = Verbosity.ALARMS
    story.note("Ask about Lyon.")
    story.rate("rollout", 3)
    story.rate("rollout", None)
    story.rate("rollout", 2, reason="No pilot.")
    story.rate("rollout", None, unrated=Unrated.NOT_ENOUGH)
    story.find("pilot", FindingState.EVIDENCED, by=Actor.HUMAN)

    assert fresh(story, teller) == [
        "Note at 0:00: Ask about Lyon.",
        "Rated 3 of 4: New oven.",
        "Rating taken back: New oven.",
        "Rated 2 of 4: New oven. Why: No pilot.",
        "Judged as not enough to tell: New oven.",
        "Decided by you: Trial run, evidenced.",
    ]


def test_a_state_is_spoken_once_whatever_else_is_quoted_for_it() -> None:
    story = a_story()
    teller = following(story)
    story.find("pilot", FindingState.EVIDENCED, said=story.say("First we ran a trial."))
    fresh(story, teller)
    story.find("pilot", FindingState.EVIDENCED, said=story.say("And a second trial."))
    assert fresh(story, teller) == []
    story.find("pilot", FindingState.NOT_HEARD)
    assert fresh(story, teller) == ["Point no longer taken as heard: Trial run."]


def test_that_nothing_was_heard_is_no_news() -> None:
    story = a_story()
    teller = following(story)
    story.find("pilot", FindingState.NOT_HEARD)

    assert fresh(story, teller) == []


def test_a_lost_device_is_an_alarm_and_so_is_its_return() -> None:
    story = CallStory()
    story.tell(ChannelAttached, channel=Channel.CANDIDATE, device="Headset")
    teller = following(story)
    story.tell(
        ChannelLost, 2.0, channel=Channel.CANDIDATE, device="Headset", reason="Gone.", since_s=2.0
    )
    assert fresh(story, teller) == ["Alarm: Candidate, Headset is lost and being looked for. Gone."]
    story.tell(ChannelAttached, 5.0, channel=Channel.CANDIDATE, device="Headset")
    assert fresh(story, teller) == ["Over: Candidate is back after 3 s: Headset."]


def test_one_microphone_for_both_is_lost_once() -> None:
    story = CallStory(CaptureKind.ROOM)
    teller = following(story)
    for channel in Channel:
        story.tell(ChannelLost, channel=channel, device="USB", reason="Gone.", since_s=0.0)

    assert fresh(story, teller) == ["Alarm: Microphone, USB is lost and being looked for. Gone."]


def test_an_alarm_and_its_end() -> None:
    story = a_story()
    teller = following(story)
    story.tell(AlarmRaised, alarm=AlarmKind.NO_SIGNAL, channel=Channel.INTERVIEWER, text="muted?")
    story.tell(AlarmCleared, alarm=AlarmKind.NO_SIGNAL, channel=Channel.INTERVIEWER)

    assert fresh(story, teller) == ["Alarm: muted?", "Over: You, there is a signal again."]


def test_an_off_limits_topic_is_told_with_what_to_ask_instead() -> None:
    topic = KnownTopic(id="age", label="age", why="Why.", instead="What experience?", packs=("us",))
    story = CallStory()
    story.say("How old are you?", channel=Channel.INTERVIEWER)
    story.events[0] = started = session_started(capture=CaptureKind.CALL, topics=(topic,))
    story.interview.started = started
    story.tell(TopicTouched, topic="age", packs=("us",), utterance_id="u1")

    assert spoken(Teller(), story.events)[-1] == (
        "For you alone: off limits, age (us). Why. Ask instead: What experience?"
    )


def test_trouble_with_text_is_told_when_it_begins_and_when_it_ends() -> None:
    teller = Teller()

    def check(**values: str) -> list[str]:
        return [line.text for line in teller.check(Vitals(1.0, **values))]  # type: ignore[arg-type]

    assert check(trouble="the model is loading") == [
        "Alarm: no text at the moment: the model is loading."
    ]
    assert check(trouble="the model is still loading") == []
    assert check() == ["Over: there is text again."]
    assert check() == []


def test_a_session_that_goes_on_does_not_tell_its_past_again() -> None:
    story = a_story()
    story.find("pilot", FindingState.EVIDENCED, said=story.say("First we ran a trial."))
    resumed: dict[str, Any] = {
        "resumed_at": "2026-03-02T10:00:00+00:00",
        "app_version": "1",
        "source": "a call",
    }
    story.tell(SessionResumed, away_s=65.0, **resumed)  # an earlier time that it went on
    story.find("training", FindingState.UNCLEAR)
    teller = Teller(past=len(story.events))
    teller.verbosity = Verbosity.ALL
    assert fresh(story, teller) == []
    story.tell(SessionResumed, away_s=75.0, **resumed)
    story.find("rollback", FindingState.DENIED, said=story.say("We had no way back."))

    assert fresh(story, teller) == [
        "Point denied: Way back. Quote: We had no way back.",
        "The session goes on after 1:15 away.",
    ]


def test_the_demo_is_spoken_without_saying_anything_twice() -> None:
    lines = spoken(Teller(), demo_events())

    told = [line for line in lines if not line.startswith("Suggestion withdrawn")]
    assert len(told) == len(set(told)) > 15
    kinds = {type(event) for event in demo_events()}
    assert {SuggestionOffered, SuggestionClosed} <= kinds
    offered = sum(line.startswith("Suggestion: ") for line in lines)
    withdrawn = sum(line.startswith("Suggestion withdrawn") for line in lines)
    assert 0 < withdrawn <= offered


def test_an_answer_typed_as_the_suggestion_changes_means_the_one_before() -> None:
    now = 100.0
    story = a_story()
    teller = Teller(clock=lambda: now)
    fresh(story, teller)
    first = story.offer()
    fresh(story, teller)
    now += 5.0
    story.close(first.id, SuggestionFate.ANSWERED, by=Actor.MACHINE)
    story.offer(a_probe(id="s2", text="Who had to learn what?"))
    fresh(story, teller)
    now += 0.1
    assert teller.meant() == first
    now += 0.3
    meant = teller.meant()
    assert meant is not None
    assert meant.id == "s2"
