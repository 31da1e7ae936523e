"""A screen of rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label, OptionList, Static

from copilot.errors import CopilotError
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import Action
from copilot.tui.rows.rows import Row, Rows

R = TypeVar("R")


class RowsScreen(Screen[R]):
    """Title, rows, what is wrong if anything is, a sentence about the highlighted row, keys.

    A subclass says which rows there are, and acts on them.
    """

    CSS_PATH = Path(__file__).with_name("rows.tcss")
    AUTO_FOCUS = "Rows"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012
    ACTIONS: ClassVar[tuple[Action, ...]] = ()

    def compose(self) -> ComposeResult:
        """Top to bottom."""
        yield Label("", classes="title", markup=False)
        yield Static("", classes="above", markup=False)
        yield Rows()
        yield from self.more()
        yield Static("", classes="trouble", markup=False)
        yield Static("", classes="detail", markup=False)
        yield KeyFooter(self.ACTIONS)

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.draw()

    # -- what a subclass says -------------------------------------------------------------------

    def heading(self) -> str:
        """The title."""
        raise NotImplementedError

    def above(self) -> str:
        """A line or two above the rows; empty for none."""
        return ""

    def rows(self) -> Sequence[Row]:
        """The rows as they stand."""
        raise NotImplementedError

    def more(self) -> Sequence[Widget]:
        """Widgets between the rows and what is said of them."""
        return ()

    def chosen(self, row: Row) -> None:
        """Enter was pressed on a row, or it was clicked."""
        raise NotImplementedError

    def turned(self, row: Row, by: int) -> None:
        """Left or right was pressed on a row whose value turns."""

    # -- drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw everything as it stands now."""
        self.query_one(".title", Label).update(self.heading())
        above = self.query_one(".above", Static)
        above.update(self.above())
        above.display = bool(self.above())
        self.query_one(Rows).show(self.rows())
        self._draw_detail()

    def say(self, text: str) -> None:
        """Say what is wrong, calmly and in its place; empty takes it away."""
        trouble = self.query_one(".trouble", Static)
        trouble.update(text)
        trouble.set_class(bool(text), "-said")

    def say_error(self, error: CopilotError) -> None:
        """Say what an error says."""
        self.say(in_words(error))

    def _draw_detail(self) -> None:
        row = self.query_one(Rows).current
        self.query_one(".detail", Static).update("" if row is None else row.help)

    # -- what the user does ---------------------------------------------------------------------

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the row is about."""
        event.stop()
        self._draw_detail()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Act on the row."""
        event.stop()
        row = self.query_one(Rows).current
        if row is not None:
            self.say("")
            self.chosen(row)

    def action_open(self) -> None:
        """Act on the highlighted row."""
        self.query_one(Rows).action_select()

    def action_turn(self, by: int) -> None:
        """Change the value of the highlighted row."""
        row = self.query_one(Rows).current
        if row is not None and row.turns:
            self.say("")
            self.turned(row, by)

    def action_back(self) -> None:
        """Leave the screen."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show keys and signs."""
        from copilot.tui.dialogs.help import HelpDialog  # noqa: PLC0415 - loads the events

        self.app.push_screen(HelpDialog(self.ACTIONS))


def in_words(error: CopilotError) -> str:
    """An error as two lines: what happened, and what to do."""
    return str(error)
