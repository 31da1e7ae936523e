"""Cutting texts to the cells there are."""

from rich.cells import cell_len, chop_cells


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, its end left out for ``…`` where it is longer."""
    if cell_len(text) <= width:
        return text
    return chop_cells(text, max(1, width - 1))[0] + "…" if width > 1 else "…"[:width]


def padded(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells."""
    fitted = cut(text, width)
    return fitted + " " * (width - cell_len(fitted))
