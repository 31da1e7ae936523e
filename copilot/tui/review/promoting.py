"""Making a case of the lab of the moment one is at."""

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.transcript.view import TranscriptView

#: Long enough to read a path.
_TOLD_S = 12.0


class PromotingControls(ReviewBase):
    """The key that makes a case; it changes nothing of the session, so a closed one has it, too."""

    def action_promote(self) -> None:
        """Ask what kind of case is to be made of the line or quote with the cursor, and make it."""
        # Not for the first screen.
        from copilot.tui.review.promote_dialog import Kept, PromoteDialog  # noqa: PLC0415

        utterance = self._utterance_here()
        if utterance is None:
            self.tell(_("Choose a line that somebody said first: Tab goes to the transcript."))
            return

        def made(outcome: Kept | CopilotError | None) -> None:
            if isinstance(outcome, CopilotError):
                self.tell_of(outcome)
            elif outcome is not None:
                self.notify(outcome.told, timeout=_TOLD_S, markup=False)

        self.app.push_screen(PromoteDialog(self._folder, self.seeing, utterance), made)

    def _utterance_here(self) -> str | None:
        """What was said where the cursor is: the end of a quote, or a line of the transcript."""
        points = self.query_one(PointsPane)
        if points.has_focus and points.current is not None and points.current.evidence:
            return points.current.evidence[0].utterance_ids[-1]
        transcript = self.query_one(TranscriptView)
        if transcript.cursor is None:
            return None
        return transcript.entries[transcript.cursor].id or None
