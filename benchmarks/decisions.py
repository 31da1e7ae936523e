"""Decisions about points and flags, and the figures they are judged by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measuring import Counts, Estimate, estimate, ratio
from benchmarks.reporting import percent

POINT, FLAG = "point", "flag"
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
        precision: Of those shown as evidenced (raised), how many are said.
        recall: Of those said, how many are shown so.
        f1: The harmonic mean of both.
        unclear: How many of all are shown as unclear.
        denied_found: Of those denied, how many are shown as denied.
        denied_as_evidenced: Of those denied, how many are shown as evidenced.
        quote_overlap: Of those rightly shown, how many quote some of what is labelled.
        verbatim: Of all quotes shown, how many stand in the answer word for word.
    """

    language: str
    kind: str
    way: str
    answers: int
    decisions: int
    said: int
    denied: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    unclear: Estimate
    denied_found: Estimate
    denied_as_evidenced: Estimate
    quote_overlap: Estimate
    verbatim: Estimate

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        figures = (
            *(self.precision, self.recall, self.f1, self.unclear),
            *(self.denied_found, self.denied_as_evidenced, self.quote_overlap),
        )
        verbatim = percent(self.verbatim, 1).partition(" ")[0]
        labels = (str(count) for count in (self.decisions, self.said, self.denied))
        kind = f"{self.kind}s"
        return self.language, kind, self.way, *labels, *map(percent, figures), verbatim


COLUMNS = (
    *("", "", "matched by", "n", "said", "denied", "precision", "recall", "F1", "unclear"),
    *("denied found", "…as evid.", "quote", "verbatim"),
)


def _shown(decision: Decision) -> bool:
    return decision.state in ("evidenced", "raised")


def _right(decision: Decision) -> bool:
    return _shown(decision) and decision.label == SAID


#: What is counted in each answer, in the order of the counters.
_COUNTERS: dict[str, Callable[[Decision], bool]] = {
    "all": lambda d: True,  # noqa: ARG005 - one form for all
    "said": lambda d: d.label == SAID,
    "shown": _shown,
    "right": _right,
    "unclear": lambda d: d.state == "unclear",
    "denied": lambda d: d.label == DENIED,
    "denied found": lambda d: d.label == DENIED and d.state == "denied",
    "denied as evidenced": lambda d: d.label == DENIED and _shown(d),
    "right, quoted": lambda d: _right(d) and d.overlaps is not None,
    "right, overlapping": lambda d: _right(d) and d.overlaps is True,
    "quoted": lambda d: d.verbatim is not None,
    "verbatim": lambda d: d.verbatim is True,
}
_INDEX = {name: index for index, name in enumerate(_COUNTERS)}


def row(way: str, decisions: Sequence[Decision]) -> Row:
    """The figures of ``decisions``, all of one language and kind."""
    counts = _counts(decisions)

    def share(above: str, below: str) -> Estimate:
        upper, lower = _INDEX[above], _INDEX[below]
        return estimate(counts, lambda sums: ratio(sums[..., upper], sums[..., lower]))

    return Row(
        language=decisions[0].language,
        kind=decisions[0].kind,
        way=way,
        answers=len(counts),
        decisions=len(decisions),
        said=sum(decision.label == SAID for decision in decisions),
        denied=sum(decision.label == DENIED for decision in decisions),
        precision=share("right", "shown"),
        recall=share("right", "said"),
        f1=estimate(counts, _f1),
        unclear=share("unclear", "all"),
        denied_found=share("denied found", "denied"),
        denied_as_evidenced=share("denied as evidenced", "denied"),
        quote_overlap=share("right, overlapping", "right, quoted"),
        verbatim=share("verbatim", "quoted"),
    )


def _counts(decisions: Sequence[Decision]) -> Counts:
    answers = {name: index for index, name in enumerate(dict.fromkeys(d.answer for d in decisions))}
    counts = np.zeros((len(answers), len(_COUNTERS)))
    for decision in decisions:
        counts[answers[decision.answer]] += [count(decision) for count in _COUNTERS.values()]
    return counts


def _f1(sums: Counts) -> Counts:
    shown, said = sums[..., _INDEX["shown"]], sums[..., _INDEX["said"]]
    return ratio(2 * sums[..., _INDEX["right"]], shown + said)
