"""What the screens of the lab and of the guides have in common."""

from pathlib import Path, PurePath
from typing import ClassVar

from textual.content import Content
from textual.screen import Screen

from copilot.errors import CopilotError
from copilot.tui.keys.action import Action
from copilot.tui.transcript.entry import clean

#: The looks of a list; screens add their own behind it.
LISTS_CSS: list[str | PurePath] = [Path(__file__).with_name("lists.tcss")]
_TOLD_S = 6.0


class ListScreen(Screen[None]):
    """A screen that is left by going back, and that says what went wrong."""

    CSS_PATH = LISTS_CSS
    ACTIONS: ClassVar[tuple[Action, ...]] = ()

    def tell(self, text: str) -> None:
        """Say something in passing, in the place of what was said before."""
        self.app.clear_notifications()
        self.notify(text, timeout=_TOLD_S, markup=False)

    def tell_of(self, error: CopilotError) -> None:
        """Say what went wrong."""
        text = f"{error.message} {error.remedy}".strip()
        self.notify(text, title=error.title, severity="warning", timeout=10, markup=False)

    def leave_because(self, error: CopilotError) -> None:
        """Say why there is nothing to show, and go back."""
        from copilot.tui.dialogs.message import MessageDialog  # noqa: PLC0415 - seldom

        def read(_: None) -> None:
            self.dismiss(None)

        self.app.push_screen(MessageDialog(error.title, error.message, error.remedy), read)

    def action_help(self) -> None:
        """Show the keys."""
        from copilot.tui.dialogs.help import HelpDialog  # noqa: PLC0415 - not for the first screen

        self.app.push_screen(HelpDialog(self.ACTIONS))

    async def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def one_line(text: str) -> str:
    """``text`` on one line, with nothing in it that speaks to the terminal."""
    return " ".join(clean(text).split())


def cut(text: str, width: int) -> Content:
    """``text`` on one line, as wide as that many columns; where it has more, a sign says so."""
    return Content(one_line(text)).truncate(width, ellipsis=True, pad=True)
