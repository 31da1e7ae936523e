"""Writing one line about the moment."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from copilot.i18n import _
from copilot.timecode import timecode


class _Line(Input):
    """Takes Enter itself, so that a key pressed right after it is not written into the note."""

    def on_key(self, event: Key) -> None:
        """Give the line back."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.disabled = True
            self.screen.dismiss(self.value.strip() or None)


class NoteDialog(ModalScreen[str | None]):
    """Gives back the line; None where it was left or nothing was written."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, began_s: float) -> None:
        """Ask for a note.

        Args:
            began_s: Session time of the moment it is about, in seconds.
        """
        super().__init__()
        self._began_s = began_s

    def compose(self) -> ComposeResult:
        """One line to write in."""
        with Vertical(classes="dialog"):
            yield Label(_("Note at {time}", time=timecode(self._began_s)), markup=False)
            yield _Line(compact=True)
            yield Label(_("Enter keeps it   Esc leaves"), classes="keys")

    def action_cancel(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
