"""What the cases of a page can be filtered by."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copilot.lab.report.data import Row

#: More values than anybody picks from a list, such as an id in every case.
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Filters:
    """What stands above the table.

    Attributes:
        tags: Name, words and number of cases of each button that has any.
        checks: Names of the checks.
        metadata: Key, value, and both as JSON.
    """

    tags: tuple[tuple[str, str, int], ...]
    checks: tuple[str, ...]
    metadata: tuple[tuple[str, str, str], ...]


def filters_of(rows: Sequence[Row], words: Iterable[tuple[str, str]]) -> Filters:
    """What rows can be filtered by.

    Args:
        rows: All of them.
        words: Tag and words of each button, in order.
    """
    counted = Counter(tag for row in rows for tag in row.tags)
    tags = [(tag, word, counted[tag]) for tag, word in words if counted[tag]]
    return Filters(
        tags=(*tags, ("all", "all", len(rows))), checks=_checks(rows), metadata=_metadata(rows)
    )


def chosen_of(filters: Filters, wanted: str) -> str:
    """The filter that is on at first: the one wanted, where any case is shown by it."""
    return wanted if any(tag == wanted for tag, _, _ in filters.tags) else "all"


def _checks(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            check.name
            for row in rows
            for results in row.results
            for result in results
            for check in result.checks
        )
    )


def _metadata(rows: Sequence[Row]) -> tuple[tuple[str, str, str], ...]:
    values: dict[str, set[str]] = {}
    for row in rows:
        for key, value in row.case.metadata.items():
            values.setdefault(key, set()).add(value)
    return tuple(
        (key, value, json.dumps([key, value], ensure_ascii=False))
        for key, several in sorted(values.items())
        if len(several) <= _MOST_VALUES
        for value in sorted(several)
    )
