"""Texts that begin with the name of their part: "Listen for: …", "Stage 2: …", "Question: …"."""

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.recognising.gathering import OpenItem
from copilot.guides.importing.recognising.state import Reading, is_question
from copilot.guides.importing.recognising.words import FIRST_PERSON
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import Led, plain_text
from copilot.guides.importing.rules.sentences import sentences_of
from copilot.guides.importing.rules.tags import listed


def read_led(reading: Reading, index: int, said: Led) -> None:
    """Place a text by the name it begins with."""
    block = reading.document.blocks[index]
    if not said.rest:
        reading.found.signpost(block, said.lead, said.section.value)
        announce(reading, block, said.lead, said.section)
        return
    reading.found.signpost(block, said.lead, said.section.value)
    match said.section:
        case Section.QUESTIONS:
            reading.ask(block, said.rest)
        case Section.COMPETENCIES:
            _competencies(reading, block, said)
        case Section.STAGES:
            reading.close()
            for part in [said.rest] if said.named else listed(said.rest) or [said.rest]:
                reading.stage = reading.found.stage(block, part)
            if block.kind is BlockKind.HEADING and reading.section is not Section.STAGES:
                reading.section, reading.level = Section.STAGES, block.level - 1
        case Section.SUMMARY:
            reading.found.summary(block, said.rest)
        case Section.SKILLS:
            for part in listed(said.rest) or [said.rest]:
                reading.found.skill(block, part)
        case _:
            _under(reading, block, said)
            if block.kind is not BlockKind.ITEM and not reading.list_follows(index):
                reading.under = None


def announce(reading: Reading, block: Block, lead: str, section: Section | None) -> None:
    """What a lead-in says of the list behind it."""
    reading.begun = reading.begun or section not in {None, Section.SUMMARY, Section.DUTIES}
    if section is None:
        if reading.question is not None:
            reading.under = Section.POINTS
        return
    if reading.belongs_to_question(section, lead, block) or (
        reading.question is not None
        and section in {Section.POINTS, Section.COMPETENCIES, Section.SKILLS}
    ):
        follow = section in {Section.COMPETENCIES, Section.SKILLS}
        reading.under = Section.POINTS if follow else section
    elif section is Section.QUESTIONS:
        reading.listed = section if reading.section is not Section.QUESTIONS else None
    else:
        reading.under = None
        reading.question = None
        reading.listed = section


def _competencies(reading: Reading, block: Block, said: Led) -> None:
    """Under a question its competencies; else the one that what follows belongs to."""
    parts = [said.rest] if said.named else list(listed(said.rest)) or [said.rest]
    asked = reading.question
    if asked is not None and block.kind is not BlockKind.HEADING:
        for part in parts:
            asked.link(reading.found.competency(block, part, named=True).id)
        return
    reading.close()
    if said.named and block.kind is BlockKind.HEADING:
        reading.section, reading.level = Section.COMPETENCIES, block.level - 1
    for part in parts:
        made = reading.found.competency(block, part, named=True)
        reading.competency = made if said.named else None


def _under(reading: Reading, block: Block, said: Led) -> None:
    """What stands under a question, or for all of them."""
    found, asked = reading.found, reading.question
    parts = listed(said.rest) or tuple(sentences_of(said.rest))
    if said.section is Section.FLAGS:
        if block.kind is not BlockKind.ITEM:
            reading.under = Section.FLAGS if asked is not None else None
        for part in parts:
            found.flag(block, part)
    elif said.section is Section.POINTS and reading.refused:
        found.unplaced(block, said.rest, "under a question that may not be asked")
    elif said.section is Section.POINTS and asked is None:
        for part in parts:
            found.competency(block, part)
    elif said.section is Section.TIPS and not _for_each_question(reading, said):
        reading.advise(block, said.rest)
    elif asked is not None:
        _under_question(reading, asked, block, said, parts)
    elif said.section is Section.FOLLOW_UPS and is_question(said.rest):
        reading.ask(block, said.rest)
    else:
        found.unplaced(block, said.rest, WHY.get(said.section, said.section.value))


def _for_each_question(reading: Reading, said: Led) -> bool:
    """Whether a name stands under several questions, and one is open."""
    name = plain_text(said.lead).rstrip(" :\u2013\u2014-")
    return reading.question is not None and reading.names[name] > 1


def _under_question(
    reading: Reading, asked: OpenItem, block: Block, said: Led, parts: tuple[str, ...]
) -> None:
    found = reading.found
    if said.section in {Section.FOLLOW_UPS, Section.TIPS}:
        found.question_tip(asked, block, said.rest)
    elif said.section is Section.POINTS and not is_told(said.rest):
        if block.kind is not BlockKind.ITEM:
            reading.under = Section.POINTS
        for part in parts:
            found.point(asked, block, part)
    else:
        section = Section.SAMPLE if said.section is Section.POINTS else said.section
        found.unplaced(block, said.rest, WHY.get(section, section.value))


def is_told(text: str) -> bool:
    """Whether a text tells something in the first person, as sample answers do."""
    return FIRST_PERSON.search(plain_text(text)) is not None


#: Why a part of that name has no place in a guide.
WHY = {
    Section.DUTIES: "a duty of the role, not something to ask",
    Section.SAMPLE: "a sample answer",
    Section.NOT_TO_ASK: "named as not to be asked",
    Section.CANDIDATES: "a question that the candidate may ask",
    Section.SCORING: "on scoring, for no competency in particular",
    Section.SUMMARY: "about the role, in a list",
    Section.FOLLOW_UPS: "a follow-up to no question in particular",
}
