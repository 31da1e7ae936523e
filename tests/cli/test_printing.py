"""What is printed: events and nothing else; text that may change is none."""

import io
import json

import pytest

from copilot.cli.printing import JsonLines, PlainLines
from copilot.events import Channel
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord
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
