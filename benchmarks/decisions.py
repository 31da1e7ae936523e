"""Decisions about points and flags, and the figures they are judged by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.reporting import percent
from copilot.lab.measuring.counting import Counted, Rates, rates
from copilot.lab.results import Decision as LabDecision

POINT: Literal["point"] = "point"
FLAG: Literal["flag"] = "flag"
#: What a label says: explicit and implicit ones are both ``said``, and so is a flag that shows.
SAID, DENIED, ABSENT = "said", "denied", "absent"


@dataclass(frozen=True, slots=True)
class Decision:
    """What some way of matching made of one target in one answer.

    Attributes:
        answer: The answer's id.
        language: Its language.
        kind: Point or flag.
        label: Said, denied or absent.
        state: The state shown.
        overlaps: Whether the quote shown overlaps the labelled one; None without both.
        verbatim: Whether the quote shown stands in the answer; None without one.
    """

    answer: str
    language: str
    kind: str
    label: str
    state: str
    overlaps: bool | None = None
    verbatim: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one way of matching for one language and kind, shares 0 to 1.

    Attributes:
        language: Of the answers.
        kind: Point or flag.
        way: How they were matched.
        answers: How many answers there are.
        decisions: How many decisions.
        said: How many of them are labelled said.
        denied: How many are labelled denied.
        rates: Precision, recall and so on; shown is what is evidenced or raised.
    """

    language: str
    kind: str
    way: str
    answers: int
    decisions: int
    said: int
    denied: int
    rates: Rates

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        found = self.rates
        figures = (
            *(found.precision, found.recall, found.f1, found.unclear),
            *(found.denied_found, found.denied_as_shown, found.quote_overlap),
        )
        verbatim = percent(found.verbatim, 1).partition(" ")[0]
        labels = (str(count) for count in (self.decisions, self.said, self.denied))
        kind = f"{self.kind}s"
        return self.language, kind, self.way, *labels, *map(percent, figures), verbatim


COLUMNS = (
    *("", "", "matched by", "n", "said", "denied", "precision", "recall", "F1", "unclear"),
    *("denied found", "…as evid.", "quote", "verbatim"),
)


def row(way: str, decisions: Sequence[Decision]) -> Row:
    """The figures of ``decisions``, all of one language and kind."""
    return Row(
        language=decisions[0].language,
        kind=decisions[0].kind,
        way=way,
        answers=len({decision.answer for decision in decisions}),
        decisions=len(decisions),
        said=sum(decision.label == SAID for decision in decisions),
        denied=sum(decision.label == DENIED for decision in decisions),
        rates=rates(counted(decisions)),
    )


def counted(decisions: Sequence[Decision]) -> Iterator[Counted]:
    """Decisions as they are counted: all of an answer together."""
    for one in decisions:
        decision = LabDecision(
            kind=FLAG if one.kind == FLAG else POINT,
            label=one.label,
            state=one.state,
            shown=one.state in ("evidenced", "raised"),
            right=one.label == SAID,
            overlaps=one.overlaps,
            verbatim=one.verbatim,
        )
        yield Counted(one.answer, decision)
