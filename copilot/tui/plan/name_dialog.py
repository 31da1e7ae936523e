"""Under which name to keep a plan."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.knowledge.plan import own_plan_path
from copilot.tui.dialogs.key_line import KeyLine


class NameDialog(ModalScreen[str | None]):
    """Gives back a name; None where it was left."""

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, before: str, role: str) -> None:
        """Ask once; a name that is no name, or is another plan's, is said before it is used.

        Args:
            before: The name it has; empty for none.
            role: The id of the guide it is for.
        """
        super().__init__()
        self._before, self._role = before, role
        self._warned = ""

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
            yield Static(classes="remarks", markup=False)
            yield KeyLine((_("Enter keeps it"), "keep"), (_("Esc leaves"), "cancel"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give it back."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Give it back, words joined as a name has them; another plan's only when asked twice."""
        name = "-".join(self.query_one(Input).value.casefold().split())
        try:
            is_taken = bool(name) and own_plan_path(name, self._role).exists()
        except CopilotError as error:
            self._remark(f"{error.message} {error.remedy}")
            return
        if is_taken and name not in (self._before, self._warned):
            self._warned = name
            self._remark(_("{name} is there: Enter once more replaces it.", name=name))
            return
        self.dismiss(name)

    def _remark(self, text: str) -> None:
        told = Content.styled(f"▲ {text}", "$text-warning")
        self.query_one(".remarks", Static).update(told)

    def action_cancel(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
