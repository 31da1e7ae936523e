"""Deciding a point or flag by hand."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from copilot.events import FindingKind, FindingState
from copilot.i18n import _
from copilot.tui.live.items import Item
from copilot.tui.signs import SIGNS

_STATES = {
    FindingKind.POINT: (
        FindingState.EVIDENCED,
        FindingState.UNCLEAR,
        FindingState.DENIED,
        FindingState.NOT_HEARD,
    ),
    FindingKind.FLAG: (FindingState.RAISED, FindingState.UNCLEAR, FindingState.NOT_RAISED),
}
_RELEASE = "-"


class SetFindingDialog(ModalScreen[tuple[FindingState | None] | None]):
    """Gives back a tuple with the state, or None to let the machine's word count again.

    Leaving with Escape gives back None and changes nothing.
    """

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, item: Item) -> None:
        """Ask for a state.

        Args:
            item: The point or flag as it stands.
        """
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """The states as a list, the one that stands selected."""
        with Vertical(classes="dialog"):
            yield Label(self._item.label, classes="title", markup=False)
            options = [Option(_told(state), id=state) for state in _STATES[self._item.kind]]
            if self._item.by_hand:
                options.append(Option(_("Let the machine's word count again"), id=_RELEASE))
            yield OptionList(*options)
            yield Label(_("Your word wins. Enter sets it   Esc leaves"), classes="keys")

    def on_mount(self) -> None:
        """Start at the state that stands."""
        chooser = self.query_one(OptionList)
        chooser.highlighted = chooser.get_option_index(self._item.state)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice back."""
        chosen = event.option_id
        self.dismiss((None if chosen is None or chosen == _RELEASE else FindingState(chosen),))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _told(state: FindingState) -> Content:
    sign = SIGNS[state]
    return Content.assemble((f"{sign.shape} ", sign.style), _(sign.word))
