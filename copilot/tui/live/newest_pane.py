"""The newest finding, its quote in full."""

from textual.content import Content
from textual.widgets import Static

from copilot.events import FindingKind, FindingMade
from copilot.interview import Interview
from copilot.timecode import timecode
from copilot.tui.signs import SIGNS


class NewestPane(Static):
    """What was noticed last, with the words it rests on."""

    def show(self, interview: Interview, finding: FindingMade) -> None:
        """Draw ``finding``."""
        sign = SIGNS[finding.state]
        label = _label(interview, finding)
        if not finding.evidence:
            self.update(Content.styled(f"{sign.shape} {label}: {sign.word}", sign.style))
            return
        evidence = finding.evidence[0]
        self.update(
            Content.assemble(
                (f"{sign.shape} {label}: ", sign.style),
                (f"“{evidence.quote}”", "italic"),
                (f" {timecode(evidence.start_s)}", "$text-muted"),
            )
        )

    def clear(self) -> None:
        """Show nothing; what was noticed no longer stands."""
        self.update("")


def _label(interview: Interview, finding: FindingMade) -> str:
    if finding.kind is FindingKind.FLAG:
        flags = interview.started.flags if interview.started else ()
        return next(flag.label for flag in flags if flag.id == finding.id)
    question = interview.planned(finding.question)
    label = next(point.label for point in question.points if point.id == finding.id)
    # A point made under another question says nothing without its own.
    return label if question.id == interview.current_question else f"{question.label}, {label}"
