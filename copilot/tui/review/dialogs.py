"""What a review asks: whether to look before rating, what was really said."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Label, TextArea

from copilot.i18n import _


class ConfirmDialog(ModalScreen[bool]):
    """Gives back whether to do it."""

    BINDINGS: ClassVar = [("y,enter", "confirm", "Do it"), ("n,escape,q", "cancel", "Leave")]

    def __init__(self, title: str, about: str, *, does: str) -> None:
        """Ask once.

        Args:
            title: The question.
            about: What follows from it.
            does: What Enter does, in a word or two.
        """
        super().__init__()
        self._title, self._about, self._does = title, about, does

    def compose(self) -> ComposeResult:
        """The question, what follows from it, and its keys."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            yield Label(self._about, classes="quiet", markup=False)
            keys = _("Enter: {does}   Esc: leave it", does=self._does)
            yield Label(keys, classes="keys", markup=False)

    def action_confirm(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_cancel(self) -> None:
        """Leave it."""
        self.dismiss(False)


class _Text(TextArea):
    """Takes Enter itself: an utterance is one line, however long."""

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.disabled = True
            self.screen.dismiss(self.text)
            return
        await super()._on_key(event)


class CorrectDialog(ModalScreen[str | None]):
    """Gives back what was really said; None where it was left."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel"), ("ctrl+r", "restore", "As heard")]

    def __init__(self, text: str, heard: str) -> None:
        """Ask for the right text.

        Args:
            text: How it reads now.
            heard: What was transcribed.
        """
        super().__init__()
        self._text, self._heard = text, heard

    def compose(self) -> ComposeResult:
        """The text to write in, and above it what was heard."""
        with Vertical(classes="dialog"):
            yield Label(_("What was really said"), classes="title")
            if self._text != self._heard:
                yield Label(_("Heard: {text}", text=self._heard), classes="quiet", markup=False)
            yield _Text(self._text, soft_wrap=True, compact=True, tab_behavior="focus")
            yield Label(
                _("Enter keeps it   Esc leaves   Ctrl+R as it was heard. The original stays."),
                classes="keys",
            )

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        area = self.query_one(_Text)
        area.focus()
        area.move_cursor(area.document.end)

    def action_restore(self) -> None:
        """Write what was heard."""
        self.query_one(_Text).text = self._heard

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
