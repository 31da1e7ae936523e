"""A text over the screen that can be scrolled."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from copilot.i18n import _
from copilot.tui.dialogs.key_line import KeyLine


class TextDialog(ModalScreen[None]):
    """A title and a text; any usual key closes it."""

    BINDINGS: ClassVar = [("escape,q,enter", "close", "Close")]

    def __init__(self, title: str, text: Content) -> None:
        """Show a text.

        Args:
            title: What it is.
            text: It.
        """
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """The text in a box that scrolls."""
        with Vertical(classes="dialog lab-text"):
            yield Label(self._title, classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text, markup=False)
            yield KeyLine((_("↑ ↓ scroll"), ""), (_("Esc leaves"), "close"))

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
