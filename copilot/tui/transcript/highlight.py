"""Stretches of what was said that are shown in a style of their own."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copilot.events import Evidence, FindingState, Utterance
from copilot.interview.quotes import spans


class HighlightKind(enum.StrEnum):
    """Why something is highlighted; each has a style of its own name in the view."""

    EVIDENCED = "evidenced"
    UNCLEAR = "unclear"
    DENIED = "denied"
    RAISED = "raised"
    REVEALED = "revealed"  # what the user asked to see

    @classmethod
    def of(cls, state: FindingState) -> "HighlightKind":
        """How the evidence of a finding is highlighted."""
        return _OF_STATE.get(state, cls.UNCLEAR)


_OF_STATE = {
    FindingState.EVIDENCED: HighlightKind.EVIDENCED,
    FindingState.DENIED: HighlightKind.DENIED,
    FindingState.RAISED: HighlightKind.RAISED,
}


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of one utterance.

    Attributes:
        utterance_id: Which one.
        start: Index of its first character in the utterance's text.
        end: Index of the one after its last.
        kind: Why it is highlighted.
    """

    utterance_id: str
    start: int
    end: int
    kind: HighlightKind


def highlights_of(
    evidence: Evidence, utterances: Mapping[str, Utterance], kind: HighlightKind
) -> Iterator[Highlight]:
    """The stretches a quote runs through; none where it does not stand in ``utterances``."""
    try:
        found = spans(evidence, utterances)
    except (KeyError, ValueError):
        return
    for utterance_id, (start, end) in found.items():
        yield Highlight(utterance_id, start, end, kind)
