"""How the benchmarks show what they measured: a table for people, JSON for machines."""

import argparse
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from pydantic_core import to_json

from benchmarks.measuring import Machine, Spread
from copilot.lab.measuring.bootstrap import Estimate

NOTHING = "—"  # stands where there is no figure
_WIDTH = 100


def number(value: float | None, digits: int = 2) -> str:
    """A number in a table."""
    return NOTHING if value is None or not np.isfinite(value) else f"{value:.{digits}f}"


def percent(figure: Estimate, digits: int = 0, *, signed: bool = False) -> str:
    """A share, 0 to 1, in percent with its interval, such as ``84 [79, 88]``."""
    if not np.isfinite(figure.value):
        return NOTHING
    sign = "+" if signed else ""
    # Adding zero turns a negative one into a plain one.
    value, low, high = (
        f"{round(100 * share, digits) + 0.0:{sign}.{digits}f}"
        for share in (figure.value, figure.low, figure.high)
    )
    return f"{value} [{low}, {high}]"


class Row(Protocol):
    """A row of a table: a dataclass, so that ``--json`` gives its fields by name."""

    def cells(self) -> Sequence[str]:
        """What the table shows of it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that stands alone.

    Attributes:
        what: What was measured.
        value: The figure.
        unit: Its unit, or what it is out of.
        digits: Decimals shown.
    """

    what: str
    value: float
    unit: str = ""
    digits: int = 2

    def cells(self) -> Sequence[str]:
        """What, value, unit."""
        return self.what, number(self.value, self.digits), self.unit


FIGURE_COLUMNS = ("what", "figure", "")
DELAY_COLUMNS = ("from → to", "n", "p50 ms", "p95 ms", "most ms", "budget p50", "budget p95")


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay, in milliseconds.

    Attributes:
        what: From what to what.
        ms: The measured delays.
        budget_p50_ms: What the design allows in the median, where it says.
        budget_p95_ms: What it allows in 95% of cases.
    """

    what: str
    ms: Spread
    budget_p50_ms: float | None = None
    budget_p95_ms: float | None = None

    def cells(self) -> Sequence[str]:
        """As ``DELAY_COLUMNS``."""
        digits = 1 if self.ms.p50 < 100 else 0
        measured = (number(value, digits) for value in (self.ms.p50, self.ms.p95, self.ms.most))
        budgets = (number(value, 0) for value in (self.budget_p50_ms, self.budget_p95_ms))
        return self.what, str(self.ms.count), *measured, *budgets


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind under their headings."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one benchmark.

    Attributes:
        benchmark: Its module's name.
        method: How the figures were measured; paragraphs.
        machine: Where and when.
        tables: The figures.
        notes: What a reader should know of this run.
    """

    benchmark: str
    method: str
    machine: Machine
    tables: Sequence[Table]
    notes: Sequence[str] = ()


def arguments(description: str | None) -> argparse.ArgumentParser:
    """A parser with what every benchmark takes.

    Args:
        description: The module's docstring; its first line is shown.
    """
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the JSON object there as well"
    )
    return parser


def show(report: Report, options: argparse.Namespace) -> None:
    """Print a report to stdout, as ``options`` of the parser from ``arguments`` say."""
    as_json = to_json(report, inf_nan_mode="null").decode()
    if options.output is not None:
        options.output.write_text(as_json + "\n", encoding="utf-8")
    if options.json:
        print(as_json)
        return
    machine = report.machine
    print(
        f"{report.benchmark}, {machine.measured_at}: {machine.processor}, {machine.cores} cores, "
        f"load {machine.load} before, Python {machine.python}"
    )
    for table in report.tables:
        print(f"\n{table.title}\n{_lines(table)}")
    print("\nHow it was measured")
    for paragraph in (*report.method.strip().split("\n\n"), *report.notes):
        words = " ".join(paragraph.split())
        print(textwrap.fill(words, _WIDTH, initial_indent="- ", subsequent_indent="  "))


def _lines(table: Table) -> str:
    body = [list(row.cells()) for row in table.rows]
    columns = map(_aligned, zip(table.columns, *body, strict=True))
    return "\n".join("  ".join(cells).rstrip() for cells in zip(*columns, strict=True))


def _aligned(column: Sequence[str]) -> list[str]:
    """A heading and its cells at one width, numbers to the right, with a rule between them."""
    width = max(map(len, column))
    numeric = all(cell[:1] in f"{NOTHING}+-0123456789" for cell in column[1:])
    fit = str.rjust if numeric else str.ljust
    heading, *cells = (fit(cell, width) for cell in column)
    return [heading, "─" * width, *cells]
