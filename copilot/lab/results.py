"""What comes out: one line an item in ``results.jsonl``, and the run's own record."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from copilot.lab.cases import LabModel
from copilot.lab.grid import Variant

#: Raised with every change of what stands in a run's folder that older readers cannot understand.
FORMAT = 1


class Produced(LabModel):
    """What one item brought.

    Attributes:
        output: The task's output as JSON; None where there is none because of an error.
        error: Why there is none, for people, without what anybody said; else empty.
        error_kind: Name of the error's class.
        model: What the endpoint calls the model that answered; ``local`` for the program itself.
        took_s: Seconds it took when it was really done; not the time to read it from the cache.
        requests: Requests to a language model.
        tokens_in: Tokens sent.
        tokens_out: Tokens answered.
        estimated: Whether tokens were counted here because the endpoint did not say.
        cost: In the currency of the profile's prices; None where unknown.
        repaired: Whether a first answer was not usable and it was asked again.
    """

    output: Any = None
    error: str = ""
    error_kind: str = ""
    model: str = ""
    took_s: float = 0.0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    cost: float | None = None
    repaired: bool = False

    @property
    def failed(self) -> bool:
        """Whether there is no output."""
        return bool(self.error)


class Checked(LabModel):
    """What one check found.

    Attributes:
        name: What it is called in tables.
        passed: Whether it holds; None where it could not be decided, which is no pass.
        score: 0 to 1, where the check knows degrees.
        reason: Why, for people.
        counts: Whether it decides whether the case has passed.
    """

    name: str
    passed: bool | None
    score: float | None = None
    reason: str = ""
    counts: bool = True


class Decision(LabModel):
    """One label beside what was said about it; precision and recall are counted from these.

    Attributes:
        kind: ``point``, ``flag``, ``question``, ``refusal``, ``sentence`` or ``suggestion``.
        target: Id of the point or flag, or what else it is about; empty where there is but one.
        label: What is right: ``said``, ``denied``, ``absent``; for questions the id, or ``none``.
        state: What was shown: a state of findings; for questions the id, or ``none``.
        shown: Whether that is a positive: evidenced, raised, refused, recognised.
        right: Whether the label is positive.
        confidence: 0 to 1 that the positive holds, for calibration; None where unknown.
        overlaps: Whether the quote shown shares words with the labelled one; None without either.
        verbatim: Whether the quote shown stands in what was said; None without one.
        late_s: Seconds by which it came too late to be useful, negative for in time; None where
            time means nothing.
    """

    kind: Literal["point", "flag", "question", "refusal", "sentence", "suggestion"]
    target: str = ""
    label: str
    state: str
    shown: bool
    right: bool
    confidence: float | None = None
    overlaps: bool | None = None
    verbatim: bool | None = None
    late_s: float | None = None

    @property
    def is_hit(self) -> bool:
        """Whether it is rightly shown; of a question, whether it is the right one."""
        if not (self.shown and self.right):
            return False
        return self.kind != "question" or self.state == self.label

    @property
    def agrees(self) -> bool:
        """Whether exactly that is shown which should be, be that nothing."""
        if self.kind == "question":
            return self.state == self.label
        return self.shown == self.right


class Result(LabModel):
    """One line of ``results.jsonl``.

    Attributes:
        item: ``Item.id``.
        case: The case's id.
        variant: The variant's id.
        repeat: 0 for the first time.
        key: ``Item.key``.
        cached: Whether it was found and not done again.
        produced: What came out.
        text: What a person would read of it; empty where it stays silent.
        checks: What the checks found.
        decisions: Labels beside what was said.
    """

    item: str
    case: str
    variant: str
    repeat: int
    key: str
    cached: bool
    produced: Produced
    text: str = ""
    checks: tuple[Checked, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether there is an output and all checks that count hold."""
        return not self.produced.failed and all(c.passed is True for c in self.checks if c.counts)


class RunRecord(LabModel):
    """``run.json``: what a run was, and when it is done, what it came to.

    Attributes:
        format: ``FORMAT``.
        id: The folder's name, ``<time>-<hash>``.
        suite: The suite's name.
        suite_path: Where it lay.
        suite_sha256: Hash of it and of every file its cases came from.
        description: The suite's.
        task: Its task.
        began_at: With the offset.
        done_at: The same; empty while it runs, and when it was cut off or stopped.
        stopped: Why it was not done to the end; empty otherwise.
        plan_sha256: Hash of all cases, and of all items' ids and keys: a run goes on only with the
            same plan.
        items: How many items there are.
        variants: The columns.
        repeats: How often each was done.
        tolerance: The suite's: how much worse counts as noise in a comparison, 0 to 1.
        commit: The program's version control state, with ``+`` for changes; empty where unknown.
        versions: Of the program, Python and the libraries that matter.
        machine: What it ran on: system, cores, executor.
        results_sha256: Hash of ``results.jsonl``; empty until it is done.
        totals: Sums: passed, failed, errors, cached, tokens, cost, seconds.
        latency: By variant, p50 and p95 in seconds of what was really done.
        removed: How many lines of results were taken out since, because the session their case
            came from was deleted.
    """

    format: int = FORMAT
    id: str
    suite: str
    suite_path: str
    suite_sha256: str
    description: str = ""
    task: str
    began_at: str
    done_at: str = ""
    stopped: str = ""
    plan_sha256: str
    items: int
    variants: tuple[Variant, ...]
    repeats: int = 1
    tolerance: float = 0.0
    commit: str = ""
    versions: Mapping[str, str] = Field(default_factory=dict)
    machine: Mapping[str, str] = Field(default_factory=dict)
    results_sha256: str = ""
    totals: Mapping[str, float] = Field(default_factory=dict)
    latency: Mapping[str, Mapping[str, float]] = Field(default_factory=dict)
    removed: int = 0
