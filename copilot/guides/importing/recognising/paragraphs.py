"""Paragraphs: questions, lead-ins, and prose sentence by sentence."""

from copilot.guides.documents.model import Block
from copilot.guides.importing.recognising.headings import is_marker, open_named, read_unknown
from copilot.guides.importing.recognising.items import ask
from copilot.guides.importing.recognising.led import WHY, announce, is_told, read_led
from copilot.guides.importing.recognising.prose import introduce, read_loose, warned
from copilot.guides.importing.recognising.state import Reading, is_question
from copilot.guides.importing.recognising.words import (
    EMPHASIS,
    EXPECTS,
    GOOD_ANSWER,
    NOT_TO_ASK,
    TESTS,
    WARNS,
)
from copilot.guides.importing.rules.asking import plainly_asks, quoted_question, tells_to_ask, timed
from copilot.guides.importing.rules.direct_speech import to_the_candidate
from copilot.guides.importing.rules.labels import head_of
from copilot.guides.importing.rules.role_title import names_the_role
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import (
    announced_by,
    led,
    offset_in,
    plain_text,
    section_of,
)
from copilot.guides.importing.rules.sentences import ends_open, sentences_of
from copilot.guides.importing.rules.tags import listed

_SHORT = 6  # words
_LONG = 4  # sentences; more are prose, whatever they end with
#: In these a paragraph is an item, where the part has no list.
_ITEMS = frozenset(
    {Section.FLAGS, Section.COMPETENCIES, Section.SKILLS, Section.TIPS, Section.STAGES}
)


def read_paragraph(reading: Reading, index: int) -> None:
    """Place a paragraph."""
    block = reading.document.blocks[index]
    if is_marker(block):
        section = section_of(block.text)
        if section is not None:
            open_named(reading, block, block.text, section)
        return
    if names_the_role(block.text):
        reading.found.titled(block.text, sure=True)
        reading.found.signpost(block, block.text, "names the role")
        return
    if len(block.text.split()) <= _SHORT and timed(block.text).minutes is not None:
        read_unknown(reading, index)  # "Closing (5 min)": a heading by its form
        return
    part = reading.section
    if (
        part in {Section.NOT_TO_ASK, Section.CANDIDATES, Section.SAMPLE}
        and reading.question is None
    ):
        reading.found.unplaced(block, block.text, WHY[part])
        return
    said = led(block.text)
    if said is not None:
        read_led(reading, index, said)
        return
    sentences = sentences_of(block.text)
    if _is_whole_question(reading, index, sentences):
        ask(reading, block, block.text)
        return
    lead = _lead_in(reading, index, sentences)
    if lead:
        sentences = sentences[:-1]
    elif reading.listed is not None and reading.listed is not Section.QUESTIONS:
        reading.listed = None
    _read_sentences(reading, index, sentences)
    if lead:
        section = announced_by(lead)
        reading.found.signpost(
            block, lead, section.value if section is not None else "a list follows"
        )
        announce(reading, block, lead, section)


def _is_whole_question(reading: Reading, index: int, sentences: list[str]) -> bool:
    block = reading.document.blocks[index]
    in_bare_list = reading.bare and is_question(block.text, addressed=False)
    if in_bare_list or (reading.is_answered(index) and len(sentences) <= _LONG):
        return True
    if len(sentences) > _LONG or _in_a_stage(reading) or reading.section is Section.TIPS:
        return False
    if reading.under is Section.FOLLOW_UPS and reading.question is not None:
        return False
    head = head_of(block.text)
    text = head[1] if head is not None and not is_question(block.text) else block.text
    if reading.question is not None and not plainly_asks(text):
        return False
    expected = reading.section is Section.QUESTIONS or block.number is not None
    return is_question(text, addressed=not expected)


def _in_a_stage(reading: Reading) -> bool:
    return reading.stage is not None and reading.question is None


def _lead_in(reading: Reading, index: int, sentences: list[str]) -> str:
    """The last sentence, where a list follows that it announces; else nothing."""
    last = sentences[-1]
    if last.rstrip().endswith((":", "\uff1a")):
        return last
    follows = reading.list_follows(index)
    return last if follows and ends_open(last) and not head_of(last) else ""


def _read_sentences(reading: Reading, index: int, sentences: list[str]) -> None:
    block = reading.document.blocks[index]
    if not sentences:
        return
    if reading.question is not None:
        for at, sentence in enumerate(sentences):
            _under_question(reading, index, sentence, last=at == len(sentences) - 1)
    elif reading.refused:
        reading.found.unplaced(block, " ".join(sentences), "under a question that may not be asked")
    elif reading.stage is not None:
        for sentence in _joined_questions(sentences):
            _of_stage(reading, block, sentence)
    elif reading.competency is not None and not reading.competency.anchors:
        reading.competency.texts += sentences
    elif (
        reading.section in _ITEMS and not reading.has_list(index) and not _had_list(reading, index)
    ):
        _as_items(reading, block, sentences)
    elif reading.section is Section.SUMMARY or (not reading.begun and reading.section is None):
        introduce(reading, block, sentences)
    else:
        for sentence in sentences:
            read_loose(reading, block, sentence)


def _under_question(reading: Reading, index: int, sentence: str, *, last: bool) -> None:
    asked, found = reading.question, reading.found
    block = reading.document.blocks[index]
    if asked is None:
        return
    text = plain_text(sentence)
    expects = EXPECTS.match(text)
    if NOT_TO_ASK.search(text):
        found.unplaced(block, sentence, WHY[Section.NOT_TO_ASK])
    elif reading.under is Section.SAMPLE or (is_told(sentence) and not expects):
        found.unplaced(block, sentence, WHY[Section.SAMPLE])
    elif reading.under is Section.FLAGS and _had_list(reading, index):
        found.unplaced(block, sentence, "prose behind the red flags of a question")
    elif reading.under is Section.FLAGS:
        found.flag(block, sentence)
    elif reading.under in {Section.FOLLOW_UPS, Section.TIPS, Section.SCORING}:
        found.question_tip(asked, block, sentence)
    elif (
        last
        and ends_open(sentence)
        and len(sentence.split()) > 2
        and not TESTS.match(text)
        and EMPHASIS.match(text)
    ):
        found.unplaced(block, sentence, "breaks off")
    elif expects:
        _expected(reading, block, sentence, sentence[offset_in(sentence, expects.end()) :])
    elif WARNS.match(text):
        warned(reading, block, sentence)
    elif (
        EMPHASIS.match(text)
        or GOOD_ANSWER.match(text)
        or (reading.under is Section.POINTS and not asked.points)
    ):
        found.point(asked, block, sentence)
    elif TESTS.match(text) or not asked.points or tells_to_ask(sentence) or is_question(sentence):
        found.question_tip(asked, block, sentence)
    else:
        found.unplaced(block, sentence, "prose behind the points of a question")


def _expected(reading: Reading, block: Block, sentence: str, rest: str) -> None:
    """Take X of "Look for X", or each of a list of them."""
    if reading.question is None:
        return
    lead = sentence[: len(sentence) - len(rest)].strip()
    reading.found.signpost(block, lead, Section.POINTS.value)
    for part in listed(rest) or (rest,):
        reading.found.point(reading.question, block, part)


def _of_stage(reading: Reading, block: Block, sentence: str) -> None:
    """What a stage asks, or how it goes."""
    stage = reading.stage
    if stage is None:
        return
    direct = to_the_candidate(sentence)
    quoted = quoted_question(sentence)
    if direct is not None or is_question(sentence):
        asked = reading.found.question(block, direct or sentence)
        if asked is not None:
            stage.link(asked.id)
    elif quoted is not None:
        reading.advise(block, sentence)
    else:
        stage.texts.append(sentence)


def _joined_questions(sentences: list[str]) -> list[str]:
    """Sentences, where questions in a row are one: they are asked together."""
    joined: list[str] = []
    for sentence in sentences:
        if joined and joined[-1].endswith("?") and sentence.endswith("?"):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined


def _had_list(reading: Reading, index: int) -> bool:
    """Whether a list stands between the last heading and this block."""
    for block in reversed(reading.document.blocks[:index]):
        if block.kind.value == "heading" or is_marker(block):
            return False
        if block.kind.value == "item":
            return True
    return False


def _as_items(reading: Reading, block: Block, sentences: list[str]) -> None:
    found = reading.found
    text = " ".join(sentences)
    match reading.section:
        case Section.FLAGS:
            for sentence in sentences:
                found.flag(block, sentence)
        case Section.COMPETENCIES:
            for part in listed(text) or (text,):
                found.competency(block, part)
        case Section.SKILLS:
            for part in listed(text) or (text,):
                found.skill(block, part)
        case Section.STAGES:
            reading.stage = found.stage(block, text)
        case _:
            for sentence in sentences:
                reading.advise(block, sentence)
