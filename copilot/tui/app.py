"""The app around the screens."""

import sys

from textual.app import App

from copilot.errors import ExitCode
from copilot.tui.link import Link, Prepare
from copilot.tui.live.screen import LiveScreen


class CopilotApp(App[None]):
    """Interview Copilot in a terminal."""

    TITLE = "Interview Copilot"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, prepare: Prepare) -> None:
        """Prepare to run one session.

        Args:
            prepare: Makes what the session needs, on the session's own thread.
        """
        super().__init__()
        self.live = LiveScreen(Link(prepare))

    def on_mount(self) -> None:
        """Straight to the interview."""
        self.push_screen(self.live)


def run_app(prepare: Prepare) -> int:
    """Run a session in the app and say afterwards where it is stored; the exit code.

    Raises:
        CopilotError: The session could not start or failed; the app has said so already.
    """
    app = CopilotApp(prepare)
    app.run()
    live = app.live
    if live.failure is not None:
        raise live.failure.error
    if live.stored_as is not None:
        session_id, folder = live.stored_as
        sys.stderr.write(
            f"Stored as {session_id} in {folder}\nReport: interview-copilot report {session_id}\n"
        )
    return app.return_code or ExitCode.OK
