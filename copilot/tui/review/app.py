"""The app that reviews stored sessions."""

from copilot.errors import CopilotError
from copilot.store import SessionFolder
from copilot.tui.base import BaseApp
from copilot.tui.review.screen import ReviewScreen
from copilot.tui.start.messages import ReviewWanted
from copilot.tui.start.sessions import SessionsScreen
from copilot.tui.start.stored import stored_sessions
from copilot.tui.unlocking.reviews import Reviews


class ReviewApp(BaseApp):
    """Reviews one session, or lets one be chosen first."""

    def __init__(self, folder: SessionFolder | None) -> None:
        """Prepare.

        Args:
            folder: The session; None for a list to choose from.
        """
        super().__init__()
        self.failure: CopilotError | None = None
        self._folder = folder
        self.reviews = Reviews(self)

    def begin(self) -> None:
        """The session, or the list of them."""
        if self._folder is not None:
            self._review(self._folder)
            return
        self.push_screen(SessionsScreen(stored_sessions()), lambda _: self.exit())

    def on_review_wanted(self, message: ReviewWanted) -> None:
        """One was chosen; leaving it goes back to the list."""
        self.reviews.open(message.folder, lambda: None)

    def _review(self, folder: SessionFolder) -> None:
        screen = ReviewScreen(folder)

        def left(_: None) -> None:
            self.failure = screen.failure
            self.exit()

        self.push_screen(screen, left)

    def leave(self) -> None:
        """Each screen knows what leaving it means."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ReviewScreen):
                screen.action_leave()
                return
        self.exit()


def run_review(folder: SessionFolder | None) -> None:
    """Review a session in the app.

    Args:
        folder: The session; None for a list to choose from.

    Raises:
        CopilotError: The session could not be opened; the app has said so already.
    """
    app = ReviewApp(folder)
    try:
        app.run()
    finally:
        app.reviews.close()
    if app.failure is not None:
        raise app.failure
