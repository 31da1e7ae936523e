"""How a YAML file is laid out, and new parts laid out like it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copilot.guides.editing.scalars import WIDTH, folded, in_flow, on_one_line, plain
from copilot.guides.editing.tree import Node, column_of
from copilot.knowledge.sentence import Sentence

#: The order in which the keys of an item stand, as in the guides that ship.
# fmt: off
_ORDER = (
    "guide", "id", "language", "title", "summary", "sources", "terms", "competencies",
    "skills", "stages", "questions", "red_flags", "off_limits", "label", "kind", "weight",
    "shows_by", "description", "text", "why", "benign_reading", "anchors", "minutes", "origin",
    "phrasings", "points", "says", "not_says", "denials", "near_misses", "probe", "probes",
    "file", "note", "tips",
)
# fmt: on

#: Keys of items that name others by their ids, which stand on one line.
_OF_IDS = ("competencies", "questions")


@dataclass(frozen=True, slots=True)
class Layout:
    """How far parts are indented.

    Attributes:
        step: Columns from a mapping to one within it.
        dash: Columns from a key to the dashes of its list.
        gap: Columns from a dash to its item.
        newline: What lines end with.
        width: Column at which long texts are folded.
    """

    step: int = 2
    dash: int = 2
    gap: int = 2
    newline: str = "\n"
    width: int = WIDTH

    def entry(self, key: Any, value: Any, column: int) -> list[str]:
        """The lines of a key with its value; the first begins at ``column``."""
        head = " " * column + on_one_line(key) + ":"
        if key == "anchors":
            value = _with_numbers_as_keys(value)
        if isinstance(value, Mapping) and value:
            return [head, *self.mapping(value, column + self.step)]
        if (
            key in _OF_IDS
            and _are_texts(value)
            and not self._is_long(in_flow(value), len(head) + 1)
        ):
            return [f"{head} {in_flow(value)}"]
        if isinstance(value, list | tuple) and value:
            items = (line for each in value for line in self.item(each, column + self.dash))
            return [head, *items]
        if isinstance(value, Sentence) and self._is_long(in_flow(value), column):
            return [head, *self.mapping(plain(value), column + self.step)]
        if isinstance(value, Sentence | Mapping | list | tuple):
            return [f"{head} {in_flow(value)}"]
        first, *rest = self.scalar(value, column + len(str(key)) + 2, column + self.step)
        return [f"{head} {first}".rstrip(), *rest]

    def mapping(self, value: Mapping[Any, Any], column: int) -> list[str]:
        """The lines of a mapping's entries."""
        return [line for key, each in value.items() for line in self.entry(key, each, column)]

    def item(self, value: Any, column: int) -> list[str]:
        """The lines of a list's item; its dash stands at ``column``."""
        dash = " " * column + "-" + " " * (self.gap - 1)
        if isinstance(value, Sentence):
            written = in_flow(value)
            if not self._is_long(written, column + self.gap):
                return [dash + written]
            value = plain(value)
        if isinstance(value, Mapping) and value:
            first, *rest = self.mapping(value, column + self.gap)
            return [dash + first.lstrip(" "), *rest]
        if isinstance(value, Mapping | list | tuple):
            return [dash + in_flow(value)]
        first, *rest = self.scalar(value, column + self.gap, column + self.gap)
        return [dash + first, *rest]

    def scalar(self, value: Any, column: int, indent: int, style: str = "") -> list[str]:
        """The lines of a text or number.

        Args:
            value: It.
            column: Where its first line begins.
            indent: Where further lines would.
            style: What it was written in until now: a quote, ``>``, ``|`` or none.
        """
        if isinstance(value, str):
            written = on_one_line(value, style)
            if style in (">", "|") or (not style and self._is_long(written, column)):
                lines = folded(value, indent, width=self.width)
                if lines is not None:
                    return [">-", *lines]
            return [written]
        return [on_one_line(value)]

    def _is_long(self, written: str, column: int) -> bool:
        return column + len(written) > self.width


def layout_of(text: str, root: Node) -> Layout:
    """How most of a text is laid out."""
    steps, dashes, gaps = [], [], []
    for key_column, node in _collections(text, root):
        first = node.entries[0]
        column = column_of(text, first.start)
        if node.kind == "map" and key_column is not None:
            steps.append(column - key_column)
        elif node.kind == "seq":
            if key_column is not None:
                dashes.append(column - key_column)
            if not first.value.hollow and "\n" not in text[first.start : first.value.start]:
                gaps.append(first.value.start - first.start)
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    # The smallest step is the file's: a larger one stands where somebody lined things up.
    return Layout(
        step=_usual(steps, 2), dash=_usual(dashes, 2), gap=max(2, _usual(gaps, 2)), newline=newline
    )


def _collections(
    text: str, node: Node, key_column: int | None = None
) -> Iterator[tuple[int | None, Node]]:
    if node.entries and not node.flow:
        yield key_column, node
    for entry in node.entries:
        within = None if entry.key is None else column_of(text, entry.start)
        yield from _collections(text, entry.value, within)


def _usual(found: list[int], default: int) -> int:
    return max(set(found), key=found.count) if found else default


def place_of(key: Any, beside: list[str]) -> int:
    """Behind how many of the keys beside it a new key goes."""
    if key not in _ORDER:
        return len(beside)
    before = _ORDER[: _ORDER.index(str(key))]
    return max((number for number, name in enumerate(beside, start=1) if name in before), default=0)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _with_numbers_as_keys(value: Any) -> Any:
    """The anchors of ratings have numbers as keys, as everywhere in guides."""
    if not isinstance(value, Mapping):
        return value
    return {int(key) if str(key).isdigit() else key: each for key, each in value.items()}
