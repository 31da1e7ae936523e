"""What a reviewer may see by now: the machine's findings stay hidden until a human has rated."""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.events import Actor, Evidence, FindingKind, FindingMade, FindingState
from copilot.review.reviewed import Reviewed
from copilot.tui.live.items import Item
from copilot.tui.transcript.highlight import Highlight, HighlightKind, highlights_of

_SILENT = {
    FindingKind.POINT: FindingState.NOT_HEARD,
    FindingKind.FLAG: FindingState.NOT_RAISED,
}


@dataclass(frozen=True, slots=True)
class Seeing:
    """A reviewed session through the eyes of its reviewer.

    Attributes:
        reviewed: The session.
        all_shown: Whether nothing is hidden, whatever was rated.
    """

    reviewed: Reviewed
    all_shown: bool = False

    def may_see(self, question: str) -> bool:
        """Whether the machine's findings under a question are shown."""
        return self.all_shown or self.reviewed.may_see(question)

    def hidden(self) -> tuple[str, ...]:
        """The planned questions whose findings are hidden."""
        return () if self.all_shown else self.reviewed.hidden()

    def may_see_competency(self, competency: str) -> bool:
        """Whether what was found for a competency is shown."""
        return self.all_shown or self.reviewed.may_see_competency(competency)

    @property
    def judged_questions(self) -> int:
        """How many planned questions the human has judged."""
        interview = self.reviewed.interview
        return sum(interview.judgement_of(each.id) is not None for each in interview.plan)

    @property
    def judged_competencies(self) -> int:
        """How many competencies the human has judged."""
        interview = self.reviewed.interview
        known = interview.competencies
        return sum(interview.competency_judgement_of(each.id) is not None for each in known)

    def lost_a_quote(self, item: Item) -> bool:
        """Whether a quote was taken from a finding because the candidate did not say it."""
        finding = self.reviewed.interview.findings.get(item.key)
        is_open = finding is not None and self._is_open(finding)
        return is_open and self.reviewed.is_misattributed(item.key)

    def items(self, question: str) -> tuple[Item, ...]:
        """Points and flags of a question, in the guide's order; hidden ones tell nothing.

        The human's own findings are always theirs to see.
        """
        interview = self.reviewed.interview
        flags = interview.started.flags if interview.started is not None else ()
        points = interview.planned(question).points
        return (
            *(self._item(question, FindingKind.POINT, point.id, point.label) for point in points),
            *(self._item(question, FindingKind.FLAG, flag.id, flag.label) for flag in flags),
        )

    def findings(self) -> Iterator[FindingMade]:
        """Every finding that may be seen and says something."""
        for finding in self.reviewed.findings():
            silent = finding.state is _SILENT[finding.kind]
            if not silent and self._is_open(finding):
                yield finding

    def highlights(self, question: str) -> list[Highlight]:
        """What of the answer is evidence; of stretches that overlap, flags come last."""
        found: list[Highlight] = []
        for item in self.items(question):
            for evidence in item.evidence:
                kind = HighlightKind.of(item.state)
                found += highlights_of(evidence, self.reviewed.interview.utterances, kind)
        return found

    def rests_on_corrected(self, evidence: Evidence) -> bool:
        """Whether the text under a quote was corrected after the quote was found."""
        return bool(self.reviewed.corrected_in(evidence))

    def _is_open(self, finding: FindingMade) -> bool:
        return finding.by is Actor.HUMAN or self.may_see(finding.question)

    def _item(self, question: str, kind: FindingKind, item_id: str, label: str) -> Item:
        finding = self.reviewed.finding((question, kind, item_id))
        if finding is None or not self._is_open(finding):
            return Item(question, kind, item_id, label, _SILENT[kind], False, ())
        by_hand = finding.by is Actor.HUMAN
        return Item(question, kind, item_id, label, finding.state, by_hand, finding.evidence)
