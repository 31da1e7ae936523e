"""Where lines break."""

from rich.cells import cell_len, get_character_cell_size

#: A part of a text: index of its first character, and of the one after its last.
Range = tuple[int, int]


def wrap(text: str, width: int) -> tuple[Range, ...]:
    """The lines of ``text`` in ``width`` columns; at least one, which may be empty.

    A line breaks at a space, which then belongs to no line, or inside a word that is too long for
    one.
    """
    width = max(1, width)
    end = len(text)
    plain = text.isascii() or cell_len(text) == end
    ranges: list[Range] = []
    start = 0
    while True:
        stop = min(start + width, end) if plain else _reach(text, start, width)
        if stop >= end:
            ranges.append((start, end))
            return tuple(ranges)
        space = text.rfind(" ", start, stop + 1)
        if space > start:
            ranges.append((start, space))
            start = space + 1
        else:
            ranges.append((start, stop))
            start = stop + (text[stop] == " ")


def _reach(text: str, start: int, width: int) -> int:
    """How far ``width`` columns reach where some characters take two or none; one at least."""
    columns = 0
    for index in range(start, len(text)):
        columns += get_character_cell_size(text[index])
        if columns > width:
            return max(index, start + 1)
    return len(text)
