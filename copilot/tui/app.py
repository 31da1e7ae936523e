"""The apps that run one session: a recording that is heard, or a live call."""

import sys

from copilot.engine.background import Prepare
from copilot.errors import ExitCode
from copilot.i18n import _
from copilot.tui.base import BaseApp
from copilot.tui.call import LiveCall
from copilot.tui.ending import finish_session
from copilot.tui.flow import CallFlow
from copilot.tui.link import Link, SessionLeft
from copilot.tui.live.screen import LiveScreen


class CopilotApp(BaseApp):
    """Interview Copilot in a terminal, for one session."""

    link: Link
    live: LiveScreen

    def __init__(self, prepare: Prepare) -> None:
        """Prepare to run one session.

        Args:
            prepare: Makes what the session needs, on the session's own thread.
        """
        super().__init__()
        self.link = Link(prepare)
        self.live = LiveScreen(self.link)

    def begin(self) -> None:
        """Straight to the interview."""
        self.push_screen(self.live)

    def leave(self) -> None:
        """Leave, asking first where there is something to lose."""
        self.live.action_leave()

    def on_session_left(self, message: SessionLeft) -> None:
        """There is nothing behind the session's screen."""
        self.exit(return_code=message.return_code)


class LiveApp(BaseApp):
    """The app for a live call: consent, check, interview."""

    def __init__(self, call: LiveCall) -> None:
        super().__init__()
        self.flow = CallFlow(self, call, self.exit)

    @property
    def link(self) -> Link:
        """The call's session."""
        return self.flow.link

    @property
    def live(self) -> LiveScreen:
        """The screen of the interview."""
        return self.flow.live

    def begin(self) -> None:
        """Ask for the decision unless it is known."""
        self.flow.begin()

    def leave(self) -> None:
        """Each screen knows what leaving it means."""
        self.flow.leave()

    def on_session_left(self, message: SessionLeft) -> None:
        """There is nothing behind the session's screen."""
        self.exit(return_code=message.return_code)


def run_app(prepare: Prepare) -> int:
    """Run a session in the app and say afterwards where it is stored; the exit code.

    Raises:
        CopilotError: The session could not start or failed; the app has said so already.
    """
    return _run(CopilotApp(prepare))


def run_live(call: LiveCall) -> int:
    """Run a live call in the app: consent, check, interview; the exit code.

    Leaving before the interview is no failure and leaves nothing behind.

    Raises:
        CopilotError: The session could not start or failed; the app has said so already.
    """
    return _run(LiveApp(call))


def _run(app: CopilotApp | LiveApp) -> int:
    app.run()
    finish_session(app.link)
    if app.link.failure is not None:
        raise app.link.failure
    if app.link.stored_as is not None:
        session_id, folder = app.link.stored_as
        stored = _("Stored as {id} in {folder}", id=session_id, folder=folder)
        report = _("Report: {command}", command=f"interview-copilot report {session_id}")
        sys.stderr.write(f"{stored}\n{report}\n")
    elif not app.link.was_started:
        sys.stderr.write(_("No session was started; nothing was stored.") + "\n")
    return app.return_code or ExitCode.OK
