"""The plan: what was asked, what is being asked, and how long."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.i18n import _
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.judgements import Judgement
from copilot.tui.live.cutting import cut, padded
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady


class PlanPane(VerticalScroll, Pane, can_focus=False):
    """The planned questions in order.

    A mark stands before each: ▸ being answered, ✓ asked, · still to come. Behind it the rating,
    where there is one, and the minutes spent and planned; ! where it takes longer than planned.
    """

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Steady(id="plan-lines")

    def show(self, interview: Interview, now_s: float) -> None:
        """Draw the plan as it stands."""
        if interview.started is None:
            return
        width = max(16, self.scrollable_content_region.width)
        lines = [
            self._line(interview, number, now_s, width) for number in range(len(interview.plan))
        ]
        self.query_one("#plan-lines", Static).update(Content("\n").join(lines))

    def _line(self, interview: Interview, number: int, now_s: float, width: int) -> Content:
        question = interview.plan[number]
        current = interview.current_question == question.id
        asked = interview.was_asked(question.id)
        mark = "▸" if current else "✓" if asked else "·"
        style = "bold" if current else "" if asked else "$text-muted"
        spent_s = interview.seconds_on(question.id, now_s)
        planned = _("{minutes}m", minutes=f"{question.minutes:g}")
        over = asked and spent_s > question.minutes * 60
        time = f"{timecode(spent_s)}/{planned}{'!' if over else ' '}" if asked else f"{planned} "
        judged = Judgement.of(interview.judgement_of(question.id))
        rated = f" {judged.sign}" if judged.is_given else ""
        room = width - len(time) - 3
        label = cut(question.label, max(1, room - cell_len(rated))) + rated
        return Content.assemble(
            (f"{mark} {padded(label, room)} ", style), (time, "$text-warning" if over else style)
        )
