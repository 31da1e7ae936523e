"""What the lower part of the live screen shows, and scrolling it."""

from textual.widget import Widget

from copilot.tui.live.controls import LiveControls
from copilot.tui.live.flags_pane import FlagsPane
from copilot.tui.live.notes_pane import NotesPane
from copilot.tui.live.pane_tabs import Lower, TabChosen
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.transcript_pane import TranscriptPane

#: From so many columns and rows there is room for a second pane, and for all of them.
_WIDE, _TALL = 120, 34
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
        self._place_lower()
        self._draw_lower()
        # What was hidden has no width to be cut to until now.
        self.call_after_refresh(self._draw_question)

    def _place_lower(self) -> None:
        """Show the panes there is room for.

        Not by the style sheet: a class would have everything in the lower part styled anew, which
        takes longer than all else that a key does.
        """
        wide, tall = self.size.width >= _WIDE, self.size.height >= _TALL
        beside = Lower.PLAN if self._lower is Lower.TRANSCRIPT else self._lower
        for lower, kind in _PANES.items():
            with self.pane(kind, "placing") as pane:
                if lower is Lower.TRANSCRIPT:
                    pane.display = wide or self._lower is lower
                else:
                    pane.display = (wide and tall) or lower is (beside if wide else self._lower)
        self.query_one("#side").display = wide or self._lower is not Lower.TRANSCRIPT

    def action_older(self) -> None:
        """Scroll the lower pane back."""
        with self.pane(_PANES[self._lower], "scrolling") as pane:
            pane.scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """Scroll the lower pane on."""
        with self.pane(_PANES[self._lower], "scrolling") as pane:
            pane.scroll_page_down(animate=False)
