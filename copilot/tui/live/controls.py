"""What the user does on the live screen: keys become commands."""

from typing import ClassVar

from copilot.engine.commands import Command, EndSession
from copilot.events import CaptureKind
from copilot.tui.dialogs.confirm_end import ConfirmEnd
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.keys.action import bindings
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.live.drawing import LiveDrawing

#: Where nothing is captured, there is nothing to be off the record.
_NEVER_PAUSED = (CaptureKind.RECORDING, CaptureKind.NONE)


class LiveControls(LiveDrawing):
    """What all actions of the live screen share; what the session makes of them comes as events."""

    BINDINGS: ClassVar = bindings(LIVE_ACTIONS)

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
                return not self._calm  # what is not seen cannot be meant
            case "note" | "mark" | "rate" | "anchors" | "decide" | "set_finding" | "release":
                return not self._over
            case _:
                return True

    def action_help(self) -> None:
        """Show keys and signs."""
        self.app.push_screen(HelpDialog(LIVE_ACTIONS, signs=True))

    def action_leave(self) -> None:
        """End the session, asking once; a second time leaves the screen before it has ended."""
        if self._over or self._leaving:
            self.app.exit()
            return
        if isinstance(self.app.screen, ConfirmEnd):
            return

        def decided(end: bool | None) -> None:
            if end:
                self._leaving = True
                self._send(EndSession())

        self.app.push_screen(ConfirmEnd(), decided)

    def _send(self, command: Command) -> None:
        self._link.send(command)
