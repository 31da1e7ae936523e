"""Searching what was said, while it goes on."""

from copilot.i18n import _
from copilot.tui.dialogs.search import SearchDialog
from copilot.tui.live.pane_tabs import Lower
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.view_controls import ViewControls

_TOLD_S = 3.0


class SearchControls(ViewControls):
    """The keys that search the transcript."""

    _searched = ""

    def action_search(self) -> None:
        """Ask what to search for."""

        def asked(text: str | None) -> None:
            if text is not None:
                self._searched = text
                self._show_lower(Lower.TRANSCRIPT)
                # Not before it has its size: it may have been hidden until now.
                self.call_after_refresh(self._search)

        self.app.push_screen(SearchDialog(self._searched), asked)

    def _search(self) -> None:
        with self.pane(TranscriptPane, "searching") as transcript:
            transcript.search(self._searched)
            self._tell_place(transcript)

    def action_step_match(self, by: int) -> None:
        """To the next place found, or the one before."""
        self._show_lower(Lower.TRANSCRIPT)
        with self.pane(TranscriptPane, "searching") as transcript:
            if by > 0:
                transcript.next_match()
            else:
                transcript.previous_match()
            self._tell_place(transcript)

    def _tell_place(self, transcript: TranscriptPane) -> None:
        if not self._searched:
            return
        number, count = transcript.match_number, transcript.match_count
        text = _("“{text}” stands nowhere", text=self._searched)
        if count:
            text = _(
                "“{text}”: {number} of {count}", text=self._searched, number=number, count=count
            )
        self.app.clear_notifications()
        self.notify(text, timeout=_TOLD_S, markup=False)
