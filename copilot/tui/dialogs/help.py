"""Help: what the focused pane shows, and every key of the screen."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Label, Static

from copilot.events import FindingState
from copilot.i18n import _
from copilot.tui.keys.action import Action
from copilot.tui.keys.app import APP_ACTIONS
from copilot.tui.keys.in_force import keys_of, shown_key
from copilot.tui.keys.names import key_name
from copilot.tui.keys.registry import grouped
from copilot.tui.signs import SIGNS

_SIGNS_SHOWN = (
    FindingState.EVIDENCED,
    FindingState.UNCLEAR,
    FindingState.DENIED,
    FindingState.NOT_HEARD,
    FindingState.RAISED,
)


class HelpDialog(ModalScreen[None]):
    """Explains the pane that has the focus, then lists the keys by what they are about.

    A pane explains itself by a class attribute ``HELP``, a text for the catalogues; a pane that has
    none leaves it to what it lies in, in the end to the screen.
    """

    DEFAULT_CSS: ClassVar[str] = """
    HelpDialog { align: center middle; }
    HelpDialog VerticalScroll {
        width: 84;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 0 1;
        background: $surface;
        border: round $primary;
        scrollbar-size-vertical: 1;
    }
    HelpDialog Static { width: 100%; height: auto; }
    HelpDialog .heading { text-style: bold; margin-top: 1; }
    HelpDialog .heading.-first { margin-top: 0; }
    """
    BINDINGS: ClassVar = [("escape,question_mark,q,enter", "close", "Close")]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, actions: tuple[Action, ...], *, signs: bool = False) -> None:
        """Prepare to explain a screen.

        Args:
            actions: What can be done on it.
            signs: Whether the signs of findings stand on it, too.
        """
        super().__init__()
        self._actions = actions
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The pane's own words first, then the keys."""
        with VerticalScroll() as block:
            block.border_title = _("Help")
            block.border_subtitle = _("↑ ↓ scroll · Esc closes")
            yield from self._blocks()

    def _blocks(self) -> ComposeResult:
        about = _help_of(self.app.screen_stack[-2])
        if about:
            yield Static(_(about), markup=False)
        for number, (heading, actions) in enumerate(
            grouped((*self._actions, *APP_ACTIONS)).items()
        ):
            first = " -first" if number == 0 and not about else ""
            yield Label(_(heading), classes=f"heading{first}", markup=False)
            yield Static(_keys(actions))
        if self._signs:
            yield Label(_("Signs"), classes="heading", markup=False)
            yield Static(_signs())

    def action_close(self) -> None:
        """Back to where it was opened."""
        self.dismiss()


def _help_of(screen: Screen[object]) -> str:
    """The help of the focused widget, or of the nearest thing around it that has any."""
    focused = screen.focused
    nodes: list[DOMNode] = [screen] if focused is None else list(focused.ancestors_with_self)
    return next((node.HELP for node in nodes if isinstance(node, Widget) and node.HELP), "")


def _keys(actions: list[Action]) -> Table:
    rows = []
    for action in actions:
        # What stands for several actions is told once.
        leader = next(each for each in actions if each.label == action.label)
        if not leader.shown_as:
            names = [key_name(key) for key in keys_of(action).split(",")]
            rows.append((Text(" ".join(names), "bold"), _(action.help)))
        elif leader is action:
            rows.append((Text(shown_key(action), "bold"), _(action.help)))
    return _table(rows)


def _signs() -> Table:
    signs = [SIGNS[state] for state in _SIGNS_SHOWN]
    return _table([(Text(sign.shape, "bold"), _(sign.word)) for sign in signs])


def _table(rows: list[tuple[Text, str]]) -> Table:
    """Two columns; the right one wraps within itself."""
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=6, justify="right", no_wrap=True)
    table.add_column(ratio=1)
    for sign, meaning in rows:
        table.add_row(sign, Text(meaning))
    return table
