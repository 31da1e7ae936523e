"""Decides what of the events is spoken: enough, in the order of importance, and never twice."""

import time
from collections.abc import Callable, Sequence

from copilot.engine.vitals import Vitals
from copilot.events import (
    Actor,
    ChannelsSwapped,
    Event,
    FindingMade,
    FindingState,
    Suggestion,
    SuggestionClosed,
    SuggestionOffered,
    SuggestionSharpened,
)
from copilot.i18n import _
from copilot.interview import Interview
from copilot.interview.views import FindingKey
from copilot.plain.capture_wording import alarm_text
from copilot.plain.line import Importance, Line, Verbosity, is_spoken
from copilot.plain.wording import line_of, suggestion_text

#: States that tell nothing, unless something else was told before.
_NO_NEWS = (FindingState.NOT_HEARD, FindingState.NOT_RAISED)
#: An answer typed this soon after another suggestion was told was meant for the one before.
_GRACE_S = 0.3


class Teller:
    """Follows one session with an ``Interview`` of its own.

    Attributes:
        interview: What is known; read by whoever answers the user's questions.
        verbosity: How much is spoken.
        transcript: Whether what is said is spoken too.
        calm: Whether suggestions are held back.
    """

    def __init__(self, *, past: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare to follow a session.

        Args:
            past: The last event's number of an earlier session that it goes on with; its events
                come first and are no news.
            clock: Seconds on a clock that never goes back.
        """
        self.interview = Interview()
        self.verbosity = Verbosity.FINDINGS
        self.transcript = False
        self.calm = False
        self._past = past
        self._clock = clock
        self._told: Suggestion | None = None
        self._told_at = 0.0
        self._before: Suggestion | None = None
        self._findings: dict[FindingKey, FindingState] = {}
        self._last: dict[Importance, str] = {}
        known = ("no_text", "server", "llm", "notice", "thresholds", "guide")
        self._troubles = dict.fromkeys(known, "")

    def hear(self, events: Sequence[Event]) -> list[Line]:
        """Take events in that came together; what is to be spoken of them, in order."""
        lines: list[Line] = []
        findings: dict[FindingKey, tuple[FindingMade, Line]] = {}
        for event in events:
            line = self._apply(event)
            if line is None or event.seq <= self._past:
                continue
            if isinstance(event, FindingMade) and event.by is Actor.MACHINE:
                findings[event.question, event.kind, event.id] = event, line
            elif self._is_news(event, line):
                lines.append(line)
        lines += self._new_findings(findings)
        lines += self._open_suggestion()
        return sorted(lines, key=lambda line: line.importance)

    def check(self, vitals: Vitals) -> list[Line]:
        """What is to be spoken of how the session is doing."""
        lines: list[Line] = []
        over = {
            "no_text": _("Over: there is text again."),
            "server": _("Over: the transcription server is used again."),
            "llm": _("Over: the language model is used again."),
            "notice": "",
            "thresholds": "",
            "guide": "",
        }
        now = {
            "no_text": vitals.trouble and _("no text at the moment: {why}", why=vitals.trouble),
            "server": vitals.server_trouble,
            "llm": vitals.llm_trouble,
            "notice": vitals.llm_notice,
            "thresholds": vitals.matching_notice,
            "guide": vitals.guide_notice,
        }
        for name, text in now.items():
            before, self._troubles[name] = self._troubles[name], text
            if bool(text) == bool(before) and (name != "notice" or text == before):
                continue  # only its wording has changed, such as for how long it lasts
            # Nothing that is heard is lost where a language model is left alone.
            grave = name in ("no_text", "server")
            told = (alarm_text(text) if grave else text) if text else over[name]
            importance = Importance.ALARM if grave else Importance.COURSE
            if told and is_spoken(importance, self.verbosity, transcript=self.transcript):
                lines.append(Line(importance, told))
        return lines

    def open_suggestion(self) -> str:
        """The suggestion that is open, whether or not it was told; empty where there is none."""
        record = self.interview.open_suggestion
        if record is None:
            return ""
        self._tell(record.suggestion)
        return suggestion_text(record.suggestion.text, record.suggestion.reason)

    def meant(self) -> Suggestion | None:
        """The suggestion that an answer typed now is meant for, which may be gone already."""
        if self._before is not None and self._clock() - self._told_at < _GRACE_S:
            return self._before
        return self._told

    # -- what is news -----------------------------------------------------------------------------

    def _apply(self, event: Event) -> Line | None:
        lost_before = dict(self.interview.capture.lost)
        self.interview.apply(event)
        if isinstance(event, ChannelsSwapped):
            self._findings.clear()  # they fall with it and are made anew
        return line_of(event, self.interview, lost_before)

    def _is_news(self, event: Event, line: Line) -> bool:
        match event:
            case SuggestionOffered() | SuggestionSharpened():
                return False  # told once all that came with it is known
            case SuggestionClosed():
                if self._told is None or self._told.id != event.suggestion_id:
                    return event.by is Actor.HUMAN
                self._told, self._before = None, self._told
                self._told_at = self._clock()
        spoken = is_spoken(line.importance, self.verbosity, transcript=self.transcript)
        if not spoken or (self.calm and line.importance is Importance.SUGGESTION):
            return False
        # With one microphone both sides suffer the same.
        again = line.importance is Importance.ALARM and self._last.get(line.importance) == line.text
        self._last[line.importance] = line.text
        return not again

    def _new_findings(self, found: dict[FindingKey, tuple[FindingMade, Line]]) -> list[Line]:
        lines: list[Line] = []
        for key, (event, line) in found.items():
            told = self._findings.get(key)
            if event.state is told or (told is None and event.state in _NO_NEWS):
                continue
            if is_spoken(line.importance, self.verbosity, transcript=self.transcript):
                self._findings[key] = event.state
                lines.append(line)
        return lines

    def _open_suggestion(self) -> list[Line]:
        """The suggestion that is open now, unless it was told or nobody wants to hear it."""
        record = self.interview.open_suggestion
        wanted = is_spoken(Importance.SUGGESTION, self.verbosity, transcript=self.transcript)
        if record is None or self.calm or not wanted or self.interview.seq <= self._past:
            return []
        suggestion, told = record.suggestion, self._told
        if told == suggestion:
            return []
        if told is not None and told.id == suggestion.id:
            text = _("The same suggestion in other words: {text}", text=suggestion.text)
        else:
            text = suggestion_text(suggestion.text, suggestion.reason)
        self._tell(suggestion)
        return [Line(Importance.SUGGESTION, text)]

    def _tell(self, suggestion: Suggestion) -> None:
        if self._told is not None and self._told.id != suggestion.id:
            self._before = self._told
        elif self._before is not None and self._clock() - self._told_at > _GRACE_S:
            self._before = None  # gone for so long that nobody means it any more
        self._told, self._told_at = suggestion, self._clock()
