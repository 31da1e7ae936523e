"""Sessions printed to a terminal or a pipe: events as JSON lines, or lines for people."""

import json
import sys
from typing import Any, TextIO

from copilot.engine.vitals import Vitals
from copilot.events import (
    Event,
    FindingMade,
    FindingState,
    QuestionAsked,
    SuggestionClosed,
    SuggestionOffered,
    UtteranceHeard,
    event_to_json,
)
from copilot.interview import Interview
from copilot.review.summary import summarise, summary_to_json
from copilot.timecode import timecode


def print_json(value: Any, out: TextIO | None = None) -> None:
    """One JSON value on one line."""
    stream = out or sys.stdout
    stream.write(json.dumps(value, ensure_ascii=False) + "\n")
    stream.flush()


class JsonLines:
    """Prints every event as one JSON line, and the summary after the last one."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._interview = Interview()

    def on_event(self, event: Event) -> None:
        """Print it."""
        self._interview.apply(event)
        self._write(event_to_json(event))
        if self._interview.ended is not None:
            self._write(summary_to_json(summarise(self._interview)))

    def on_vitals(self, vitals: Vitals) -> None:
        """Signs of life are no events."""

    def _write(self, line: bytes) -> None:
        self._out.write(line.decode() + "\n")
        self._out.flush()


_SIGNS = {
    FindingState.EVIDENCED: "+",
    FindingState.DENIED: "-",
    FindingState.UNCLEAR: "?",
    FindingState.RAISED: "!",
}


class PlainLines:
    """Prints what happens as lines that can be read, or read aloud, one after the other."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._interview = Interview()

    def on_event(self, event: Event) -> None:
        """Print what a reader wants to know of it."""
        self._interview.apply(event)
        match event:
            case UtteranceHeard(utterance=said):
                doubt = " (uncertain)" if said.uncertain else ""
                self._write(said.start_s, f"{said.channel}{doubt}: {said.text}")
            case QuestionAsked(question=None):
                self._write(event.at_s, "question: none of the plan")
            case QuestionAsked(question=str(question)):
                self._write(event.at_s, f"question: {self._interview.planned(question).text}")
            case FindingMade() if event.state in _SIGNS:
                quote = f": “{event.evidence[0].quote}”" if event.evidence else ""
                self._write(event.at_s, f"{_SIGNS[event.state]} {event.state} {event.id}{quote}")
            case SuggestionOffered(suggestion=offered):
                self._write(event.at_s, f"suggestion ({offered.reason}): {offered.text}")
            case SuggestionClosed():
                self._write(event.at_s, f"suggestion {event.fate}")
            case _:
                pass

    def on_vitals(self, vitals: Vitals) -> None:
        """Signs of life are not read aloud."""

    def _write(self, at_s: float, text: str) -> None:
        self._out.write(f"[{timecode(at_s)}] {text}\n")
        self._out.flush()
