"""A line of the transcript as the terminal gets it."""

import itertools
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from copilot.tui.transcript.wrapping import Range

#: A part of a text and the style put on it, later ones over earlier ones.
Styled = tuple[Range, Style]


def styled(text: str, line: Range, base: Style, marked: Sequence[Styled]) -> Iterable[Segment]:
    """A line of ``text`` in segments of one style each.

    Args:
        text: All of the text.
        line: Which part of it is the line.
        base: The style of what nothing else is said about.
        marked: Parts in other styles, put on top of it in order.
    """
    start, end = line
    if not any(begin < end and start < stop for (begin, stop), _ in marked):
        yield Segment(text[start:end], base)
        return
    cuts = {start, end}
    for bounds, _ in marked:
        cuts.update(cut for cut in bounds if start < cut < end)
    ordered = sorted(cuts)
    for left, right in itertools.pairwise(ordered):
        style = base
        for (begin, stop), over in marked:
            if begin <= left and right <= stop:
                style += over
        yield Segment(text[left:right], style)


def filled(segments: Iterable[Segment], width: int, style: Style) -> Strip:
    """The segments as a strip of exactly ``width`` columns, blanks behind them."""
    return Strip(segments).adjust_cell_length(width, style)


def centred(text: str, width: int, style: Style) -> Strip:
    """A text in the middle of a line, cut where it is too long."""
    left = max(0, (width - cell_len(text)) // 2)
    return filled([Segment(" " * left + text, style)], width, style)
