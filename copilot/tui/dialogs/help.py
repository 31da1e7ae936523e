"""The keys and signs."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from copilot.events import FindingState
from copilot.tui.keys.action import Action, key_name
from copilot.tui.signs import SIGNS

_SHOWN = (
    FindingState.EVIDENCED,
    FindingState.UNCLEAR,
    FindingState.DENIED,
    FindingState.NOT_HEARD,
    FindingState.RAISED,
)


class HelpDialog(ModalScreen[None]):
    """Lists every key and every sign; any of the usual keys closes it."""

    BINDINGS: ClassVar = [("escape,question_mark,q,enter", "close", "Close")]

    def __init__(self, actions: tuple[Action, ...]) -> None:
        super().__init__()
        self._actions = actions

    def compose(self) -> ComposeResult:
        """One scrollable block."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._text())

    def _text(self) -> Content:
        lines = [Content.styled("Keys", "bold"), Content("")]
        for action in self._actions:
            key = Content.styled(f"{key_name(action.key):>5}  ", "bold $text-accent")
            lines.append(key + Content(action.help))
        lines += [Content(""), Content.styled("Signs", "bold"), Content("")]
        for state in _SHOWN:
            sign = SIGNS[state]
            lines.append(Content.assemble((f"{sign.shape:>5}  ", sign.style), sign.word))
        lines += [Content(""), Content.styled("Esc closes this.", "$text-muted")]
        return Content("\n").join(lines)

    def action_close(self) -> None:
        """Back to the interview."""
        self.dismiss()
