"""Rating scales in a document: anchors of a competency, or advice on a question."""

import re

from copilot.guides.documents.model import BlockKind
from copilot.guides.importing.draft import Tip
from copilot.guides.importing.recognising.state import Reading
from copilot.guides.importing.rules.scales import RATINGS, Rated, scale_at
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import plain_text

#: "Rate each area from 1 (poor) to 4": whose numbered lists of four are scales.
_RATES = re.compile(
    r"\b(?:rat(?:e|ed|ing)|scor(?:e|ed|ing)|not(?:e|er|ez|ation)|evalu(?:ez|er|ation)|"
    r"echelle|scale)\b.{0,60}\b1\b.{0,40}\b4\b"
)


def read_scale(reading: Reading, index: int) -> int:
    """Place the scale that begins at a block; how many blocks it has, 0 where none begins."""
    expected = (
        reading.competency is not None
        or Section.SCORING in {reading.section, reading.under, reading.listed}
    ) and (reading.under is not Section.POINTS or _ends_a_list(reading, index))
    lines = scale_at(reading.document.blocks, index, within_rating=expected)
    if not lines:
        return 0
    competency = reading.competency
    if competency is not None and competency.anchors:
        competency = None
    if sorted(line.rating for line in lines) != list(RATINGS):
        why = f"a scale of {len(lines)} steps; a guide rates from 1 to 4"
        _unplaced(reading, lines, why)
    elif reading.question is not None and (
        competency is None or competency.id not in reading.question.linked
    ):
        for line in lines:
            reading.found.question_tip(reading.question, line.block, line.block.text)
    elif competency is not None:
        for line in sorted(lines, key=lambda line: line.rating):
            origin = reading.document.origin(line.block)
            competency.anchors.append(Tip(line.text, origin))
            if line.mark:
                reading.found.signpost(line.block, line.mark, "the rating it describes")
    else:
        _unplaced(reading, lines, "a scale for no competency in particular")
    return len(lines)


def _ends_a_list(reading: Reading, index: int) -> bool:
    """Whether numbers begin where a list without any ended."""
    before = reading.document.blocks[index - 1] if index else None
    return before is not None and before.kind is BlockKind.ITEM and before.number is None


def is_rated(reading: Reading, index: int) -> bool:
    """Whether the part that a heading opens has a scale from 1 to 4 and the document rates so.

    Such a heading names what is rated: "Discretion", with its question and what 1 to 4 look like.
    """
    blocks = reading.document.blocks
    if not any(_RATES.search(plain_text(block.text)) for block in blocks):
        return False
    level = blocks[index].level
    for at in range(index + 1, len(blocks)):
        block = blocks[at]
        if block.kind is BlockKind.HEADING and block.level <= level:
            return False
        if block.number == 1 or block.number == RATINGS[-1] or block.number is None:
            lines = scale_at(blocks, at, within_rating=True)
            if sorted(line.rating for line in lines) == list(RATINGS):
                return True
    return False


def _unplaced(reading: Reading, lines: tuple[Rated, ...], why: str) -> None:
    for line in lines:
        reading.found.unplaced(line.block, line.block.text, why)
