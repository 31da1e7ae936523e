"""One of our screens in the real app, with nothing before or behind it."""

from typing import Any

from textual.screen import Screen

from copilot.tui.base import BaseApp


class OneScreen(BaseApp):
    """Shows a screen and keeps what it gives back."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._shown = screen
        self.answers: list[Any] = []

    def begin(self) -> None:
        self.push_screen(self._shown, self.answers.append)

    def leave(self) -> None:
        self.exit()
