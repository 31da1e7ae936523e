"""Asking once before the session ends."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from copilot.i18n import _


class ConfirmEnd(ModalScreen[bool]):
    """Gives back whether to end the session."""

    BINDINGS: ClassVar = [("y,enter,q", "end", "End it"), ("n,escape", "go_on", "Go on")]

    def __init__(self, *, stored: bool) -> None:
        """Ask.

        Args:
            stored: Whether the session is stored.
        """
        super().__init__()
        self._stored = stored

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="dialog"):
            yield Label(_("End this session?"))
            kept = _("What was heard is worked off and kept.")
            lost = _("Nothing of it is stored: text, notes and ratings go with it.")
            yield Label(kept if self._stored else lost, classes="quiet")
            yield Label(_("y ends it   Esc goes on"), classes="keys")

    def action_end(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_go_on(self) -> None:
        """Keep listening."""
        self.dismiss(False)
