"""A run told while it goes on, and what it came to; nothing of it is what anybody said."""

import dataclasses
import math
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from copilot.cli.json_output import print_json
from copilot.lab.measuring.bootstrap import Estimate
from copilot.lab.measuring.figures import figures
from copilot.lab.measuring.model import VariantFigures
from copilot.lab.results import Result
from copilot.lab.running.outlook import Outlook
from copilot.lab.running.progress import Progress
from copilot.lab.running.record import quantile
from copilot.lab.running.run import Run

#: Where nobody watches, a line this often in seconds, or after this share of the items.
_EVERY_S = 10.0
_EVERY_SHARE = 0.1
#: How often at most, in seconds: a line on a terminal that is written anew, and any other.
_WATCHED_S = 0.1
_MACHINE_S = 1.0
_NONE = "-"
_SECOND_TRIES = (
    "Answers that cannot be used are asked for once more, which is not counted here; "
    "limits hold all the same."
)
#: So many reasons for errors are told.
_REASONS = 3


class ProgressLines:
    """Tells how far a run is: one line that changes on a terminal, now and then one elsewhere."""

    def __init__(
        self,
        out: TextIO | None = None,
        *,
        as_json: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Tell nothing yet.

        Args:
            out: Where to; stderr unless given.
            as_json: A JSON object a line.
            clock: Seconds on a monotonic clock.
        """
        self._out = out or sys.stderr
        self._as_json = as_json
        self._clock = clock
        self._watched = not as_json and self._out.isatty()
        self._told_at = clock()
        self._phase = ""
        self._told_done = 0
        self._open = False

    def __call__(self, progress: Progress) -> None:
        """Tell it, if it is time to."""
        now = self._clock()
        if progress.phase != self._phase:
            self._phase, self._told_done = progress.phase, 0
        if progress.done == progress.total:
            if progress.done == self._told_done:
                return
        elif not self._is_time(progress, now):
            return
        self._told_at, self._told_done = now, progress.done
        if self._as_json:
            print_json({"event": "progress", **dataclasses.asdict(progress)}, self._out)
        elif self._watched:
            columns = shutil.get_terminal_size().columns - 1
            self._out.write(f"\r{progress_text(progress)[:columns]:<{columns}}")
            self._open = True
        else:
            self._out.write(f"{progress_text(progress)}\n")
        self._out.flush()

    def close(self) -> None:
        """End the line that changes."""
        if self._open:
            self._out.write("\n")
            self._out.flush()
            self._open = False

    def _is_time(self, progress: Progress, now: float) -> bool:
        if self._watched:
            return now - self._told_at >= _WATCHED_S
        if self._as_json:
            return now - self._told_at >= _MACHINE_S
        share = (progress.done - self._told_done) / max(progress.total, 1)
        waited_s = now - self._told_at
        return waited_s >= _EVERY_S or (share >= _EVERY_SHARE and waited_s >= _MACHINE_S)


def progress_text(progress: Progress) -> str:
    """How far a run is, in a line."""
    what = progress.suite if progress.phase == "items" else f"{progress.suite}, {progress.phase}"
    parts = [f"{what}: {progress.done} of {progress.total}"]
    counts = (("failed", progress.failed), ("errors", progress.errors), ("cached", progress.cached))
    parts += [f"{count} {name}" for name, count in counts if count]
    if progress.per_s:
        parts.append(_rate(progress.per_s))
    if progress.remaining_s:
        parts.append(f"{duration(progress.remaining_s)} left")
    if progress.tokens:
        parts.append(f"{progress.tokens:,} of about {progress.expected_tokens:,} tokens")
    if progress.cost is not None and progress.expected_cost is not None:
        parts.append(f"cost {progress.cost:.4g} of about {progress.expected_cost:.4g}")
    return ", ".join(parts)


def _rate(per_s: float) -> str:
    for count, unit in ((per_s, "s"), (per_s * 60, "min")):
        if count >= 1:
            return f"{count:.1f}/{unit}"
    return f"{per_s * 3600:.0f}/h"


def outcome_text(run: Run) -> str:
    """What a run came to: a table by variant, and how good its decisions are."""
    seconds = duration(run.record.totals.get("seconds", 0.0))
    lines = [f"{run.record.suite}: {len(run.results)} of {run.record.items} items in {seconds}", ""]
    rows: list[tuple[str, ...]] = [
        ("", "passed", "failed", "errors", "cached", "p50", "p95", "tokens", "cost")
    ]
    rows += [_row(variant.id, _of(run, variant.id)) for variant in run.record.variants]
    lines += table_lines(rows)
    lines += [*_used_besides(run), *_errors(run.results)]
    lines += _figure_lines(figures(run).variants)
    return "\n".join(lines) + "\n"


def outlook_text(suite: str, found: Sequence[Outlook], repeats: int) -> str:
    """What a run would do: a table by variant."""
    whole = found[-1]
    often = f", each case {repeats} times" if repeats > 1 else ""
    told = f"{suite}: {whole.items} items{often}, {whole.cached} of them cached. Nothing was run."
    rows: list[tuple[str, ...]] = [
        ("", "items", "cached", "requests", "tokens sent", "tokens answered", "cost")
    ]
    shown = found[:-1] if len(found) == 2 else found
    rows += [
        (
            each.variant or "in all",
            str(each.items),
            str(each.cached),
            str(each.requests),
            f"≤ {each.tokens_in:,}" if each.tokens_in else _NONE,
            f"≤ {each.tokens_out:,}" if each.tokens_out else _NONE,
            _NONE if each.cost is None else f"≤ {each.cost:.4g}",
        )
        for each in shown
    ]
    lines = [told, "", *table_lines(rows)]
    if whole.requests:
        lines += ["", _SECOND_TRIES]
    return "\n".join(lines) + "\n"


def duration(seconds: float) -> str:
    """A time in words that fit a line: ``12 ms``, ``3.4 s``, ``2 min 05 s``, ``1 h 02 min``."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    return f"{minutes // 60} h {minutes % 60:02} min"


def _used_besides(run: Run) -> list[str]:
    """What was used and stands in no row: opinions, and what failed and was done anew."""
    totals = run.record.totals
    tokens = round(totals.get("tokens_in", 0) + totals.get("tokens_out", 0))
    asked = [result.produced for result in run.results if not result.cached]
    if tokens <= sum(each.tokens_in + each.tokens_out for each in asked):
        return []
    cost = f", cost {totals['cost']:.4g}" if "cost" in totals else ""
    return ["", f"With opinions and what was done anew: {tokens:,} tokens{cost}"]


def _errors(results: Iterable[Result]) -> list[str]:
    """Why there are errors, the most frequent reasons; they tell nothing of what was said."""
    reasons = Counter(
        result.produced.error.splitlines()[0] for result in results if result.produced.failed
    )
    if not reasons:
        return []
    told = [
        f"  {'once' if count == 1 else f'{count} times'}: {reason}"
        for reason, count in reasons.most_common(_REASONS)
    ]
    rest = len(reasons) - len(told)
    more = [f"  and {rest} other reasons; the report has them all"] if rest else []
    return ["", "Errors:", *told, *more]


def _of(run: Run, variant: str) -> list[Result]:
    return [result for result in run.results if result.variant == variant]


def _row(variant: str, results: list[Result]) -> tuple[str, ...]:
    errors = sum(result.produced.failed for result in results)
    passed = sum(result.passed for result in results)
    # Also of what was found in the cache: how long it took when it was done.
    took = [result.produced.took_s for result in results if not result.produced.failed]
    really = [result.produced for result in results if not result.cached]
    tokens = sum(each.tokens_in + each.tokens_out for each in really)
    costs = [each.cost for each in really if each.cost is not None]
    return (
        variant,
        str(passed),
        str(len(results) - passed - errors),
        str(errors),
        str(sum(result.cached for result in results)),
        duration(quantile(took, 0.5)) if took else _NONE,
        duration(quantile(took, 0.95)) if took else _NONE,
        f"{tokens:,}" if tokens else _NONE,
        f"{sum(costs):.4g}" if costs else _NONE,
    )


def table_lines(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        ).rstrip()
        for row in rows
    ]


def _figure_lines(found: Iterable[VariantFigures]) -> list[str]:
    lines: list[str] = []
    for variant in found:
        if not variant.whole.kinds:
            continue
        rows: list[tuple[str, ...]] = [("", "precision", "recall", "F1")]
        rows += [
            (f"  {kind.kind}", _share(rates.precision), _share(rates.recall), _share(rates.f1))
            for kind in variant.whole.kinds
            for rates in [kind.rates]
        ]
        lines += ["", f"{variant.variant}, with 95 % intervals:", *table_lines(rows)]
    return lines


def _share(estimate: Estimate) -> str:
    if math.isnan(estimate.value):
        return _NONE
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"
