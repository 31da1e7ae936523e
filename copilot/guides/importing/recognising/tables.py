"""Tables, as they are read: a row is an item with its further cells one level below it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.draft import Tip
from copilot.guides.importing.recognising.gathering import OpenItem
from copilot.guides.importing.recognising.led import WHY
from copilot.guides.importing.recognising.state import Reading
from copilot.guides.importing.rules.asking import timed
from copilot.guides.importing.rules.scales import RATINGS
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import plain_text, section_of
from copilot.guides.importing.rules.tags import listed

#: What heads a column that says more of the row's first cell.
_DETAIL = re.compile(
    r"(?:description|definition|details?|what it is|explication|contents?|contenu|focus|goal|"
    r"purpose|objectif|what happens)"
)
_TIME = re.compile(r"(?:duration|time|min(?:ute)?s?|length|duree|temps)(?:\W.*)?")
#: What says in a column's head that its bare numbers are minutes.
_IN_MINUTES = re.compile(r"\bmin(?:ute)?s?\b", re.IGNORECASE)
_BARE = re.compile(r"[0-9]{1,3}(?:\s*(?:-|\u2013|to|à)\s*[0-9]{1,3})?")
#: What heads the column that names the parts of an interview, beside one that says how long.
_PARTS = re.compile(
    r"(?:part|phase|segment|section|session|block|topic|what|item|activity|slot|partie|sequence|"
    r"temps|moment|theme|sujet|contenu|activite|quoi)s?"
)
_JUDGED = re.compile(r"competenc|criteri|critere|dimension|qualit|attribut|\btraits?\b")
_NUMBER = re.compile(r"(?:#|n(?:o|r|°)?\.?|numero|number)")
_RATING = re.compile(r"(?:score |rating |level |note |niveau )?([1-4])(?:\W.*)?")
_MOST_WORDS_OF_A_NAME = 6
#: What has more cells is no row that anybody wrote; each block may begin one.
_MOST_CELLS = 60

#: A row's cells are placed in this order: what the others belong to comes first.
_ORDER: Mapping[object, int] = {Section.COMPETENCIES: 0, Section.STAGES: 0, Section.QUESTIONS: 1}
_OWNERS = frozenset({Section.COMPETENCIES, Section.STAGES})
_EXPECTED = frozenset({Section.POINTS, Section.COMPETENCIES})
_DESCRIBES = frozenset({Section.POINTS, Section.COMPETENCIES, Section.SUMMARY, Section.STAGES})
_ADVICE = frozenset({Section.FOLLOW_UPS, Section.TIPS, Section.SCORING})

#: What a column holds: a part of the document, a rating, more on the row's item, or unknown.
_Column = Section | int | str


def read_table(reading: Reading, index: int) -> int:
    """Place the table whose head stands at a block; how many blocks it has, 0 where none does."""
    blocks = reading.document.blocks
    head = _row(blocks, index)
    places = _places(head)
    columns = _columns(_heads(head), sure=bool(places))
    if len(head) < 2 or not _is_head(columns):
        return 0
    at = index + len(head)
    rows: list[list[Block]] = []
    while at < len(blocks) and (row := _row(blocks, at)):
        if not (set(_places(row)) <= set(places) if places else len(row) <= len(head)):
            break
        rows.append(row)
        at += len(row)
    if not rows or not any(len(row) > 1 for row in rows):
        return 0
    for cell in head:
        reading.found.signpost(cell, cell.text, "head of a column")
    reading.close()
    reading.begun = True
    names = [cell.text for cell in head]
    for row in rows:
        _place(reading, row, columns, names, places)
    reading.close()
    return at - index


def _row(blocks: Sequence[Block], index: int) -> list[Block]:
    """What stands in the row that begins at a block; none where it begins none."""
    if index >= len(blocks) or blocks[index].kind is not BlockKind.ITEM:
        return []
    first = blocks[index]
    row = [first]
    for at in range(index + 1, len(blocks)):
        block = blocks[at]
        goes_on = block.level > first.level
        if first.grid is not None:
            goes_on = block.grid is not None and block.grid[0] == first.grid[0]
        if block.kind is not BlockKind.ITEM or not goes_on:
            break
        row.append(block)
        if len(row) > _MOST_CELLS:
            return []
    return row


def _places(row: Sequence[Block]) -> list[int]:
    """In which columns the blocks of a row stand; none where the file does not say."""
    places = [block.grid[1] for block in row if block.grid is not None]
    return places if len(places) == len(row) else []


def _heads(head: Sequence[Block]) -> list[str]:
    """What heads the columns, with the ratings that they begin with: "1 Weak" to "4 Strong"."""
    numbers = [cell.number for cell in head if cell.number is not None]
    rated = sorted(numbers) == list(RATINGS)
    return [f"{cell.number} {cell.text}" if rated and cell.number else cell.text for cell in head]


def _columns(heads: Sequence[str], *, sure: bool) -> list[_Column]:
    """What each column holds; beside questions "what to look for" is what is expected of each.

    Args:
        heads: What stands above them.
        sure: Whether the file says which cell is in which; in a PDF cells may be broken up.
    """
    columns = [_column(head) for head in heads]
    if not any(isinstance(column, Section) for column in columns):
        timed_too = any(isinstance(column, str) and _TIME.fullmatch(column) for column in columns)
        if timed_too and _PARTS.fullmatch(plain_text(heads[0]).strip(" :.")):
            return [Section.STAGES, *columns[1:]]
        ratings = sorted(column for column in columns if isinstance(column, int))
        if sure and ratings == list(RATINGS):
            return [Section.COMPETENCIES if column == "" else column for column in columns]
    if Section.QUESTIONS not in columns:
        return columns
    return [
        Section.POINTS
        if column is Section.COMPETENCIES and not _JUDGED.search(plain_text(head))
        else column
        for head, column in zip(heads, columns, strict=True)
    ]


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
    reading: Reading,
    row: Sequence[Block],
    columns: Sequence[_Column],
    names: Sequence[str],
    places: Sequence[int],
) -> None:
    cells: list[_Cell] = []
    unsure: Sequence[Block] = ()
    at = _places(row)
    if places and at:
        indices = [places.index(place) for place in at]
        cells = [
            _Cell(row[n], columns[i], names[i], of_several=indices.count(i) > 1)
            for n, i in enumerate(indices)
        ]
    else:
        # Empty cells are not read: in a row that lacks some, the first cell alone is sure.
        whole = len(row) == len(columns) or (len(columns) == 2 and len(row) == 1)
        sure, unsure = (row, ()) if whole else (row[:1], row[1:])
        cells = [_Cell(*cell) for cell in zip(sure, columns, names, strict=False)]
    reading.close()
    owner: OpenItem | None = None
    anchors: dict[int, list[Block]] = {}
    # The competency and the question first, wherever they stand: the others belong to them.
    for cell in sorted(cells, key=lambda cell: _ORDER.get(cell.column, 2)):
        if isinstance(cell.column, int):
            anchors.setdefault(cell.column, []).append(cell.block)
        elif cell.column is Section.QUESTIONS and reading.question is None:
            reading.ask(cell.block, cell.block.text)
        elif cell.column in _OWNERS and owner is None:
            owner = _owner(reading, cell)
        else:
            _more(reading, cell, owner)
    _anchor(reading, anchors)
    for block in unsure:
        why = "in a row with an empty cell, so its column is not known"
        reading.found.unplaced(block, block.text, why)


class _Cell(NamedTuple):
    block: Block
    column: _Column
    name: str
    of_several: bool = False


def _owner(reading: Reading, cell: _Cell) -> OpenItem:
    """What a row is about, where that is no question."""
    found, block = reading.found, cell.block
    if cell.column is Section.STAGES:
        reading.stage = found.stage(block, block.text)
        return reading.stage
    reading.competency = found.competency(block, block.text, named=True)
    return reading.competency


def _anchor(reading: Reading, anchors: Mapping[int, Sequence[Block]]) -> None:
    """Give a row's ratings to its competency, else as advice to its question."""
    found, competency = reading.found, reading.competency
    if sorted(anchors) == list(RATINGS) and competency is not None and not competency.anchors:
        for rating in RATINGS:
            text = " ".join(block.text for block in anchors[rating])
            competency.anchors.append(Tip(text, reading.document.origin(anchors[rating][0])))
        return
    for block in (block for blocks in anchors.values() for block in blocks):
        if reading.question is not None:
            found.question_tip(reading.question, block, block.text)
        else:
            found.unplaced(block, block.text, "a rating of no competency in particular")


def _more(reading: Reading, cell: _Cell, owner: OpenItem | None) -> None:
    """A cell that says more of its row's question, competency or stage."""
    found, asked, text, block = reading.found, reading.question, cell.block.text, cell.block
    # A cell with a line for each is no enumeration.
    parts = (text,) if cell.of_several else listed(text) or (text,)
    if reading.refused:
        found.unplaced(block, text, "under a question that may not be asked")
    elif cell.column in {Section.FLAGS, Section.SKILLS}:
        for part in parts:
            (found.flag if cell.column is Section.FLAGS else found.skill)(block, part)
    elif cell.column in _EXPECTED and asked is not None:
        for part in parts:
            found.point(asked, block, part)
    elif (cell.column in _ADVICE or cell.column is Section.QUESTIONS) and asked is not None:
        found.question_tip(asked, block, text)
    elif owner is not None and (minutes := _minutes(cell)) is not None:
        owner.minutes = minutes
        found.signpost(block, text, "minutes")
    elif owner is not None and (cell.column in _DESCRIBES or _is_detail(cell.column)):
        owner.texts.append(text)
    elif cell.column is Section.TIPS:
        reading.advise(block, text)
    elif isinstance(cell.column, str) and _NUMBER.fullmatch(cell.column):
        found.signpost(block, text, "number of a row")
    elif isinstance(cell.column, Section):
        found.unplaced(block, text, WHY.get(cell.column, cell.column.value))
    else:
        found.unplaced(block, text, f"in a column of no kind we know: \u201c{cell.name}\u201d")


def _minutes(cell: _Cell) -> float | None:
    """How long a cell says that something takes; None where it says nothing of it."""
    if not isinstance(cell.column, str) or not _TIME.fullmatch(cell.column):
        return None
    text = cell.block.text.strip()
    if _BARE.fullmatch(text) and _IN_MINUTES.search(cell.name):
        text = f"{text} min"
    return timed(f"- {text}").minutes


def _is_detail(column: _Column) -> bool:
    return isinstance(column, str) and _DETAIL.fullmatch(column) is not None
