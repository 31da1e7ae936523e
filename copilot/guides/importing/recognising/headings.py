"""What a heading opens."""

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.recognising.led import read_led
from copilot.guides.importing.recognising.scales import is_rated
from copilot.guides.importing.recognising.state import Reading, is_question
from copilot.guides.importing.rules.asking import surely_asks, timed
from copilot.guides.importing.rules.role_title import names_the_role
from copilot.guides.importing.rules.scales import scale_at
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import Led, led, section_of

_MOST_WORDS_OF_A_MARKER = 8


def read_heading(reading: Reading, index: int) -> None:
    """Place a heading: a question, a stage, a competency, or the name of a part."""
    block = reading.document.blocks[index]
    text = block.text
    if names_the_role(text):
        reading.found.titled(text, sure=True)
        reading.found.signpost(block, text, "names the role")
        return
    said = led(text)
    if said is not None and _names_an_item(reading, index, said):
        read_led(reading, index, said)
        return
    section = section_of(timed(text).text)
    if section is not None and not _asked_in_turn(reading, block):
        if index == 0 and _others(reading) and section in {Section.QUESTIONS, Section.STAGES}:
            reading.found.titled(text)
            reading.found.signpost(block, text, "title")
        else:
            open_named(reading, block, text, section)
        return
    if _is_question(reading, index):
        reading.ask(block, text)
    elif _is_stage(reading, block):
        reading.close()
        reading.stage = reading.found.stage(block, text)
    elif _is_competency(reading, block):
        _competency(reading, index)
    elif index and is_rated(reading, index):
        reading.open_section(None, block.level - 1)
        reading.begun = True
        reading.competency = reading.found.competency(block, text, named=True)
    else:
        read_unknown(reading, index)


def _names_an_item(reading: Reading, index: int, said: Led) -> bool:
    """Whether a heading holds an item behind its colon; not "Red flags: what to avoid"."""
    if said.named or said.section is Section.QUESTIONS:
        return bool(said.rest)
    return bool(said.rest) and not reading.list_follows(index)


def is_marker(block: Block) -> bool:
    """Whether a paragraph is nothing but the name of a part, as "Red flags:"."""
    text = block.text.strip()
    said = led(text)
    return (
        (said is None or not said.rest)
        and len(text.split()) <= _MOST_WORDS_OF_A_MARKER
        and not text.endswith((".", "?", "!", ";"))
        and section_of(text) is not None
    )


def open_named(reading: Reading, block: Block, text: str, section: Section) -> None:
    """Enter the part of that name: under the question, or of the document."""
    if reading.belongs_to_question(section, text, block):
        reading.under = Section.POINTS if section is Section.COMPETENCIES else section
    elif section is Section.POINTS and reading.question is not None:
        reading.under = section
    elif section is Section.QUESTIONS and _within_competency(reading, block):
        reading.section = section
        reading.question = reading.under = reading.listed = None
    else:
        level = block.level if block.kind is BlockKind.HEADING else reading.level
        reading.open_section(section, level)
    reading.found.signpost(block, text, section.value)


def _within_competency(reading: Reading, block: Block) -> bool:
    """Whether a name stands under an open competency."""
    opened = reading.competency
    if opened is None:
        return False
    return block.kind is not BlockKind.HEADING or block.level > opened.block.level


def _others(reading: Reading) -> bool:
    return any(block.kind is BlockKind.HEADING for block in reading.document.blocks[1:])


def _asked_in_turn(reading: Reading, block: Block) -> bool:
    """Whether a heading asks and has its number among questions: "4. What makes a leader?"."""
    numbered = block.number is not None and reading.section is Section.QUESTIONS
    return numbered and block.text.rstrip().endswith("?")


def _is_question(reading: Reading, index: int) -> bool:
    block = reading.document.blocks[index]
    if surely_asks(block.text) or is_question(block.text) or reading.is_answered(index):
        return True
    expected = reading.section in {Section.QUESTIONS, Section.STAGES} or block.number is not None
    expected = expected or reading.bare
    return expected and is_question(block.text, addressed=False)


def _is_stage(reading: Reading, block: Block) -> bool:
    if reading.section is not Section.STAGES:
        return False
    if block.number is not None or block.level > reading.level:
        return True
    before = reading.stage.block if reading.stage is not None else None
    return before is not None and (before.kind, before.level, before.number) == (
        block.kind,
        block.level,
        None,
    )


def _is_competency(reading: Reading, block: Block) -> bool:
    if reading.listed is Section.COMPETENCIES:
        return True
    return reading.section is Section.COMPETENCIES and (
        block.level > reading.level or block.number is not None
    )


def _competency(reading: Reading, index: int) -> None:
    """A heading among competencies names one, or a group where a list of them follows."""
    block = reading.document.blocks[index]
    following = reading.next_of(index)
    is_scale = following is not None and bool(
        scale_at(reading.document.blocks, index + 1, within_rating=True)
    )
    listed = reading.listed
    reading.close()
    if reading.list_follows(index) and not is_scale:
        reading.found.signpost(block, block.text, "a group of competencies")
        reading.listed = listed
    else:
        reading.competency = reading.found.competency(block, block.text, named=True)


def read_unknown(reading: Reading, index: int) -> None:
    """A heading that names no part: of a group of questions, of a chapter, of the document."""
    block = reading.document.blocks[index]
    if index == 0:
        reading.found.titled(block.text)
        reading.found.signpost(block, block.text, "title")
        return
    if block.text.rstrip().endswith("?"):
        reading.close()
        reading.found.unplaced(block, block.text, "a question, but none to the candidate")
        return
    section, level = reading.section, reading.level
    inside = section is not None and (block.level > level or _questions_follow(reading, index))
    reading.open_section(section if inside else None, level if inside else block.level)
    reading.group = block.text
    reading.called = block.text if _calls_a_question(reading, index) else ""
    reading.found.signpost(block, block.text, "a heading")


def _calls_a_question(reading: Reading, index: int) -> bool:
    """Whether a heading has a number and a question behind it, and is short: it is its name."""
    block, following = reading.document.blocks[index], reading.next_of(index)
    if block.number is None or following is None or following.kind is BlockKind.ITEM:
        return False
    answered = reading.is_answered(index + 1)
    return following.number is None and (answered or is_question(following.text))


def _questions_follow(reading: Reading, index: int) -> bool:
    if reading.section is not Section.QUESTIONS:
        return False
    following = reading.next_of(index)
    return following is not None and is_question(following.text)
