"""The lines of a text, and which of them go on in the next one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.guides.documents.letters import tidy

_LINE_END = re.compile(r"\r\n|\r|\n")
_TAB = 4
#: An indentation or an e-mail's marks of what is quoted.
_MARGIN = re.compile(r"(?:[ \t]*>)*[ \t]*")
#: Lines longer than this were not broken by whoever wrote them.
_WIDEST = 110
#: Lines shorter than this say nothing about where lines are broken.
_NARROWEST = 40
#: So many lines must have been broken before their width is believed.
_ENOUGH = 4
#: Words that no sentence, heading or item ends with.
_GOES_ON = re.compile(
    r"""(?:[,;(/&–—]|\b(?:a|an|the|of|and|or|to|for|with|in|on|by|at|from|that|your|their|its|our
    |le|la|les|un|une|des|du|de|et|ou|à|au|aux|en|avec|pour|par|sur|dans|que|qui|vos|votre|leur|son
    |sa|ses))$""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!:…][)\]»”\"'’]*$")
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
        heading: What its font says: the level of a heading, 0 for none; None where fonts say
            nothing.
    """

    text: str
    number: int
    indent: int = 0
    gap: bool = False
    page: int | None = None
    heading: int | None = None


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
            for line, after in zip(lines, lines[1:], strict=False)
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
        if _LABEL.match(after.text) or line.text.endswith(":"):
            return False
        if _GOES_ON.search(line.text) and not _ENDS.search(line.text):
            return True
        if line.text.endswith("-") and begins_low:
            return True
        first = after.text.split(maxsplit=1)[0]
        full = self.width > 0 and line.indent + len(line.text) + 1 + len(first) > self.width - 2
        if begins_low:
            return full or len(line.text) > 0.6 * (self.width or _WIDEST)
        if not full or line.text.endswith("?"):
            return False
        return self.sure or not _ENDS.search(line.text)
