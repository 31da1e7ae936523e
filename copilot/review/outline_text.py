"""An outline for a terminal: side by side where there is room, else one below the other."""

from collections.abc import Iterator, Sequence

from copilot.review.outline import Block, Outline, Section
from copilot.review.plain_line import columns_of, plain_line, wrapped

#: A column narrower than this breaks quotes into single words.
_NARROWEST = 36
_BETWEEN = " │ "


def to_text(outline: Outline, columns: int) -> str:
    """The document as lines of at most so many columns of a terminal."""
    columns = max(columns, 20)
    lines = [*_wrapped(outline.title.upper(), columns), ""]
    for told in outline.lead:
        lines += _wrapped(told, columns)
    for section in outline.sections:
        lines += ["", *_section(outline, section, columns)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(outline: Outline, section: Section, columns: int) -> Iterator[str]:
    yield from _wrapped(section.heading, columns)
    yield "─" * min(columns, max(columns_of(plain_line(section.heading)), 3))
    for told in section.lead:
        yield from _wrapped(f"! {told}", columns, "  ")
    beside = min(len(section.blocks), (columns + len(_BETWEEN)) // (_NARROWEST + len(_BETWEEN)))
    if beside < 2:
        for block in section.blocks:
            yield from _wrapped(f"▸ {block.name}", columns, "  ")
            yield from (f"  {line}" for line in _block(outline, block, columns - 2))
        return
    # More than fit fold into rows of as many as do.
    for first in range(0, len(section.blocks), beside):
        if first:
            yield ""
        yield from _row(outline, section.blocks[first : first + beside], beside, columns)


def _row(outline: Outline, blocks: Sequence[Block], beside: int, columns: int) -> Iterator[str]:
    width = (columns + len(_BETWEEN)) // beside - len(_BETWEEN)
    cells = [
        [*_wrapped(f"▸ {block.name}", width, "  "), *_block(outline, block, width)]
        for block in blocks
    ]
    for at in range(max(map(len, cells))):
        row = [cell[at] if at < len(cell) else "" for cell in cells]
        yield _BETWEEN.join(line + " " * (width - columns_of(line)) for line in row)


def _block(outline: Outline, block: Block, columns: int) -> Iterator[str]:
    for line in block.lines:
        indent = "  " * line.depth
        yield from _wrapped(outline.told(line), columns, indent + "  ", indent)


def _wrapped(text: str, columns: int, indent: str = "", first: str = "") -> list[str]:
    lines = wrapped(plain_line(text), columns - columns_of(first), indent[len(first) :])
    return [first + line for line in lines]
