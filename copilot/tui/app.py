"""The app around the screens."""

import os
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
        self.link = Link(prepare)
        self.live = LiveScreen(self.link)

    def on_mount(self) -> None:
        """Straight to the interview."""
        self.push_screen(self.live)

    async def action_quit(self) -> None:
        """Ctrl+Q asks like ``q``; leaving at once would cut off what is being worked on."""
        self.live.action_leave()

    def action_help_quit(self) -> None:
        """Ctrl+C asks as well."""
        self.live.action_leave()


def run_app(prepare: Prepare) -> int:
    """Run a session in the app and say afterwards where it is stored; the exit code.

    Raises:
        CopilotError: The session could not start or failed; the app has said so already.
    """
    app = CopilotApp(prepare)
    app.run()
    _finish(app.link)
    if app.link.failure is not None:
        raise app.link.failure
    if app.link.stored_as is not None:
        session_id, folder = app.link.stored_as
        sys.stderr.write(
            f"Stored as {session_id} in {folder}\nReport: interview-copilot report {session_id}\n"
        )
    return app.return_code or ExitCode.OK


def _finish(link: Link) -> None:
    """Wait for a session that is still at work, however the app was left."""
    if not link.is_running:
        return
    sys.stderr.write("Working off what was heard. Ctrl-C stops that too.\n")
    try:
        link.finish()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was heard until now is kept.\n")
        sys.stderr.flush()
        # Not by way of the interpreter's own end, which would pull models away under the threads.
        os._exit(ExitCode.INTERRUPTED)
