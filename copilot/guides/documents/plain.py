"""Blocks of plain text, as typed, exported, or copied from a page."""

from copilot.guides.documents.lines import lines_of
from copilot.guides.documents.model import Block
from copilot.guides.documents.shaping import blocks_of


def plain_blocks(text: str) -> list[Block]:
    """The blocks of ``text``; their lines are those of the text.

    Args:
        text: Of the whole file.
    """
    return blocks_of(lines_of(text))
