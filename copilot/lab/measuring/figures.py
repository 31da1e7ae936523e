"""The figures of a run: what passed, what was found, how sure it was, how late, at what cost.

A case that is done several times counts once: its repeats are not independent, so that they are
averaged before anything is drawn. Cases of one group are drawn together.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from copilot.lab.cases import Case
from copilot.lab.measuring.bootstrap import UNKNOWN, Drawn, Estimate
from copilot.lab.measuring.calibration import calibration
from copilot.lab.measuring.counting import Counted, rates
from copilot.lab.measuring.model import (
    CheckFigures,
    Figures,
    KindFigures,
    Lateness,
    PartFigures,
    TargetFigures,
    VariantFigures,
)
from copilot.lab.measuring.spending import spending
from copilot.lab.results import Checked, Result
from copilot.lab.running.run import Run

_NAN = float("nan")


def figures(run: Run, keep: Callable[[Case], bool] | None = None) -> Figures:
    """The figures of a run.

    Args:
        run: As it was read.
        keep: Which cases count, such as those of one part; all by default.
    """
    kept = [
        each
        for each in run.results
        if each.case in run.cases and (keep is None or keep(run.cases[each.case]))
    ]
    variants = dict.fromkeys([v.id for v in run.record.variants] + [r.variant for r in kept])
    return Figures(
        run=run.record.id,
        items=run.record.items,
        results=len(kept),
        variants=tuple(
            _variant(name, [each for each in kept if each.variant == name], run)
            for name in variants
        ),
    )


def language_of(case: Case) -> str:
    """The language of a case; empty where it says none."""
    context = case.vars.get("context")
    inner = context.get("language") if isinstance(context, dict) else ""
    return str(case.vars.get("language") or inner or "")


def _variant(name: str, results: Sequence[Result], run: Run) -> VariantFigures:
    languages = sorted({language_of(run.cases[each.case]) for each in results} - {""})
    return VariantFigures(
        variant=name,
        whole=_part("", results, run),
        languages=tuple(
            _part(
                language,
                [each for each in results if language_of(run.cases[each.case]) == language],
                run,
            )
            for language in languages
            if len(languages) > 1
        ),
    )


def _part(language: str, results: Sequence[Result], run: Run) -> PartFigures:
    part = _Part(results, run)
    return PartFigures(
        language=language,
        cases=len(part.by_case),
        groups=len({part.group(name) for name in part.by_case}),
        results=len(results),
        errors=sum(each.produced.failed for each in results),
        passed=part.mean({name: _passed(each) for name, each in part.by_case.items()}),
        unsteady=part.unsteady(),
        checks=tuple(part.checks()),
        kinds=tuple(part.kinds()),
        spending=spending(results),
    )


def _passed(results: Sequence[Result]) -> float:
    return sum(each.passed for each in results) / len(results)


class _Part:
    """Results of one variant, by case."""

    def __init__(self, results: Sequence[Result], run: Run) -> None:
        self._run = run
        self.by_case: dict[str, list[Result]] = defaultdict(list)
        for each in results:
            self.by_case[each.case].append(each)

    def group(self, case: str) -> str:
        """What a case is drawn together with."""
        return self._run.cases[case].group or case

    def mean(self, values: dict[str, float]) -> Estimate:
        """The mean of a value a case, drawn by group."""
        if not values:
            return UNKNOWN
        rows = {name: row for row, name in enumerate(dict.fromkeys(map(self.group, values)))}
        counts = np.zeros((len(rows), 2))
        for case, value in values.items():
            counts[rows[self.group(case)]] += value, 1
        return Drawn(counts).share(lambda sums: sums[..., 0], lambda sums: sums[..., 1])

    def unsteady(self) -> float:
        """Share of the cases done several times of which not all repeats went alike."""
        several = [each for each in self.by_case.values() if len(each) > 1]
        return _share(0 < _passed(each) < 1 for each in several)

    def checks(self) -> Iterable[CheckFigures]:
        """By check."""
        found: dict[str, dict[str, list[Checked]]] = defaultdict(lambda: defaultdict(list))
        for case, results in self.by_case.items():
            for made in (made for each in results for made in each.checks):
                found[made.name][case].append(made)
        for name, by_case in found.items():
            every = [made for several in by_case.values() for made in several]
            scores = {
                case: [made.score for made in several if made.score is not None]
                for case, several in by_case.items()
            }
            yield CheckFigures(
                name=name,
                counts=any(made.counts for made in every),
                results=len(every),
                held=sum(made.passed is True for made in every),
                undecided=sum(made.passed is None for made in every),
                share=self.mean(
                    {
                        case: sum(made.passed is True for made in several) / len(several)
                        for case, several in by_case.items()
                    }
                ),
                score=self.mean({c: sum(some) / len(some) for c, some in scores.items() if some}),
            )

    def kinds(self) -> Iterable[KindFigures]:
        """By kind of decision."""
        by_kind: dict[str, list[Counted]] = defaultdict(list)
        states: dict[tuple[str, str, str, int], list[str]] = defaultdict(list)
        for case, results in self.by_case.items():
            answered = [each for each in results if not each.produced.failed]
            for each in answered:
                nth: dict[tuple[str, str], int] = defaultdict(int)
                for made in each.decisions:
                    counted = Counted(self.group(case), made, 1 / len(answered))
                    by_kind[made.kind].append(counted)
                    place = made.kind, made.target
                    states[case, *place, nth[place]].append(made.state)
                    nth[place] += 1
        for kind, decisions in by_kind.items():
            several = [each for at, each in states.items() if at[1] == kind and len(each) > 1]
            yield KindFigures(
                kind=kind,
                decisions=len(decisions),
                right=sum(one.decision.right for one in decisions),
                denied=sum(one.decision.label == "denied" for one in decisions),
                rates=rates(decisions),
                unsteady=_share(len(set(each)) > 1 for each in several),
                calibration=calibration(decisions),
                lateness=_lateness(decisions),
                targets=tuple(_targets(decisions)),
            )


def _lateness(decisions: Iterable[Counted]) -> Lateness | None:
    timed = [(one, late) for one in decisions if (late := one.decision.late_s) is not None]
    if not timed:
        return None
    rows = {group: row for row, group in enumerate(dict.fromkeys(one.group for one, _ in timed))}
    counts = np.zeros((len(rows), 2))
    for one, late in timed:
        counts[rows[one.group]] += one.weight * (late <= 0), one.weight
    p50, p95 = (float(s) for s in np.quantile([late for _, late in timed], (0.5, 0.95)))
    in_time = Drawn(counts).share(lambda sums: sums[..., 0], lambda sums: sums[..., 1])
    return Lateness(len(timed), in_time, p50, p95)


def _targets(decisions: Iterable[Counted]) -> Iterable[TargetFigures]:
    by_target: dict[str, list[Counted]] = defaultdict(list)
    for one in decisions:
        if one.decision.target:
            by_target[one.decision.target].append(one)
    found = [_target(target, some) for target, some in by_target.items()]
    return sorted(found, key=lambda each: (math.isnan(each.f1), each.f1, each.target))


def _target(target: str, decisions: Sequence[Counted]) -> TargetFigures:
    hits = wrong = missed = unclear = whole = 0.0
    for one in decisions:
        made, hit = one.decision, one.decision.is_hit
        whole += one.weight
        hits += one.weight * hit
        wrong += one.weight * (made.shown and not hit)
        missed += one.weight * (made.right and not hit)
        unclear += one.weight * (made.state == "unclear")
    below = 2 * hits + wrong + missed
    return TargetFigures(
        target=target,
        decisions=whole,
        hits=hits,
        wrong=wrong,
        missed=missed,
        unclear=unclear,
        f1=2 * hits / below if below else _NAN,
    )


def _share(held: Iterable[bool]) -> float:
    some = list(held)
    return sum(some) / len(some) if some else _NAN
