"""What is shown where the terminal is too small for the live screen."""

from textual.widgets import Static

from copilot.i18n import _
from copilot.tui.live.pane import Pane

#: Columns and rows from which on the live screen is complete.
LEAST_WIDTH, LEAST_HEIGHT = 50, 20


class TooSmallPane(Static, Pane):
    """Says calmly what size is needed, instead of a screen that cannot be read."""

    def on_resize(self) -> None:
        """Tell the size there is."""
        size = self.app.size
        text = _(
            "This screen needs {columns} columns and {rows} rows; here are {width} and {height}."
            " The session goes on meanwhile.",
            columns=LEAST_WIDTH,
            rows=LEAST_HEIGHT,
            width=size.width,
            height=size.height,
        )
        self.update(text)
