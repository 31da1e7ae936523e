"""A comparison for a terminal: the verdict first, then where it broke, then why that may be."""

from collections.abc import Iterator, Sequence

from copilot.html.typography import harmless
from copilot.lab.comparing.measured import TargetLine, Usage
from copilot.lab.comparing.model import (
    CHANGE_WORDS,
    Change,
    Compared,
    Comparison,
    InputChange,
    VariantPair,
)
from copilot.lab.comparing.testing import KIND_WORDS
from copilot.lab.comparing.verdict import p_text, percent, points

#: Cases named of each kind of change; the rest is counted.
_MOST_CASES = 10
_MOST_TARGETS = 12
_MOST_LINES = 6
_NAMED = (Change.BROKEN, Change.FIXED, Change.FLAKY, Change.ERROR, Change.ONLY_A, Change.ONLY_B)


def comparison_text(comparison: Comparison) -> str:
    """A comparison as lines of text, each ending with a line end."""
    # Ids, prompts and names come from files, and could tell a terminal what to do.
    return "".join(f"{harmless(line)}\n" for line in _lines(comparison))


def _lines(told: Comparison) -> Iterator[str]:
    yield f"A  {_run(told.a)}"
    yield f"B  {_run(told.b)}"
    for pair in told.pairs:
        yield ""
        yield from _pair(pair)
    if told.left_out:
        yield ""
        yield f"Not compared, since only one run has it: {'; '.join(told.left_out)}"
    yield ""
    yield from _inputs(told.inputs)


def _run(run: Compared) -> str:
    state = "" if run.finished else ", not done to the end"
    kind = "baseline of " if run.baseline else ""
    return f"{kind}{run.suite}  {run.id}  {run.began_at}{state}"


def _pair(pair: VariantPair) -> Iterator[str]:
    yield pair.a if pair.a == pair.b else f"{pair.a}  →  {pair.b}"
    yield pair.verdict.told
    yield ""
    counted = [f"{CHANGE_WORDS[each]} {pair.count(each)}" for each in Change if pair.count(each)]
    yield f"Cases: {', '.join(counted) or 'none'}"
    for change in _NAMED:
        named = [each.case for each in pair.cases if each.change is change]
        if named:
            yield f"  {CHANGE_WORDS[change]}: {_some(named, _MOST_CASES)}"
    yield from _table(_figures(pair))
    yield from _table(_checks(pair))
    yield from _targets(pair.targets)
    yield from _table(_usage(pair.usage_a, pair.usage_b))


def _figures(pair: VariantPair) -> Iterator[tuple[str, ...]]:
    if pair.tests:
        yield "figure", "cases", "A", "B", "points", "95 % interval", "p (Holm)"
    for each in pair.tests:
        known = each.difference is not None and each.low is not None and each.high is not None
        yield (
            each.name,
            str(each.cases),
            percent(each.a),
            percent(each.b),
            points(each.difference) if each.difference is not None else "-",
            f"{points(each.low or 0.0)} to {points(each.high or 0.0)}" if known else "-",
            p_text(each.adjusted_p).removeprefix("p ").removeprefix("= ")
            if each.adjusted_p is not None
            else "-",
        )
    for line in pair.kinds:
        for name in ("precision", "recall"):
            a, b = getattr(line.a, name), getattr(line.b, name)
            difference = points(b - a) if a is not None and b is not None else "-"
            told = f"{name} of {KIND_WORDS[line.kind]}"
            yield told, "", percent(a), percent(b), difference, "", ""


def _checks(pair: VariantPair) -> Iterator[tuple[str, ...]]:
    if pair.checks:
        yield "check", "cases", "A", "B", "fixed", "broken"
    for each in pair.checks:
        name = each.name if each.counts else f"{each.name} (only shown)"
        counted = str(each.fixed), str(each.broken)
        yield name, str(each.cases), percent(each.a), percent(each.b), *counted


def _targets(lines: Sequence[TargetLine]) -> Iterator[str]:
    changed = [each for each in lines if each.better or each.worse]
    rows = [("target", "F1 in A", "F1 in B", "right now", "wrong now")]
    rows += [
        (
            f"{each.kind} {each.target}",
            percent(each.a.f1),
            percent(each.b.f1),
            str(each.better),
            str(each.worse),
        )
        for each in changed[:_MOST_TARGETS]
    ]
    if changed:
        yield from _table(rows)
    if len(changed) > _MOST_TARGETS:
        yield f"  … and {len(changed) - _MOST_TARGETS} more that changed"


def _usage(a: Usage, b: Usage) -> Iterator[tuple[str, ...]]:
    if not a.results and not b.results:
        return
    yield "took", "A", "B"
    yield "seconds, p50 / p95", _seconds(a), _seconds(b)
    if a.tokens_in or b.tokens_in:
        yield "tokens in / out", _tokens(a), _tokens(b)
    if a.cost is not None or b.cost is not None:
        yield "cost", _cost(a.cost), _cost(b.cost)


def _seconds(usage: Usage) -> str:
    if usage.p50_s is None or usage.p95_s is None:
        return "-"
    return f"{usage.p50_s:.2f} / {usage.p95_s:.2f}"


def _tokens(usage: Usage) -> str:
    return f"{usage.tokens_in:,} / {usage.tokens_out:,}"


def _cost(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:.4f}"


def _inputs(changes: Sequence[InputChange]) -> Iterator[str]:
    if not changes:
        yield "What went in is the same: prompts, guides, models, code and cases."
        return
    yield "What went in and is not the same:"
    for each in changes:
        arrow = f": {each.a} → {each.b}" if each.a or each.b else ""
        if not each.a and each.b:
            arrow = f": {each.b}"
        yield f"  {each.what}{arrow}"
        for line in each.lines[:_MOST_LINES]:
            yield f"    {line}"
        if len(each.lines) > _MOST_LINES:
            yield f"    … {len(each.lines) - _MOST_LINES} lines more (--html shows all)"


def _some(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _table(rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their columns under each other; numbers to the right."""
    lines = list(rows)
    if not lines:
        return
    yield ""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for row in lines:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join(cells).rstrip()
