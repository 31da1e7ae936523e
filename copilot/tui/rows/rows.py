"""A list of labelled values that one walks by arrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

_MARGIN = 2  # columns that the list keeps free at its right
_GAP = 2
#: Before the highlighted row, so that colour alone does not tell it, and before the others.
_POINTER, _NO_POINTER = "▸ ", "  "


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        id: Stable name within its screen.
        label: What it is, in the interface's language.
        value: How it stands.
        help: A sentence or two, shown while it is highlighted.
        turns: Whether left and right change the value.
        trouble: Whether something is wrong with it.
        enabled: Whether it can be highlighted.
    """

    id: str
    label: str
    value: str = ""
    help: str = ""
    turns: bool = False
    trouble: bool = False
    enabled: bool = True


class Rows(OptionList, inherit_bindings=False):
    """Shows rows; Enter and changing a value are the screen's to act on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._rows: tuple[Row, ...] = ()

    @property
    def current(self) -> Row | None:
        """The highlighted row."""
        index = self.highlighted
        return self._rows[index] if index is not None and index < len(self._rows) else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the highlight stays on its row as long as there is one of that id."""
        before = self.current
        same = [row.id for row in rows] == [row.id for row in self._rows]
        self._rows = tuple(rows)
        if same:
            self._redraw()
            return
        self.clear_options()
        self.add_options(
            [Option(self._drawn(row), id=row.id, disabled=not row.enabled) for row in rows]
        )
        wanted = "" if before is None else before.id
        self.point_at(wanted)

    def point_at(self, row_id: str) -> None:
        """Highlight a row; the first that can be where there is none of that id."""
        places = [i for i, row in enumerate(self._rows) if row.enabled and row.id == row_id]
        places += [i for i, row in enumerate(self._rows) if row.enabled]
        self.highlighted = places[0] if places else None

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the pointer along."""
        super().watch_highlighted(highlighted)
        if self.option_count == len(self._rows):  # not while the rows are being exchanged
            self._redraw()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Values are cut to the width."""
        self._redraw()

    def _redraw(self) -> None:
        for row in self._rows:
            self.replace_option_prompt(row.id, self._drawn(row))
            # Only where it changes: enabling moves the highlight.
            if self.get_option(row.id).disabled is row.enabled:
                (self.enable_option if row.enabled else self.disable_option)(row.id)

    def _drawn(self, row: Row) -> Content:
        width = max(len(each.label) for each in self._rows) + _GAP
        room = self.size.width - width - _MARGIN - len(_POINTER) - (4 if row.turns else 0)
        room = max(8, room)
        current = self.current
        pointed = current is not None and current.id == row.id
        value = cut(row.value, room)
        shown = f"◂ {value} ▸" if row.turns and value else value
        style = "$text-error" if row.trouble else ""
        mark = "✕ " if row.trouble and not row.turns else ""
        return Content.assemble(
            _POINTER if pointed else _NO_POINTER,
            (f"{row.label:<{width}}", "bold"),
            (cut(mark + shown, room + 4), style),
        )


def cut(text: str, width: int) -> str:
    """``text`` on one line of at most ``width`` columns."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: max(0, width - 1)] + "…"
