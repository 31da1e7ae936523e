"""What is printed: events and nothing else; text that may change is none."""

import io
import json

import pytest

from copilot.cli.printing import JsonLines, PlainLines
from copilot.events import Channel, Event, KnownTopic, TopicTouched
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord
from tests.builders import session_started
from tests.story import Story

PARTIAL = Partial(Channel.CANDIDATE, 0, (), (HeardWord("perhaps", 0.0, 0.4, 0.5),))


@pytest.mark.parametrize("lines", [JsonLines, PlainLines])
def test_text_that_may_change_is_not_printed(lines: type[JsonLines | PlainLines]) -> None:
    out = io.StringIO()
    printer = lines(out)
    story = Story()
    story.say("First I would ask the bakers.")
    for event in story.events:
        printer.on_partials((PARTIAL,))
        printer.on_event(event)
    printer.on_partials(())

    assert "perhaps" not in out.getvalue()
    assert "bakers" in out.getvalue()
    if lines is JsonLines:
        printed = [json.loads(line) for line in out.getvalue().splitlines()]
        assert [line["type"] for line in printed] == [event.type for event in story.events]


AGE = KnownTopic(
    id="age", label="age", why="People are protected.", instead="What experience?", packs=("us",)
)


def _printed(events: list[Event]) -> str:
    out = io.StringIO()
    lines = PlainLines(out)
    for event in events:
        lines.on_event(event)
    return out.getvalue()


def test_the_interviewer_is_told_which_topic_was_touched_why_and_what_to_ask() -> None:
    story = Story()
    story.say("How old are you?", channel=Channel.INTERVIEWER)
    story.events[0] = session_started(topics=(AGE,))
    touched = TopicTouched(
        seq=story.seq,
        at_s=story.interview.now_s,
        topic="age",
        packs=("us",),
        utterance_id="u1",
    )

    last = _printed([*story.events, touched]).splitlines()[-1]

    assert last == (
        "[0:02] For you alone: off limits, age (us). People are protected. "
        "Ask instead: What experience?"
    )


def test_what_was_told_unasked_is_printed_with_a_mark() -> None:
    story = Story()
    story.say("I have epilepsy, and we moved eleven warehouses.")

    assert _printed(story.events).splitlines()[-1] == (
        "[0:00] Candidate: I have epilepsy, and we moved eleven warehouses. "
        "[unsolicited: health and disability]"
    )
