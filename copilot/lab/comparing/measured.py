"""Figures of two runs beside each other: shares with their tests, decisions counted, usage."""

from copilot.lab.cases import LabModel


class Tested(LabModel):
    """A figure in both runs, over the cases that can be compared, with a paired test.

    Attributes:
        name: ``pass rate``, or ``F1 of points`` and the like.
        kind: The kind of decisions; empty for the pass rate.
        cases: How many cases it rests on.
        groups: In how many groups, such as questions, these are.
        by_case: Whether each case counts by itself, because there are too few groups for a group
            to count as one.
        a: In A, 0 to 1; None where it is not defined.
        b: In B.
        difference: B less A.
        low: Lower end of its 95 % interval.
        high: Upper end.
        p: How likely a difference as large is where only chance is at work.
        adjusted_p: The same, corrected for the number of figures tested (Holm).
        smallest: The smallest difference of the pass rate that so many cases could show at all;
            None where they could show none, and of other figures.
    """

    name: str
    kind: str = ""
    cases: int
    groups: int = 0
    by_case: bool = False
    a: float | None = None
    b: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    adjusted_p: float | None = None
    smallest: float | None = None


class CheckLine(LabModel):
    """A check over all cases that can be compared.

    Attributes:
        name: Of the check.
        cases: Cases that have it in both runs.
        a: Share of them in which it holds in A.
        b: In B.
        fixed: In how many it began to hold.
        broken: In how many it held no more.
        counts: Whether it decides whether a case has passed.
    """

    name: str
    cases: int
    a: float
    b: float
    fixed: int
    broken: int
    counts: bool


class Counts(LabModel):
    """Decisions counted; fractions come from repeats, each of which is a part of its case.

    Attributes:
        right_shown: Shown and right (true positives).
        wrong_shown: Shown and wrong (false positives).
        missed: Right and not shown (false negatives).
    """

    right_shown: float = 0.0
    wrong_shown: float = 0.0
    missed: float = 0.0

    @property
    def precision(self) -> float | None:
        """Share of what is shown that is right; None where nothing is shown."""
        shown = self.right_shown + self.wrong_shown
        return self.right_shown / shown if shown else None

    @property
    def recall(self) -> float | None:
        """Share of what is right that is shown; None where nothing is right."""
        right = self.right_shown + self.missed
        return self.right_shown / right if right else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing to find and nothing was shown."""
        below = 2 * self.right_shown + self.wrong_shown + self.missed
        return 2 * self.right_shown / below if below else None


class TargetLine(LabModel):
    """A kind of decisions, or one target of it, in both runs.

    Attributes:
        kind: As ``Decision.kind``.
        target: Id of the point or flag; empty for the whole kind.
        a: In A.
        b: In B.
        better: How many decisions became right.
        worse: How many became wrong.
    """

    kind: str
    target: str = ""
    a: Counts
    b: Counts
    better: int = 0
    worse: int = 0


class Usage(LabModel):
    """What the results of the cases both runs have took.

    Attributes:
        results: How many.
        p50_s: Seconds, the median; None without any.
        p95_s: Seconds within which 95 in 100 were done.
        tokens_in: Tokens sent.
        tokens_out: Tokens answered.
        cost: None where it is unknown.
    """

    results: int = 0
    p50_s: float | None = None
    p95_s: float | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
