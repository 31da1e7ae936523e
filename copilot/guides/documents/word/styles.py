"""What the styles of a Word file say of a paragraph: a heading, a list, bold."""

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|titre|überschrift)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titre)$", re.IGNORECASE)
_SUBTITLE = re.compile(r"(?:subtitle|sous-titre)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm)(?:\s*[1-9]|\s*heading)$", re.IGNORECASE)
_LISTED = re.compile(r"(?:list|liste)\s*(bullet|number|à puces|à numéros|)\s*([2-9])?", re.I)
_DEEPEST = 12


class Styles:
    """The styles of one file, each with those it is based on."""

    def __init__(self, styles: Any) -> None:
        """Note them.

        Args:
            styles: The root of the file's part with styles.
        """
        self._styles = {each.get(_W + "styleId"): each for each in styles.iter(_W + "style")}

    def heading(self, paragraph: Any) -> int:
        """The level of a heading; 0 where a paragraph is none."""
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None:
            return _level(own)
        for style in self.chain(paragraph):
            name = self._name(style)
            found = _HEADING.match(name)
            if found is not None:
                return int(found[1])
            if _TITLE.match(name):
                return 1
            if _SUBTITLE.match(name):
                return 0
            outline = style.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return _level(outline)
        return 0

    def is_title(self, paragraph: Any) -> bool:
        """Whether a paragraph is the title of the whole."""
        return any(_TITLE.match(self._name(style)) for style in self.chain(paragraph))

    def is_contents(self, paragraph: Any) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_CONTENTS.match(self._name(style)) for style in self.chain(paragraph))

    def is_bold(self, paragraph: Any) -> bool:
        """Whether all text of a paragraph is bold."""
        by_style = any(_is_on(style.find(f"{_W}rPr/{_W}b")) for style in self.chain(paragraph))
        runs = [
            run
            for run in paragraph.iter(_W + "r")
            if any((text.text or "").strip() for text in run.iter(_W + "t"))
        ]
        own = [run.find(f"{_W}rPr/{_W}b") for run in runs]
        return bool(runs) and all(by_style if bold is None else _is_on(bold) for bold in own)

    def listed(self, paragraph: Any) -> tuple[bool, int] | None:
        """Whether a list's style counts its items, and how deep it nests; None for no list."""
        for style in self.chain(paragraph):
            found = _LISTED.match(self._name(style))
            if found is not None and not self._name(style).lower().startswith("list paragraph"):
                return "num" in found[1].lower(), int(found[2] or 1) - 1
        return None

    def chain(self, paragraph: Any) -> list[Any]:
        """The style of a paragraph, and those it is based on, nearest first."""
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = None if named is None else named.get(_W + "val")
        found: list[Any] = []
        while name in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[name])
            base = self._styles[name].find(_W + "basedOn")
            name = None if base is None else base.get(_W + "val")
        return found

    @staticmethod
    def _name(style: Any) -> str:
        name = style.find(_W + "name")
        return "" if name is None else str(name.get(_W + "val"))


def _level(outline: Any) -> int:
    """Word counts from 0, and body text is 9."""
    value = outline.get(_W + "val") or ""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def _is_on(element: Any) -> bool:
    return element is not None and element.get(_W + "val") not in ("0", "false", "off", "none")
