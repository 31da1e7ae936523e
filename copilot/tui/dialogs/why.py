"""Asking why a judgement changes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label

from copilot.i18n import _
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.dialogs.reasoned import ReasonLine


class WhyDialog(ModalScreen[str | None]):
    """Gives back the reason, empty for none; None where the change was left."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, title: str, before: str, after: str) -> None:
        """Ask once.

        Args:
            title: What is judged.
            before: What stands, in words.
            after: What is to stand instead.
        """
        super().__init__()
        self._title, self._before, self._after = title, before, after

    def compose(self) -> ComposeResult:
        """What changes, and a line for why."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            told = _(
                "{before} becomes {after}. Both stay in the review, with their times.",
                before=self._before,
                after=self._after,
            )
            yield Label(told, classes="quiet", markup=False)
            yield ReasonLine(placeholder=_("Why? (optional)"), compact=True)
            yield KeyLine(
                (_("Enter keeps it, with or without a reason"), "keep"), (_("Esc leaves"), "cancel")
            )

    def action_keep(self) -> None:
        """Give back what was written."""
        line = self.query_one(ReasonLine)
        line.disabled = True
        self.dismiss(" ".join(line.value.split()))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
