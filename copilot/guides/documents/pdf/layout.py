"""The rows of a PDF page in the order they are read in: columns one after the other."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from copilot.guides.documents.letters import has_words, on_one_line, tidy

#: A gutter between columns lies in this part of a page's text, from the left.
_GUTTER = (0.25, 0.75)
_STEP = 2.0  # points
_LEAST_ROWS = 4
#: Parts of rows that may cross a gutter: headings and tables over the whole width.
_MOST_CROSSING = 0.3
#: Lines of a column fill it so far; those of a table's first column do not.
_FILLED = 0.7
#: What stands behind a gutter takes this part of its column's width; cells of a table do not.
_CELL_LIKE = 0.25
_NARROWEST = 90.0  # points
_DEEPEST = 2
_SAME_ROW = 0.5
_SHARED = 3  # rows that begin at the same place
_SLACK = 3.0  # points


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with no wide gap in it.

    Attributes:
        x0: Its left edge, in points from the page's.
        y0: Its lower edge, from the page's lower one.
        x1: Its right edge.
        y1: Its upper edge.
        text: On one line, characters as in the file.
        size: Of its letters, in points.
        bold: Whether all of it is.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        height: In points.
        segments: In no order.
    """

    height: float
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Page":
        """A page as the process tells it; bullets that are drawn become characters."""
        dots = told["dots"]
        segments = []
        for x0, y0, x1, y1, raw, size, bold in told["lines"]:
            text = tidy(raw).strip()
            if not text:
                continue
            dot = next((each for each in dots if _marks(each, (x0, y0, x1, y1))), None)
            if dot is not None and has_words(text):
                x0, text = dot[0], f"• {text}"  # noqa: PLW2901 - begins with its bullet
            segments.append(Segment(x0, y0, x1, y1, text, size, bold))
        return cls(told["height"], tuple(segments))


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one line of a column.

    Attributes:
        segments: From left to right.
        left: The column's left edge, in points.
        right: Its right edge.
        turn: Whether it is the first of a page or column.
    """

    segments: tuple[Segment, ...]
    left: float
    right: float
    turn: bool = False

    @property
    def y0(self) -> float:
        """Its lower edge."""
        return min(segment.y0 for segment in self.segments)

    @property
    def y1(self) -> float:
        """Its upper edge."""
        return max(segment.y1 for segment in self.segments)


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """The rows of a page, in the order of reading.

    Args:
        segments: What stands on it, in no order.
    """
    return _ordered(segments, 0)


def _marks(dot: Sequence[float], box: Sequence[float]) -> bool:
    """Whether something small and round stands before a text, in the middle of its height."""
    middle = (dot[1] + dot[3]) / 2
    height = box[3] - box[1]
    near = 0 < box[0] - dot[2] < 2 * height
    return near and box[1] + 0.15 * height < middle < box[3] - 0.15 * height


def _ordered(segments: Sequence[Segment], depth: int) -> list[Row]:
    if not segments:
        return []
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        return rows_in(segments)
    rows: list[Row] = []
    margin = _margin(segments, gutter)
    whole = [row for row in rows_in(segments) if _crosses(row, gutter, margin)]
    crossing = {each for row in whole for each in row.segments}
    top = float("inf")
    for border in (*whole, None):
        floor = float("-inf") if border is None else border.y1
        band = [
            each
            for each in segments
            if each not in crossing and floor <= (each.y0 + each.y1) / 2 < top
        ]
        beside = _beside(band, gutter)
        rows += _ordered([each for each in beside if each.x1 <= gutter], depth + 1)
        rows += _ordered([each for each in beside if each.x0 >= gutter], depth + 1)
        below = [each for each in band if each not in beside]
        rows += rows_in([*below, *(border.segments if border else ())])
        top = floor
    return rows


def _margin(segments: Sequence[Segment], gutter: float) -> float:
    """The left edge of the column behind a gutter: where several of its rows begin."""
    edges = Counter(round(each.x0) for each in segments if each.x0 >= gutter)
    shared = [edge for edge in edges if edges[edge] >= _SHARED]
    return min(shared, default=gutter) - _SLACK


def _crosses(row: Row, gutter: float, margin: float) -> bool:
    """Whether something of a row stands in no column."""
    return any(each.x0 < gutter < each.x1 or gutter <= each.x0 < margin for each in row.segments)


def _beside(band: Sequence[Segment], gutter: float) -> list[Segment]:
    """The part of a band that has two columns; what stands on the left below them is not."""
    right = [each.y0 for each in band if each.x0 >= gutter]
    if not right:
        return []
    left = sorted((each for each in band if each.x1 <= gutter), key=lambda each: -each.y1)
    floor = min(right)
    for above, each in itertools.pairwise(left):
        if each.y1 < floor and above.y0 - each.y1 > 0.8 * each.size:
            return [other for other in band if other.y0 > each.y1 or other.x0 >= gutter]
    return list(band)


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Where a gap between two columns lies; None for a single column or a table."""
    left, right = min(each.x0 for each in segments), max(each.x1 for each in segments)
    width = right - left
    if width < 2 * _NARROWEST:
        return None
    found: list[tuple[int, float]] = []
    x = left + _GUTTER[0] * width
    while x < left + _GUTTER[1] * width:
        crossing = sum(each.x0 < x < each.x1 for each in segments)
        if crossing <= _MOST_CROSSING * len(segments) and _has_columns(segments, x, left):
            found.append((crossing, x))
        x += _STEP
    if not found:
        return None
    fewest = min(crossing for crossing, _ in found)
    best = [x for crossing, x in found if crossing == fewest]
    return best[len(best) // 2]


def _has_columns(segments: Sequence[Segment], x: float, left: float) -> bool:
    before = [each for each in segments if each.x1 <= x]
    after = [each for each in segments if each.x0 >= x]
    if len(rows_in(before)) < _LEAST_ROWS or len(rows_in(after)) < _LEAST_ROWS:
        return False
    overlap = min(max(e.y1 for e in before), max(e.y1 for e in after)) - max(
        min(e.y0 for e in before), min(e.y0 for e in after)
    )
    lower = min(e.y1 - e.y0 for e in before)
    if overlap < _LEAST_ROWS * lower:
        return False
    widths = sorted(each.x1 - each.x0 for each in after)
    extent = max(each.x1 for each in after) - min(each.x0 for each in after)
    if widths[len(widths) // 2] < _CELL_LIKE * extent or extent < _NARROWEST:
        return False
    edge = max(each.x1 for each in before)
    ends = sorted((each.x1 - left) / max(1.0, edge - left) for each in before)
    return ends[len(ends) * 2 // 3] >= _FILLED


def rows_in(segments: Sequence[Segment]) -> list[Row]:
    """Segments of one column, as rows from the top."""
    if not segments:
        return []
    rows: list[list[Segment]] = []
    for each in sorted(segments, key=lambda each: (-(each.y0 + each.y1) / 2, each.x0)):
        if rows and _is_beside(rows[-1][0], each):
            rows[-1].append(each)
        else:
            rows.append([each])
    left, right = min(each.x0 for each in segments), max(each.x1 for each in segments)
    return [
        Row(tuple(sorted(row, key=lambda each: each.x0)), left, right, turn=at == 0)
        for at, row in enumerate(rows)
    ]


def _is_beside(one: Segment, other: Segment) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap > _SAME_ROW * min(one.y1 - one.y0, other.y1 - other.y0)


def text_of_row(row: Row) -> str:
    """A row's text, its segments one after the other."""
    return on_one_line(" ".join(segment.text for segment in row.segments))
