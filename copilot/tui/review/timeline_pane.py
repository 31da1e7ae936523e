"""The timeline: who spoke when, which question was being answered, what was found and noted."""

from collections.abc import Iterable

from textual.app import RenderResult
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widget import Widget

from copilot.events import Channel, Utterance
from copilot.i18n import N_, _
from copilot.tui.names import SHORT_NAMES
from copilot.tui.review.seeing import Seeing
from copilot.tui.review.timeline import Scale, lane, questions, signs

_LABELS = 5  # columns before the lanes


class TimelinePane(Widget, can_focus=False):
    """The whole session across the width."""

    HELP = N_(
        "The whole interview from left to right. The first line has the questions by their number"
        " in the plan, the next two how much each side spoke, the last one findings, marks ◆ and"
        " notes ✎. The column that stands out is where you are. A click goes there."
    )

    class MomentChosen(Message):
        """A moment was clicked.

        Attributes:
            at_s: Session time in seconds.
        """

        def __init__(self, at_s: float) -> None:
            self.at_s = at_s
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._seeing: Seeing | None = None
        self._question: str | None = None
        self._at_s: float | None = None
        self._lanes: dict[Channel, str] = {}
        self._corrected: frozenset[str] | None = None
        self._scale = Scale(0.0, 1)

    def show(self, seeing: Seeing, question: str | None) -> None:
        """Draw a session, with one question standing out."""
        self._seeing, self._question = seeing, question
        corrected = frozenset(seeing.reviewed.speakers)
        if corrected != self._corrected:  # all that changes who spoke when in a review
            self._corrected = corrected
            self._measure()
        self.refresh()

    def point_at(self, at_s: float | None) -> None:
        """Let a moment stand out."""
        if at_s != self._at_s:
            self._at_s = at_s
            self.refresh()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Another width has other columns."""
        self._measure()

    def _measure(self) -> None:
        if self._seeing is None or self.size.width <= _LABELS:
            return
        interview = self._seeing.reviewed.interview
        self._scale = Scale(interview.now_s, self.size.width - _LABELS)
        sides: dict[Channel, list[Utterance]] = {channel: [] for channel in Channel}
        for said in interview.utterances.values():
            sides[self._seeing.reviewed.speaker_of(said.id)].append(said)
        self._lanes = {channel: lane(said, self._scale) for channel, said in sides.items()}

    def on_click(self, event: Click) -> None:
        """Go there."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x >= _LABELS and self._seeing is not None:
            self.post_message(self.MomentChosen(self._scale.time(offset.x - _LABELS)))

    def render(self) -> RenderResult:
        """Four lines: questions, the two sides, signs."""
        if self._seeing is None or not self._lanes:
            return ""
        here = None if self._at_s is None else self._scale.column(self._at_s)
        asked = [
            (character, "bold $text-accent" if question == self._question else "$text-muted")
            for character, question in questions(self._seeing, self._scale)
        ]
        found = signs(self._seeing, self._scale)
        noticed = [found.get(column, (" ", "")) for column in range(self._scale.width)]
        lines = [_line("", asked, here)]
        for channel, drawn in self._lanes.items():
            style = "$text-muted" if channel is Channel.INTERVIEWER else ""
            name = _(SHORT_NAMES[channel])[:4]
            lines.append(_line(name, ((character, style) for character in drawn), here))
        lines.append(_line("", noticed, here))
        return Content("\n").join(lines)


def _line(label: str, cells: Iterable[tuple[str, str]], here: int | None) -> Content:
    parts: list[tuple[str, str]] = [(f"{label:<{_LABELS}}", "$text-muted")]
    for column, (character, plain) in enumerate(cells):
        style = f"{plain} reverse".strip() if column == here else plain
        if len(parts) > 1 and parts[-1][1] == style:
            parts[-1] = parts[-1][0] + character, style
        else:
            parts.append((character, style))
    return Content.assemble(*parts)
