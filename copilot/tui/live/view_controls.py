"""What the lower part of the live screen shows, and scrolling it."""

from textual.widget import Widget

from copilot.tui.live.controls import LiveControls
from copilot.tui.live.flags_pane import FlagsPane
from copilot.tui.live.notes_pane import NotesPane
from copilot.tui.live.pane_tabs import Lower, TabChosen
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.transcript_pane import TranscriptPane

_PANES: dict[Lower, type[Widget]] = {
    Lower.TRANSCRIPT: TranscriptPane,
    Lower.PLAN: PlanPane,
    Lower.FLAGS: FlagsPane,
    Lower.NOTES: NotesPane,
}


class ViewControls(LiveControls):
    """The keys that change what is seen, and nothing else."""

    def action_show(self, lower: str) -> None:
        """Show a pane in the lower part; shown already, back to the transcript."""
        wanted = Lower(lower)
        self._show_lower(Lower.TRANSCRIPT if self._lower is wanted else wanted)

    def on_tab_chosen(self, message: TabChosen) -> None:
        """A tab was clicked."""
        self._show_lower(message.lower)

    def _show_lower(self, lower: Lower) -> None:
        if lower is self._lower:
            return
        self._lower = lower
        # All at once: each change of a class has everything in it styled anew.
        self.query_one("#lower").set_classes(f"-{lower}")
        self._draw_lower()
        # What was hidden has no width to be cut to until now.
        self.call_after_refresh(self._draw_question)

    def action_older(self) -> None:
        """Scroll the lower pane back."""
        with self.pane(_PANES[self._lower]) as pane:
            pane.scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """Scroll the lower pane on."""
        with self.pane(_PANES[self._lower]) as pane:
            pane.scroll_page_down(animate=False)
