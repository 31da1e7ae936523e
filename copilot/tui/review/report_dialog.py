"""In which form the report is written."""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from copilot.errors import CopilotError
from copilot.i18n import N_, _
from copilot.review.reviewed import Reviewed
from copilot.store import SessionFolder
from copilot.tui.dialogs.key_line import KeyLine

#: Each choice by its key: the forms it writes, and what it is called.
_CHOICES: dict[str, tuple[tuple[str, ...], str]] = {
    "m": (("md",), N_("Markdown: text that any editor opens")),
    "h": (("html",), N_("HTML: one page for a browser, without a network")),
    "p": (("pdf",), N_("PDF: printed by a browser of this computer")),
    "a": (("md", "html", "pdf"), N_("all three")),
}


class ReportDialog(ModalScreen[Path | CopilotError | None]):
    """Writes the report while it stands, so that nothing changes meanwhile.

    Gives back the file or, for several, their folder; what went wrong; or None where it was left.
    """

    BINDINGS: ClassVar = [
        *((key, f"choose('{key}')", key) for key in _CHOICES),
        ("escape,q,r", "cancel", "Cancel"),
    ]

    class Done(Message):
        """The report is written, or cannot be.

        Attributes:
            outcome: Where it is, or what went wrong.
        """

        def __init__(self, outcome: Path | CopilotError) -> None:
            self.outcome = outcome
            super().__init__()

    def __init__(self, folder: SessionFolder, reviewed: Reviewed) -> None:
        """Ask for the form.

        Args:
            folder: The session's folder, in which the report is written.
            reviewed: The session with its reviews.
        """
        super().__init__()
        self._folder, self._reviewed = folder, reviewed
        self._is_writing = False

    def compose(self) -> ComposeResult:
        """The forms as a list."""
        with Vertical(classes="dialog"):
            yield Label(_("Write the report"), classes="title")
            yield OptionList(
                *(
                    Option(Content.assemble((f"{key}  ", "bold $text-accent"), _(words)), id=key)
                    for key, (_forms, words) in _CHOICES.items()
                ),
                compact=True,
            )
            about = _(
                "It goes into the session's folder. The command report writes it elsewhere, and in"
                " more forms."
            )
            yield Label(about, classes="quiet", markup=False)
            yield KeyLine((_("Enter writes it"), "choose_current"), (_("Esc leaves"), "cancel"))

    def on_mount(self) -> None:
        """Begin at the first."""
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Write what was chosen."""
        event.stop()
        self.action_choose(event.option_id or "")

    def action_choose_current(self) -> None:
        """Write what the cursor is on."""
        index = self.query_one(OptionList).highlighted
        if index is not None:
            self.action_choose(list(_CHOICES)[index])

    def action_choose(self, key: str) -> None:
        """Write one form or all; a report that is being written is waited for."""
        if self._is_writing:
            return
        self._is_writing = True
        self.query_one(OptionList).disabled = True
        self.query_one(".quiet", Label).update(_("Writing the report …"))
        self._write(_CHOICES[key][0])

    @work(thread=True)
    def _write(self, forms: tuple[str, ...]) -> None:
        # Not for the first screen.
        from copilot.review.report_file import write_report  # noqa: PLC0415

        try:
            paths = [write_report(self._folder, self._reviewed, form) for form in forms]
        except CopilotError as error:
            self.post_message(self.Done(error))
            return
        self.post_message(self.Done(paths[0] if len(paths) == 1 else paths[0].parent))

    def on_report_dialog_done(self, message: Done) -> None:
        """Give it back."""
        message.stop()
        self.dismiss(message.outcome)

    def action_cancel(self) -> None:
        """Write nothing."""
        if not self._is_writing:
            self.dismiss(None)
