"""A web page as a tree of its elements, each text with the line it stands on.

Python's own parser reads it: it runs nothing, loads nothing, and forgives what browsers forgive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from copilot.coach.words import word_set

_VOID = word_set("area base br col embed hr img input link meta param source track wbr")
#: What begins ends these before it, up to one of the others.
_ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (word_set("li"), word_set("ul ol menu")),
    "dt": (word_set("dt dd"), word_set("dl")),
    "dd": (word_set("dt dd"), word_set("dl")),
    "tr": (word_set("tr td th"), word_set("table")),
    "td": (word_set("td th"), word_set("tr table")),
    "th": (word_set("td th"), word_set("tr table")),
    "option": (word_set("option"), word_set("select")),
}
_ENDS_A_PARAGRAPH = word_set(
    """address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hr main menu nav ol p pre section table ul"""
)
#: Nobody nests elements this deep; a page that does is read as if it did not.
_DEEPEST = 200


@dataclass(slots=True)
class Text:
    """A run of text.

    Attributes:
        text: As the page shows it, entities resolved.
        line: Of the file, counted from 1, on which it begins.
    """

    text: str
    line: int


@dataclass(slots=True)
class Element:
    """An element.

    Attributes:
        tag: In lower case.
        attributes: By name, in lower case.
        line: Of the file, counted from 1.
        parent: What it stands in; None for the page.
        children: In order.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    children: list["Element | Text"] = field(default_factory=list)
    _words: int = -1

    def elements(self) -> Iterator["Element"]:
        """All elements within, in the order of the page; not itself."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Element):
                yield child
                stack.append(iter(child.children))

    def texts(self) -> Iterator[Text]:
        """All text within, but scripts, styles and the like."""
        for child in self.children:
            if isinstance(child, Text):
                yield child
            elif child.tag not in SILENT:
                yield from child.texts()

    def words(self) -> int:
        """How many words it shows."""
        if self._words < 0:
            self._words = sum(
                len(child.text.split()) if isinstance(child, Text) else child.words()
                for child in self.children
                if isinstance(child, Text) or child.tag not in SILENT
            )
        return self._words

    def within(self, *tags: str) -> bool:
        """Whether it stands in one of these."""
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False


#: Elements that show no text of their own.
SILENT = word_set(
    "script style title template head svg math iframe object canvas video audio select datalist"
)


def page_of(text: str) -> Element:
    """The tree of a web page.

    Args:
        text: Of the whole file.
    """
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.page


class _Parser(HTMLParser):
    """Builds the tree as tags come."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Element("", {}, 1)
        self._open = [self.page]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDS_A_PARAGRAPH:
            self._end(word_set("p"), word_set("li td th div section article table blockquote"))
        if tag in _ENDED_BY:
            self._end(*_ENDED_BY[tag])
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        element.parent = self._open[-1]
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open[-1].tag == tag and tag not in _ENDS_A_PARAGRAPH:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(Text(data, self.getpos()[0]))

    def _end(self, ended: frozenset[str], border: frozenset[str]) -> None:
        """Close the innermost of some elements, and all within it, unless a border is nearer."""
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in ended:
                del self._open[at:]
                if self._open[-1].tag in ended:  # a cell, and then its row
                    self._end(ended, border)
                return
            if self._open[at].tag in border:
                return
