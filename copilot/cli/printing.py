"""Sessions printed to a terminal or a pipe: events as JSON lines, or lines for people."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from copilot.coach.unsolicited import load_unsolicited
from copilot.engine.vitals import Vitals
from copilot.events import Event, UtteranceHeard, event_to_json
from copilot.interview import Interview
from copilot.plain.wording import line_of
from copilot.review.summarising import summarise
from copilot.review.summary import summary_to_json
from copilot.timecode import timecode

if TYPE_CHECKING:
    from copilot.speech.streaming import Partial


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

    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """Text that may change is no event."""

    def _write(self, line: bytes) -> None:
        self._out.write(line.decode() + "\n")
        self._out.flush()


class PlainLines:
    """Prints what happens as lines that can be read, or read aloud, one after the other."""

    def __init__(
        self,
        out: TextIO | None = None,
        hides: Callable[[Event, Interview], bool] = lambda _event, _interview: False,
    ) -> None:
        """Begin.

        Args:
            out: Where to; stdout unless given.
            hides: Whether an event is left out, told with the interview as it is after it.
        """
        self._out = out or sys.stdout
        self._interview = Interview()
        self._unsolicited = load_unsolicited()
        self._hides = hides

    def on_event(self, event: Event) -> None:
        """Print what a reader wants to know of it."""
        before = self._interview.capture.lost.copy()
        self._interview.apply(event)
        if self._hides(event, self._interview):
            return
        at_s = event.utterance.start_s if isinstance(event, UtteranceHeard) else event.at_s
        line = line_of(event, self._interview, before)
        text = "" if line is None else line.text
        if isinstance(event, UtteranceHeard) and (mark := self._unsolicited.mark(event.utterance)):
            text = f"{text} [{mark}]"
        if text:
            self._out.write(f"[{timecode(at_s)}] {text}\n")
            self._out.flush()

    def on_vitals(self, vitals: Vitals) -> None:
        """Signs of life are not read aloud."""

    def on_partials(self, partials: "tuple[Partial, ...]") -> None:
        """Text that may change is not read aloud."""
