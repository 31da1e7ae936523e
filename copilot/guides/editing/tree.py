"""Where each part of a YAML text stands, to the character, aliases and empty values included."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = " \t\r\n"
_KEPT = 4  # trees: of a guide and its overlay, before a change and after it


@dataclass(slots=True)
class Node:
    """A value of the text.

    Attributes:
        kind: What it is; a flow collection is one in brackets or braces.
        start: Offset of its first character, an anchor or tag before it included.
        end: Offset behind its last, blanks after it left out.
        flow: Whether it is written in brackets or braces.
        style: Of a scalar: its quote, ``>`` or ``|``; empty for a plain one.
        text: Of a scalar, what it says; of an alias, its name.
        entries: Of a mapping or list, what it holds.
    """

    kind: Literal["map", "seq", "scalar", "alias"]
    start: int
    end: int
    flow: bool = False
    style: str = ""
    text: str = ""
    entries: "list[Entry]" = field(default_factory=list)

    @property
    def hollow(self) -> bool:
        """Whether there is nothing in it: no value, ``[]`` or ``{}``."""
        if self.kind == "scalar":
            return self.start == self.end
        return self.kind != "alias" and self.flow and not self.entries

    def entry(self, key: str | int) -> "Entry | None":
        """The entry of that key or index, or in a list the one with that id; None without."""
        if self.kind == "map":
            return next((each for each in self.entries if each.name == str(key)), None)
        if isinstance(key, int):
            return self.entries[key] if -len(self.entries) <= key < len(self.entries) else None
        return next((each for each in self.entries if each.item_id == key), None)


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list.

    Attributes:
        start: Offset of the key, of the dash, or in a flow list of the item.
        key: The key; None in a list.
        value: The value.
    """

    start: int
    key: Node | None
    value: Node

    @property
    def name(self) -> str:
        """The key as it is written; empty in a list."""
        return "" if self.key is None else self.key.text

    @property
    def item_id(self) -> str:
        """The ``id`` of a listed mapping; empty where it has none."""
        found = self.value.entry("id") if self.value.kind == "map" else None
        return "" if found is None else found.value.text


@lru_cache(maxsize=_KEPT)
def parse(text: str) -> Node:
    """The tree of a text that is one YAML mapping; the same for the same text, not to be changed.

    It is kept, since whoever walks through a guide asks for the line of each part they come to.

    Raises:
        yaml.YAMLError: It is no YAML.
        ValueError: It is empty, or several documents.
    """
    events = yaml.parse(text, Loader=_Loader)
    roots = [_node(each, events, text) for each in events if isinstance(each, yaml.NodeEvent)]
    if len(roots) != 1:
        raise ValueError("one YAML document is expected")
    return roots[0]


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        return Node("alias", start, end, text=str(event.anchor))
    if isinstance(event, yaml.ScalarEvent):
        written = text[start:end].rstrip(_BLANK)
        return Node(
            "scalar", start, start + len(written), style=event.style or "", text=event.value
        )
    is_map = isinstance(event, yaml.MappingStartEvent)
    made = Node("map" if is_map else "seq", start, end, flow=bool(event.flow_style))
    reach = start
    for inner in events:
        if isinstance(inner, yaml.CollectionEndEvent):
            if made.flow:
                made.end = _stop(inner)
            break
        key = _node(inner, events, text) if is_map else None
        value = _node(next(events) if is_map else inner, events, text)
        begins = _begins(text, made, reach, value) if key is None else key.start
        made.entries.append(Entry(begins, key, value))
        reach = made.end = max(value.end, begins + 1)
    return made


def _stop(event: Any) -> int:
    """Behind an event; the library's types leave it open whether that is known."""
    return int(event.end_mark.index)


def _begins(text: str, seq: Node, reach: int, value: Node) -> int:
    """Where an item of a list begins: at its dash, where it has one."""
    if seq.flow:
        return value.start
    if seq.entries:
        column = column_of(text, seq.entries[0].start)
        line = text.find("\n", reach) + 1
        while 0 < line <= value.start:
            indented = text[line : line + column].isspace() or not column
            if indented and text[line + column : line + column + 1] == "-":
                return line + column
            line = text.find("\n", line) + 1
        return value.start
    if text[seq.start : seq.start + 1] == "-":
        return seq.start
    return seq.start + text[seq.start : value.start].rfind("-")  # an anchor stands before it


def column_of(text: str, offset: int) -> int:
    """The column of an offset, counted from 0."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Behind the line break of the line of an offset, or the end of the text."""
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def line_number(text: str, offset: int) -> int:
    """The line of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1


def comments(text: str, root: Node, start: int = 0, end: int | None = None) -> list[str]:
    """The comments of a text, or of a part of it, in their order.

    Args:
        text: The whole text.
        root: Its tree.
        start: Offset of the part.
        end: Behind it; None for the end of the text.
    """
    found: list[str] = []
    reach = 0
    for first, last in [*_scalars(root, text), (len(text), len(text))]:
        at = reach
        while (at := text.find("#", at, first)) >= 0:
            stop = min(line_end(text, at), len(text))
            if not at or text[at - 1] in _BLANK:
                if start <= at < (len(text) if end is None else end):
                    found.append(text[at:stop].rstrip(_BLANK))
                at = stop
            else:
                at += 1
        reach = last
    return found


def _scalars(node: Node, text: str) -> Iterator[tuple[int, int]]:
    """Where scalars stand, in the order of the text; behind ``>-`` a comment may stand."""
    if node.kind == "scalar":
        is_block = node.style in (">", "|")
        yield (min(line_end(text, node.start), node.end) if is_block else node.start), node.end
    for entry in node.entries:
        if entry.key is not None:
            yield from _scalars(entry.key, text)
        yield from _scalars(entry.value, text)
