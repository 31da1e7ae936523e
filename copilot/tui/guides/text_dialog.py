"""Writing a text of a guide: what is wrong with it is said while it is written."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Label, Static, TextArea

from copilot.guides.editing.fields import Form
from copilot.i18n import N_, _
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.guides.base import GUIDES_CSS

#: What the rules of wording say, to be looked up with ``_``.
_FAULTS = {
    "is no question": N_("it is no question"),
    "asks two things": N_("it asks two things"),
    "can be answered by yes or no": N_("it can be answered by yes or no"),
    "is leading": N_("it is leading"),
}


class Writing(TextArea):
    """Several lines on the screen, one in the guide: Enter is through with it."""

    class Done(Message):
        """Enter was pressed."""

    class Left(Message):
        """Escape was pressed."""

    BINDINGS: ClassVar = [
        Binding("ctrl+a", "select_all", show=False),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__(text, soft_wrap=True, compact=True, tab_behavior="focus")

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Done() if event.key == "enter" else self.Left())
            return
        await super()._on_key(event)

    @property
    def line(self) -> str:
        """What was written, on one line."""
        return " ".join(self.text.split())


def remarks(text: str, form: Form, longest: int, language: str, label: str = "") -> list[str]:
    """What is wrong with a text, or could be better, in the interface's language.

    Args:
        text: On one line.
        form: What it is.
        longest: Characters it may have.
        language: Of the text.
        label: Of the point a probe belongs to, which it must not give away.
    """
    found: list[str] = []
    if len(text) > longest:
        found.append(_("it is {count} characters too long", count=len(text) - longest))
    if text and form in (Form.PROBE, Form.QUESTION):
        from copilot.knowledge.wording import MOST_WORDS, faults  # noqa: PLC0415 - compiles a lot

        for fault in faults(text, language, gives_away=label):
            if fault.startswith("is longer"):
                if form is Form.PROBE:
                    found.append(_("it is longer than {words} words", words=MOST_WORDS))
            elif fault.startswith("gives"):
                words = fault.partition("(")[2].rstrip(")")
                found.append(_("it gives the answer away: {words}", words=words))
            elif form is Form.PROBE or fault == "is leading":
                found.append(_(_FAULTS.get(fault, fault)))
    return found


class TextDialog(ModalScreen[str | None]):
    """Gives back the text, empty to take it away; None where it was left as it is."""

    CSS_PATH = GUIDES_CSS
    AUTO_FOCUS = "Writing"

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        form: Form = Form.TEXT,
        longest: int = 600,
        language: str = "en",
        label: str = "",
        may_be_empty: bool = True,
        about: Sequence[str] = (),
    ) -> None:
        """Ask for a text.

        Args:
            title: What it is.
            text: What stands there to begin with.
            form: What it is, by which it is judged.
            longest: Characters it may have.
            language: Of the text.
            label: Of the point a probe belongs to.
            may_be_empty: Whether nothing may stand there.
            about: Lines to know while writing, such as where it comes from.
        """
        super().__init__()
        self._title, self._before = title, " ".join(text.split())
        self._judge: Callable[[str], list[str]] = lambda line: remarks(
            line, form, longest, language, label
        )
        self._longest, self._may_be_empty = longest, may_be_empty
        self._about = tuple(about)
        self._warned = False

    def compose(self) -> ComposeResult:
        """What it is, the text, how it stands, its keys."""
        with Vertical(classes="dialog guide-text"):
            yield Label(self._title, classes="title", markup=False)
            yield Writing(self._before)
            yield Static(classes="remarks", markup=False)
            for line in self._about:
                yield Static(line, classes="quiet", markup=False)
            yield KeyLine((_("Enter keeps it"), "keep"), (_("Esc leaves"), "leave"))

    def on_mount(self) -> None:
        """The cursor behind what stands there."""
        writing = self.query_one(Writing)
        writing.move_cursor(writing.document.end)
        self._remark()

    def on_text_area_changed(self) -> None:
        """Say at once how it stands."""
        self._warned = False
        self._remark()

    def _remark(self, more: str = "") -> None:
        line = self.query_one(Writing).line
        count = _("{count} of {longest} characters", count=len(line), longest=self._longest)
        found = [*self._judge(line), *([more] if more else [])]
        told = Content("\n").join(
            [Content.styled(count, "$text-muted")]
            + [Content.styled(f"▲ {each}", "$text-warning") for each in found]
        )
        self.query_one(".remarks", Static).update(told)

    def on_writing_done(self) -> None:
        """Keep it where it can be kept."""
        self.action_keep()

    def on_writing_left(self) -> None:
        """Leave it, asking once where something was written."""
        self.action_leave()

    def action_keep(self) -> None:
        """Give it back."""
        line = self.query_one(Writing).line
        if len(line) > self._longest:
            return  # how much too long stands there already
        if not line and not self._may_be_empty:
            self._remark(_("something has to stand here"))
            return
        self.dismiss(None if line == self._before else line)

    def action_leave(self) -> None:
        """Change nothing."""
        if self.query_one(Writing).line != self._before and not self._warned:
            self._warned = True
            self._remark(_("Esc once more, and what you wrote is gone"))
            return
        self.dismiss(None)
