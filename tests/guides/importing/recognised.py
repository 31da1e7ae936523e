"""Helpers for tests of recognising: documents by hand, and where each word of one went."""

import re
from collections import Counter
from collections.abc import Sequence

from copilot.guides.documents.model import Block, BlockKind, Document
from copilot.guides.importing.draft import Draft, Item
from copilot.knowledge.phrases import folded

_WORD = re.compile(r"[^\W_]+")
#: They join the parts of an enumeration, and go where these become items.
_JOINING = frozenset(("and", "or", "et", "ou"))


def document(*blocks: Block, language: str = "en", title: str = "Head gardener") -> Document:
    return Document("notes.txt", title, language, tuple(blocks))


def lines(text: str, language: str = "en", title: str = "Head gardener") -> Document:
    """A document written as Markdown: ``#`` headings, ``-`` and ``1.`` items, else paragraphs."""
    blocks = []
    for number, line in enumerate(text.strip("\n").splitlines(), 1):
        if not line.strip():
            continue
        indent = (len(line) - len(line.lstrip())) // 2
        heading = re.match(r"(#+) (?:(\d+)[.)] )?(.+)", line)
        item = re.match(r"\s*(?:-|(\d+)[.)]) (.+)", line)
        if heading:
            of = int(heading[2]) if heading[2] else None
            blocks.append(Block(heading[3], number, BlockKind.HEADING, len(heading[1]), of))
        elif item:
            of = int(item[1]) if item[1] else None
            blocks.append(Block(item[2], number, BlockKind.ITEM, indent, of))
        else:
            blocks.append(Block(line.strip(), number, BlockKind.PARAGRAPH))
    return document(*blocks, language=language, title=title)


def texts_at(draft: Draft, origin: str) -> list[str]:
    """Every text of a draft that comes from a line, labels left out."""
    items: list[Item] = [*draft.competencies, *draft.skills, *draft.stages, *draft.questions]
    items += draft.red_flags
    items += [point for question in draft.questions for point in question.points]
    tips = [*draft.tips]
    tips += [tip for question in draft.questions for tip in question.tips]
    tips += [tip for stage in draft.stages for tip in stage.tips]
    for competency in draft.competencies:
        tips += competency.anchors
    found = [item.text for item in items if item.origin == origin]
    found += [tip.text for tip in tips if tip.origin == origin]
    found += [
        note.block.text for note in (*draft.unplaced, *draft.signposts) if note.origin == origin
    ]
    return found


def words(texts: list[str]) -> Counter[str]:
    """How often each word stands in texts."""
    return Counter(w for text in texts for w in _WORD.findall(folded(text)) if w not in _JOINING)


def everything(draft: Draft) -> list[str]:
    """Every text of a draft, its summary and what stands in several lines included."""
    origins = {note.origin for note in (*draft.unplaced, *draft.signposts)}
    groups: tuple[Sequence[Item], ...] = (draft.competencies, draft.skills, draft.stages)
    for group in (*groups, draft.questions, draft.red_flags):
        origins |= {item.origin for item in group}
    origins |= {point.origin for question in draft.questions for point in question.points}
    origins |= {tip.origin for tip in draft.tips}
    origins |= {tip.origin for question in draft.questions for tip in question.tips}
    origins |= {tip.origin for stage in draft.stages for tip in stage.tips}
    for competency in draft.competencies:
        origins |= {tip.origin for tip in competency.anchors}
    return [
        draft.summary,
        *(text for origin in sorted(origins) for text in texts_at(draft, origin)),
    ]
