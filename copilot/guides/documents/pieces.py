"""Lines put together: what was broken over several lines is one piece again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from copilot.coach.words import word_set
from copilot.guides.documents.letters import DASHES, HYPHENS, SOFT_HYPHEN, has_words, on_one_line
from copilot.guides.documents.lines import Line, Wrapping
from copilot.guides.documents.marks import Mark, Series, lone_number, mark_of, numbered_cells

_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|_{3,}|\*{3,})$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Beginnings that keep their hyphen where a line is broken behind it.
_KEEPS_HYPHEN = word_set(
    """all cross co e ex full hands high in long low mid multi non off on one part post pre re real
    self semi short sub third top two up well après arrière au avant celui celle chef contre demi
    entre peut quasi rendez savoir sous vice"""
)
_DASH = re.compile(rf"[{DASHES}]")
_BROKEN = re.compile(rf"\w[{HYPHENS}]$")
_CLOSED = re.compile(r"[.?!:]$")
#: A few words with a colon behind a whole sentence: they lead in what follows.
_LEAD = re.compile(r"[A-ZÀ-Ý][^.?!:;,]*(?: [^.?!:;,\s]+){0,6} ?:$")
_HEADING_WIDTH = 100


@dataclass(slots=True)
class Piece:
    """A heading, paragraph or item, put together of its lines.

    Attributes:
        lines: Those it stands on.
        mark: What it begins with; None for a word.
        alone: Whether its number stood on a line of its own, above it.
        heading: Its level where underlined or set as a heading, 0 where its font says it is none.
        cell: Its place in a row of a table, from 0; None outside of one.
        texts: What stands on its lines, without the mark.
    """

    lines: list[Line]
    mark: Mark | None = None
    alone: bool = False
    heading: int | None = None
    cell: int | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """The line it begins on."""
        return self.lines[0]

    @property
    def gap(self) -> bool:
        """Whether an empty line stands before it."""
        return self.first.gap


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of a text, in order.

    Args:
        lines: Those that are not empty.
    """
    maker = _Maker(lines)
    for line in lines:
        maker.take(line)
    maker.close()
    return maker.pieces


def joined(texts: Sequence[str], known: frozenset[str]) -> str:
    """The lines of a piece as one, words that were broken whole again.

    Args:
        texts: Its lines.
        known: The words of the whole document, in lower case.
    """
    parts: list[str] = []
    for text in texts:
        last = parts[-1] if parts else ""
        if last.endswith(SOFT_HYPHEN):
            parts[-1] = last[:-1]
        elif text[:1].islower() and _BROKEN.search(last[-2:]):
            left, right = last.split()[-1][:-1], text.split()[0]
            if not _stays(left, right, known):
                parts[-1] = last[:-1]
        elif parts:
            parts.append(" ")
        parts.append(text)
    return on_one_line("".join(parts))


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a document, in lower case; those broken at a line's end are none."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(_whole(line.text)))


def _whole(text: str) -> str:
    """A line without the word that is broken at its end."""
    return text.rpartition(" ")[0] if _BROKEN.search(text[-2:]) else text


def _stays(left: str, right: str, known: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end is part of the word."""
    left = re.split(r"[^\w-]", left)[-1].lower()
    right = (_WORD.match(right) or [""])[0].lower()
    if left + right in known:
        return False
    if f"{left}-{right}" in known or "-" in left:
        return True
    return left in _KEEPS_HYPHEN or (left in known and right in known)


def _badges(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that hold only a number and count: 1, 2 and so on."""
    lone = [(at, lone_number(line.text)) for at, line in enumerate(lines)]
    counted: list[int] = []
    wanted = 1
    for at, number in lone:
        if number == wanted and at + 1 < len(lines):
            counted.append(lines[at].number)
            wanted += 1
    return frozenset(counted) if len(counted) > 1 else frozenset()


class _Maker:
    """Puts lines together, one after the other."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.pieces: list[Piece] = []
        self._series = Series.of(line.text for line in lines)
        self._wrapping = Wrapping.of(lines)
        self._badges = _badges(lines)
        # One tab may be anything; two lines with some are rows.
        self._tables = sum("\t" in line.text for line in lines) > 1
        self._waiting: tuple[Line, Mark] | None = None  # a mark on a line of its own

    def take(self, line: Line) -> None:
        if self._underlines(line):
            return
        if not has_words(line.text) and mark_of(line.text, self._series) is None:
            return
        if (line.listed, line.cell, line.count) != (None, None, None):
            self._flush()
            self._begin(line, self._from_markup(line))
            return
        mark = self._mark(line)
        if mark is not None and (not mark.rest or mark.rest == str(mark.number)):
            self._flush()
            self._waiting = (line, mark)
            return
        if mark is None and self._waiting is not None:
            self._title(line)
        elif mark is None and self._goes_on(line):
            self.pieces[-1].lines.append(line)
            self.pieces[-1].texts.append(line.text)
        else:
            self._flush()
            self._begin(line, mark)

    def close(self) -> None:
        """Keep a number that nothing followed."""
        self._flush()

    def _flush(self) -> None:
        if self._waiting is None:
            return
        line, _ = self._waiting
        self._waiting = None
        if has_words(line.text):
            self.pieces.append(Piece([line], texts=[line.text]))

    def _mark(self, line: Line) -> Mark | None:
        mark = mark_of(line.text, self._series)
        if mark is None and line.number in self._badges:
            return Mark(lone_number(line.text), "")
        if mark is not None and self._only_looks_like_one(line, mark):
            return None
        return mark

    def _from_markup(self, line: Line) -> Mark | None:
        """The mark of an item or cell; what its text begins with counts as well."""
        own = mark_of(line.text, self._series)
        if own is not None and own.rest:
            return own if own.number is not None else replace(own, number=line.count)
        if line.listed is None and line.count is None:
            return None
        return Mark(line.count, line.text, bullet=line.count is None)

    def _only_looks_like_one(self, line: Line, mark: Mark) -> bool:
        """Whether a sentence goes on behind a dash or a number that a line began with."""
        if line.gap or not self.pieces or mark.asked or not mark.rest[:1].islower():
            return False
        last = self.pieces[-1].lines[-1]
        dash = mark.bullet and _DASH.match(line.text) is not None
        return (
            (dash or mark.number is not None)
            and self._wrapping.joins(last, replace(line, text=mark.rest))
            and self.pieces[-1].mark is None
        )

    def _underlines(self, line: Line) -> bool:
        """Take a row of signs below a short line for what makes it a heading."""
        if not _UNDERLINE.match(line.text):
            return False
        if self.pieces and not line.gap:
            above = self.pieces[-1]
            alone = len(above.lines) == 1 and len(above.first.text) <= _HEADING_WIDTH
            if alone and not (above.mark and above.mark.bullet):
                above.heading = 1 if line.text[0] == "=" else 2
        return True

    def _title(self, line: Line) -> None:
        assert self._waiting is not None  # noqa: S101 - asked for by the caller
        above, mark = self._waiting
        self._waiting = None
        piece = Piece([line], replace(mark, rest=line.text), heading=line.heading)
        piece.alone = mark.number is not None
        piece.lines[0] = replace(line, gap=above.gap, indent=above.indent)
        piece.texts = [line.text]
        self.pieces.append(piece)

    def _goes_on(self, line: Line) -> bool:
        if not self.pieces or (line.gap and not line.turn) or self._waiting is not None:
            return False
        piece = self.pieces[-1]
        last = piece.lines[-1]
        leads = _CLOSED.search(last.text) is not None and _LEAD.match(line.text) is not None
        if piece.cell is not None or (self._tables and "\t" in line.text) or leads:
            return False
        if piece.heading or line.heading:
            return piece.heading == line.heading and not _CLOSED.search(last.text)
        if piece.mark is not None and not line.turn:
            if line.indent > piece.first.indent and not piece.alone:
                return True
            if line.indent < piece.first.indent and not line.text[:1].islower():
                return False
        return self._wrapping.joins(last, line)

    def _begin(self, line: Line, mark: Mark | None) -> None:
        text = line.text if mark is None else mark.rest
        cells, number = numbered_cells(cell.strip() for cell in text.split("\t"))
        counted = None if number is None else Mark(number, "")
        if not self._tables or (len(cells) < 2 and number is None):
            piece = Piece([line], mark, heading=line.heading, cell=line.cell)
            piece.texts.append(text.strip())
            self.pieces.append(piece)
            return
        for at, cell in enumerate(cells):
            own = (mark or counted) if at == 0 else None
            self.pieces.append(Piece([line], own, cell=at, texts=[cell]))
