"""The newest finding with the words it rests on."""

from textual.content import Content

from copilot.events import Actor, FindingKind, FindingMade
from copilot.i18n import _
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.signs import BY_HAND, SIGNS


class NewestPane(Steady, Pane):
    """What was noticed last, and the quote it rests on, as far as it fits.

    ✎ says that it is your word.
    """

    def __init__(self) -> None:
        super().__init__()
        self._label = ""
        self._finding: FindingMade | None = None

    def show(self, interview: Interview, finding: FindingMade) -> None:
        """Draw ``finding``."""
        self._finding, self._label = finding, _label(interview, finding)
        self._draw()

    def clear(self) -> None:
        """Show nothing; what was noticed no longer stands."""
        self._finding = None
        self._draw()

    def on_resize(self) -> None:
        """Show as much of the quote as fits."""
        self._draw()

    def _draw(self) -> None:
        if self._finding is None:
            self.update("")
            return
        width, height = self.scrollable_content_region.size
        words = self._finding.evidence[0].quote.split() if self._finding.evidence else []
        kept = len(words)
        while kept > 1 and height and self._told(words, kept).get_height({}, width) > height:
            kept -= 1
        self.update(self._told(words, kept))

    def _told(self, words: list[str], kept: int) -> Content:
        finding = self._finding
        if finding is None:
            return Content("")
        sign = SIGNS[finding.state]
        hand = BY_HAND if finding.by is Actor.HUMAN else ""
        if not finding.evidence:
            return Content.styled(f"{sign.shape}{hand} {self._label}: {_(sign.word)}", sign.style)
        rest = " …" if kept < len(words) else ""
        return Content.assemble(
            (f"{sign.shape}{hand} {self._label}: ", sign.style),
            (f"“{' '.join(words[:kept])}{rest}”", "italic"),
            (f" {timecode(finding.evidence[0].start_s)}", "$text-muted"),
        )


def _label(interview: Interview, finding: FindingMade) -> str:
    if finding.kind is FindingKind.FLAG:
        flags = interview.started.flags if interview.started else ()
        return next(flag.label for flag in flags if flag.id == finding.id)
    question = interview.planned(finding.question)
    label = next(point.label for point in question.points if point.id == finding.id)
    # A point made under another question says nothing without its own.
    return label if question.id == interview.current_question else f"{question.label}, {label}"
