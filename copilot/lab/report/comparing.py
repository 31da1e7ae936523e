"""The page of two runs: what it comes to, then the cases that differ."""

from collections.abc import Iterator, Mapping, Sequence

from copilot import __version__
from copilot.lab.cases import Case
from copilot.lab.comparing.baseline import Baseline
from copilot.lab.comparing.model import (
    CHANGE_WORDS,
    CasePair,
    Change,
    Comparison,
    VariantPair,
)
from copilot.lab.comparing.side import Side, side_of
from copilot.lab.comparing.testing import KIND_WORDS
from copilot.lab.labels import Label
from copilot.lab.report.data import Column, Row, page_data
from copilot.lab.report.filters import chosen_of, filters_of
from copilot.lab.report.page import render
from copilot.lab.report.trends import Trend
from copilot.lab.results import Result
from copilot.lab.running.run import Run

TONES: dict[Change, str] = {
    Change.FIXED: "good",
    Change.BROKEN: "bad",
    Change.FLAKY: "odd",
    Change.ERROR: "bad",
    Change.ONLY_A: "odd",
    Change.ONLY_B: "odd",
    Change.CHANGED: "odd",
    Change.BOTH_FAIL: "",
    Change.BOTH_PASS: "",
}
#: What a reader looks for first.
_ORDER = (
    Change.BROKEN,
    Change.ERROR,
    Change.ONLY_A,
    Change.CHANGED,
    Change.FLAKY,
    Change.FIXED,
    Change.ONLY_B,
    Change.BOTH_FAIL,
    Change.BOTH_PASS,
)
_WORDS = {
    "better": "Better",
    "worse": "Worse",
    "mixed": "Better here, worse there",
    "same": "No difference that is more than noise",
    "incomparable": "Not comparable",
}
#: Buttons above the table, in order.
_FILTERS = (
    ("differences", "what differs"),
    ("broken", "broken"),
    ("fixed", "fixed"),
    ("decisions", "other decisions"),
    ("flaky", "repeats differ"),
    ("error", "errors"),
    ("only_a", "only in A"),
    ("only_b", "only in B"),
    ("changed", "case changed"),
    ("both_fail", "both fail"),
    ("both_pass", "both pass"),
    ("texts", "other outputs"),
)


def comparison_page(
    a: Run | Baseline,
    b: Run,
    comparison: Comparison,
    trend: Trend | None = None,
    labels: tuple[Mapping[str, Label], Mapping[str, Label]] = ({}, {}),
) -> str:
    """The page of a comparison.

    Args:
        a: What was before.
        b: What is compared with it.
        comparison: Of both.
        trend: Over the runs of the suite.
        labels: What people say of the outputs of A and of B, by ``Result.item``.

    Returns:
        HTML5 to be stored as UTF-8; it loads nothing.
    """
    first = a.side if isinstance(a, Baseline) else side_of(a)
    before: Mapping[str, Case] = {} if isinstance(a, Baseline) else a.cases
    second = side_of(b)
    rows = list(_rows(first, second, before, b, comparison))
    filters = filters_of(rows, _FILTERS)
    tables = [_columns(first, second, pair, labels) for pair in comparison.pairs]
    chosen = chosen_of(filters, "differences")
    return render(
        "comparison.html",
        data=page_data(tables, rows, chosen=chosen),
        title=f"{comparison.b.suite}: {_WORDS[comparison.verdict.word]}",
        version=__version__,
        comparison=comparison,
        words=_WORDS,
        tones=TONES,
        changes=list(Change),
        change_words=CHANGE_WORDS,
        kind_words=KIND_WORDS,
        filters=filters.tags,
        checks=filters.checks,
        metadata=filters.metadata,
        chosen=chosen,
        tables=[pair.b for pair in comparison.pairs],
        column_names=["A", "B"],
        status_word="from A to B",
        trend=trend,
    )


def _columns(
    a: Side, b: Side, pair: VariantPair, labels: tuple[Mapping[str, Label], Mapping[str, Label]]
) -> list[Column]:
    sides = ((a, pair.a, "A", labels[0]), (b, pair.b, "B", labels[1]))
    return [
        Column(f"{letter}: {name}", side.variants[name], side.materials, side.baseline, said)
        for side, name, letter, said in sides
    ]


def _rows(
    a: Side, b: Side, known: Mapping[str, Case], run: Run, comparison: Comparison
) -> Iterator[Row]:
    for table, pair in enumerate(comparison.pairs):
        for each in sorted(pair.cases, key=lambda each: _ORDER.index(each.change)):
            case = run.cases.get(each.case) or known.get(each.case) or _bare(each, run)
            results = a.results.get((pair.a, each.case), ()), b.results.get((pair.b, each.case), ())
            changed = each.change is Change.CHANGED
            yield Row(
                case=case,
                table=table,
                status=CHANGE_WORDS[each.change],
                tone=TONES[each.change],
                tags=tuple(_tags(each, () if a.baseline else results)),
                cells=(each.a, each.b),
                results=results,
                note=each.note,
                before=known.get(each.case) if changed else None,
            )


def _tags(pair: CasePair, results: Sequence[Sequence[Result]]) -> Iterator[str]:
    """Filters that let a case through; ``results`` are none where A has kept no texts."""
    yield pair.change.value
    if pair.change not in (Change.BOTH_FAIL, Change.BOTH_PASS) or pair.checks or pair.flips:
        yield "differences"
    if pair.flips:
        yield "decisions"
    texts = [{each.text for each in several} for several in results]
    if texts and all(texts) and texts[0] != texts[1]:
        yield "texts"


def _bare(pair: CasePair, run: Run) -> Case:
    """A case that only a baseline has, of which no text is kept."""
    return Case(id=pair.case, task=run.record.task, vars={})
