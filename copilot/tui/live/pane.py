"""What all panes of the live screen have in common: one that fails takes nothing else along."""

from textual.events import Event
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class PaneFailed(Message):
    """A pane could not answer the screen.

    Attributes:
        pane: Its name.
        error: What it raised.
    """

    def __init__(self, pane: str, error: Exception) -> None:
        self.pane = pane
        self.error = error
        super().__init__()


class Pane(Widget):
    """A part of the live screen. What goes wrong in it stays in it, and the screen is told.

    Textual ends the whole app where a widget raises, and with it the recording. It comes last among
    the bases, because styles are inherited by way of the first.
    """

    async def on_event(self, event: Event) -> None:
        """Handle what happens to the pane, such as another width."""
        try:
            await super().on_event(event)
        except Exception as error:  # noqa: BLE001 - whatever it is, the recording goes on
            self.post_message(PaneFailed(type(self).__name__, error))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw; blank where that fails."""
        try:
            return super().render_lines(crop)
        except Exception as error:  # noqa: BLE001 - whatever it is, the recording goes on
            self.post_message(PaneFailed(type(self).__name__, error))
            return [Strip.blank(crop.width)] * crop.height
