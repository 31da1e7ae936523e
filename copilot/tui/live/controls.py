"""What the user does on the live screen: keys become commands."""

from typing import ClassVar

from copilot.engine.commands import Command, EndSession
from copilot.events import CaptureKind
from copilot.tui.dialogs.confirm_end import ConfirmEnd
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.keys.action import bindings
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.link import SessionLeft
from copilot.tui.live.drawing import LiveDrawing

#: Where nothing is captured, there is nothing to be off the record.
_NEVER_PAUSED = (CaptureKind.RECORDING, CaptureKind.NONE)
#: What only a running session can be asked.
_WHILE_IT_RUNS = frozenset(
    {
        "calm",
        "choose_question",
        "next_question",
        "previous_question",
        "note",
        "mark",
        "rate",
        "anchors",
        "decide",
        "set_finding",
        "release",
    }
)
_HINT_S = 4.0  # how long a hint stays


class LiveControls(LiveDrawing):
    """What all actions of the live screen share; what the session makes of them comes as events."""

    BINDINGS: ClassVar = bindings(LIVE_ACTIONS)
    _hinted = ""
    _hinted_until_s = 0.0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what makes sense in this session can be pressed."""
        kind = self._capture_kind
        match action:
            case "switch_speaker":
                return kind is CaptureKind.ROOM and not self._over
            case "swap" | "switch_language":
                return kind not in (None, CaptureKind.NONE) and not self._over
            case "pause":
                return kind not in _NEVER_PAUSED and not self._over
            case "take_suggestion" | "skip_suggestion" | "dismiss_suggestions":
                return not self._calm and not self._over  # what is not seen cannot be meant
            case _:
                return action not in _WHILE_IT_RUNS or not self._over

    def action_help(self) -> None:
        """Show keys and signs."""
        self.app.push_screen(HelpDialog(LIVE_ACTIONS, signs=True))

    def action_leave(self) -> None:
        """End the session, asking once; a second time leaves the screen before it has ended."""
        if self._over or self._leaving:
            self.post_message(SessionLeft())
            return
        if isinstance(self.app.screen, ConfirmEnd):
            return

        def decided(end: bool | None) -> None:
            if end:
                self._leaving = True
                self._send(EndSession())

        self.app.push_screen(ConfirmEnd(stored=self._stored), decided)

    def _hint(self, text: str) -> None:
        """Say why a key did nothing; once, however often it is pressed meanwhile."""
        now_s = self._clock()
        if (text, True) != (self._hinted, now_s < self._hinted_until_s):
            self._hinted, self._hinted_until_s = text, now_s + _HINT_S
            self.notify(text, timeout=_HINT_S, markup=False)

    def _send(self, command: Command) -> None:
        self._link.send(command)
