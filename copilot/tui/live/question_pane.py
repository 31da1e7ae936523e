"""The current question: its points with state and quote."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.events import FindingKind, FindingState, PlannedQuestion
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.signs import SIGNS

_ROOMY = 90  # columns
_SHORTEST_QUOTE = 12  # columns; less than that says nothing
_QUOTED = (
    FindingState.EVIDENCED,
    FindingState.UNCLEAR,
    FindingState.DENIED,
    FindingState.RAISED,
)


class QuestionPane(VerticalScroll, can_focus=False):
    """What is being asked, and which expected points have been evidenced, each with its quote.

    ● evidenced, ◐ unclear, ✕ denied, ○ not heard; ⚑ worth a second look. The order is the
    guide's and never changes.
    """

    def compose(self) -> ComposeResult:
        """A title and the points."""
        yield Static("", id="question-title")
        yield Static("", id="question-points")

    def show(self, interview: Interview, now_s: float) -> None:
        """Draw the current question as it stands."""
        current = interview.current_question
        title = self.query_one("#question-title", Static)
        points = self.query_one("#question-points", Static)
        if interview.started is None:
            title.update(Content.styled("Loading the models …", "$text-muted"))
            points.update("")
            return
        if current is None:
            title.update(
                Content.styled("No question of the plan yet. Press g to choose one.", "$text-muted")
            )
            points.update("")
            return
        question = interview.planned(current)
        title.update(self._title(interview, question, now_s))
        points.update(self._points(interview, question))

    def _title(self, interview: Interview, question: PlannedQuestion, now_s: float) -> Content:
        heard = sum(
            interview.state_of(question.id, FindingKind.POINT, point.id) is FindingState.EVIDENCED
            for point in question.points
        )
        spent = timecode(interview.seconds_on(question.id, now_s))
        rating = interview.rating_of(question.id)
        rated = "" if rating is None else f"  rated {rating}"
        if self.size.width < _ROOMY:
            facts = f"{spent}/{question.minutes:g}m  {heard}/{len(question.points)} heard{rated}"
            return Content.assemble((question.label, "bold"), "  ", (facts, "$text-muted"))
        facts = (
            f"{spent} of {question.minutes:g} min, {heard} of {len(question.points)} heard{rated}"
        )
        # It has just been asked aloud; its full text is worth a line where there is one to spare.
        return Content.assemble((question.text, "bold"), "\n", (facts, "$text-muted"))

    def _points(self, interview: Interview, question: PlannedQuestion) -> Content:
        width = max(30, self.scrollable_content_region.width)
        rows = [
            self._row(interview, question.id, FindingKind.FLAG, flag.id, flag.label)
            for flag in (interview.started.flags if interview.started else ())
            if interview.state_of(question.id, FindingKind.FLAG, flag.id) is FindingState.RAISED
        ]
        rows += [
            self._row(interview, question.id, FindingKind.POINT, point.id, point.label)
            for point in question.points
        ]
        longest = max((len(label) for _, label, _ in rows), default=0)
        label_width = min(longest, width // 2)
        return Content("\n").join(_line(row, width, label_width) for row in rows)

    def _row(
        self, interview: Interview, question: str, kind: FindingKind, item: str, label: str
    ) -> tuple[FindingState, str, str]:
        finding = interview.findings.get((question, kind, item))
        state = interview.state_of(question, kind, item)
        quote = ""
        if finding is not None and state in _QUOTED and finding.evidence:
            quote = finding.evidence[0].quote
        return state, label, quote


def _line(row: tuple[FindingState, str, str], width: int, label_width: int) -> Content:
    state, label, quote = row
    sign = SIGNS[state]
    room = width - label_width - 4
    if quote and room >= _SHORTEST_QUOTE:
        quote = f"“{_cut(quote, room - 2)}”"
    return Content.assemble(
        (f"{sign.shape} {_cut(label, label_width):<{label_width}}", sign.style),
        ("  " + quote, "italic" if state is FindingState.EVIDENCED else sign.style),
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
