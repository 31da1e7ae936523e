"""The flags that are raised, each with its quote and what else it may mean."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from copilot.events import Actor, FindingMade
from copilot.i18n import _
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.live.pane import Pane
from copilot.tui.signs import BY_HAND, SIGNS

_INDENT = 3


class FlagsPane(VerticalScroll, Pane, can_focus=False):
    """What is worth a second look, in the order in which it showed; never a verdict.

    Under each flag stand the words it rests on and a benign reading. ✎ says that it is your word.
    """

    def __init__(self) -> None:
        super().__init__()
        self._interview = Interview()
        self._drawn: tuple[tuple[FindingMade, ...], int] | None = None

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Static(id="flag-lines")

    def show(self, interview: Interview) -> None:
        """Draw the flags that stand as raised, in the whole interview."""
        self._interview = interview
        self._draw()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._draw()

    def _draw(self) -> None:
        raised = self._interview.raised_flags()
        width = max(20, self.scrollable_content_region.width)
        if (raised, width) == self._drawn:
            return
        self._drawn = (raised, width)
        lines = [line for flag in raised for line in _lines(self._interview, flag, width)]
        if not raised:
            lines = [Content.styled(_("No flag is raised."), "$text-muted")]
        self.query_one("#flag-lines", Static).update(Content("\n").join(lines))


def _lines(interview: Interview, raised: FindingMade, width: int) -> list[Content]:
    flags = interview.started.flags if interview.started else ()
    known = next(flag for flag in flags if flag.id == raised.id)
    sign = SIGNS[raised.state]
    hand = BY_HAND if raised.by is Actor.HUMAN else " "
    lines = [
        Content.assemble(
            (f"{sign.shape}{hand}{known.label}", f"bold {sign.style}"),
            (f"  {interview.planned(raised.question).label}", "$text-muted"),
        )
    ]
    below = [
        Content.assemble(
            (f"“{evidence.quote}”", "italic"), (f" {timecode(evidence.start_s)}", "$text-muted")
        )
        for evidence in raised.evidence
    ]
    if not raised.evidence:
        below.append(Content.styled(_("your word, without a quote"), "$text-muted"))
    if known.benign_reading:
        benign = _("It may also mean: {reading}", reading=known.benign_reading)
        below.append(Content.styled(benign, "$text-muted"))
    for part in below:
        lines += [line.pad_left(_INDENT) for line in part.wrap(width - _INDENT)]
    return lines
