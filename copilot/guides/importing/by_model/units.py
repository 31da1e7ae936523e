"""What of a document is asked of a model: what has no place, free prose, and what stands around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot.guides.documents.model import Block, BlockKind, Document
from copilot.guides.importing.draft import Draft, Unplaced
from copilot.llm.material import Line

#: A block before an open one is told with it, so that it is understood, unless it is long.
_LONGEST_BEFORE = 400  # characters


@dataclass(frozen=True, slots=True)
class Unit:
    """A line that the model is told.

    Attributes:
        number: What the model calls it.
        text: What it says.
        origin: Where it stands.
        position: Its place among the document's blocks.
        above: The heading it stands under; empty without one.
        unplaced: What has no place, where it is that.
        open: Whether items may be taken from it; else it only tells what others are about.
    """

    number: int
    text: str
    origin: str
    position: int
    above: str
    unplaced: Unplaced | None
    open: bool

    @property
    def line(self) -> Line:
        """It, as a prompt holds it."""
        return Line(str(self.number), self.text)


def units_of(document: Document, draft: Draft) -> tuple[Unit, ...]:
    """The lines worth asking about, in the document's order; none where all has its place.

    What could not be placed is asked about, and what of the summary is prose. Of the rest only the
    headings above and the block before are told.
    """
    left: dict[str, list[Unplaced]] = {}
    for each in draft.unplaced:
        left.setdefault(each.origin, []).append(each)
    rows = [_Row(document, draft, index, left) for index in range(len(document.blocks))]
    wanted: set[int] = set()
    heading: int | None = None
    for index, row in enumerate(rows):
        if row.is_open:
            wanted.add(index)
            if heading is not None:
                wanted.add(heading)
            if index and len(rows[index - 1].block.text) <= _LONGEST_BEFORE:
                wanted.add(index - 1)
        if row.block.kind is BlockKind.HEADING:
            heading = index
    return tuple(_numbered(rows, sorted(wanted), left))


def position_of(document: Document, origin: str) -> int:
    """The place of an origin among the document's blocks; behind all where it is none of them."""
    for index, block in enumerate(document.blocks):
        if document.origin(block) == origin:
            return index
    return len(document.blocks)


class _Row:
    """A block with what of it is open."""

    def __init__(
        self, document: Document, draft: Draft, index: int, left: dict[str, list[Unplaced]]
    ) -> None:
        self.block: Block = document.blocks[index]
        self.origin = document.origin(self.block)
        self.unplaced: Sequence[Unplaced] = left.get(self.origin, ())
        self.is_prose = (
            self.block.kind is BlockKind.PARAGRAPH
            and not self.unplaced
            and bool(draft.summary)
            and self.block.text in draft.summary
        )

    @property
    def is_open(self) -> bool:
        return bool(self.unplaced) or self.is_prose


def _numbered(
    rows: Sequence[_Row], wanted: Sequence[int], left: dict[str, list[Unplaced]]
) -> Iterator[Unit]:
    number, above, told = 0, "", set[str]()
    chosen = set(wanted)
    for index, row in enumerate(rows):
        if index in chosen:
            parts: Sequence[Unplaced | None] = row.unplaced if row.origin not in told else ()
            told.add(row.origin)
            for part in parts or (None,):
                number += 1
                text = row.block.text if part is None else part.block.text
                is_open = part is not None or row.is_prose
                yield Unit(number, text, row.origin, index, above, part, is_open)
        if row.block.kind is BlockKind.HEADING:
            above = row.block.text
    # What was cut off elsewhere, or comes from another file, stands under no block here.
    known = {row.origin for row in rows}
    for origin, parts_left in left.items():
        for part in parts_left if origin not in known else ():
            number += 1
            yield Unit(number, part.block.text, origin, len(rows), "", part, open=True)
