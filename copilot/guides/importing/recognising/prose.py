"""Prose that nothing announced: of the role, advice, warnings, and what has no place."""

import re

from copilot.guides.documents.model import Block
from copilot.guides.importing.recognising.items import ask
from copilot.guides.importing.recognising.led import WHY
from copilot.guides.importing.recognising.state import Reading, is_question
from copilot.guides.importing.recognising.words import (
    ABOUT_DOCUMENT,
    ABOUT_ROLE,
    EMPHASIS,
    EXPECTS,
    NOT_TO_ASK,
    TO_A_COLLEAGUE,
    WARNS,
    WARNS_LEAD,
)
from copilot.guides.importing.rules.asking import quoted_question, tells_to_ask
from copilot.guides.importing.rules.labels import head_of
from copilot.guides.importing.rules.role_title import role_of
from copilot.guides.importing.rules.section_words import Section
from copilot.guides.importing.rules.sections import offset_in, plain_text


def introduce(reading: Reading, block: Block, sentences: list[str]) -> None:
    """An introduction: what it says of the role is the summary."""
    role = {word for word in plain_text(role_of(reading.document.title)).split() if len(word) > 3}
    taken = False
    for sentence in sentences:
        if len(sentence.split()) > 3 and _is_of_role(reading, sentence, role, goes_on=taken):
            reading.found.summary(block, sentence)
            taken = True
        else:
            read_loose(reading, block, sentence)


def read_loose(reading: Reading, block: Block, sentence: str) -> None:
    """A sentence that nothing announced."""
    text = plain_text(sentence)
    expects = EXPECTS.match(text)
    if NOT_TO_ASK.search(text):
        reading.found.unplaced(block, sentence, WHY[Section.NOT_TO_ASK])
    elif quoted_question(sentence) is not None or tells_to_ask(sentence):
        reading.advise(block, sentence)
    elif TO_A_COLLEAGUE.search(text):
        reading.found.tip(block, sentence)
    elif is_question(sentence) or _asks_behind_a_colon(sentence):
        question = reading.question
        ask(reading, block, sentence)
        reading.question = question
    elif WARNS.match(text):
        warned(reading, block, sentence)
    elif expects:
        rest = sentence[offset_in(sentence, expects.end()) :]
        lead = sentence[: len(sentence) - len(rest)].strip()
        reading.found.signpost(block, lead, Section.COMPETENCIES.value)
        reading.found.competency(block, rest)
    elif EMPHASIS.match(text) or text.startswith("prepare to"):
        reading.found.unplaced(block, sentence, "advice to the candidate")
    elif ABOUT_DOCUMENT.search(text):
        reading.found.unplaced(block, sentence, "about the document or the interview, not the role")
    else:
        reading.found.unplaced(block, sentence, "prose that names no item")


def warned(reading: Reading, block: Block, sentence: str) -> None:
    """Take the red flag that a sentence warns of, without its "Watch out for"."""
    lead = WARNS_LEAD.match(plain_text(sentence))
    rest = sentence[offset_in(sentence, lead.end()) :] if lead is not None else sentence
    if rest != sentence:
        reading.found.signpost(
            block, sentence[: len(sentence) - len(rest)].strip(), Section.FLAGS.value
        )
    reading.found.flag(block, rest)


def _is_of_role(reading: Reading, sentence: str, role: set[str], *, goes_on: bool) -> bool:
    text = plain_text(sentence)
    if ABOUT_DOCUMENT.search(text) or sentence.rstrip().endswith("?") or _is_advice(sentence):
        return False
    if reading.section is Section.SUMMARY or goes_on or ABOUT_ROLE.search(text):
        return True
    words = set(re.findall(r"\w+", text))
    return any(word in words or f"{word}s" in words for word in role)


def _is_advice(sentence: str) -> bool:
    text = plain_text(sentence)
    said = (EXPECTS, WARNS, EMPHASIS, NOT_TO_ASK)
    return tells_to_ask(sentence) or any(pattern.search(text) for pattern in said)


def _asks_behind_a_colon(sentence: str) -> bool:
    head = head_of(sentence)
    return head is not None and is_question(head[1])
