"""The points and flags of the question being reviewed, each with its state and its quote."""

from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from copilot.events import FindingKind
from copilot.i18n import N_, _
from copilot.interview.views import FindingKey
from copilot.tui.live.cutting import cut, padded
from copilot.tui.live.items import Item
from copilot.tui.review.seeing import Seeing
from copilot.tui.signs import BY_HAND, SIGNS
from copilot.tui.transcript.entry import clean

_MARGIN = 3  # columns that the list keeps for itself
_SHORTEST_QUOTE = 14  # columns; less than that says nothing
_UNSEEN = "·"


class PointsPane(OptionList):
    """Points in the guide's order, then flags. The one with the cursor shows its quote below."""

    HELP = N_(
        "What the guide listens for. The sign tells the state, ✎ that it is your own word. The"
        " quote of the line you are on is highlighted in the transcript; Enter plays it."
    )

    class PointLookedAt(Message):
        """The cursor is on another point or flag.

        Attributes:
            item: It.
        """

        def __init__(self, item: Item) -> None:
            self.item = item
            super().__init__()

    class PointChosen(PointLookedAt):
        """A point or flag was chosen by Enter or a click."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._seeing: Seeing | None = None
        self._items: tuple[Item, ...] = ()
        self._question: str | None = None

    @property
    def current(self) -> Item | None:
        """What the cursor is on."""
        index = self.highlighted
        return self._items[index] if index is not None and index < len(self._items) else None

    def show(self, seeing: Seeing, question: str | None) -> None:
        """Draw a question's points and flags; the cursor stays where the question is the same."""
        self._seeing = seeing
        self._items = () if question is None else seeing.items(question)
        if question != self._question or self.option_count != len(self._items):
            self._question = question
            self.clear_options()
            self.add_options([Option("", id=_id(item.key)) for item in self._items])
        self._draw()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Labels and quotes are cut to the width."""
        self._draw()

    def _draw(self) -> None:
        if self._seeing is None or self._question is None:
            return
        seen = self._seeing.may_see(self._question)
        width = max(20, self.scrollable_content_region.width - _MARGIN)
        longest = max((len(_label(item)) for item in self._items), default=0)
        label_width = min(longest, max(16, width * 2 // 5))
        for item in self._items:
            row = _row(item, width, label_width, seen=seen, remark=_remark(self._seeing, item))
            self.replace_option_prompt(_id(item.key), row)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say which one is looked at."""
        event.stop()
        if self.has_focus and self.current is not None:
            self.post_message(self.PointLookedAt(self.current))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which one was chosen."""
        event.stop()
        if self.current is not None:
            self.post_message(self.PointChosen(self.current))


def _id(key: FindingKey) -> str:
    return f"{key[1]}-{key[2]}"


def _label(item: Item) -> str:
    label = clean(item.label)
    return _("flag: {label}", label=label) if item.kind is FindingKind.FLAG else label


def _remark(seeing: Seeing, item: Item) -> str:
    """What was corrected since under its quotes; empty for nothing."""
    if seeing.lost_a_quote(item):
        return _("(a quote was not the candidate's)")
    if item.evidence and seeing.rests_on_corrected(item.evidence[0]):
        return _("(text corrected)")
    return ""


def _row(item: Item, width: int, label_width: int, *, seen: bool, remark: str) -> Content:
    sign = SIGNS[item.state]
    shape, style = sign.shape, sign.style
    if not seen and not item.by_hand:
        shape, style = _UNSEEN, "$text-muted"
    by_hand = BY_HAND if item.by_hand else " "
    parts = [(f"{shape}{by_hand} {padded(_label(item), label_width)}", style)]
    room = width - label_width - 5
    if item.evidence and room >= _SHORTEST_QUOTE:
        left = room - 2 - (len(remark) + 1 if remark else 0)
        quote = cut(clean(item.evidence[0].quote), max(4, left))
        parts += [(f"  “{quote}”", "italic"), (f" {remark}" if remark else "", "$text-warning")]
    elif remark:
        parts.append((cut(f"  {remark}", max(1, room + 2)), "$text-warning"))
    return Content.assemble(*parts)
