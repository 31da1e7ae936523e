"""What all panes of the live screen have in common: one that fails takes nothing else along."""

from textual.events import Event
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class PaneFailed(Message):
    """A pane could not do something.

    Attributes:
        part: The pane, and what it was doing.
        error: What it raised.
    """

    def __init__(self, part: str, error: Exception) -> None:
        self.part = part
        self.error = error
        super().__init__()


class PaneMended(Message):
    """A pane did what it could not do before.

    Attributes:
        part: The pane, and what it was doing.
    """

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__()


class Pane(Widget):
    """A part of the live screen. What goes wrong in it stays in it, and the screen is told.

    Textual ends the whole app where a widget raises, and with it the recording. It comes last among
    the bases, because styles are inherited by way of the first.
    """

    _failing: frozenset[str] = frozenset()

    async def on_event(self, event: Event) -> None:
        """Handle what happens to the pane, such as another width."""
        try:
            await super().on_event(event)
        except Exception as error:  # noqa: BLE001 - whatever it is, the recording goes on
            self._failed(type(event).__name__, error)
        else:
            self._worked(type(event).__name__)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw; blank where that fails."""
        try:
            lines = super().render_lines(crop)
        except Exception as error:  # noqa: BLE001 - whatever it is, the recording goes on
            self._failed("drawing", error)
            return [Strip.blank(crop.width)] * crop.height
        self._worked("drawing")
        return lines

    def _failed(self, doing: str, error: Exception) -> None:
        self._failing |= {doing}
        self.post_message(PaneFailed(f"{type(self).__name__} {doing}", error))

    def _worked(self, doing: str) -> None:
        if doing in self._failing:
            self._failing -= {doing}
            self.post_message(PaneMended(f"{type(self).__name__} {doing}"))
