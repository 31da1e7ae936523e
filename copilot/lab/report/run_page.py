"""The page of one run: its figures, and each case with what came out of each variant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from copilot import __version__
from copilot.lab.comparing.model import Cell, Outcome
from copilot.lab.comparing.outcomes import cell_of
from copilot.lab.comparing.side import by_cell
from copilot.lab.comparing.testing import KIND_WORDS
from copilot.lab.labels import Label
from copilot.lab.measuring.agreement import Beside
from copilot.lab.measuring.figures import figures
from copilot.lab.measuring.model import KindFigures
from copilot.lab.report.chart import Chart, Line, Spot, Word, x_of, y_of
from copilot.lab.report.data import Column, Row, page_data
from copilot.lab.report.filters import chosen_of, filters_of
from copilot.lab.report.page import render
from copilot.lab.report.trends import Trend
from copilot.lab.results import Result
from copilot.lab.running.run import Run

_FILTERS = (
    ("failed", "failed"),
    ("errors", "errors"),
    ("differ", "differs between variants"),
    ("flaky", "repeats differ"),
    ("passed", "passed"),
)
#: How cases can have gone, the worst first.
_OUTCOMES = (
    (Outcome.FAILED, "failed", "bad"),
    (Outcome.ERROR, "with an error", "bad"),
    (Outcome.FLAKY, "pass in some repeats only", "odd"),
    (Outcome.MISSING, "without a result", "odd"),
)
_TOTALS = {
    "passed": "Results that passed",
    "failed": "Results that failed",
    "errors": "Errors",
    "cached": "From the cache",
    "seconds": "Seconds in all",
    "requests": "Requests to models",
    "tokens_in": "Tokens sent",
    "tokens_out": "Tokens answered",
    "opinions": "Opinions of a model",
    "cost": "Cost",
}
_MACHINE = {"system": "System", "cores": "Processor cores", "executor": "Done on"}


@dataclass(frozen=True, slots=True)
class Headline:
    """What a variant came to, before any figure.

    Attributes:
        variant: Its id.
        told: In a few words.
        all: Whether every case passed.
        broken: Whether a case failed or has no output.
        counts: How many cases went otherwise, how, and in which colour.
    """

    variant: str
    told: str
    all: bool
    broken: bool
    counts: tuple[tuple[int, str, str], ...]


def run_page(
    run: Run,
    trend: Trend | None = None,
    beside: Sequence[Beside] = (),
    labels: Mapping[str, Label] | None = None,
) -> str:
    """The page of a run.

    Args:
        run: As it was read; may be one that was cut off.
        trend: Over the runs of the suite.
        beside: How far its checks agree with what people say of its outputs.
        labels: What they say, by ``Result.item``.

    Returns:
        HTML5 to be stored as UTF-8; it loads nothing.
    """
    record = run.record
    said = labels or {}
    columns = [Column(each.id, each, run.materials, labels=said) for each in record.variants]
    rows = list(_rows(run))
    filters = filters_of(rows, _FILTERS)
    chosen = chosen_of(filters, "failed")
    known = figures(run)
    return render(
        "run.html",
        headlines=tuple(_headlines(run, rows)),
        total_words=_TOTALS,
        machine_words=_MACHINE,
        data=page_data([columns], rows, chosen=chosen),
        title=f"{record.suite}: {record.id}",
        version=__version__,
        record=record,
        torn=run.torn,
        results=len(run.results),
        figures=known,
        calibrations=[
            (variant.variant, kind, _reliability(kind))
            for variant in known.variants
            for kind in variant.whole.kinds
            if kind.calibration is not None and kind.calibration.bins
        ],
        prompts=list(run.materials.prompts.values()),
        guides=list(run.materials.guides.values()),
        kind_words=KIND_WORDS,
        filters=filters.tags,
        checks=filters.checks,
        metadata=filters.metadata,
        chosen=chosen,
        tables=["all"],
        column_names=[each.id for each in record.variants],
        status_word="result",
        trend=trend,
        beside=beside,
    )


def _rows(run: Run) -> Iterator[Row]:
    cells = by_cell(run.results)
    for name, case in run.cases.items():
        results = tuple(cells.get((each.id, name), ()) for each in run.record.variants)
        if not any(results):
            continue
        outcomes = tuple(map(cell_of, results))
        status, tone = _status(outcomes)
        yield Row(
            case=case,
            table=0,
            status=status,
            tone=tone,
            tags=tuple(_tags(outcomes, results)),
            cells=outcomes,
            results=results,
        )


def _headlines(run: Run, rows: Sequence[Row]) -> Iterator[Headline]:
    for at, variant in enumerate(run.record.variants):
        outcomes = [row.cells[at].outcome for row in rows]
        passed = outcomes.count(Outcome.PASSED)
        every = bool(outcomes) and passed == len(outcomes)
        yield Headline(
            variant=variant.id,
            told=f"{passed} of {len(outcomes)} cases passed",
            all=every,
            broken=any(each in (Outcome.FAILED, Outcome.ERROR) for each in outcomes),
            counts=tuple(
                (outcomes.count(outcome), word, tone)
                for outcome, word, tone in _OUTCOMES
                if outcome in outcomes
            ),
        )


def _status(cells: Sequence[Cell]) -> tuple[str, str]:
    passed = sum(each.outcome is Outcome.PASSED for each in cells)
    if passed == len(cells):
        return "passed", "good"
    if len(cells) == 1:
        outcome = cells[0].outcome
        return ("repeats differ", "odd") if outcome is Outcome.FLAKY else (outcome.value, "bad")
    return f"{passed} of {len(cells)} passed", "bad" if not passed else "odd"


def _tags(cells: Sequence[Cell], results: Sequence[Sequence[Result]]) -> Iterator[str]:
    outcomes = {each.outcome for each in cells}
    if outcomes & {Outcome.FAILED, Outcome.FLAKY}:
        yield "failed"
    if Outcome.ERROR in outcomes:
        yield "errors"
    if Outcome.FLAKY in outcomes:
        yield "flaky"
    if outcomes == {Outcome.PASSED}:
        yield "passed"
    texts = {frozenset(each.text for each in several) for several in results if several}
    if len(outcomes) > 1 or len(texts) > 1:
        yield "differ"


def _reliability(kind: KindFigures) -> Chart:
    """What was told beside what held: a calibrated program stands on the diagonal."""
    assert kind.calibration is not None  # noqa: S101 - asked before
    spots = tuple(
        Spot(
            x_of(each.told),
            y_of(each.held),
            y_of(each.held),
            y_of(each.held),
            f"told {100 * each.told:.0f} %, held {100 * each.held:.0f} % of {each.decisions:g}",
        )
        for each in kind.calibration.bins
    )
    return Chart(
        title=f"Reliability of {KIND_WORDS[kind.kind]}",
        told="; ".join(each.told for each in spots),
        lines=(Line(kind.kind, spots),),
        words=tuple(
            Word(
                x_of(each / 4),
                f"{each * 25} %",
                "middle" if 0 < each < 4 else "end" if each else "start",
            )
            for each in range(5)
        ),
    )
