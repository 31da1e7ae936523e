"""The plan: what was asked, what is being asked, and how long."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.interview import Interview
from copilot.timecode import timecode


class PlanPane(VerticalScroll, can_focus=False):
    """The planned questions in order.

    A mark stands before each: ▸ being answered, ✓ asked, · still to come. Behind it the rating,
    where there is one, and the minutes spent and planned.
    """

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Static(id="plan-lines")

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
        planned = f"{question.minutes:g}m"
        time = f"{timecode(spent_s)}/{planned}" if asked else planned
        over = asked and spent_s > question.minutes * 60
        rating = interview.rating_of(question.id)
        rated = "" if rating is None else f" {rating}"
        label = question.label
        room = width - len(time) - 3
        if len(label) + len(rated) > room:
            label = label[: max(1, room - len(rated) - 1)] + "…"
        label += rated
        return Content.assemble(
            (f"{mark} {label:<{room}} ", style), (time, "$text-warning" if over else style)
        )
