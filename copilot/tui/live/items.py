"""What can be selected on the live screen: the points and flags under a question."""

from dataclasses import dataclass

from copilot.events import Actor, Evidence, FindingKind, FindingState
from copilot.interview import Interview
from copilot.interview.views import FindingKey


@dataclass(frozen=True, slots=True)
class Item:
    """A point or flag as it stands under a question.

    Attributes:
        question: The planned question.
        kind: Point or flag.
        id: The point's or flag's id.
        label: What it is called, in the interview's language.
        state: Its state.
        by_hand: Whether that is the human's word.
        evidence: Where it was said.
    """

    question: str
    kind: FindingKind
    id: str
    label: str
    state: FindingState
    by_hand: bool
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> FindingKey:
        """What it is known by in the interview."""
        return self.question, self.kind, self.id


def items_of(interview: Interview) -> tuple[Item, ...]:
    """What stands under the current question, in an order that never changes.

    The guide's points come first, and below them the flags that are raised or were decided by the
    human, so that a flag that is raised moves no point.
    """
    current = interview.current_question
    if interview.started is None or current is None:
        return ()
    points = [
        _item(interview, current, FindingKind.POINT, point.id, point.label)
        for point in interview.planned(current).points
    ]
    flags = [
        _item(interview, current, FindingKind.FLAG, flag.id, flag.label)
        for flag in interview.started.flags
    ]
    shown = [flag for flag in flags if flag.state is FindingState.RAISED or flag.by_hand]
    return (*points, *shown)


def _item(interview: Interview, question: str, kind: FindingKind, item_id: str, label: str) -> Item:
    finding = interview.findings.get((question, kind, item_id))
    return Item(
        question=question,
        kind=kind,
        id=item_id,
        label=label,
        state=interview.state_of(question, kind, item_id),
        by_hand=finding is not None and finding.by is Actor.HUMAN,
        evidence=() if finding is None else finding.evidence,
    )
