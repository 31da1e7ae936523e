"""The recap: what was said, question by question, of all that has been judged."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, Markdown

from copilot.errors import CopilotError
from copilot.i18n import _
from copilot.review.recap.extractive import extract
from copilot.review.recap.markdown import recap_markdown
from copilot.review.report import report_of
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.review.seeing import Seeing
from copilot.tui.transcript.entry import clean


class RecapScreen(ModalScreen[CopilotError | None]):
    """Quotes with their times and, where a language model wrote some, sentences that rest on them.

    What it tells of a question is hidden until a human has judged that question. Gives back what
    went wrong, or None.
    """

    BINDINGS: ClassVar = [("escape,q,i,enter", "close", "Close")]

    class Made(Message):
        """The recap is there.

        Attributes:
            text: The recap as Markdown.
            is_written: Whether it has sentences of a language model.
        """

        def __init__(self, text: str, *, is_written: bool) -> None:
            self.text, self.is_written = text, is_written
            super().__init__()

    class NotMade(Message):
        """There is none.

        Attributes:
            error: Why.
        """

        def __init__(self, error: CopilotError) -> None:
            self.error = error
            super().__init__()

    def __init__(self, seeing: Seeing, session: str) -> None:
        """Show the recap of a session as far as it may be seen.

        Args:
            seeing: The session.
            session: Its id.
        """
        super().__init__()
        self._seeing, self._session = seeing, session

    def compose(self) -> ComposeResult:
        """The recap in a box that scrolls."""
        with Vertical(classes="dialog recap"):
            with VerticalScroll():
                yield Label(_("Making the recap …"), id="making")
                yield Markdown(open_links=False)
            yield Label("", id="unwritten", classes="quiet", markup=False)
            yield KeyLine((_("↑ ↓ scroll"), ""), (_("Esc leaves"), "close"))

    def on_mount(self) -> None:
        """The arrows scroll; nothing can be changed while it stands."""
        self.query_one("#unwritten").display = False
        self.query_one(VerticalScroll).focus()
        self._make()

    @work(thread=True)
    def _make(self) -> None:
        try:
            recap = extract(report_of(self._seeing.reviewed), self._seeing.hidden())
        except CopilotError as error:
            self.post_message(self.NotMade(error))
            return
        written = recap.written is not None
        self.post_message(self.Made(recap_markdown(recap), is_written=written))

    async def on_recap_screen_made(self, message: Made) -> None:
        """Show it."""
        message.stop()
        lines = message.text.split("\n")
        await self.query_one(Markdown).update("\n".join(clean(line) for line in lines))
        self.query_one("#making").display = False
        if not message.is_written:
            told = _(
                "These are quotes alone. Where a language model is in use, {command} puts them"
                " into prose.",
                command=f"interview-copilot recap {self._session}",
            )
            label = self.query_one("#unwritten", Label)
            label.update(told)
            label.display = True

    def on_recap_screen_not_made(self, message: NotMade) -> None:
        """Say why, on the screen below."""
        message.stop()
        self.dismiss(message.error)

    def action_close(self) -> None:
        """Back to the session."""
        self.dismiss(None)
