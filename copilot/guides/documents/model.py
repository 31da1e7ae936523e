"""A document as blocks of text, each with its place in the file."""

import enum
from dataclasses import dataclass

from copilot.knowledge.origins import line_origin


class BlockKind(enum.StrEnum):
    """What a block looks like in its document."""

    HEADING = "heading"
    ITEM = "item"  # of a list, numbered or not
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or an item of a list.

    Attributes:
        text: On one line, without the list's mark, spaces as single ones.
        line: Where it begins, counted from 1; in a PDF on its page, in a Word file among its
            paragraphs.
        kind: What it looks like.
        level: Of a heading, 1 for the outermost; of an item, how deep its list nests, 0 for the
            outermost; 0 for a paragraph.
        number: The number before an item or heading, as ``3`` for "3." or "3)"; None without one.
        page: Counted from 1; None where the document has no pages.
        grid: In a table its row, counted through the document, and its column, both from 0; None
            outside of tables, and where the file does not say.
    """

    text: str
    line: int
    kind: BlockKind
    level: int = 0
    number: int | None = None
    page: int | None = None
    grid: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block that belongs to the page around the document, such as its menu or comment form.

    Attributes:
        block: What was left out.
        why: In a few words, as ``menu`` or ``comment form``.
    """

    block: Block
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file.

    Attributes:
        name: The file's name, without its folder.
        title: What the document calls itself; the file's stem where it does not.
        language: ``en`` or ``fr``: the one that most of it is written in.
        blocks: In the order of reading.
        left_out: What was taken for the page around it, in the order of reading.
    """

    name: str
    title: str
    language: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()

    def origin(self, block: Block) -> str:
        """Where a block comes from, as a guide says it."""
        return line_origin(self.name, block.line, block.page)
