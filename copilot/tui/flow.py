"""The screens of one call, one after the other: the notice, the check, the interview."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from copilot.events import ConsentDecision
from copilot.tui.call import LiveCall
from copilot.tui.consent.screen import ConsentAnswer, ConsentScreen
from copilot.tui.link import Link
from copilot.tui.live.screen import LiveScreen

if TYPE_CHECKING:
    from copilot.audio import Source
    from copilot.audio.capture.report import Problem
    from copilot.engine.setup import SessionSetup
    from copilot.tui.check.screen import CheckScreen

_TOLD_S = 10.0  # how long a toast stays


class CallFlow:
    """Leads through one call; nothing is opened before its time."""

    def __init__(self, app: App[Any], call: LiveCall, left: Callable[[], None]) -> None:
        """Prepare; ``begin`` shows the first screen.

        Args:
            app: Shows the screens.
            call: The call.
            left: Called where the user leaves before the interview.
        """
        self._app = app
        self._call = call
        self._left = left
        self.answer: ConsentAnswer | None = None
        if call.consent is not None:
            known = call.consent
            self.answer = ConsentAnswer(known.decision, known.by, known.wording)
        self.link = Link(self.prepare)
        self.live = LiveScreen(self.link)
        self._stage: ConsentScreen | CheckScreen | LiveScreen = self.live

    def begin(self) -> None:
        """Ask for the decision unless it is known."""
        if self.answer is not None:
            self._decided(self.answer)
            return
        call = self._call
        screen = self._stage = ConsentScreen(
            call.title, call.language, call.notice, call.sound_goes_to, call.llm_goes_to
        )
        self._app.push_screen(screen, self._decided)

    def leave(self) -> None:
        """Each screen knows what leaving it means."""
        self._stage.action_leave()

    def _decided(self, answer: ConsentAnswer | None) -> None:
        if answer is None:
            self._left()
            return
        self.answer = answer
        if self._call.check is None or answer.decision is ConsentDecision.DECLINED:
            self._go_live()
            return
        # Not before the first screen stands: it loads what sound needs.
        from copilot.tui.check.screen import CheckScreen  # noqa: PLC0415

        screen = self._stage = CheckScreen(self._call.check)
        self._app.push_screen(screen, self._checked)

    def _checked(self, problems: "tuple[Problem, ...] | None") -> None:
        if problems is None:
            self._left()
            return
        self._go_live()
        for problem in problems:
            if not problem.grave:  # what is grave was read before the user went on
                text = f"{problem.text} {problem.remedy}"
                self._app.notify(text, severity="warning", timeout=_TOLD_S, markup=False)

    def _go_live(self) -> None:
        self._stage = self.live
        self._app.push_screen(self.live)

    def prepare(self) -> "tuple[SessionSetup, Source]":
        """What the session needs; called on its thread, after the decision."""
        from copilot.engine.setup import Consent  # noqa: PLC0415 - loads a lot

        answer = self.answer
        if answer is None:
            raise AssertionError("no session is prepared before the decision")
        return self._call.prepare(Consent(answer.decision, answer.by, answer.wording))
