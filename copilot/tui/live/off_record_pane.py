"""The banner that nobody can overlook while it is off the record."""

from textual.content import Content

from copilot.i18n import _
from copilot.timecode import timecode
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady

_NARROW = 72


class OffRecordPane(Steady, Pane):
    """Says in a frame that nothing is captured, and which key goes on; otherwise not there."""

    def __init__(self) -> None:
        super().__init__()
        self._since_s: float | None = None
        self.display = False

    def show(self, since_s: float | None) -> None:
        """Draw it, or take it away where ``since_s`` is None."""
        self._since_s = since_s
        self.display = since_s is not None
        self._draw()

    def on_resize(self) -> None:
        """Long words or short ones, as the width allows."""
        self._draw()

    def _draw(self) -> None:
        if self._since_s is None:
            return
        told = [
            Content.styled(_("OFF THE RECORD since {time}", time=timecode(self._since_s)), "bold")
        ]
        if self.app.size.width >= _NARROW:
            told.append(Content(_("nothing is heard or kept")))
        told.append(Content(_("{key} goes on", key=key_of("capture.pause"))))
        self.update(Content(" · ").join(told))
