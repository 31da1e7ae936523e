"""The current question: its points with state and quote."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from copilot.events import FindingKind, FindingState, PlannedQuestion
from copilot.i18n import _
from copilot.interview import Interview
from copilot.interview.views import FindingKey
from copilot.timecode import timecode
from copilot.tui.judgements import Judgement
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.cutting import cut, padded
from copilot.tui.live.items import Item
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.signs import BY_HAND, SIGNS

_ROOMY = 90  # columns
_SHORTEST_QUOTE = 12  # columns; less than that says nothing
_QUOTED = (
    FindingState.EVIDENCED,
    FindingState.UNCLEAR,
    FindingState.DENIED,
    FindingState.RAISED,
)
_QUIET = (FindingState.NOT_HEARD, FindingState.NOT_RAISED)


class PointChosen(Message):
    """A point or flag was clicked.

    Attributes:
        key: Which one.
    """

    def __init__(self, key: FindingKey) -> None:
        self.key = key
        super().__init__()


class QuestionPane(VerticalScroll, Pane, can_focus=False):
    """What is being asked, and which expected points have been evidenced, each with its quote.

    ● evidenced, ◐ unclear, ✕ denied, ○ not heard; ⚑ worth a second look. ✎ beside it says that it
    is your word, and ▸ which one is selected. The order is the guide's and never changes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()

    def compose(self) -> ComposeResult:
        """A title and the points."""
        yield Steady("", id="question-title")
        yield Steady("", id="question-points")

    def show(
        self,
        interview: Interview,
        items: Sequence[Item],
        chosen: FindingKey | None,
        now_s: float,
    ) -> None:
        """Draw the current question as it stands.

        Args:
            interview: What is known.
            items: The points and flags under the question.
            chosen: Which of them is selected.
            now_s: Session time, in seconds.
        """
        self._items = tuple(items)
        current = None if interview.started is None else interview.current_question
        if current is None:
            self._say(_nothing_asked(interview))
            return
        question = interview.planned(current)
        self.query_one("#question-title", Static).update(self._title(interview, question, now_s))
        self.query_one("#question-points", Static).update(self._rows(chosen))

    def bring_into_view(self, key: FindingKey) -> None:
        """Scroll so far that a point or flag can be seen."""
        points = self.query_one("#question-points", Static)
        index = next((i for i, item in enumerate(self._items) if item.key == key), 0)
        y = points.virtual_region.y + index
        top, height = round(self.scroll_offset.y), self.scrollable_content_region.height
        if not top <= y < top + height:
            # With the first point the title comes into view as well.
            target = 0 if index == 0 else y if y < top else y - height + 1
            self.scroll_to(y=target, animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Select the point that was clicked."""
        points = self.query_one("#question-points", Static)
        index = event.screen_y - points.region.y
        if 0 <= index < len(self._items):
            self.post_message(PointChosen(self._items[index].key))

    def _say(self, text: str) -> None:
        self.query_one("#question-title", Static).update(Content.styled(text, "$text-muted"))
        self.query_one("#question-points", Static).update("")

    def _title(self, interview: Interview, question: PlannedQuestion, now_s: float) -> Content:
        points = [item for item in self._items if item.kind is FindingKind.POINT]
        heard = sum(item.state is FindingState.EVIDENCED for item in points)
        told = {
            "spent": timecode(interview.seconds_on(question.id, now_s)),
            "planned": f"{question.minutes:g}",
            "heard": heard,
            "total": len(points),
        }
        rated = _rated(Judgement.of(interview.judgement_of(question.id)))
        if self.size.width < _ROOMY:
            facts = _("{spent}/{planned}m  {heard}/{total} heard", **told) + rated
            if not points:
                facts = _("{spent}/{planned}m", **told) + rated
            room = self.scrollable_content_region.width - cell_len(facts) - 2
            label = cut(question.label, max(8, room))
            return Content.assemble((label, "bold"), "  ", (facts, "$text-muted"))
        facts = _("{spent} of {planned} min, {heard} of {total} heard", **told) + rated
        if not points:
            facts = _("{spent} of {planned} min", **told) + rated
        # It has just been asked aloud; its full text is worth a line where there is one to spare.
        return Content.assemble((question.text, "bold"), "\n", (facts, "$text-muted"))

    def _rows(self, chosen: FindingKey | None) -> Content:
        if not self._items:
            nothing = _("The guide lists nothing to listen for here.")
            return Content.styled(nothing, "$text-muted")
        width = max(30, self.scrollable_content_region.width)
        longest = max((cell_len(item.label) for item in self._items), default=0)
        label_width = min(longest, width // 2)
        return Content("\n").join(
            _row(item, width, label_width, chosen=item.key == chosen) for item in self._items
        )


def _rated(judged: Judgement) -> str:
    if judged.rating is not None:
        return "  " + _("rated {rating}", rating=judged.rating)
    return f"  {judged.words}" if judged.is_given else ""


def _nothing_asked(interview: Interview) -> str:
    if interview.started is None:
        return _("Loading the models …")
    return _(
        "No question of the plan yet. Press {key} to choose one.", key=key_of("question.choose")
    )


def _row(item: Item, width: int, label_width: int, *, chosen: bool) -> Content:
    sign = SIGNS[item.state]
    room = width - label_width - 5
    words, style = "", "$text-muted"
    if item.evidence and item.state in _QUOTED:
        words = f"“{cut(item.evidence[0].quote, room - 2)}”"
        style = "italic"
    elif item.by_hand:
        words = cut(_("your word: {state}", state=_(sign.word)), room)
    if room < _SHORTEST_QUOTE:
        words = ""
    hand = BY_HAND if item.by_hand else " "
    label = padded(item.label, label_width)
    return Content.assemble(
        ("▸" if chosen else " ", "bold $text-accent"),
        (f"{sign.shape}{hand}", sign.style),
        (label, "bold" if chosen else "$text-muted" if item.state in _QUIET else ""),
        ("  " + words, style),
    )
