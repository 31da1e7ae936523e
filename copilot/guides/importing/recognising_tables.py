"""Tables, as they are read: a row is an item with its further cells one level below it."""

import re
from collections.abc import Sequence

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.draft import Tip
from copilot.guides.importing.gathering import OpenItem
from copilot.guides.importing.recognising_led import WHY
from copilot.guides.importing.recognising_state import Reading
from copilot.guides.importing.scales import RATINGS
from copilot.guides.importing.section_words import Section
from copilot.guides.importing.sections import plain_text, section_of
from copilot.guides.importing.tags import listed

#: What heads a column that says more of the row's first cell.
_DETAIL = re.compile(r"(?:description|definition|details?|what it is|explication)")
_TIME = re.compile(r"(?:duration|time|minutes|length|duree|temps)(?: .*)?")
_NUMBER = re.compile(r"(?:#|n(?:o|r|°)?\.?|numero|number)")
_RATING = re.compile(r"(?:score |rating |level |note |niveau )?([1-4])(?:\W.*)?")
_MOST_WORDS_OF_A_NAME = 6

#: What a column holds: a part of the document, a rating, more on the row's item, or unknown.
_Column = Section | int | str


def read_table(reading: Reading, index: int) -> int:
    """Place the table whose head stands at a block; how many blocks it has, 0 where none does."""
    blocks = reading.document.blocks
    head = _row(blocks, index)
    columns = [_column(cell.text) for cell in head]
    if len(head) < 2 or not _is_head(columns):
        return 0
    at = index + len(head)
    rows: list[list[Block]] = []
    while at < len(blocks) and (row := _row(blocks, at)):
        if len(row) > len(head):
            break
        rows.append(row)
        at += len(row)
    if not rows or not any(len(row) > 1 for row in rows):
        return 0
    for cell in head:
        reading.found.signpost(cell, cell.text, "head of a column")
    reading.close()
    reading.begun = True
    for row in rows:
        _place(reading, row, columns, [cell.text for cell in head])
    reading.close()
    return at - index


def _row(blocks: Sequence[Block], index: int) -> list[Block]:
    """The cells of the row that begins at a block; none where it begins no list."""
    if index >= len(blocks) or blocks[index].kind is not BlockKind.ITEM:
        return []
    level = blocks[index].level
    row = [blocks[index]]
    for block in blocks[index + 1 :]:
        if block.kind is not BlockKind.ITEM or block.level <= level:
            break
        row.append(block)
    return row


def _column(head: str) -> _Column:
    text = plain_text(head).strip(" :.")
    rating = _RATING.fullmatch(text)
    if rating is not None:
        return int(rating[1])
    if _DETAIL.fullmatch(text) or _TIME.fullmatch(text) or _NUMBER.fullmatch(text):
        return text
    if len(text.split()) > _MOST_WORDS_OF_A_NAME:
        return ""
    return section_of(head) or ""


def _is_head(columns: Sequence[_Column]) -> bool:
    """Whether cells head columns: two name parts at least, or one and the ratings 1 to 4."""
    parts = sum(isinstance(column, Section) for column in columns)
    ratings = [column for column in columns if isinstance(column, int)]
    known = sum(column != "" for column in columns)
    return (parts >= 2 or (parts == 1 and known >= 2)) or sorted(ratings) == list(RATINGS)


def _place(
    reading: Reading, row: Sequence[Block], columns: Sequence[_Column], names: Sequence[str]
) -> None:
    found = reading.found
    if len(row) < len(columns) - 1 or (len(row) < len(columns) and len(columns) > 2):
        # Empty cells are not read: which column a cell stands in is known of the first alone.
        first, rest = row[:1], row[1:]
    else:
        first, rest = row, []
    cells = list(zip(first, columns, names, strict=False))
    # The question and the competency first, wherever they stand: the others belong to them.
    cells.sort(key=lambda cell: _ORDER.get(cell[1], 2) if isinstance(cell[1], Section) else 2)
    reading.close()
    owner: OpenItem | None = None
    anchors: dict[int, Tip] = {}
    for block, column, name in cells:
        if isinstance(column, int):
            anchors[column] = Tip(block.text, reading.document.origin(block))
        elif column is Section.QUESTIONS:
            competency = owner
            reading.ask(block, block.text)
            if competency is not None and reading.question is not None:
                reading.question.link(competency.id)
        elif column is Section.COMPETENCIES and reading.question is None and owner is None:
            owner = reading.competency = found.competency(block, block.text, named=True)
        elif column is Section.STAGES and owner is None:
            owner = reading.stage = found.stage(block, block.text)
        else:
            _more(reading, block, column, name, owner)
    if owner is not None and sorted(anchors) == list(RATINGS) and owner is reading.competency:
        owner.anchors += [anchors[rating] for rating in RATINGS]
    else:
        for block, column, _ in cells:
            if isinstance(column, int):
                _more(reading, block, Section.SCORING, "", owner)
    for block in rest:
        found.unplaced(block, block.text, "in a row with an empty cell, so its column is not known")


#: A row's cells are placed in this order: what the others belong to comes first.
_ORDER = {Section.COMPETENCIES: 0, Section.STAGES: 0, Section.QUESTIONS: 1}


def _more(
    reading: Reading, block: Block, column: _Column, name: str, owner: OpenItem | None
) -> None:
    """A cell that says more of its row's question, competency or stage."""
    found, asked, text = reading.found, reading.question, block.text
    if reading.refused:
        found.unplaced(block, text, "under a question that may not be asked")
        return
    detail = not isinstance(column, Section) and bool(column) or column is Section.SUMMARY
    match column:
        case Section.POINTS | Section.COMPETENCIES if asked is not None:
            for part in listed(text) or (text,):
                found.point(asked, block, part)
        case Section.FLAGS:
            for part in listed(text) or (text,):
                found.flag(block, part)
        case Section.SKILLS:
            for part in listed(text) or (text,):
                found.skill(block, part)
        case Section.FOLLOW_UPS | Section.TIPS | Section.SCORING if asked is not None:
            found.question_tip(asked, block, text)
        case Section.POINTS | Section.COMPETENCIES if owner is not None:
            owner.texts.append(text)
        case Section.TIPS:
            reading.advise(block, text)
        case _ if detail and _NUMBER.fullmatch(str(column)):
            found.signpost(block, text, "number of a row")
        case _ if detail and owner is not None and not _TIME.fullmatch(str(column)):
            owner.texts.append(text)
        case Section():
            found.unplaced(block, text, WHY.get(column, column.value))
        case _:
            found.unplaced(block, text, f"in a column of no kind we know: “{name}”")
