"""Pieces of text told apart: headings, paragraphs, and items of lists with their levels."""

import re
from collections.abc import Sequence

from copilot.guides.documents.letters import CLOSING, DASHES, has_words
from copilot.guides.documents.lines import Line
from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.documents.pieces import Piece, joined, pieces_of, words_of

_LONGEST_HEADING = 90
_MOST_WORDS = 14
_LONGEST_QUESTION = 300
_NO_HEADING_ENDS_WITH = re.compile(rf"[.,;!…{DASHES}][{CLOSING}]*$")
#: Words of a sentence that leads in to a list, which a heading with a colon has none of.
_LEADS_IN = re.compile(
    r"""\b(?:you|your|you'?d|they|we|it|this|these|here|like|such|as|includ\w*|cover|discuss|share
    |show|mention|highlight|emphasi\w+|may|can|should|is|are|vous|votre|vos|tels?|telles?|comme
    |notamment|ils?|elles?|on|nous|ceci|cela|voici|suivant\w*|following|peut|peuvent|doit
    |doivent)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_TITLE, _SECTION, _BELOW = 1, 2, 3


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a text, in order.

    Args:
        lines: Those that are not empty.
    """
    known = words_of(lines)
    pieces = pieces_of(lines)
    texts = [joined(piece.texts, known) for piece in pieces]
    shaper = _Shaper(pieces, texts)
    return [shaper.block(at) for at in range(len(pieces)) if has_words(texts[at])]


class _Shaper:
    """Tells what each piece is, by its form and by what stands around it."""

    def __init__(self, pieces: list[Piece], texts: list[str]) -> None:
        self._pieces = pieces
        self._texts = texts
        self._section = 0  # the level of the last heading without a number
        self._lists: list[int] = []  # the indentations of the lists that are open
        self._titles = self._title_rows()

    def block(self, at: int) -> Block:
        piece, text = self._pieces[at], self._texts[at]
        kind, level = self._kind(at)
        number = piece.mark.number if piece.mark is not None else None
        first = piece.first
        return Block(text, first.number, kind, level, number, first.page)

    def _kind(self, at: int) -> tuple[BlockKind, int]:
        piece = self._pieces[at]
        if piece.heading and len(self._texts[at]) <= _LONGEST_QUESTION:
            return self._heading(piece.heading)
        if piece.cell is not None:
            self._lists.clear()
            return BlockKind.ITEM, min(piece.cell, 1)
        listed = piece.first.listed
        if piece.mark is not None:
            if self._titled(at):
                return self._heading((self._section or _TITLE) + 1, numbered=True)
            return BlockKind.ITEM, self._depth(piece) if listed is None else listed
        if self._is_heading(at):
            return self._heading(self._level(at))
        if piece.first.indent <= (self._lists[0] if self._lists else 0):
            self._lists.clear()
        return BlockKind.PARAGRAPH, 0

    def _heading(self, level: int, *, numbered: bool = False) -> tuple[BlockKind, int]:
        self._lists.clear()
        if not numbered:
            self._section = level
        return BlockKind.HEADING, level

    def _depth(self, piece: Piece) -> int:
        """How deep an item nests, by the indentations of those above it."""
        if piece.mark is not None and piece.mark.depth:
            return piece.mark.depth
        indent = piece.first.indent
        while self._lists and self._lists[-1] > indent:
            self._lists.pop()
        if not self._lists or indent >= self._lists[-1] + 2:
            self._lists.append(indent)
        return len(self._lists) - 1

    def _titled(self, at: int) -> bool:
        """Whether a numbered piece is a heading: text of its own follows it, no next number."""
        piece, length = self._pieces[at], len(self._texts[at])
        if piece.mark is None or piece.mark.number is None or piece.cell is not None:
            return False
        if piece.alone:
            return length <= _LONGEST_HEADING
        return length <= _LONGEST_QUESTION and at in self._titles

    def _title_rows(self) -> set[int]:
        """The places of numbered pieces in rows of which most have a text of their own."""
        rows: list[list[int]] = []
        open_rows: dict[tuple[int, int | None], list[int]] = {}
        for at, piece in enumerate(self._pieces):
            number = piece.mark.number if piece.mark is not None else None
            if number is None:
                continue
            form = (piece.first.indent, piece.first.listed)
            row = open_rows.get(form)
            last = self._pieces[row[-1]].mark if row else None
            if row is None or last is None or number <= (last.number or 0):
                row = open_rows[form] = []  # begins to count anew
                rows.append(row)
            row.append(at)
        found: set[int] = set()
        for row in rows:
            followed = sum(map(self._has_a_text, row))
            if 0 < len(row) <= 2 * followed:
                found.update(row)
        return found

    def _has_a_text(self, at: int) -> bool:
        """Whether a paragraph, or a list that is no part of this one, follows a piece."""
        if at + 1 >= len(self._pieces):
            return False
        piece, after = self._pieces[at], self._pieces[at + 1]
        if after.mark is None:
            return not after.heading and not self._is_heading(at + 1)
        if after.first.listed is not None:
            return after.first.listed <= (piece.first.listed or 0) and after.mark.bullet
        return after.mark.bullet and after.gap and piece.gap

    def _is_heading(self, at: int) -> bool:
        piece, text = self._pieces[at], self._texts[at]
        if piece.heading == 0 or piece.mark is not None or piece.cell is not None:
            return False
        if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_WORDS:
            return False
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        before = self._pieces[at - 1] if at else None
        if text.endswith(":"):
            short = len(text.split()) <= 6 and not text[:1].islower()
            return short and not _LEADS_IN.search(text) and after is not None
        if text.endswith("?") or _NO_HEADING_ENDS_WITH.search(text) or not _begins_high(text):
            return False
        if after is None or (before is not None and not piece.gap):
            return text.isupper() and after is not None
        return after.gap or (after.mark is not None) or text.isupper()

    def _level(self, at: int) -> int:
        if at == 0:
            return _TITLE
        before = self._texts[at - 1]
        if before.endswith(":") and not self._pieces[at - 1].heading:
            return _BELOW
        if self._section == _BELOW and self._only_a_list_follows(at):
            return _BELOW
        return _SECTION

    def _only_a_list_follows(self, at: int) -> bool:
        after = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        return after is not None and after.mark is not None and after.mark.bullet


def _begins_high(text: str) -> bool:
    letter = next((sign for sign in text if sign.isalpha()), "")
    return letter.isupper() or text[:1].isdigit() or not letter.islower()
