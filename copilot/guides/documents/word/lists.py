"""The lists of a Word file: which level a paragraph is on, and what number Word shows for it."""

from dataclasses import dataclass
from typing import Any

from copilot.guides.documents.word.styles import Styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NO_NUMBER = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph's place in a list.

    Attributes:
        level: From 0, the outermost.
        number: What Word counts; None for bullets.
    """

    level: int
    number: int | None


class Lists:
    """Counts the items of a file's lists as Word does."""

    def __init__(self, document: Any) -> None:
        """Note how each list counts.

        Args:
            document: python-docx's.
        """
        self._kinds: dict[tuple[str, int], str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        numbering = _numbering(document)
        if numbering is None:
            return
        kinds = {
            each.get(_W + "abstractNumId"): each for each in numbering.iter(_W + "abstractNum")
        }
        for number in numbering.iter(_W + "num"):
            name = number.get(_W + "numId")
            kind = number.find(_W + "abstractNumId")
            abstract = kinds.get(kind.get(_W + "val")) if kind is not None else None
            for level in abstract.iter(_W + "lvl") if abstract is not None else ():
                at = (name, int(level.get(_W + "ilvl") or 0))
                self._kinds[at] = _value(level, "numFmt") or "decimal"
                start = _value(level, "start")
                self._starts[at] = int(start) if start.isdecimal() else 1

    def place(self, paragraph: Any, styles: Styles) -> Listed | None:
        """A paragraph's place in its list; None outside of lists. Counts on.

        Args:
            paragraph: The next one of the file.
            styles: Of the file.
        """
        for holder in (paragraph, *styles.chain(paragraph)):
            numbered = holder.find(f"{_W}pPr/{_W}numPr")
            if numbered is not None:
                name = _value(numbered, "numId")
                level = _value(numbered, "ilvl")
                if name == "0":
                    return None  # taken out of its style's list
                if name:
                    return self._count(
                        name, int(level) if level.isdecimal() else 0, styles, paragraph
                    )
        return self._by_style(paragraph, styles)

    def _count(self, name: str, level: int, styles: Styles, paragraph: Any) -> Listed:
        by_style = styles.listed(paragraph)
        depth = max(level, by_style[1]) if by_style is not None else level
        if self._kinds.get((name, level), "bullet") in _NO_NUMBER:
            return Listed(depth, None)
        number = self._counts.get((name, level), self._starts[name, level] - 1) + 1
        self._counts[name, level] = number
        for deeper in range(level + 1, 9):
            self._counts.pop((name, deeper), None)
        return Listed(depth, number)

    def _by_style(self, paragraph: Any, styles: Styles) -> Listed | None:
        found = styles.listed(paragraph)
        if found is None:
            return None
        counted, level = found
        if not counted:
            return Listed(level, None)
        number = self._counts.get(("", level), 0) + 1
        self._counts["", level] = number
        return Listed(level, number)


def _numbering(document: Any) -> Any:
    """The root of the part with lists; None in a file without one."""
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("/numbering.xml"):
            return part.element
    return None


def _value(element: Any, name: str) -> str:
    found = element.find(_W + name)
    return "" if found is None else str(found.get(_W + "val") or "")
