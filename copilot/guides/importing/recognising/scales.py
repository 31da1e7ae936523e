"""Rating scales in a document: anchors of a competency, or advice on a question."""

from copilot.guides.importing.draft import Tip
from copilot.guides.importing.recognising.state import Reading
from copilot.guides.importing.rules.scales import RATINGS, Rated, scale_at
from copilot.guides.importing.rules.section_words import Section


def read_scale(reading: Reading, index: int) -> int:
    """Place the scale that begins at a block; how many blocks it has, 0 where none begins."""
    expected = (
        reading.competency is not None
        or Section.SCORING in {reading.section, reading.under, reading.listed}
    ) and reading.under is not Section.POINTS
    lines = scale_at(reading.document.blocks, index, within_rating=expected)
    if not lines:
        return 0
    competency = reading.competency
    if competency is not None and competency.anchors:
        competency = None
    if sorted(line.rating for line in lines) != list(RATINGS):
        why = f"a scale of {len(lines)} steps; a guide rates from 1 to 4"
        _unplaced(reading, lines, why)
    elif reading.question is not None:
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


def _unplaced(reading: Reading, lines: tuple[Rated, ...], why: str) -> None:
    for line in lines:
        reading.found.unplaced(line.block, line.block.text, why)
