"""A session across the width of a screen: which column shows what."""

from collections.abc import Iterable
from dataclasses import dataclass

from copilot.events import FindingState, Utterance
from copilot.tui.review.seeing import Seeing
from copilot.tui.signs import SIGNS

_SHADES = " ░▒▓█"
NOTE_SHAPE, MARK_SHAPE = "✎", "◆"
#: Of several signs in one column, the one that wants looking at most.
_RANKS = (
    FindingState.NOT_RAISED,
    FindingState.EVIDENCED,
    FindingState.UNCLEAR,
    FindingState.DENIED,
    FindingState.RAISED,
)
_MARK_RANK, _NOTE_RANK = len(_RANKS), len(_RANKS) + 1


@dataclass(frozen=True, slots=True)
class Scale:
    """Session time as columns.

    Attributes:
        length_s: Length of the session in seconds.
        width: How many columns there are.
    """

    length_s: float
    width: int

    def column(self, at_s: float) -> int:
        """The column of a moment."""
        return min(max(int(at_s / self.each_s), 0), self.width - 1)

    def time(self, column: int) -> float:
        """The moment at which a column begins, in seconds."""
        return min(max(column, 0), self.width - 1) * self.each_s

    @property
    def each_s(self) -> float:
        """What a column stands for, in seconds."""
        return max(self.length_s, 1.0) / max(self.width, 1)


def lane(utterances: Iterable[Utterance], scale: Scale) -> str:
    """How much of each column the utterances of one side fill: blank for nothing of it."""
    each_s = scale.each_s
    spoken = [0.0] * scale.width
    for said in utterances:
        for column in range(scale.column(said.start_s), scale.column(said.end_s) + 1):
            begin = column * each_s
            spoken[column] += max(0.0, min(said.end_s, begin + each_s) - max(said.start_s, begin))
    return "".join(_shade(seconds / each_s) for seconds in spoken)


def _shade(share: float) -> str:
    if share <= 0.02:
        return _SHADES[0]
    return _SHADES[min(1 + int(share * (len(_SHADES) - 1)), len(_SHADES) - 1)]


def questions(seeing: Seeing, scale: Scale) -> list[tuple[str, str | None]]:
    """Each column's character and question: its number in the plan where it begins, then a line."""
    interview = seeing.reviewed.interview
    numbers = {question.id: str(n) for n, question in enumerate(interview.plan, start=1)}
    row: list[tuple[str, str | None]] = [(" ", None)] * scale.width
    for span in interview.spans():
        first, last = scale.column(span.start_s), scale.column(span.end_s)
        name = "" if span.question is None else numbers[span.question]
        drawn = name + "─" * (last - first + 1)
        for column in range(first, last + 1):
            row[column] = drawn[column - first] if name else " ", span.question
    return row


def signs(seeing: Seeing, scale: Scale) -> dict[int, tuple[str, str]]:
    """Shape and style of what stands in a column: findings, marks and notes."""
    found: dict[int, tuple[int, str, str]] = {}

    def put(at_s: float, rank: int, shape: str, style: str) -> None:
        column = scale.column(at_s)
        if column not in found or found[column][0] < rank:
            found[column] = rank, shape, style

    for finding in seeing.findings():
        if finding.state in _RANKS:
            sign = SIGNS[finding.state]
            for evidence in finding.evidence:
                put(evidence.start_s, _RANKS.index(finding.state), sign.shape, sign.style)
    for mark in seeing.reviewed.interview.marks:
        put(mark.moment_s, _MARK_RANK, MARK_SHAPE, "bold")
    for note in seeing.reviewed.interview.notes:
        put(note.moment_s, _NOTE_RANK, NOTE_SHAPE, "bold")
    return {column: (shape, style) for column, (_, shape, style) in found.items()}
