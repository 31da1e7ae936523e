"""Telling one thing that must not be missed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from copilot.i18n import _


class MessageDialog(ModalScreen[None]):
    """A title, a text, and what to do about it; any usual key closes it."""

    BINDINGS: ClassVar = [("escape,enter,q", "close", "Close")]

    def __init__(self, title: str, text: str, remedy: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._remedy = remedy

    def compose(self) -> ComposeResult:
        """The message."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            yield Label(self._text, markup=False)
            if self._remedy:
                yield Label(f"→ {self._remedy}", classes="quiet", markup=False)
            yield Label(_("Enter closes this."), classes="keys")

    def action_close(self) -> None:
        """Close."""
        self.dismiss()
