"""A page as its reader meets it: what elements, attributes and texts there are."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = {"p", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "blockquote"}
_EMPTY = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def all(self, *tags: str) -> "list[Element]":
        """Every element below, in order; those of the given tags alone if there are any."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if not tags or child.tag in tags else []
                found += child.all(*tags)
        return found

    def one(self, tag: str, **attributes: str) -> "Element":
        """The one element below that is so."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        (found,) = [each for each in self.all(tag) if wanted.items() <= each.attributes.items()]
        return found

    @property
    def text(self) -> str:
        """All text below, with single spaces."""
        # Not all that Python takes for a space: those of French are told apart.
        return re.sub(r"[ \n\t]+", " ", self._text()).strip()

    def _text(self) -> str:
        if self.tag in ("style", "script"):
            return ""
        parts = (each if isinstance(each, str) else each._text() for each in self.children)
        return f" {''.join(parts)} " if self.tag in _BLOCKS else "".join(parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"<{self.open[-1].tag}> ends with </{tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(html: str) -> Element:
    """The page; fails where an element is not closed, or closed by another's end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]
