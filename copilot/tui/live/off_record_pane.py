"""The banner that nobody can overlook while it is off the record."""

from textual.content import Content
from textual.widgets import Static

from copilot.timecode import timecode

_NARROW = 72


class OffRecordPane(Static):
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
        since = f"OFF THE RECORD since {timecode(self._since_s)}"
        wide = self.app.size.width >= _NARROW
        meaning = " · nothing is heard or kept · " if wide else " · "
        self.update(Content.assemble((since, "bold"), meaning, ("o", "bold"), " goes on"))
