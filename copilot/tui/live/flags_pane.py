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


class FlagsPane(VerticalScroll, Pane, can_focus=False):
    """What is worth a second look, in the order in which it showed; never a verdict.

    Under each flag stand the words it rests on and a benign reading. ✎ says that it is your word.
    """

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[FindingMade, ...] | None = None

    def compose(self) -> ComposeResult:
        """One block of lines."""
        yield Static(id="flag-lines")

    def show(self, interview: Interview) -> None:
        """Draw the flags that stand as raised, in the whole interview."""
        raised = interview.raised_flags()
        if raised == self._drawn:
            return
        self._drawn = raised
        text = Content("\n").join(_told(interview, flag) for flag in raised)
        if not raised:
            text = Content.styled(_("No flag is raised."), "$text-muted")
        self.query_one("#flag-lines", Static).update(text)


def _told(interview: Interview, raised: FindingMade) -> Content:
    flags = interview.started.flags if interview.started else ()
    known = next(flag for flag in flags if flag.id == raised.id)
    sign = SIGNS[raised.state]
    hand = BY_HAND if raised.by is Actor.HUMAN else " "
    parts = [
        Content.assemble(
            (f"{sign.shape}{hand} {known.label}", f"bold {sign.style}"),
            (f"  {interview.planned(raised.question).label}", "$text-muted"),
        )
    ]
    parts += [
        Content.assemble(
            (f"   “{evidence.quote}”", "italic"), (f" {timecode(evidence.start_s)}", "$text-muted")
        )
        for evidence in raised.evidence
    ]
    if not raised.evidence:
        parts.append(Content.styled("   " + _("your word, without a quote"), "$text-muted"))
    benign = _("It may also mean: {reading}", reading=known.benign_reading)
    parts.append(Content.styled("   " + benign, "$text-muted"))
    return Content("\n").join(parts)
