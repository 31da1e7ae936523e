"""Asking once before the sides are exchanged."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from copilot.i18n import _


class ConfirmSwap(ModalScreen[bool]):
    """Gives back whether to exchange the sides."""

    BINDINGS: ClassVar = [("enter,y", "swap", "Exchange"), ("escape,n,q", "cancel", "Leave")]

    def compose(self) -> ComposeResult:
        """The question, what follows from it, and its keys."""
        with Vertical(classes="dialog"):
            yield Label(_("Exchange you and the candidate?"))
            yield Label(
                _(
                    "What was heard so far changes sides as well, and is read anew."
                    " Notes, ratings and what you set by hand stay."
                ),
                classes="quiet",
            )
            yield Label(_("Enter exchanges them   Esc leaves"), classes="keys")

    def action_swap(self) -> None:
        """Exchange them."""
        self.dismiss(True)

    def action_cancel(self) -> None:
        """Leave them as they are."""
        self.dismiss(False)
