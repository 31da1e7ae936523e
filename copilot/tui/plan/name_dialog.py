"""Under which name to keep a plan."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from copilot.i18n import _
from copilot.tui.dialogs.key_line import KeyLine


class NameDialog(ModalScreen[str | None]):
    """Gives back a name; None where it was left."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, before: str) -> None:
        """Ask once.

        Args:
            before: The name it has; empty for none.
        """
        super().__init__()
        self._before = before

    def compose(self) -> ComposeResult:
        """One line to write in."""
        with Vertical(classes="dialog"):
            yield Label(_("Keep the plan as"), classes="title")
            yield Input(
                self._before,
                placeholder=_("lower-case words joined by hyphens, as first-talk"),
                compact=True,
                select_on_focus=True,
            )
            yield KeyLine((_("Enter keeps it"), "keep"), (_("Esc leaves"), "cancel"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give it back."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Give it back, words joined as a name has them."""
        self.dismiss("-".join(self.query_one(Input).value.casefold().split()))

    def action_cancel(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
