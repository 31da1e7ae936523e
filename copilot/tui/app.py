"""The app around the screens."""

import os
import sys
from typing import TYPE_CHECKING

from textual.app import App

from copilot.errors import ExitCode
from copilot.events import ConsentDecision
from copilot.tui.call import LiveCall
from copilot.tui.consent.screen import ConsentAnswer, ConsentScreen
from copilot.tui.link import Link, Prepare
from copilot.tui.live.screen import LiveScreen

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.audio.capture.report import Problem
    from copilot.engine.setup import SessionSetup
    from copilot.tui.check.screen import CheckScreen

_TOLD_S = 10.0  # how long a toast stays


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
        """Show the first screen."""
        self.begin()

    def begin(self) -> None:
        """Straight to the interview."""
        self.push_screen(self.live)

    def leave(self) -> None:
        """Leave, asking first where there is something to lose."""
        self.live.action_leave()

    async def action_quit(self) -> None:
        """Ctrl+Q asks like ``q``; leaving at once would cut off what is being worked on."""
        self.leave()

    def action_help_quit(self) -> None:
        """Ctrl+C asks as well."""
        self.leave()


class LiveApp(CopilotApp):
    """The app for a live call: consent, check, interview."""

    def __init__(self, call: LiveCall) -> None:
        super().__init__(self._prepare)
        self._call = call
        self._answer: ConsentAnswer | None = None
        if call.consent is not None:
            known = call.consent
            self._answer = ConsentAnswer(known.decision, known.by, known.wording)
        self._stage: ConsentScreen | CheckScreen | LiveScreen = self.live

    def begin(self) -> None:
        """Ask for the decision unless it is known."""
        if self._answer is not None:
            self._decided(self._answer)
            return
        call = self._call
        screen = self._stage = ConsentScreen(
            call.title, call.language, call.notice, call.sound_goes_to, call.llm_goes_to
        )
        self.push_screen(screen, self._decided)

    def leave(self) -> None:
        """Each screen knows what leaving it means."""
        self._stage.action_leave()

    def _decided(self, answer: ConsentAnswer | None) -> None:
        if answer is None:
            self.exit()
            return
        self._answer = answer
        if self._call.check is None or answer.decision is ConsentDecision.DECLINED:
            self._go_live()
            return
        # Not before the first screen stands: it loads what sound needs.
        from copilot.tui.check.screen import CheckScreen  # noqa: PLC0415

        screen = self._stage = CheckScreen(self._call.check)
        self.push_screen(screen, self._checked)

    def _checked(self, problems: "tuple[Problem, ...] | None") -> None:
        if problems is None:
            self.exit()
            return
        self._go_live()
        for problem in problems:
            if not problem.grave:  # what is grave was read before the user went on
                text = f"{problem.text} {problem.remedy}"
                self.notify(text, severity="warning", timeout=_TOLD_S, markup=False)

    def _go_live(self) -> None:
        self._stage = self.live
        self.push_screen(self.live)

    def _prepare(self) -> "tuple[SessionSetup, Source]":
        from copilot.engine.setup import Consent  # noqa: PLC0415 - loads a lot

        answer = self._answer
        if answer is None:
            raise AssertionError("no session is prepared before the decision")
        return self._call.prepare(Consent(answer.decision, answer.by, answer.wording))


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


def _run(app: CopilotApp) -> int:
    app.run()
    _finish(app.link)
    if app.link.failure is not None:
        raise app.link.failure
    if app.link.stored_as is not None:
        session_id, folder = app.link.stored_as
        sys.stderr.write(
            f"Stored as {session_id} in {folder}\nReport: interview-copilot report {session_id}\n"
        )
    elif not app.link.was_started:
        sys.stderr.write("No session was started; nothing was stored.\n")
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
