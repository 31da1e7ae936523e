"""What a comparison of two runs holds; it is JSON as it stands."""

import enum
from typing import Literal

from copilot.lab.cases import LabModel
from copilot.lab.comparing.measured import CheckLine, TargetLine, Tested, Usage

#: What it all comes to.
Word = Literal["better", "worse", "mixed", "same", "incomparable"]


class Outcome(enum.StrEnum):
    """How a case went with a variant, all repeats together."""

    PASSED = "passed"
    FAILED = "failed"
    FLAKY = "flaky"
    ERROR = "error"
    MISSING = "missing"


class Change(enum.StrEnum):
    """What became of a case from A to B."""

    FIXED = "fixed"
    BROKEN = "broken"
    FLAKY = "flaky"
    ERROR = "error"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    CHANGED = "changed"
    BOTH_FAIL = "both_fail"
    BOTH_PASS = "both_pass"  # noqa: S105 - no secret


#: How each change is called in tables.
CHANGE_WORDS: dict[Change, str] = {
    Change.FIXED: "fixed",
    Change.BROKEN: "broken",
    Change.FLAKY: "repeats differ",
    Change.ERROR: "error",
    Change.ONLY_A: "only in A",
    Change.ONLY_B: "only in B",
    Change.CHANGED: "case changed",
    Change.BOTH_FAIL: "both fail",
    Change.BOTH_PASS: "both pass",
}


class Cell(LabModel):
    """A case with one variant.

    Attributes:
        outcome: Of all repeats.
        share: Share of the repeats that passed; None where that is not known.
        repeats: How many results there are.
        errors: How many of them are errors.
    """

    outcome: Outcome
    share: float | None = None
    repeats: int = 0
    errors: int = 0


class CheckPair(LabModel):
    """A check of a case in both runs.

    Attributes:
        name: Of the check.
        change: What became of it.
        a: Share of the repeats in which it held; None where it was not made.
        b: The same in B.
    """

    name: str
    change: Change
    a: float | None
    b: float | None


class Flip(LabModel):
    """A decision that is another in B.

    Attributes:
        kind: As ``Decision.kind``.
        target: Id of the point or flag; empty where there is but one.
        label: What is right.
        before: The state shown in A.
        after: The state shown in B.
        better: Whether it became right, or wrong; None where it is as right as before.
    """

    kind: str
    target: str
    label: str
    before: str
    after: str
    better: bool | None


class CasePair(LabModel):
    """A case in both runs.

    Attributes:
        case: Its id.
        change: What became of it.
        a: In A.
        b: In B.
        checks: Those that differ.
        flips: Decisions that differ.
        note: What else there is to say, such as why it is not compared.
    """

    case: str
    change: Change
    a: Cell
    b: Cell
    checks: tuple[CheckPair, ...] = ()
    flips: tuple[Flip, ...] = ()
    note: str = ""


class Verdict(LabModel):
    """What it comes to.

    Attributes:
        word: In a word.
        told: In a sentence or two, with the numbers it rests on.
    """

    word: Word
    told: str


class VariantPair(LabModel):
    """A variant of A beside one of B.

    Attributes:
        a: Id of the variant in A.
        b: Id of the variant in B.
        cases: In the order of A, then those only B has.
        tests: Figures with their tests; the pass rate first.
        checks: By check.
        kinds: By kind of decisions.
        targets: By point or flag, those that differ first.
        usage_a: Of A.
        usage_b: Of B.
        verdict: What it comes to.
    """

    a: str
    b: str
    cases: tuple[CasePair, ...]
    tests: tuple[Tested, ...]
    checks: tuple[CheckLine, ...]
    kinds: tuple[TargetLine, ...]
    targets: tuple[TargetLine, ...]
    usage_a: Usage
    usage_b: Usage
    verdict: Verdict

    def count(self, change: Change) -> int:
        """How many cases went so."""
        return sum(each.change is change for each in self.cases)


class InputChange(LabModel):
    """Something that went in and is not the same.

    Attributes:
        what: What it is, such as ``prompt follow_up (en)``.
        a: In A, in a few words.
        b: In B.
        lines: What exactly changed: lines of a unified diff, or names of items.
    """

    what: str
    a: str = ""
    b: str = ""
    lines: tuple[str, ...] = ()


class Compared(LabModel):
    """One of the two runs.

    Attributes:
        id: Of the run.
        suite: Its suite's name.
        began_at: When it began, with the offset.
        commit: The program's version control state.
        baseline: Whether it is a baseline, which holds no texts.
        finished: Whether it was done to the end.
    """

    id: str
    suite: str
    began_at: str
    commit: str = ""
    baseline: bool = False
    finished: bool = True


class Comparison(LabModel):
    """Two runs, or two variants of a run, beside each other.

    Attributes:
        a: What was before.
        b: What is compared with it.
        pairs: The variants that were compared.
        left_out: Ids of variants that only one run has, with ``A: `` or ``B: `` before them.
        inputs: What went in and is not the same.
        verdict: What it comes to, over all pairs.
        deterministic: Whether the same input always brings the same output, so that whatever
            changed has a cause.
    """

    a: Compared
    b: Compared
    pairs: tuple[VariantPair, ...]
    left_out: tuple[str, ...] = ()
    inputs: tuple[InputChange, ...] = ()
    verdict: Verdict
    deterministic: bool = False
