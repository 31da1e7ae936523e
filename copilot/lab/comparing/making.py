"""Two runs, or two variants of a run, beside each other, paired by the cases' ids."""

import statistics
from collections.abc import Sequence

from copilot.errors import UsageError
from copilot.lab.comparing.baseline import Baseline
from copilot.lab.comparing.decisions import lines_of
from copilot.lab.comparing.drafting import Draft, draft
from copilot.lab.comparing.inputs import input_changes
from copilot.lab.comparing.measured import CheckLine, TargetLine, Tested, Usage
from copilot.lab.comparing.model import Comparison, VariantPair
from copilot.lab.comparing.outcomes import check_shares
from copilot.lab.comparing.pairing import pair_variants
from copilot.lab.comparing.side import Side, side_of
from copilot.lab.comparing.testing import adjusted, tests_of
from copilot.lab.comparing.verdict import overall, verdict_of
from copilot.lab.results import Result
from copilot.lab.running.record import quantile
from copilot.lab.running.run import Run
from copilot.lab.tasks import TASKS, task_named


def compare(
    a: Run | Baseline, b: Run | Baseline, *, variants: tuple[str, str] | None = None
) -> Comparison:
    """Set B beside A.

    Args:
        a: What was before.
        b: What is compared with it; may be the same run, with ``variants``.
        variants: Which variant of A is compared with which of B, by id or a unique part of it; by
            default those of the same id, or the only one of each.

    Raises:
        UsageError: They are runs of different tasks, or no variants can be paired.
    """
    first, second = _side(a), _side(b)
    if first.record.task != second.record.task:
        raise UsageError(
            f"{first.record.id} is of the task {first.record.task}, "
            f"{second.record.id} of {second.record.task}.",
            "Compare runs of the same task.",
        )
    ids, left_out = pair_variants(first, second, variants)
    deterministic = _deterministic(first, second)
    drafts = [draft(first, second, one, other) for one, other in ids]
    tests = adjusted([tests_of(each) for each in drafts])
    pairs = tuple(
        _variant_pair(each, tested, deterministic=deterministic)
        for each, tested in zip(drafts, tests, strict=True)
    )
    return Comparison(
        a=first.told,
        b=second.told,
        pairs=pairs,
        left_out=left_out,
        inputs=input_changes(first, second, ids),
        verdict=overall(pairs),
        deterministic=deterministic,
    )


def _side(run: Run | Baseline) -> Side:
    return run.side if isinstance(run, Baseline) else side_of(run)


def _deterministic(a: Side, b: Side) -> bool:
    name = a.record.task
    once = a.record.repeats == b.record.repeats == 1
    # A run of another version may be of a task that is not here any more.
    return once and name in TASKS and task_named(name).deterministic


def _variant_pair(made: Draft, tests: tuple[Tested, ...], *, deterministic: bool) -> VariantPair:
    flipped = [flip for case in made.pairs if case.case in made.cases for flip in case.flips]
    first = [each for a, _ in made.cases.values() for each in a]
    second = [each for _, b in made.cases.values() for each in b]
    lines = lines_of(made.cases, flipped)
    return VariantPair(
        a=made.a,
        b=made.b,
        cases=tuple(made.pairs),
        tests=tests,
        checks=_check_lines(made),
        kinds=tuple(each for each in lines if not each.target),
        targets=tuple(sorted((each for each in lines if each.target), key=_change_last)),
        usage_a=_usage(first),
        usage_b=_usage(second),
        verdict=verdict_of(tests, compared=len(made.cases), deterministic=deterministic),
    )


def _change_last(line: TargetLine) -> tuple[bool, int]:
    """What changed comes first, and of it what got worse."""
    return not (line.better or line.worse), line.better - line.worse


def _check_lines(made: Draft) -> tuple[CheckLine, ...]:
    shares: dict[str, list[tuple[float, float]]] = {}
    counts: dict[str, bool] = {}
    for case, (a, b) in made.cases.items():
        first, second = check_shares(a), check_shares(b)
        for name in first:
            if name in second and name not in made.other_checks[case]:
                shares.setdefault(name, []).append((first[name], second[name]))
        counts |= {check.name: check.counts for each in (*a, *b) for check in each.checks}
    return tuple(
        CheckLine(
            name=name,
            cases=len(several),
            a=statistics.fmean(a for a, _ in several),
            b=statistics.fmean(b for _, b in several),
            fixed=sum((a, b) == (0.0, 1.0) for a, b in several),
            broken=sum((a, b) == (1.0, 0.0) for a, b in several),
            counts=counts[name],
        )
        for name, several in shares.items()
    )


def _usage(results: Sequence[Result]) -> Usage:
    produced = [each.produced for each in results]
    if not produced:
        return Usage()
    took = [each.took_s for each in produced]
    costs = [each.cost for each in produced if each.cost is not None]
    return Usage(
        results=len(produced),
        p50_s=quantile(took, 0.5),
        p95_s=quantile(took, 0.95),
        tokens_in=sum(each.tokens_in for each in produced),
        tokens_out=sum(each.tokens_out for each in produced),
        cost=sum(costs) if len(costs) == len(produced) else None,
    )
