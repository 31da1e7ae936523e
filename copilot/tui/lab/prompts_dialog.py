"""The prompts two outputs were asked with, and how they differ."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from copilot.i18n import _
from copilot.lab.grid import PromptText
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.lab.difference import different_lines
from copilot.tui.transcript.entry import clean

_STYLES = {" ": "", "-": "$text-error", "+": "$text-success"}


class PromptsDialog(ModalScreen[None]):
    """One text where both are the same, else line by line what went and what came."""

    BINDINGS: ClassVar = [("escape,q,s,enter", "close", "Close")]

    def __init__(self, before: PromptText, after: PromptText) -> None:
        """Show two prompts.

        Args:
            before: Of the left output.
            after: Of the right one.
        """
        super().__init__()
        self._before, self._after = before, after

    def compose(self) -> ComposeResult:
        """The prompts in a box that scrolls."""
        with Vertical(classes="dialog prompts"):
            yield Label(self._title(), classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text(), markup=False)
            yield KeyLine((_("↑ ↓ scroll"), ""), (_("Esc leaves"), "close"))

    def _title(self) -> str:
        if self._before.sha256 == self._after.sha256:
            return _("The prompt {name}, the same for both", name=self._before.label)
        return _(
            "- {before} ({hash_before})   + {after} ({hash_after})",
            before=self._before.label,
            hash_before=self._before.sha256[:8],
            after=self._after.label,
            hash_after=self._after.sha256[:8],
        )

    def _text(self) -> Content:
        lines = different_lines(self._before.text, self._after.text)
        return Content("\n").join(
            Content.styled(f"{sign} {clean(line)}", _STYLES[sign]) for sign, line in lines
        )

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Back to the case."""
        self.dismiss(None)
