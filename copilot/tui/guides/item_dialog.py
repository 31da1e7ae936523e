"""A new question, point, flag or other item: its label and text; the id is made of the label."""

from collections.abc import Collection
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from copilot.guides.editing.fields import FIELDS, ITEM_NAMES, Form
from copilot.guides.importing.rules.labels import id_of
from copilot.i18n import N_, _
from copilot.knowledge.origins import PROJECT
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.guides.base import GUIDES_CSS
from copilot.tui.guides.text_dialog import Writing, remarks

_TEXT_KEY = {"question": "text", "source": "file"}
_LABEL_KEY = {"source": "title"}
_TITLES = {
    "question": N_("New question"),
    "point": N_("New point"),
    "flag": N_("New red flag"),
    "competency": N_("New competency"),
    "stage": N_("New stage"),
    "skill": N_("New skill"),
    "source": N_("New source"),
}
_TEXTS = {
    "question": N_("The question, as it is asked"),
    "source": N_("The document's file name, where it is one"),
}


class ItemDialog(ModalScreen[dict[str, Any] | None]):
    """Gives back the item as the file has it; None where it was left."""

    CSS_PATH = GUIDES_CSS
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar = [("escape", "leave", "Leave")]

    def __init__(self, item: str, taken: Collection[str], language: str) -> None:
        """Ask for an item.

        Args:
            item: What it is, as ``copilot.guides.editing.parts`` calls it.
            taken: Ids it must not have.
            language: Of the guide.
        """
        super().__init__()
        self._item, self._taken, self._language = item, taken, language
        keys = {field.key: field for field in FIELDS[item]}
        self._label = keys[_LABEL_KEY.get(item, "label")]
        self._text = keys[_TEXT_KEY.get(item, "description")]

    def compose(self) -> ComposeResult:
        """Label, text, how both stand, keys."""
        with Vertical(classes="dialog guide-text"):
            yield Label(_(_TITLES[self._item]), classes="title", markup=False)
            yield Input(placeholder=_(self._label.title), compact=True)
            told = _TEXTS.get(self._item)
            yield Label(_(told) if told else _(self._text.title), classes="quiet", markup=False)
            yield Writing()
            yield Static(classes="remarks", markup=False)
            yield KeyLine(
                (_("Tab: to the text"), ""),
                (_("Enter keeps it"), "keep"),
                (_("Esc leaves"), "leave"),
            )

    def on_mount(self) -> None:
        """Say what is wanted."""
        self._remark()

    # -- how it stands --------------------------------------------------------------------------

    @property
    def _said(self) -> tuple[str, str]:
        return " ".join(self.query_one(Input).value.split()), self.query_one(Writing).line

    @property
    def _new_id(self) -> str:
        label, text = self._said
        return id_of(label, text, self._taken) if label else ""

    def on_input_changed(self) -> None:
        """Say at once how it stands."""
        self._remark()

    def on_text_area_changed(self) -> None:
        """Say at once how it stands."""
        self._remark()

    def _remark(self, more: str = "") -> None:
        label, text = self._said
        count = _("label: {count} of {longest}", count=len(label), longest=self._label.longest)
        lines = [Content.styled(f"{count} · id: {self._new_id or '…'}", "$text-muted")]
        form = Form.QUESTION if self._item == "question" else Form.TEXT
        found = remarks(text, form, self._text.longest, self._language)
        if len(label) > self._label.longest:
            over = len(label) - self._label.longest
            found.insert(0, _("the label is {count} characters too long", count=over))
        lines += [Content.styled(f"▲ {each}", "$text-warning") for each in [*found, more] if each]
        self.query_one(".remarks", Static).update(Content("\n").join(lines))

    # -- leaving --------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the label to the text."""
        event.stop()
        self.query_one(Writing).focus()

    def on_writing_done(self) -> None:
        """Keep it where it can be kept."""
        self.action_keep()

    def on_writing_left(self) -> None:
        """Leave it."""
        self.action_leave()

    def action_keep(self) -> None:
        """Give it back."""
        label, text = self._said
        if len(label) > self._label.longest or len(text) > self._text.longest:
            return
        if not label:
            self._remark(_("it needs a label"))
            self.query_one(Input).focus()
            return
        if not text and self._text.is_needed:
            self._remark(_("it needs a text"))
            return
        made: dict[str, Any] = {"id": self._new_id, self._label.key: label}
        if self._item == "question":
            made["kind"] = "behavioural"
        if text:
            made[self._text.key] = text
        if self._item != "source":
            made["origin"] = PROJECT
        self.dismiss(made)

    def action_leave(self) -> None:
        """Add nothing."""
        self.dismiss(None)


def name_of(item: str) -> str:
    """What an item is called."""
    return _(ITEM_NAMES[item])
