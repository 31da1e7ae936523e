"""Choosing one of a few things and saying why, where one wants to."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from copilot.i18n import _
from copilot.tui.dialogs.key_line import KeyLine

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that can be chosen.

    Attributes:
        id: What it is known by.
        sign: The key that chooses it, shown before it.
        text: What it is.
    """

    id: str
    sign: str
    text: str


class ReasonLine(Input):
    """Takes Enter itself, so that a key pressed right after it is not written into the reason."""

    def on_key(self, event: Key) -> None:
        """Keep what was chosen, for the reason in the line."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.screen.call_later(self.screen.run_action, "keep")


class ReasonedDialog(ModalScreen[Answer]):
    """What a dialog does that gives back a choice and a reason; None where it was left.

    Nothing is chosen at first but what stands already, so that nothing is suggested.
    """

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        stands: str | None,
        reason: str,
        offered: str | None = None,
        at_once: bool = False,
    ) -> None:
        """Ask.

        Args:
            choices: What can be chosen, in order.
            stands: The id of what stands; None for nothing.
            reason: The reason that was given for it.
            offered: The id of what the cursor begins on where nothing stands; None for nothing.
            at_once: Whether a choice by its key is kept at once instead of asking why.
        """
        super().__init__()
        self._choices = choices
        self._stands = stands
        self._reason = reason
        self._offered = offered
        self._at_once = at_once

    def compose(self) -> ComposeResult:
        """What it is about, the choices, the reason, and its keys."""
        with VerticalScroll(classes="dialog reasoned", can_focus=False):
            yield from self.above()
            options = (self._option(choice) for choice in self._choices)
            yield OptionList(*options, compact=True)
            yield ReasonLine(self._reason, placeholder=_("Why? (optional)"), compact=True)
            yield from self.below()
            yield KeyLine(*self.keys(), (_("Enter keeps it"), "keep"), (_("Esc leaves"), "cancel"))

    @abstractmethod
    def above(self) -> ComposeResult:
        """What stands over the choices."""

    def below(self) -> ComposeResult:
        """What stands under the reason."""
        yield from ()

    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys beside Enter and Escape, as a line of keys takes them."""
        return ((_("Tab: why"), "write"),)

    @abstractmethod
    def answer(self, choice: str, reason: str) -> Answer:
        """What the dialog gives back."""

    def on_mount(self) -> None:
        """Begin at what stands."""
        chooser = self.query_one(OptionList)
        begin = self._stands or self._offered
        chooser.highlighted = None if begin is None else chooser.get_option_index(begin)
        chooser.focus()

    def _option(self, choice: Choice) -> Option:
        mark = "▸" if choice.id == self._stands else " "
        sign = (f"{mark}{choice.sign}  ", "bold $text-accent")
        return Option(Content.assemble(sign, choice.text), id=choice.id)

    # -- choosing -------------------------------------------------------------------------------

    def action_choose(self, choice: str) -> None:
        """Choose by key."""
        chooser = self.query_one(OptionList)
        if all(choice != each.id for each in self._choices):
            return
        chooser.highlighted = chooser.get_option_index(choice)
        self._chosen(at_once=self._at_once)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen by Enter or a click."""
        event.stop()
        self._chosen(at_once=self._at_once)

    def _chosen(self, *, at_once: bool) -> None:
        if at_once:
            self.action_keep()
        else:
            self.action_write()

    def action_write(self) -> None:
        """Write why."""
        line = self.query_one(ReasonLine)
        if self._choice() != self._stands and line.value == self._reason:
            line.value = ""  # it was given for something else
        line.focus()
        line.scroll_visible(animate=False)

    def action_keep(self) -> None:
        """Give back what was chosen; where nothing was, wait for it."""
        choice, line = self._choice(), self.query_one(ReasonLine)
        if choice is None:
            self.query_one(OptionList).focus()
            return
        written = " ".join(line.value.split())
        given_for_another = choice != self._stands and written == self._reason
        line.disabled = True
        self.dismiss(self.answer(choice, "" if given_for_another else written))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def _choice(self) -> str | None:
        index = self.query_one(OptionList).highlighted
        return None if index is None else self._choices[index].id


def history(lines: Sequence[str]) -> ComposeResult:
    """What was chosen before, the latest first."""
    for line in lines:
        yield Label(line, classes="quiet", markup=False)
