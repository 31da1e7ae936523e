"""Which pane the lower part of the live screen shows, and the keys that show the others."""

import enum

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from copilot.events import FindingState
from copilot.i18n import N_, _
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.signs import SIGNS


class Lower(enum.StrEnum):
    """What the lower part can show."""

    TRANSCRIPT = "transcript"
    PLAN = "plan"
    FLAGS = "flags"
    NOTES = "notes"


_TITLES = {
    Lower.TRANSCRIPT: N_("Transcript"),
    Lower.PLAN: N_("Plan"),
    Lower.FLAGS: N_("Flags"),
    Lower.NOTES: N_("Notes"),
}


class TabChosen(Message):
    """A tab was clicked.

    Attributes:
        lower: What it stands for.
    """

    def __init__(self, lower: Lower) -> None:
        self.lower = lower
        super().__init__()


class PaneTab(Steady):
    """The title of one pane; a click shows the pane."""

    def __init__(self, lower: Lower) -> None:
        super().__init__()
        self.lower = lower

    def on_click(self) -> None:
        """Show what it stands for."""
        self.post_message(TabChosen(self.lower))


class PaneTabs(Horizontal, Pane):
    """One line over the lower panes: ▸ marks the one that is shown, the others have their keys.

    The same key goes back to the transcript. Behind flags and notes stands how many there are.
    """

    def compose(self) -> ComposeResult:
        """One tab a pane."""
        for lower in Lower:
            yield PaneTab(lower)

    def show(self, shown: Lower, *, flags: int, notes: int) -> None:
        """Draw the line.

        Args:
            shown: What the lower part shows.
            flags: How many flags are raised.
            notes: How many notes and marked moments there are.
        """
        counts = {Lower.FLAGS: flags, Lower.NOTES: notes}
        for tab in self.query(PaneTab):
            tab.update(_told(tab.lower, counts.get(tab.lower, 0), shown=tab.lower is shown))


def _told(lower: Lower, count: int, *, shown: bool) -> Content:
    title = _(_TITLES[lower])
    sign = SIGNS[FindingState.RAISED].shape if lower is Lower.FLAGS else ""
    counted = f" {sign}{count}" if count else ""
    if shown:
        return Content.assemble((f"▸{title}{counted}", "bold"))
    key = "" if lower is Lower.TRANSCRIPT else key_of(f"show.{lower}") + " "
    return Content.assemble((key, "$text-accent"), (title + counted, "$text-muted"))
