"""What the interviewer wrote down and marked, with its time."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.events import MomentMarked, NoteTaken
from copilot.i18n import _
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady

_Kept = NoteTaken | MomentMarked


class NotesPane(VerticalScroll, Pane, can_focus=False):
    """Your notes and the moments you marked, in the order of the moments they are about.

    ◆ is a marked moment. Behind each stands the question that was being answered.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn = -1

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Steady(id="note-lines")

    def show(self, interview: Interview) -> None:
        """Draw all of them."""
        count = len(interview.notes) + len(interview.marks)
        if count == self._drawn:
            return
        self._drawn = count
        kept: list[_Kept] = [*interview.notes, *interview.marks]
        kept.sort(key=lambda each: each.moment_s)
        text = Content("\n").join(_line(interview, each) for each in kept)
        if not kept:
            nothing = _(
                "Nothing yet. {note} writes a note, {mark} marks the moment.",
                note=key_of("note"),
                mark=key_of("mark"),
            )
            text = Content.styled(nothing, "$text-muted")
        self.query_one("#note-lines", Static).update(text)
        self._go_to_the_newest()

    def on_show(self) -> None:
        """Begin with the newest."""
        self._go_to_the_newest()

    def _go_to_the_newest(self) -> None:
        self.call_after_refresh(self.scroll_end, animate=False)


def _line(interview: Interview, kept: _Kept) -> Content:
    question = "" if kept.question is None else f"  {interview.planned(kept.question).label}"
    time = (f"{timecode(kept.moment_s):>6} ", "$text-muted")
    if isinstance(kept, MomentMarked):
        return Content.assemble(time, "◆ ", _("marked"), (question, "$text-muted"))
    return Content.assemble(time, (kept.text, "bold"), (question, "$text-muted"))
