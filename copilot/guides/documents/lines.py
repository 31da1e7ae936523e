"""The lines of a text, and which of them go on in the next one."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.guides.documents.letters import CLOSING, DASHES, SOFT_HYPHEN, on_one_line, tidy
from copilot.guides.documents.model import Block, BlockKind, LeftOut

_LINE_END = re.compile(r"\r\n|\r|\n")
_TAB = 4
#: An indentation or an e-mail's marks of what is quoted.
_MARGIN = re.compile(r"(?:[ \t]*>)*[ \t]*")
#: Lines longer than this were not broken by whoever wrote them.
_WIDEST = 110
#: Lines shorter than this say nothing about where lines are broken.
_NARROWEST = 55
#: So many lines must have been broken before their width is believed.
_ENOUGH = 4
#: Words of a line that is no entry of a list, when the next one begins in lower case.
_SENTENCE = 5
#: Words that no sentence, heading or item ends with.
_GOES_ON = re.compile(
    rf"""(?:[;(/&{DASHES}]|\b(?:a|an|the|of|and|or|to|for|with|in|on|by|at|from|that|your|their|its|our
    |le|la|les|un|une|des|du|de|et|ou|à|au|aux|en|avec|pour|par|sur|dans|que|qui|vos|votre|leur|son
    |sa|ses))$""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = re.compile(rf"[.?!:…][{CLOSING}]*$")
#: Begins with a label of its own, as an answer under its question.
_LABEL = re.compile(r"(?:[QAR]|Question|Answer|Réponse|R[ée]p)\s?:\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has something on it.

    Attributes:
        text: Without its indentation, characters made plain.
        number: Counted from 1; on its page, where there is one.
        indent: In characters.
        gap: Whether an empty line stands before it.
        page: Counted from 1; None without pages.
        heading: What its markup or font says: the level of a heading, 0 for none; None where they
            say nothing.
        listed: How deep its markup nests it in lists, 0 for the outermost; None outside of them.
        count: The number that its markup gives it; None without one.
        cell: Its place in the row of a table, from 0; None outside of them.
        grid: Row and column of that cell, empty ones counted, from 0; None where nothing tells.
        full: Whether the next line's first word had no room on it; None where nothing tells.
        turn: Whether it is the first one of a page or column.
    """

    text: str
    number: int
    indent: int = 0
    gap: bool = False
    page: int | None = None
    heading: int | None = None
    listed: int | None = None
    count: int | None = None
    cell: int | None = None
    grid: tuple[int, int] | None = None
    full: bool | None = None
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found in a file.

    Attributes:
        lines: Of the document, in the order of reading.
        left_out: What is not part of it, by its markup or its place on the page.
        title: What the file calls itself; empty where it does not.
    """

    lines: Sequence[Line]
    left_out: Sequence[LeftOut] = ()
    title: str = ""


def left_out(line: Line, why: str) -> LeftOut:
    """A line that belongs to the page around the document.

    Args:
        line: What stands there.
        why: It does.
    """
    block = Block(on_one_line(line.text), line.number, BlockKind.PARAGRAPH, page=line.page)
    return LeftOut(block, why)


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that are not empty, numbered as editors number them."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        line = tidy(raw).rstrip()
        margin = _MARGIN.match(line)
        end = margin.end() if margin else 0
        if not line[end:]:
            gap = True
            continue
        indent = len(line[:end].expandtabs(_TAB))
        lines.append(Line(line[end:], number, indent, gap))
        gap = False
    return lines


@dataclass(frozen=True, slots=True)
class Wrapping:
    """Where this text's lines are broken.

    Attributes:
        width: In characters; 0 for a text with a paragraph a line.
        sure: Whether enough lines show it.
    """

    width: int = 0
    sure: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Wrapping":
        """What the lines that another one follows show."""
        lengths = sorted(
            line.indent + len(line.text)
            for line, after in itertools.pairwise(lines)
            if not after.gap and after.page == line.page
        )
        if not lengths:
            return cls()
        width = lengths[int(0.9 * (len(lengths) - 1))]
        if not _NARROWEST <= width <= _WIDEST:
            return cls()
        full = sum(length > width * 0.75 for length in lengths)
        return cls(width, sure=full >= _ENOUGH and full >= 0.3 * len(lengths))

    def joins(self, line: Line, after: Line) -> bool:
        """Whether ``line`` goes on in ``after``, which begins with no mark.

        Args:
            line: A line that is no heading.
            after: The next one, with no empty line between.
        """
        begins_low = after.text[:1].islower()
        ends = _ENDS.search(line.text) is not None
        if _LABEL.match(after.text) or line.text.endswith(":"):
            return False
        if after.turn:
            return begins_low and not ends
        if begins_low and line.text.endswith(("-", SOFT_HYPHEN)):
            return True
        long = len(line.text) > 0.6 * (self.width or _WIDEST)
        if line.text.endswith(",") or (
            not ends and (begins_low or long) and _GOES_ON.search(line.text)
        ):
            return True
        full = self._is_full(line, after)
        if begins_low:
            return full or long or (not ends and len(line.text.split()) >= _SENTENCE)
        return full and not line.text.endswith("?") and (self.sure or line.full is not None)

    def _is_full(self, line: Line, after: Line) -> bool:
        """Whether the next line's first word had no room."""
        if line.full is not None:
            return line.full
        first = after.text.split(maxsplit=1)[0]
        length = line.indent + len(line.text) + 1 + len(first)
        return self.width > 0 and length > self.width - 2
