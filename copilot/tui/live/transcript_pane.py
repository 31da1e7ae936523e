"""The live transcript of both sides."""

from rich.table import Table
from rich.text import Text
from textual.events import Resize
from textual.widgets import RichLog

from copilot.events import Channel, Utterance
from copilot.timecode import timecode

_NAMES = {Channel.INTERVIEWER: "you", Channel.CANDIDATE: "cand"}
_STYLES = {Channel.INTERVIEWER: "dim", Channel.CANDIDATE: ""}
#: How many utterances are wrapped again when the width changes.
_REWRAPPED = 400


class TranscriptPane(RichLog, can_focus=False):
    """What both sides said, newest at the bottom; doubtful text is marked with a question mark.

    It follows the newest text unless it was scrolled back.
    """

    def __init__(self) -> None:
        super().__init__(wrap=True, min_width=20, max_lines=6000, auto_scroll=False)
        self._utterances: list[Utterance] = []
        self._wrapped_at = 0

    def add(self, utterance: Utterance) -> None:
        """Add one utterance at the bottom."""
        self._utterances.append(utterance)
        follow = self.is_vertical_scroll_end
        self.write(_line(utterance), expand=True, scroll_end=follow)

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as the base class has it
        """Wrap again what can be seen."""
        # Textual calls the base class's handler as well.
        width = self.scrollable_content_region.width
        if width == self._wrapped_at:
            return
        self._wrapped_at = width
        if not self._utterances:
            return
        self.clear()
        for utterance in self._utterances[-_REWRAPPED:]:
            self.write(_line(utterance), expand=True, scroll_end=True)


def _line(utterance: Utterance) -> Table:
    """One utterance, its text in a column of its own so that long ones stay readable."""
    text = Text()
    style = _STYLES[utterance.channel]
    if utterance.uncertain:
        text.append("? ", style="bold")
        style = "italic dim"
    text.append(utterance.text, style=style)
    row = Table.grid(padding=(0, 1))
    row.add_column(width=5, justify="right", style="dim")
    row.add_column(width=4, style="dim")
    row.add_column(ratio=1)
    row.add_row(timecode(utterance.start_s), _NAMES[utterance.channel], text)
    return row
