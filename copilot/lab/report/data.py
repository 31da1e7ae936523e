"""What the script of a page draws from: cases and what came out of them, as plain JSON.

Everything in it is shown as text by the script and never as markup. Characters that are not seen,
or turn others around, are made visible here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copilot.html.typography import harmless
from copilot.lab.cases import Case
from copilot.lab.comparing.model import Cell
from copilot.lab.grid import Materials, Variant
from copilot.lab.labels import Label
from copilot.lab.results import Decision, Result


@dataclass(frozen=True, slots=True)
class Column:
    """A variant as a column of a page.

    Attributes:
        name: What it is called.
        variant: The variant.
        materials: Of its run.
        bare: Whether its results have no texts, as those of a baseline.
        labels: What people said of its outputs, by ``Result.item``.
    """

    name: str
    variant: Variant
    materials: Materials
    bare: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a row of a page.

    Attributes:
        case: The case.
        table: Which of the page's tables it belongs to.
        status: What became of it, in words.
        tone: ``good``, ``bad``, ``odd`` or empty: how the words are coloured.
        tags: Filters it is shown by.
        cells: How it went, a column each.
        results: The repeats, a column each.
        note: What else there is to say.
        before: The case as it was in A, where that was another.
    """

    case: Case
    table: int
    status: str
    tone: str
    tags: tuple[str, ...]
    cells: tuple[Cell, ...]
    results: tuple[Sequence[Result], ...]
    note: str = ""
    before: Case | None = None


def page_data(tables: Sequence[Sequence[Column]], rows: Iterable[Row], *, chosen: str) -> str:
    """The data of a page as JSON that can stand in a script element.

    Args:
        tables: The columns of each table.
        rows: All rows, in order.
        chosen: The filter that is on at first.
    """
    texts = {
        sha: column.materials.prompts[sha].text
        for table in tables
        for column in table
        for sha in column.variant.prompt_sha256.values()
        if sha in column.materials.prompts
    }
    data = {
        "filter": chosen,
        "texts": texts,
        "tables": [[_column(each) for each in table] for table in tables],
        "cases": [_row(each, tables[each.table]) for each in rows],
    }
    # An end tag or the beginning of a comment would end or change the script element.
    return json.dumps(_seen(data), ensure_ascii=False).replace("<", "\\u003c")


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "prompts": dict(column.variant.prompt_sha256),
        "bare": column.bare,
    }


def _row(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    case = row.case
    found: dict[str, Any] = {
        "id": case.id,
        "table": row.table,
        "status": row.status,
        "tone": row.tone,
        "tags": row.tags,
        "note": row.note,
        "origin": case.origin,
        "group": "" if case.group == case.id else case.group,
        "split": case.split,
        "metadata": dict(case.metadata),
        "vars": dict(case.vars),
        "expected": dict(case.expected),
        "outcomes": [
            {"outcome": each.outcome.value, "share": each.share or 0.0} for each in row.cells
        ],
        "cells": [
            [_result(each, column.labels.get(each.item)) for each in results]
            for column, results in zip(columns, row.results, strict=True)
        ],
    }
    if row.before is not None:
        before = row.before
        found["before"] = {"vars": dict(before.vars), "expected": dict(before.expected)}
    return found


def _result(result: Result, label: Label | None) -> dict[str, Any]:
    produced = result.produced
    return {
        "passed": result.passed,
        "text": result.text,
        "output": produced.output,
        "error": f"{produced.error_kind}: {produced.error}" if produced.failed else "",
        "model": produced.model,
        "took": round(produced.took_s, 2),
        "tokens": produced.tokens_in + produced.tokens_out,
        "cost": produced.cost,
        "cached": result.cached,
        "label": f"{label.verdict} {label.note}".strip() if label else "",
        "checks": [
            each.model_dump(mode="json", include={"name", "passed", "score", "reason", "counts"})
            for each in result.checks
        ],
        "decisions": [_decision(each) for each in result.decisions],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "target": decision.target,
        "label": decision.label,
        "state": decision.state,
        "confidence": decision.confidence,
        "ok": decision.agrees,
    }


def _seen(value: Any) -> Any:
    """Every text in it without harmful characters."""
    match value:
        case str():
            return harmless(value)
        case Mapping():
            return {harmless(str(key)): _seen(each) for key, each in value.items()}
        case list() | tuple():
            return [_seen(each) for each in value]
        case float() if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
            # The browser's JSON knows no such numbers.
            return str(value)
        case _:
            return value
