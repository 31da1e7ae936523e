"""Searching the text of a reviewed session."""

from copilot.tui.dialogs.search import SearchDialog
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.status_pane import StatusPane
from copilot.tui.transcript.view import TranscriptView


class SearchingControls(ReviewBase):
    """The keys that search; the status line says how many places there are."""

    _searched = ""

    def action_search(self) -> None:
        """Ask what to search for."""

        def asked(text: str | None) -> None:
            if text is not None:
                self.search(text)

        self.app.push_screen(SearchDialog(self._searched), asked)

    def search(self, text: str) -> None:
        """Highlight every place where ``text`` stands; empty ends the search."""
        self._searched = text
        self.query_one(TranscriptView).search(text)
        self._tell_found()

    def action_step_match(self, by: int) -> None:
        """To the next place or the one before."""
        transcript = self.query_one(TranscriptView)
        if by > 0:
            transcript.next_match()
        else:
            transcript.previous_match()
        self._tell_found()

    def action_end_search(self) -> None:
        """No longer show places."""
        self.search("")

    def _tell_found(self) -> None:
        transcript = self.query_one(TranscriptView)
        self.query_one(StatusPane).show_search(
            self._searched, transcript.match_number, transcript.match_count
        )
