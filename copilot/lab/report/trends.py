"""How a suite fared over its runs: the pass rate and F1 of each kind, with intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.errors import CopilotError
from copilot.lab.comparing.side import digest_of
from copilot.lab.comparing.testing import KIND_WORDS
from copilot.lab.measuring.bootstrap import Estimate
from copilot.lab.measuring.figures import figures
from copilot.lab.measuring.model import Figures, PartFigures
from copilot.lab.report.chart import Chart, Line, Spot, Word, places, y_of
from copilot.lab.report.page import moment
from copilot.lab.running.folder import list_runs, read_run
from copilot.lab.running.run import Run

#: More make neither the picture nor the reading of it better.
_MOST_RUNS = 15
#: With so many in hand no further run is read: their figures take seconds.
_MOST_RESULTS = 15_000
_MOST_LINES = 6
_DATE = 10


@dataclass(frozen=True, slots=True)
class Trend:
    """Pictures over the runs of a suite.

    Attributes:
        runs: How many there are in them.
        charts: The pictures.
    """

    runs: int
    charts: tuple[Chart, ...]


def trend_of(suite: str, *here: str) -> Trend | None:
    """The trend of a suite over its newest runs that were done to the end.

    Args:
        suite: Its name.
        here: Ids of the runs the page is about.

    Returns:
        None where there are not two runs at least.
    """
    finished = [each for each in list_runs(suite=suite) if each.record.done_at]
    runs: list[Run] = []
    for each in finished[:_MOST_RUNS]:
        if sum(len(run.results) for run in runs) > _MOST_RESULTS:
            break
        try:
            runs.append(read_run(each.path))
        except CopilotError:
            # A picture of the others is better than none; `lab list` tells of a damaged run.
            continue
    return trend_over(runs[::-1], *here)


def trend_over(runs: Sequence[Run], *here: str) -> Trend | None:
    """The trend over some runs, oldest first; None where there are not two at least."""
    if len(runs) < 2:
        return None
    known = [figures(run) for run in runs]
    kinds = dict.fromkeys(
        kind.kind for each in known for variant in each.variants for kind in variant.whole.kinds
    )
    charts = [_chart("Pass rate", runs, known, "", here)]
    charts += [_chart(f"F1 of {KIND_WORDS[kind]}", runs, known, kind, here) for kind in kinds]
    return Trend(len(runs), tuple(charts))


def _chart(
    title: str, runs: Sequence[Run], known: Sequence[Figures], kind: str, here: Sequence[str]
) -> Chart:
    at = places(len(runs))
    names = list(dict.fromkeys(v.variant for each in reversed(known) for v in each.variants))
    lines = []
    for name in names[:_MOST_LINES]:
        spots = []
        for x, run, each in zip(at, runs, known, strict=True):
            part = next((v.whole for v in each.variants if v.variant == name), None)
            value = _value(part, kind)
            if value is not None:
                told = f"{name}, {moment(run.record.began_at)}: {100 * value.value:.1f} %"
                spots.append(
                    Spot(
                        x,
                        y_of(value.value),
                        y_of(value.low),
                        y_of(value.high),
                        told,
                        run.record.id in here,
                    )
                )
        if spots:
            lines.append(Line(name, tuple(spots)))
    return Chart(
        title=title,
        told=f"{title}. {'; '.join(line.spots[-1].told for line in lines)}",
        lines=tuple(lines),
        changes=_changes(runs, at),
        words=(
            Word(at[0], _when(runs[0], runs[-1]), "start"),
            Word(at[-1], _when(runs[-1], runs[0]), "end"),
        ),
    )


def _when(run: Run, other: Run) -> str:
    """The day of a run, or where both are of one day, the time."""
    at, day = run.record.began_at, run.record.began_at[:_DATE]
    return moment(at) if other.record.began_at[:_DATE] == day else day


def _value(part: PartFigures | None, kind: str) -> Estimate | None:
    if part is None:
        return None
    found = part.passed
    if kind:
        same = [each.rates.f1 for each in part.kinds if each.kind == kind]
        if not same:
            return None
        found = same[0]
    return found if all(map(math.isfinite, (found.value, found.low, found.high))) else None


def _changes(runs: Sequence[Run], at: Sequence[float]) -> tuple[float, ...]:
    digests = [{name: digest_of(case).given for name, case in run.cases.items()} for run in runs]
    return tuple(
        round((at[n] + at[n - 1]) / 2, 1)
        for n in range(1, len(runs))
        if digests[n] != digests[n - 1]
    )
