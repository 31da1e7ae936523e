"""What to search the text for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from copilot.i18n import _


class SearchDialog(ModalScreen[str | None]):
    """Gives back what to search for, empty to end the search; None where it was left."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, before: str) -> None:
        """Ask what to search for.

        Args:
            before: What was searched for last.
        """
        super().__init__()
        self._before = before

    def compose(self) -> ComposeResult:
        """One line to write in."""
        with Vertical(classes="dialog"):
            yield Label(_("Search the text"), classes="title")
            yield Input(self._before, compact=True, select_on_focus=True)
            keys = _("Enter searches   empty: ends the search   Esc leaves")
            yield Label(keys, classes="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give it back."""
        event.stop()
        self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        """Search nothing."""
        self.dismiss(None)
