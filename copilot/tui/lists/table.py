"""A list of any length, of which only the rows that can be seen are drawn."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

#: Draws the row of that number in that many columns.
Draw = Callable[[int, int], Content]

#: Before the row with the cursor, so that colour alone does not tell it, and before the others.
_POINTER, _NO_POINTER = "▸ ", "  "


class Table(ScrollView, can_focus=True):
    """One line a row. Thousands of rows are as light as ten; the cursor is always in view."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--cursor"}
    DEFAULT_CSS: ClassVar[str] = """
    Table {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    Table > .table--cursor { background: $surface-lighten-1; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Reached(Message):
        """The cursor is on another row.

        Attributes:
            key: The row's.
        """

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    class Chosen(Reached):
        """A row was chosen, by Enter or by a click on it while it had the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._draw: Draw = lambda _index, _width: Content("")
        self._cursor = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The rows' keys, from the top."""
        return self._keys

    @property
    def current(self) -> str | None:
        """Key of the row with the cursor; None where there is no row."""
        return self._keys[self._cursor] if self._keys else None

    def show(self, keys: Sequence[str], draw: Draw) -> None:
        """Show these rows; the cursor stays on its row, or near where it was.

        Args:
            keys: A stable name for each row.
            draw: Draws one when it is seen.
        """
        before = self.current
        self._keys, self._draw = tuple(keys), draw
        if before in self._keys:
            self._cursor = self._keys.index(before)
        self._cursor = max(0, min(self._cursor, len(self._keys) - 1))
        self._fit()
        if self.current is not None and self.current != before:
            self.post_message(self.Reached(self.current))

    def point_at(self, key: str) -> None:
        """Put the cursor on a row, where there is one of that key."""
        if key in self._keys:
            self._go(self._keys.index(key))

    # -- walking --------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Some rows on, or back."""
        self._go(self._cursor + by)

    def action_page(self, by: int) -> None:
        """A page on, or back."""
        self._go(self._cursor + by * max(1, self._height - 1))

    def action_first(self) -> None:
        """To the first row."""
        self._go(0)

    def action_last(self) -> None:
        """To the last row."""
        self._go(len(self._keys) - 1)

    def action_choose(self) -> None:
        """Choose the row with the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: Click) -> None:
        """To the row that was clicked; the one with the cursor is chosen."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self.scroll_offset.y + offset.y
        if index == self._cursor:
            self.action_choose()
        elif index < len(self._keys):
            self._go(index)

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Keep the cursor in view."""
        self._fit()

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _go(self, index: int) -> None:
        if not self._keys:
            return
        index = max(0, min(index, len(self._keys) - 1))
        if index != self._cursor:
            self._cursor = index
            self.post_message(self.Reached(self._keys[index]))
        self._look()
        self.refresh()

    def _fit(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._keys))
        self._look()
        self.refresh()

    def _look(self) -> None:
        """Scroll as little as brings the cursor into view."""
        if not self._height:
            return
        top = self.scroll_offset.y
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, force=True)
        elif self._cursor >= top + self._height:
            self.scroll_to(y=self._cursor - self._height + 1, animate=False, force=True)

    # -- painting -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of what is in view."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if index >= len(self._keys) or width <= 0:
            return Strip.blank(width, self.rich_style)
        here = index == self._cursor
        row = self._draw(index, width - len(_POINTER))
        line = Content.assemble(_POINTER if here else _NO_POINTER, row)
        line = line.truncate(width, ellipsis=True, pad=True)
        style = self.get_visual_style("table--cursor") if here else self.visual_style
        [strip] = Visual.to_strips(self, line, width, 1, style)
        return strip
