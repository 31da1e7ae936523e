"""From a document to a draft, by its structure alone: headings, lists, lead-ins and questions.

No model is asked. A block is placed where its form and the words around it leave little doubt;
what has no such place is listed with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from copilot.guides.documents.model import Block, BlockKind, Document
from copilot.guides.importing.draft import Draft
from copilot.guides.importing.recognising.gathering import Gathering
from copilot.guides.importing.recognising.headings import read_heading
from copilot.guides.importing.recognising.items import read_item
from copilot.guides.importing.recognising.paragraphs import read_paragraph
from copilot.guides.importing.recognising.scales import read_scale
from copilot.guides.importing.recognising.state import Reading, is_bare
from copilot.guides.importing.recognising.tables import read_table
from copilot.guides.importing.recognising.words import GREETING, MAIL_HEADER, SIGN_OFF, SUBJECT
from copilot.guides.importing.rules.sections import led, parted, plain_text
from copilot.guides.importing.rules.tags import tags_of


def draft_of(document: Document) -> Draft:
    """What a document holds for a guide.

    Every word of every block is in the draft once, or in its ``unplaced`` or ``signposts``. Texts
    are the document's own; only questions told as "ask how they …" are put to the candidate, where
    that is certain.

    Raises:
        GuideError: A pack of off-limits topics has errors.
    """
    document = replace(document, blocks=tuple(_parted(document.blocks)))
    names = Counter(plain_text(_name(block.text)) for block in document.blocks)
    reading = Reading(document, Gathering(document), names=names, bare=is_bare(document))
    index = 0
    while index < len(document.blocks):
        index += _read(reading, index)
    return reading.found.draft()


def _name(text: str) -> str:
    """What a block calls its part, where it begins with that; else all of it."""
    said = led(text)
    return (said.lead if said is not None else text).rstrip(" :\u2013—-")


def _parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, where one that holds several parts is a block for each."""
    for block in blocks:
        first, *others = parted(block.text)
        yield block if not others else replace(block, text=first)
        for other in others:
            yield replace(block, text=other, kind=BlockKind.PARAGRAPH, level=0, number=None)


def _read(reading: Reading, index: int) -> int:
    """Place one block or more; how many."""
    block = reading.document.blocks[index]
    if not block.text.strip():
        return 1
    tags = tags_of(block.text)
    if tags:
        for tag in tags:
            reading.found.skill(block, tag)
        return 1
    if _read_letter(reading, block):
        return 1
    several = read_scale(reading, index) or read_table(reading, index)
    if several:
        return several
    match block.kind:
        case BlockKind.HEADING:
            read_heading(reading, index)
        case BlockKind.ITEM:
            read_item(reading, index)
        case BlockKind.PARAGRAPH:
            read_paragraph(reading, index)
    return 1


def _is_letter(reading: Reading) -> bool:
    return MAIL_HEADER.match(plain_text(reading.document.blocks[0].text)) is not None


def _read_letter(reading: Reading, block: Block) -> bool:
    """Set aside what a letter has around its content."""
    if block.kind is BlockKind.ITEM:
        return False
    text = plain_text(block.text)
    subject = SUBJECT.match(block.text)
    if subject is not None and block.text[subject.end() :].strip():
        reading.found.titled(block.text[subject.end() :].strip())
        reading.found.signpost(block, block.text, "subject of a letter")
    elif _is_letter(reading) and MAIL_HEADER.match(text) and not text.endswith("?"):
        reading.found.unplaced(block, block.text, "head of a letter")
    elif GREETING.match(text):
        reading.found.unplaced(block, block.text, "greeting")
    elif len(text.split()) <= 10 and SIGN_OFF.match(text):
        reading.found.unplaced(block, block.text, "end of a letter")
    else:
        return False
    return True
