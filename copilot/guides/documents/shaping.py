"""Pieces of text told apart: headings, paragraphs, and items of lists with their levels."""

import re
from collections.abc import Sequence

from copilot.guides.documents.letters import CLOSING, DASHES, has_words
from copilot.guides.documents.lines import Line
from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.documents.pieces import Piece, joined, pieces_of, words_of

_LONGEST_HEADING = 90
#: A text with so many pieces and so few empty lines, of all, has none before its headings.
_ENOUGH, _FEW_GAPS = 8, 0.15
_MOST_DENSE = 8
_ENDS = re.compile(rf"[.?!…][{CLOSING}]*$")
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
        gaps = sum(piece.gap for piece in pieces)
        self._dense = len(pieces) >= _ENOUGH and gaps < _FEW_GAPS * len(pieces)
        self._titles = self._title_rows()

    def block(self, at: int) -> Block:
        piece, text = self._pieces[at], self._texts[at]
        kind, level = self._kind(at)
        number = piece.mark.number if piece.mark is not None else None
        first = piece.first
        return Block(text, first.number, kind, level, number, first.page, first.grid)

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
            row = open_rows.get(form, [])
            if not self._counts_on(row, number):
                row = open_rows[form] = []  # begins to count anew
                rows.append(row)
            row.append(at)
        found: set[int] = set()
        for row in rows:
            followed = sum(map(self._has_a_text, row))
            if 0 < len(row) <= 2 * followed:
                found.update(row)
        return found

    def _counts_on(self, row: list[int], number: int) -> bool:
        """Whether a number goes on with a row, upwards or, as ratings may, downwards."""
        numbers = [mark.number or 0 for at in row[-2:] if (mark := self._pieces[at].mark)]
        if not numbers:
            return False
        step = number - numbers[-1]
        if len(numbers) == 1:
            return step > 0 or step == -1
        return step > 0 if numbers[1] > numbers[0] else step == -1

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
        """Whether a piece without a mark heads what follows, by its form."""
        piece, text = self._pieces[at], self._texts[at]
        if piece.heading == 0 or piece.mark is not None or piece.cell is not None:
            return False
        words = len(text.split())
        if at + 1 == len(self._pieces) or len(text) > _LONGEST_HEADING or words > _MOST_WORDS:
            return False
        if text.endswith(":"):
            return words <= 6 and not text[:1].islower() and not _LEADS_IN.search(text)
        if text.endswith("?") or _NO_HEADING_ENDS_WITH.search(text) or not _begins_high(text):
            return False
        return text.isupper() or self._is_apart(at, words)

    def _is_apart(self, at: int, words: int) -> bool:
        """Whether a short line stands between empty ones, or stands out where there are none."""
        piece, after = self._pieces[at], self._pieces[at + 1]
        if self._dense and words <= _MOST_DENSE:
            return self._stands_out(at)
        return (at == 0 or piece.gap) and (after.gap or after.mark is not None)

    def _stands_out(self, at: int) -> bool:
        """Whether a short line heads what follows, in a text without empty lines."""
        after = self._pieces[at + 1]
        below = self._texts[at + 1]
        if after.mark is not None or _ENDS.search(below) or len(below) > _LONGEST_HEADING:
            return True
        return at == 0 or _ENDS.search(self._texts[at - 1]) is not None

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
