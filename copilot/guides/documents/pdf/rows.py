"""Rows of a PDF page as lines: which are indented, which are full, which are rows of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from copilot.guides.documents.letters import has_words, on_one_line
from copilot.guides.documents.lines import Line
from copilot.guides.documents.marks import Series, mark_of, numbered_cells
from copilot.guides.documents.pdf.fonts import Fonts
from copilot.guides.documents.pdf.layout import Row, Segment, text_of_row

#: Gaps between the lines of a paragraph are less than this, in sizes of its letters.
_GAP = 0.75
#: Wider gaps than this part the cells of a row, in sizes of its letters.
_CELL = 1.6
_LETTER = 0.5  # the width of one, in its size
_INDENTED = 1.0  # of a paragraph's first line, in sizes
_ANY = Series(roman=True, letters=True)


def lines_of_page(rows: Sequence[tuple[int, Row]], page: int, fonts: Fonts) -> Iterator[Line]:
    """The lines of a page.

    Args:
        rows: Each with its number on the page, in the order of reading.
        page: Its number.
        fonts: Of the document.
    """
    before: Row | None = None
    in_table = False
    for at, (number, row) in enumerate(rows):
        after = rows[at + 1][1] if at + 1 < len(rows) else None
        turn = row.turn and _is_elsewhere(before, row)
        line = Line(
            text_of_row(row),
            number,
            indent=_indent(row),
            gap=turn or _is_apart(before, row),
            page=page,
            heading=fonts.heading(row),
            full=_is_full(row, after),
            turn=turn,
        )
        cells = list(_cells(line, row, in_table=in_table))
        in_table = cells[0].cell is not None
        yield from cells
        before = row


def _cells(line: Line, row: Row, *, in_table: bool) -> Iterator[Line]:
    """A line, or the cells of a row of a table."""
    cells = _parts(row)
    first = mark_of(f"{cells[0]} ", _ANY)
    marked = not has_words(cells[0]) or (first is not None and not first.rest.strip())
    if len(cells) == 1 or (marked and len(cells) == 2):
        yield line
        return
    cells, count = numbered_cells(cells)
    if len(cells) == 1:
        yield replace(line, text=cells[0], count=count, cell=0 if in_table else None)
        return
    line = replace(line, heading=None if line.heading is None else 0)
    for place, cell in enumerate(cells):
        yield replace(line, text=cell, cell=place, count=count if place == 0 else None)


def _parts(row: Row) -> list[str]:
    parts: list[list[Segment]] = [[row.segments[0]]]
    for segment in row.segments[1:]:
        if segment.x0 - parts[-1][-1].x1 > _CELL * segment.size:
            parts.append([segment])
        else:
            parts[-1].append(segment)
    return [on_one_line(" ".join(each.text for each in part)) for part in parts]


def _indent(row: Row) -> int:
    first = row.segments[0]
    return max(0, round((first.x0 - row.left) / (_LETTER * first.size)))


def _is_elsewhere(before: Row | None, row: Row) -> bool:
    """Whether a row stands on a new page or in the next column."""
    return before is None or row.y0 > before.y0


def _is_apart(before: Row | None, row: Row) -> bool:
    """Whether a gap, or an indentation, parts a row from the one above it."""
    if before is None:
        return True
    size = row.segments[0].size
    if before.y0 - row.y1 > _GAP * size - 0.2 * size:
        return True
    indent = row.segments[0].x0 - before.segments[0].x0
    marked = mark_of(text_of_row(before), _ANY) is not None
    return not marked and before.left == row.left and indent > _INDENTED * size


def _is_full(row: Row, after: Row | None) -> bool:
    """Whether the next row's first word had no room on this one."""
    if after is None:
        return False
    words = text_of_row(after).split()
    need = (len(words[0]) + 1) * _LETTER * after.segments[0].size if words else 0.0
    return row.right - row.segments[-1].x1 < need * 0.9
