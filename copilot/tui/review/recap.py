"""The recap: what was said, question by question, of all that has been judged."""

from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Markdown

from copilot.i18n import _
from copilot.review.recap.extractive import extract
from copilot.review.recap.markdown import recap_markdown
from copilot.review.report import report_of
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.review.seeing import Seeing


class RecapScreen(ModalScreen[None]):
    """Quotes with their times and, where a language model wrote some, sentences that rest on them.

    What it tells of a question is hidden until a human has judged that question.
    """

    BINDINGS: ClassVar = [("escape,q,i,enter", "close", "Close")]

    def __init__(self, text: str, *, is_written: bool, session: str) -> None:
        """Show a recap.

        Args:
            text: The recap as Markdown.
            is_written: Whether it has sentences of a language model.
            session: The session's id.
        """
        super().__init__()
        self._text, self._is_written, self._session = text, is_written, session

    @classmethod
    def of(cls, seeing: Seeing) -> Self:
        """The recap of a session as far as it may be seen.

        Raises:
            GuideError: A pack of the user's own is broken.
        """
        recap = extract(report_of(seeing.reviewed), seeing.hidden())
        written = recap.written is not None
        return cls(recap_markdown(recap), is_written=written, session=recap.session_id)

    def compose(self) -> ComposeResult:
        """The recap in a box that scrolls."""
        with Vertical(classes="dialog recap"):
            with VerticalScroll():
                yield Markdown(self._text, open_links=False)
            if not self._is_written:
                command = f"interview-copilot recap {self._session} --llm"
                told = _("These are quotes alone. A language model writes prose: {command}")
                yield Label(told.format(command=command), classes="quiet", markup=False)
            yield KeyLine((_("↑ ↓ scroll"), ""), (_("Esc leaves"), "close"))

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Back to the session."""
        self.dismiss(None)
