"""The live transcript of both sides, with notes and gaps where they fell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text
from textual.events import Resize
from textual.widgets import RichLog

from copilot.events import (
    AudioGap,
    CaptureContinued,
    CapturePaused,
    Channel,
    ChannelsSwapped,
    GapCause,
    LanguageChosen,
    NoteTaken,
    SessionResumed,
    TranscriberChanged,
    Utterance,
)
from copilot.timecode import timecode
from copilot.tui.names import LANGUAGES, NAMES, SHORT_NAMES, duration

_STYLES = {Channel.INTERVIEWER: "dim", Channel.CANDIDATE: ""}
#: How many entries are wrapped again when the width changes.
_REWRAPPED = 400
_CAUSES = {
    GapCause.DEVICE: "the device was away",
    GapCause.OVERFLOW: "this computer was too busy",
    GapCause.ASLEEP: "this computer slept",
    GapCause.DISK: "the disk refused",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that nobody said."""

    at_s: float | None
    name: str
    text: str
    style: str


_Entry = Utterance | _Line
#: A device that steps by less than this, as when playing begins, takes no word away; in seconds.
_SHORTEST_TOLD_S = 0.5

_CaptureEvent = (
    CapturePaused
    | CaptureContinued
    | AudioGap
    | ChannelsSwapped
    | LanguageChosen
    | SessionResumed
    | TranscriberChanged
)


class TranscriptPane(RichLog, can_focus=False):
    """What both sides said, newest at the bottom; doubtful text is marked with a question mark.

    It follows the newest text unless it was scrolled back.
    """

    def __init__(self) -> None:
        super().__init__(wrap=True, min_width=20, max_lines=6000, auto_scroll=False)
        self._entries: list[_Entry] = []
        self._wrapped_at = 0
        self._following = True
        self._mark: Callable[[Utterance], str] = lambda _: ""

    def mark_by(self, mark: Callable[[Utterance], str]) -> None:
        """From now on, show beside an utterance what ``mark`` says of it."""
        self._mark = mark

    def add(self, utterance: Utterance) -> None:
        """Add one utterance at the bottom."""
        self._add(utterance)

    def add_note(self, note: NoteTaken) -> None:
        """Add a line the interviewer wrote."""
        self._add(_Line(note.moment_s, "note", note.text, "bold"))

    def add_capture(self, event: _CaptureEvent) -> None:
        """Add what happened to the hearing; a gap that another line tells already is left out."""
        text = _told(event)
        if text:
            self._add(_Line(event.at_s, "", f"── {text} ──", "dim italic"))

    def say_not_recording(self) -> None:
        """Say why nothing will come."""
        text = (
            "Not recording: declined. No sound is opened. Plan, timer, notes and ratings work"
            " as always; notes appear here."
        )
        self._add(_Line(None, "", text, "italic"))

    def swap(self, utterances: Mapping[str, Utterance]) -> None:
        """Write everything anew, with each utterance as it is in ``utterances`` by now."""
        self._entries = [
            utterances.get(entry.id, entry) if isinstance(entry, Utterance) else entry
            for entry in self._entries
        ]
        self._rewrite()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as the base class has it
        """Wrap again what can be seen."""
        # Textual calls the base class's handler as well.
        if self._following:
            self.scroll_end(animate=False, x_axis=False)
        width = self.scrollable_content_region.width
        if width == self._wrapped_at:
            return
        self._wrapped_at = width
        if self._entries:
            self._rewrite()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow again once the end is reached, and no longer once it is left."""
        super().watch_scroll_y(old_value, new_value)
        self._following = self.is_vertical_scroll_end

    def _add(self, entry: _Entry) -> None:
        self._entries.append(entry)
        self.write(self._row(entry), expand=True, scroll_end=self._following)

    def _rewrite(self) -> None:
        self.clear()
        for entry in self._entries[-_REWRAPPED:]:
            self.write(self._row(entry), expand=True, scroll_end=True)

    def _row(self, entry: _Entry) -> Table:
        """One entry, its text in a column of its own so that long ones stay readable."""
        if isinstance(entry, Utterance):
            text = _said(entry, self._mark(entry))
            return _table(timecode(entry.start_s), SHORT_NAMES[entry.channel], text)
        time = "" if entry.at_s is None else timecode(entry.at_s)
        return _table(time, entry.name, Text(entry.text, style=entry.style))


def _told(event: _CaptureEvent) -> str:
    match event:
        case CapturePaused():
            return "off the record"
        case CaptureContinued():
            return "on the record again"
        case ChannelsSwapped():
            return "the sides were exchanged, also above"
        case LanguageChosen() | TranscriberChanged():
            return _told_of_text(event)
        case SessionResumed():
            return f"resumed after {duration(event.away_s)}"
        case AudioGap():
            return "" if _is_small(event) else _gap_told(event)


def _told_of_text(event: LanguageChosen | TranscriberChanged) -> str:
    if isinstance(event, LanguageChosen):
        return f"{LANGUAGES.get(event.language, event.language)} from here on"
    return f"{event.behind_s:.0f} s behind: text by {event.model.name} from here on"


def _gap_told(gap: AudioGap) -> str:
    who = "both sides" if gap.channel is None else NAMES[gap.channel]
    length_s = gap.end_s - gap.start_s
    length = f"{length_s:.1f} s" if length_s < 1 else duration(length_s)
    return f"{length} of {who} not heard: {_CAUSES[gap.cause]}"


def _is_small(gap: AudioGap) -> bool:
    """Whether a gap is told elsewhere, or is but a server finding its pace."""
    step = gap.cause is GapCause.DEVICE and gap.end_s - gap.start_s < _SHORTEST_TOLD_S
    return step or gap.cause is GapCause.OFF_RECORD


def _said(utterance: Utterance, mark: str) -> Text:
    text = Text()
    style = _STYLES[utterance.channel]
    if utterance.uncertain:
        text.append("? ", style="bold")
        style = "italic dim"
    text.append(utterance.text, style=style)
    if mark:
        text.append(f" [{mark}]", style="dim italic")
    return text


def _table(time: str, name: str, text: Text) -> Table:
    row = Table.grid(padding=(0, 1))
    row.add_column(width=5, justify="right", style="dim")
    row.add_column(width=4, style="dim")
    row.add_column(ratio=1)
    row.add_row(time, name, text)
    return row
