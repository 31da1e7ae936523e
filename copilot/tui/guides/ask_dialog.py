"""Asking what to do, with what one has to know for it above."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.guides.base import GUIDES_CSS
from copilot.tui.keys.names import key_name


class AskDialog(ModalScreen[str]):
    """Gives back the key of what was chosen; Escape gives back ``escape``."""

    CSS_PATH = GUIDES_CSS
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar = [("escape", "choose('escape')", "Leave")]

    def __init__(self, title: str, text: Content | str, choices: Sequence[tuple[str, str]]) -> None:
        """Ask.

        Args:
            title: What it is about.
            text: What one has to know.
            choices: The key of each, and what it does.
        """
        super().__init__()
        self._title, self._text, self._choices = title, text, tuple(choices)

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical(classes="dialog guide-ask"):
            yield Label(self._title, classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text, markup=False)
            keys = [(f"{key_name(key)} {told}", f"choose('{key}')") for key, told in self._choices]
            yield KeyLine(*keys)

    def on_key(self, event: Key) -> None:
        """The keys of the choices."""
        if event.key in dict(self._choices):
            event.stop()
            self.dismiss(event.key)

    def action_choose(self, key: str) -> None:
        """Chosen by a click, or left."""
        self.dismiss(key)
