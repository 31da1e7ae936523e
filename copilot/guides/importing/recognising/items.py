"""Items of lists: by what was announced, by the part they stand in, and by their own form."""

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.recognising.led import WHY, read_led
from copilot.guides.importing.recognising.state import Reading, is_question
from copilot.guides.importing.recognising.words import EXPECTS
from copilot.guides.importing.rules.asking import quoted_question, surely_asks, tells_to_ask
from copilot.guides.importing.rules.labels import LONGEST_LABEL, head_of, is_name
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import led, offset_in, plain_text, section_of, signed
from copilot.guides.importing.rules.tags import listed

#: In these a list's items are what the part is called, whatever their form.
_BY_NAME = frozenset({Section.NOT_TO_ASK, Section.CANDIDATES, Section.SAMPLE, Section.DUTIES})


def read_item(reading: Reading, index: int) -> None:
    """Place an item of a list."""
    block = reading.document.blocks[index]
    part = reading.listed or reading.section
    if part in _BY_NAME:
        reading.found.unplaced(block, block.text, WHY[part])
        return
    said = led(block.text) or signed(block.text)
    if said is not None:
        read_led(reading, index, said)
        return
    if section_of(block.text) is not None and reading.list_follows(index):
        following = reading.next_of(index)
        if following is not None and following.level > block.level:
            _open(reading, block)
            return
    if _is_new_question(reading, index) or (
        reading.question is None and reading.goes_on_asking(block)
    ):
        ask(reading, block, block.text)
    elif reading.question is not None and _is_under(reading, block):
        _under_question(reading, block)
    elif reading.refused:
        reading.found.unplaced(block, block.text, "under a question that may not be asked")
    else:
        _in_part(reading, block, part)


def ask(reading: Reading, block: Block, text: str) -> None:
    """Take a question, with the label that stands before it: "Teamwork: tell me …"."""
    head = head_of(text)
    if head is not None and is_question(head[1], addressed=False) and not head[1][:1].isupper():
        # "Conflict with a colleague: how did you settle it?" is asked as a whole.
        named = len(head[0]) <= LONGEST_LABEL and is_name(head[0], reading.document.language)
        reading.ask(block, text, head[0] if named else "")
        return
    if (
        head is not None
        and len(head[0]) <= LONGEST_LABEL
        and not is_question(head[0])
        and is_question(head[1], addressed=False)
    ):
        before = text[: text.index(head[1])].strip() if head[1] in text else head[0]
        reading.found.signpost(block, before, "label of the question")
        reading.ask(block, head[1], head[0])
        return
    reading.ask(block, text)


def _open(reading: Reading, block: Block) -> None:
    section = section_of(block.text)
    if section is None:
        return
    reading.found.signpost(block, block.text, section.value)
    if reading.question is not None:
        reading.under = Section.POINTS if section is Section.COMPETENCIES else section
    else:
        reading.listed = section


def _opens(reading: Reading, index: int) -> bool:
    """Whether a numbered item goes on with no list of its own: the one before has no number."""
    before = reading.document.blocks[index - 1] if index else None
    return (
        before is not None
        and before.kind is BlockKind.ITEM
        and before.number is None
        and reading.document.blocks[index].level <= before.level
    )


def _is_new_question(reading: Reading, index: int) -> bool:
    """Whether an item asks something of its own, and is no follow-up or point."""
    block = reading.document.blocks[index]
    asked = reading.question
    after_list = reading.goes_on_asking(block) and _opens(reading, index)
    if asked is not None and after_list and asked.block.kind is not BlockKind.ITEM:
        return True
    return _asks(reading, block) and _is_beside(reading, block)


def _is_beside(reading: Reading, block: Block) -> bool:
    """Whether what asks stands beside the question before it, not below."""
    asked = reading.question
    if asked is None:
        # Advice and warnings may be put as questions, stages hold theirs.
        return (reading.listed or reading.section) not in {
            Section.TIPS,
            Section.FLAGS,
            Section.STAGES,
            Section.SKILLS,
        }
    goes_on = block.number is not None and (asked.block.number or 0) + 1 == block.number
    if asked.block.kind is BlockKind.HEADING:
        return False if asked.block.number is not None else not _is_under(reading, block)
    if asked.block.kind is BlockKind.PARAGRAPH:
        return goes_on or (reading.under is None and block.level == 0)
    if block.level > asked.block.level:
        return False
    return goes_on or asked.block.number is None or block.number is not None


def _asks(reading: Reading, block: Block) -> bool:
    part = reading.listed or reading.section
    head = head_of(block.text)
    text = head[1] if head is not None and not is_question(block.text) else block.text
    loose = part is None and (block.number is not None or bool(reading.found.questions))
    if reading.question is None and (part is Section.QUESTIONS or loose):
        return is_question(text, addressed=False)
    if reading.under is not None:
        return surely_asks(text) or (block.text.rstrip().endswith("?") and is_question(text))
    return is_question(text)


def _is_under(reading: Reading, block: Block) -> bool:
    """Whether an item belongs to the question before it."""
    asked = reading.question
    if asked is None:
        return False
    if reading.under is not None or block.level > asked.block.level:
        return True
    if asked.block.kind is not BlockKind.ITEM:
        return True
    return asked.block.number is not None and block.number is None


def _under_question(reading: Reading, block: Block) -> None:
    asked, found = reading.question, reading.found
    if asked is None:
        return
    match reading.under:
        case Section.FLAGS:
            found.flag(block, block.text)
        case Section.FOLLOW_UPS | Section.TIPS | Section.SCORING:
            found.question_tip(asked, block, block.text)
        case Section.SAMPLE:
            found.unplaced(block, block.text, WHY[Section.SAMPLE])
        case None if block.text.rstrip().endswith("?"):
            found.question_tip(asked, block, block.text)
        case _:
            expects = EXPECTS.match(plain_text(block.text))
            rest = block.text[offset_in(block.text, expects.end()) :] if expects else block.text
            lead = block.text[: len(block.text) - len(rest)].strip()
            if lead and rest:
                found.signpost(block, lead, Section.POINTS.value)
            found.point(asked, block, rest or block.text)


def _in_part(reading: Reading, block: Block, part: Section | None) -> None:
    found, text = reading.found, block.text
    match part:
        case Section.COMPETENCIES | Section.POINTS:
            found.competency(block, text)
        case Section.SKILLS:
            for skill in listed(text) if head_of(text) is None else ():
                found.skill(block, skill)
            if head_of(text) is not None or not listed(text):
                found.skill(block, text)
        case Section.FLAGS:
            found.flag(block, text)
        case Section.TIPS:
            reading.advise(block, text)
        case Section.STAGES:
            _of_stage(reading, block)
        case Section.QUESTIONS if block.number is not None and not block.level:
            reading.ask(block, text)
        case Section.SCORING | Section.SUMMARY | Section.FOLLOW_UPS:
            found.unplaced(block, text, WHY[part])
        case _:
            _loose(reading, block)


def _of_stage(reading: Reading, block: Block) -> None:
    """A stage, or what stands under one."""
    stage = reading.stage
    below = stage is not None and (
        block.level > stage.block.level
        or (stage.block.kind is not BlockKind.ITEM)
        or (stage.block.number is not None and block.number is None)
    )
    if stage is None or not below:
        reading.close()
        reading.stage = reading.found.stage(block, block.text)
    elif is_question(block.text):
        asked = reading.found.question(block, block.text)
        if asked is not None:
            stage.link(asked.id)
    else:
        reading.found.question_tip(stage, block, block.text)


def _loose(reading: Reading, block: Block) -> None:
    """An item that nothing announced."""
    text = block.text
    if quoted_question(text) is not None or tells_to_ask(text):
        reading.advise(block, text)
    elif reading.section is Section.QUESTIONS or reading.listed is Section.QUESTIONS:
        reading.found.unplaced(block, text, "among the questions, but not put as one")
    elif reading.group:
        reading.found.unplaced(
            block, text, f"in a list under “{reading.group}”, a part of no kind we know"
        )
    else:
        reading.found.unplaced(block, text, "in a list that nothing announces")
