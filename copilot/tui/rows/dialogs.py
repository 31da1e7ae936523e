"""Choosing one of several, and writing one line."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static

from copilot.i18n import _
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import PICK_ACTIONS
from copilot.tui.rows.rows import Row, Rows

DIALOG_CSS = Path(__file__).with_name("rows.tcss")


class PickDialog(ModalScreen[str | None]):
    """Gives back the id of the row chosen; None where it was left."""

    CSS_PATH = DIALOG_CSS
    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar = bindings(PICK_ACTIONS)

    def __init__(self, title: str, rows: Sequence[Row], current: str = "") -> None:
        """Ask for one of several.

        Args:
            title: What is chosen.
            rows: What there is to choose from.
            current: Id of the row to begin at.
        """
        super().__init__()
        self._title = title
        self._rows = tuple(rows)
        self._current = current

    def compose(self) -> ComposeResult:
        """The rows, and what is said of the highlighted one."""
        with Vertical(classes="box"):
            yield Label(self._title, classes="title", markup=False)
            yield Rows()
            yield Static("", classes="about", markup=False)
            yield Label(_("Enter chooses   Esc leaves it as it is"), classes="keys")

    def on_mount(self) -> None:
        """Begin at the current one."""
        rows = self.query_one(Rows)
        rows.show(self._rows)
        rows.point_at(self._current)

    def on_option_list_option_highlighted(self) -> None:
        """Say what it is about."""
        row = self.query_one(Rows).current
        self.query_one(".about", Static).update("" if row is None else row.help)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice back."""
        event.stop()
        self.dismiss(event.option_id)

    def action_open(self) -> None:
        """Choose the highlighted one."""
        self.query_one(Rows).action_select()

    def action_back(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


class LineDialog(ModalScreen[str | None]):
    """Gives back the line written; None where it was left or is empty."""

    CSS_PATH = DIALOG_CSS
    BINDINGS: ClassVar = [("escape", "back", "Back")]

    def __init__(self, title: str, about: str, value: str = "") -> None:
        """Ask for a line.

        Args:
            title: What is asked for.
            about: A sentence about it.
            value: What stands there to begin with.
        """
        super().__init__()
        self._title = title
        self._about = about
        self._value = value

    def compose(self) -> ComposeResult:
        """One line to write in."""
        with Vertical(classes="box"):
            yield Label(self._title, classes="title", markup=False)
            yield Input(self._value, compact=True)
            yield Static(self._about, classes="about", markup=False)
            yield Label(_("Enter uses it   Esc leaves it as it is"), classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_back(self) -> None:
        """Use nothing."""
        self.dismiss(None)
