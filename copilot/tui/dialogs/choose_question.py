"""Choosing which question is being answered."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from copilot.events import PlannedQuestion
from copilot.i18n import _

_NONE = "-"


class ChooseQuestion(ModalScreen[tuple[str | None] | None]):
    """Gives back a tuple with the chosen question, or None for one outside the plan.

    Leaving with Escape gives back None and changes nothing.
    """

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(self, plan: tuple[PlannedQuestion, ...], current: str | None) -> None:
        super().__init__()
        self._plan = plan
        self._current = current

    def compose(self) -> ComposeResult:
        """The plan as a list, and talk outside it."""
        with Vertical(classes="dialog"):
            yield Label(_("Which question is being answered?"))
            options = [Option(Content(question.text), id=question.id) for question in self._plan]
            options.append(Option(_("None of the plan"), id=_NONE))
            yield OptionList(*options)

    def on_mount(self) -> None:
        """Start at the current question."""
        chooser = self.query_one(OptionList)
        chooser.highlighted = chooser.get_option_index(self._current or _NONE)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice back."""
        chosen = event.option_id
        self.dismiss((None if chosen == _NONE else chosen,))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
