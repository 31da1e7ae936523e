"""Thresholds fitted to the labelled answers of a suite or of files."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from copilot.errors import InputError, UsageError
from copilot.events import FindingKind
from copilot.lab.calibrating.labelled import labels_of
from copilot.lab.calibrating.validating import KindFit, validated
from copilot.lab.grid import LOCAL, Provider
from copilot.lab.running.cache import Cache
from copilot.lab.running.how import local_executor
from copilot.lab.running.loose import do_items
from copilot.lab.running.plan import plan_of
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.model import Suite
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.rules_file import LearnedFrom

_TASK = "match"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted, and what it is worth.

    Attributes:
        data: What the labelled answers are called.
        sha256: Their hash.
        answers: How many there are.
        failed: How many of them could not be matched.
        kinds: Points, then flags.
    """

    data: str
    sha256: str
    answers: int
    failed: int
    kinds: tuple[KindFit, ...]

    @property
    def is_better(self) -> bool:
        """Whether some of it is better than what ships by more than noise."""
        return any(kind.is_better for kind in self.kinds)

    def rules(self, *, forced: bool = False) -> Rules:
        """The thresholds: fitted ones for what they make better, for the rest those that ship.

        Args:
            forced: Also for what they do not make better.
        """
        chosen = {
            kind.kind: kind.rule
            for kind in self.kinds
            if kind.is_better or (forced and not kind.too_few)
        }
        return Rules(
            point=chosen.get(FindingKind.POINT, SHIPPED_RULES.point),
            flag=chosen.get(FindingKind.FLAG, SHIPPED_RULES.flag),
        )

    def learned_from(self, date: str) -> LearnedFrom:
        """Where they come from, for their file.

        Args:
            date: The day, as ``2026-11-23``.
        """
        labels = "; ".join(
            f"{kind.labels} labels of {kind.kind.value}s, {kind.said} said, {kind.denied} denied, "
            f"of {kind.groups} questions"
            for kind in self.kinds
        )
        held = "; ".join(
            f"{kind.kind.value}s: precision {kind.shipped.precision.value:.2f} to "
            f"{kind.fitted.precision.value:.2f}, recall {kind.shipped.recall.value:.2f} to "
            f"{kind.fitted.recall.value:.2f}, p {kind.difference.p:.3f}"
            for kind in self.kinds
            if kind.difference is not None
        )
        return LearnedFrom(self.data, self.sha256, date, labels, held)


def labelled_suite(names: Sequence[str]) -> Suite:
    """The suite of that name, or one made of files of labelled answers.

    Raises:
        UsageError: There is none, or it is no suite of labelled answers.
        SuiteError: It has errors; each names file and line.
    """
    files = [Path(name).expanduser().resolve() for name in names if name.endswith(".jsonl")]
    if len(files) != len(names):
        if len(names) > 1:
            raise UsageError("one suite, or files of answers.", "Name one, or several *.jsonl.")
        suite = load_suite(names[0])
        if suite.task != _TASK:
            raise UsageError(
                f"the suite {suite.name} is of the task {suite.task}; thresholds are fitted to "
                f"cases of {_TASK}.",
                "Try local-matcher, or a file of labelled answers.",
            )
        return suite
    for file in files:
        if not file.is_file():
            raise UsageError(f"{file}: no such file.", "Check the path.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{files[0].stem}.yaml"
        tests = [str(file) for file in files]
        path.write_text(yaml.safe_dump({"task": _TASK, "tests": tests}), encoding="utf-8")
        suite = load_suite(path)
    return replace(suite, name=", ".join(file.name for file in files))


def calibrate(
    suite: Suite,
    target: float,
    *,
    cache: Cache | None = None,
    workers: int | None = None,
    on_done: Callable[[int, int], None] = lambda _done, _total: None,
) -> Calibration:
    """Fit thresholds to a suite's labels.

    Args:
        suite: Of the task ``match``.
        target: Precision that what is shown should have, 0 to 1.
        cache: What need not be matched again; None: everything is.
        workers: Processes; by default as many as are worthwhile.
        on_done: Told how many answers are matched, and how many there are; must be quick.

    Raises:
        InputError: Too little is labelled, or nothing could be matched.
        CopilotError: A guide cannot be used.
    """
    if len(suite.guides) > 1:
        raise UsageError(
            f"the suite {suite.name} names several guides.", "Leave one of them in it."
        )
    # With the thresholds that ship: probabilities are the same with any.
    plan = plan_of(replace(suite, providers=(Provider(id=LOCAL),)))
    produced, _refused = do_items(
        plan.items,
        plan.materials,
        local_executor(suite.concurrency, workers),
        cache=cache,
        on_done=lambda done: on_done(done, len(plan.items)),
    )
    by_case = {item.case.id: produced[item.id] for item in plan.items}
    failed = [each for each in by_case.values() if each.failed]
    if failed and len(failed) == len(by_case):
        raise InputError(f"no answer could be matched: {failed[0].error}", "Check the guides.")
    labels = labels_of(suite.cases, by_case)
    kinds = tuple(validated(labels[kind], target) for kind in FindingKind if len(labels[kind]))
    if all(kind.too_few for kind in kinds):
        told = "; ".join(f"{kind.kind.value}s: {kind.too_few}" for kind in kinds)
        raise InputError(
            f"{suite.name}: too little is labelled to fit anything. {told or 'There is no label'}.",
            "Label more answers, of more questions.",
            title="Too little to fit",
        )
    return Calibration(suite.name, suite.sha256, len(suite.cases), len(failed), kinds)
