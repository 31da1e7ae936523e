"""A document read: a file's blocks, without the page around them, and its language."""

from pathlib import Path

from copilot.guides.documents.language import language_of
from copilot.guides.documents.model import BlockKind, Document
from copilot.guides.documents.plain import plain_blocks


def read_document(path: Path) -> Document:
    """What stands in a document.

    Args:
        path: Plain text.

    Raises:
        DocumentError: It cannot be read; the message says why, the remedy what to do.
    """
    blocks = plain_blocks(path.read_text(encoding="utf-8-sig"))
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADING), path.stem)
    language = language_of(block.text for block in blocks)
    return Document(path.name, title, language, tuple(blocks))
