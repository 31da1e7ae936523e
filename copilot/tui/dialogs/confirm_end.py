"""Asking once before the session ends."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label


class ConfirmEnd(ModalScreen[bool]):
    """Gives back whether to end the session."""

    BINDINGS: ClassVar = [("y,enter,q", "end", "End it"), ("n,escape", "go_on", "Go on")]

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="dialog"):
            yield Label("End this session?")
            yield Label("What was heard is worked off and kept.", classes="quiet")
            yield Label("y end it   Esc go on", classes="keys")

    def action_end(self) -> None:
        """End it."""
        self.dismiss(True)

    def action_go_on(self) -> None:
        """Keep listening."""
        self.dismiss(False)
