"""What all parts of the review screen share: the session, where one is in it, and changing it."""

from collections.abc import Callable

from textual.screen import Screen

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.store import SessionFolder
from copilot.tui.review.opening import Opened
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.review.seeing import Seeing
from copilot.tui.review.status_pane import StatusPane
from copilot.tui.transcript.view import TranscriptView

_TOLD_S = 6.0


class ReviewBase(Screen[None]):
    """The session and where the reviewer is in it."""

    def __init__(self, folder: SessionFolder) -> None:
        super().__init__()
        self._folder = folder
        self._opened: Opened | None = None
        self._question: str | None = None
        self._revealable = False

    @property
    def opened(self) -> Opened:
        """The session; only after it was opened."""
        if self._opened is None:
            raise AssertionError("nothing can be done before the session is open")
        return self._opened

    @property
    def seeing(self) -> Seeing:
        """The session as the reviewer may see it."""
        return Seeing(self.opened.review.reviewed, self.opened.all_shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Before the session is open one can only leave, or ask for help."""
        if self._opened is None:
            return action in ("leave", "help", "command_palette")
        if action == "reveal":
            return self._question is not None and not self.seeing.may_see(self._question)
        return True

    def draw(self) -> None:
        """Draw everything as it stands now."""
        raise NotImplementedError

    def change(self, change: Callable[[], None]) -> bool:
        """Do something to the session and draw it; whether it was done."""
        try:
            change()
        except CopilotError as error:
            self.tell_of(error)
            return False
        self.query_one(StatusPane).show_waiting(self.opened.review.waiting)
        self.draw()
        self.offer_keys()
        return True

    def offer_keys(self) -> None:
        """Have the footer show what can be done now; only where that changed, as it takes time."""
        revealable = self.check_action("reveal", ()) is True
        if revealable != self._revealable:
            self._revealable = revealable
            self.refresh_bindings()

    def tell(self, text: str) -> None:
        """Say something in passing."""
        self.notify(text, timeout=_TOLD_S, markup=False)

    def tell_of(self, error: CopilotError) -> None:
        """Say what went wrong."""
        text = f"{error.message} {error.remedy}".strip()
        self.notify(text, title=error.title, severity="warning", timeout=10, markup=False)

    def no_question(self) -> None:
        """Say that there is nothing to do that to."""
        self.tell(_("No questions were planned."))

    def moment_s(self) -> float:
        """The session time the reviewer is at: of the quote or line with the cursor, in seconds."""
        points = self.query_one(PointsPane)
        if points.has_focus and points.current is not None and points.current.evidence:
            return points.current.evidence[0].start_s
        transcript = self.query_one(TranscriptView)
        if transcript.cursor is not None:
            at_s = transcript.entries[transcript.cursor].at_s
            if at_s is not None:
                return at_s
        interview = self.opened.review.reviewed.interview
        spans = interview.spans()
        begins = (span.start_s for span in spans if span.question == self._question)
        return next(begins, 0.0)
