"""Texts that begin with the name of their part: "Listen for: …", "Stage 2: …", "Question: …"."""

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.recognising_state import Reading, is_question
from copilot.guides.importing.recognising_words import FIRST_PERSON
from copilot.guides.importing.section_words import Section
from copilot.guides.importing.sections import Led, plain_text
from copilot.guides.importing.sentences import sentences_of
from copilot.guides.importing.tags import listed


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
    for part in parts:
        made = reading.found.competency(block, part, named=True)
        reading.competency = made if said.named else None


def _under(reading: Reading, block: Block, said: Led) -> None:
    """What stands under a question, or for all of them."""
    found, asked = reading.found, reading.question
    parts = listed(said.rest) or tuple(sentences_of(said.rest))
    match said.section:
        case Section.POINTS if asked is not None:
            if is_told(said.rest):
                found.unplaced(block, said.rest, "a sample answer")
                return
            reading.under = Section.POINTS
            for part in parts:
                found.point(asked, block, part)
        case Section.POINTS if reading.refused:
            found.unplaced(block, said.rest, "under a question that may not be asked")
        case Section.POINTS:
            for part in parts:
                found.competency(block, part)
        case Section.FLAGS:
            reading.under = Section.FLAGS if asked is not None else None
            for part in parts:
                found.flag(block, part)
        case Section.FOLLOW_UPS if asked is not None:
            found.question_tip(asked, block, said.rest)
        case Section.FOLLOW_UPS if is_question(said.rest):
            reading.ask(block, said.rest)
        case Section.TIPS if asked is not None and reading.names[plain_text(said.lead).rstrip(" :–—-")] > 1:
            found.question_tip(asked, block, said.rest)
        case Section.TIPS:
            reading.advise(block, said.rest)
        case _:
            found.unplaced(block, said.rest, WHY.get(said.section, said.section.value))


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
