"""A document read: a file's blocks, without the page around them, and its language."""

import re
from dataclasses import replace
from pathlib import Path

from copilot.guides.documents.around import around
from copilot.guides.documents.data_files import check_is_prose
from copilot.guides.documents.decoding import text_of
from copilot.guides.documents.language import GUIDE_LANGUAGES, NAMES, language_of
from copilot.guides.documents.lines import Read, lines_of
from copilot.guides.documents.markdown import is_markdown, markdown_lines
from copilot.guides.documents.model import Block, BlockKind, Document, LeftOut
from copilot.guides.documents.opening import FileKind, bytes_of, kind_of
from copilot.guides.documents.pdf.reading import pdf_lines
from copilot.guides.documents.shaping import blocks_of
from copilot.guides.documents.trouble import DocumentError
from copilot.guides.documents.web.reading import is_page, page_lines
from copilot.guides.documents.word.reading import word_lines
from copilot.i18n import N_, _

#: Characters of text; the longest of guides has a tenth.
LONGEST = 1_000_000
_MOST_WORDS = 14
_NO_TITLE = re.compile(r"[.,:;!?]|\S[A-Z][a-z]+[A-Z]")
_EARLY = 3
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


def read_document(path: Path) -> Document:
    """What stands in a document: plain text, Markdown, a web page, PDF or Word file.

    Nothing is loaded from outside, whatever the document refers to.

    Args:
        path: The file; what it is, is told by what is in it.

    Raises:
        DocumentError: It cannot be read; the message says why, the remedy what to do.
    """
    read = _read(path)
    characters = sum(len(line.text) for line in read.lines)
    if characters > LONGEST:
        raise _too_long(path, characters)
    blocks = blocks_of(read.lines)
    if not blocks and not read.left_out:
        raise DocumentError(
            _("{path}: there is no text in it.", path=path),
            N_("Give a document with text, or paste its text into a text file."),
        )
    why = around(blocks)
    kept = _titled([block for block, reason in zip(blocks, why, strict=True) if not reason])
    left = [LeftOut(block, reason) for block, reason in zip(blocks, why, strict=True) if reason]
    if not kept:
        raise DocumentError(
            _("{path}: it holds menus, links or forms alone; there is no document.", path=path),
            N_("Save the page with the questions itself, or paste its text into a text file."),
        )
    left = sorted([*read.left_out, *left], key=lambda each: (each.block.page or 0, each.block.line))
    title = _title(kept, read.title) or path.stem
    return Document(path.name, title, _language(kept, path), kept, tuple(left))


def _read(path: Path) -> Read:
    content = bytes_of(path)
    kind = kind_of(content, path)
    if kind is FileKind.PDF:
        return pdf_lines(path)
    if kind is FileKind.WORD:
        return word_lines(content, path)
    text = text_of(content, path)
    check_is_prose(text, path)
    if is_page(text, path.name):
        return page_lines(text)
    if path.suffix.lower() in _MARKDOWN or is_markdown(text):
        return markdown_lines(text)
    return Read(lines_of(text))


def _too_long(path: Path, characters: int) -> DocumentError:
    return DocumentError(
        _(
            "{path}: it has {characters:,} characters; at most {most:,} are read.",
            path=path,
            characters=characters,
            most=LONGEST,
        ),
        N_("Give the part with the interview guide alone, as a file of its own."),
    )


def _titled(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, the first one as their title where it looks like one and no other does."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if not blocks or blocks[0].number is not None or any(block.level == 1 for block in headings):
        return tuple(blocks)
    first = blocks[0]
    short = len(first.text.split()) <= _MOST_WORDS and not _NO_TITLE.search(first.text)
    alone = len(blocks) > 1 and blocks[1].kind is not BlockKind.ITEM
    if first.kind is BlockKind.HEADING or (
        headings and first.kind is BlockKind.PARAGRAPH and short and alone
    ):
        blocks[0] = replace(first, kind=BlockKind.HEADING, level=1)
    return tuple(blocks)


def _title(blocks: tuple[Block, ...], own: str) -> str:
    """What the document calls itself: its outermost heading, else what its file says."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    first = next((block.text for block in headings if block.level == 1), "")
    early = (block.text for block in blocks[:_EARLY] if block in headings and block.number is None)
    return first or own or next(early, "")


def _language(blocks: tuple[Block, ...], path: Path) -> str:
    found = language_of(block.text for block in blocks)
    if found in GUIDE_LANGUAGES:
        return found
    remedy = N_("Guides are in English or French: translate the document first.")
    if found:
        language = _(NAMES[found])
        message = _("{path}: it seems to be in {language}.", path=path, language=language)
        raise DocumentError(message, remedy)
    raise DocumentError(_("{path}: it is neither in English nor in French.", path=path), remedy)
