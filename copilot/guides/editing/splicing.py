"""One change of a YAML text: what it is about is written anew, every other character stays.

A comment belongs to the item or key below it where no blank line parts them; so it goes, and moves,
with it. A comment further in than an item's dash belongs to that item.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from copilot.guides.editing.blocks import Blocks
from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.layout import Layout, layout_of, place_of
from copilot.guides.editing.scalars import in_flow, on_one_line, plain
from copilot.guides.editing.tree import (
    Entry,
    Node,
    column_of,
    comments,
    line_end,
)
from copilot.i18n import _
from copilot.knowledge.sentence import Sentence

#: An anchor or a tag before a value.
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)+")
_AFTER_COLON = re.compile(r"[ \t]*:")


class CannotSpliceError(Exception):
    """The change cannot be made without touching something else.

    Attributes:
        offset: Where in the text.
        why: In a few words.
    """

    def __init__(self, offset: int, why: str) -> None:
        self.offset, self.why = offset, why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Spliced:
    """What came of a change.

    Attributes:
        text: The whole new text.
        gone: Comments that went with what was taken away.
    """

    text: str
    gone: tuple[str, ...] = ()


def spliced(text: str, edit: Edit) -> Spliced:
    """Make one change.

    Raises:
        KeyError: It names a place that is not there.
        CannotSpliceError: It would change something else, too.
        yaml.YAMLError: The text is no YAML.
    """
    return _Splicer(text).make(edit)


class _Splicer(Blocks):
    """One text with its tree."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._layout: Layout = layout_of(text, self.root)

    def make(self, edit: Edit) -> Spliced:
        match edit.action:
            case Action.SET:
                return self._set(edit.place, edit.value)
            case Action.ADD:
                return self._add(edit.place, edit.value, edit.at)
            case Action.REMOVE:
                return self._remove(edit.place)
            case Action.MOVE:
                return self._move(edit.place, edit.value)

    # -- finding --------------------------------------------------------------------------------

    def _reach(self, place: Place) -> tuple[list[Entry], Place]:
        """The entries on the way to a place as far as there are any, and the rest of the way."""
        node, way = self.root, list[Entry]()
        for number, part in enumerate(place):
            if node.kind == "alias":
                raise _alias(node)
            found = node.entry(part)
            if found is None:
                if node.kind == "seq" or not (node.kind == "map" or node.hollow):
                    raise KeyError(part)
                return way, place[number:]
            way.append(found)
            node = found.value
        return way, ()

    def _node(self, way: list[Entry]) -> Node:
        return way[-1].value if way else self.root

    def _holder(self, way: list[Entry]) -> Node:
        return way[-2].value if len(way) > 1 else self.root

    # -- setting --------------------------------------------------------------------------------

    def _set(self, place: Place, value: Any) -> Spliced:
        way, rest = self._reach(place)
        if rest:
            return self._insert(way, rest, value)
        entry = way[-1]
        node = entry.value
        if isinstance(value, Sentence) and node.kind == "map" and node.entry("text"):
            return self._set_both(place, value)
        if self._holder(way).flow:
            return self._replaced(node, _within_brackets(node, value))
        if node.kind == "scalar" and not node.hollow and not isinstance(plain(value), dict | list):
            return self._set_scalar(entry, value)
        return self._rewrite(entry, value)

    def _set_both(self, place: Place, value: Sentence) -> Spliced:
        """Set a text and where it comes from, each in its place."""
        first = self._set((*place, "text"), str(value))
        second = spliced(first.text, Edit(Action.SET, (*place, "origin"), value.origin))
        return Spliced(second.text, first.gone + second.gone)

    def _set_scalar(self, entry: Entry, value: Any) -> Spliced:
        text, node = self.text, entry.value
        properties = _PROPERTIES.match(text, node.start, node.end)
        start = properties.end() if properties else node.start
        head_end = text.find("\n", start, node.end)
        is_block = node.style in (">", "|")
        behind = text[start : head_end if is_block else start].strip()
        if not is_block and text[node.end : line_end(text, node.end)].strip():
            return self._put(start, node.end, on_one_line(value, node.style))  # before a comment
        column = column_of(text, start)
        indent = self._indent_within(entry)
        wrapped = not node.style and "\n" in text[start : node.end]
        was_long = not is_block and not wrapped and node.end - start > self._layout.width - column
        if was_long:  # its author does not fold
            return self._put(start, node.end, on_one_line(value, node.style))
        style = ">" if wrapped else node.style
        first, *lines = self._layout.scalar(value, column, indent, style)
        if is_block and "#" in behind:
            first = f"{first} {behind[behind.index('#') :]}" if lines else first
        return self._put(start, node.end, self._joined([first, *lines]))

    def _indent_within(self, entry: Entry) -> int:
        """Where further lines of an entry's value begin; as until now, where it has some."""
        text, node = self.text, entry.value
        second = line_end(text, node.start)
        while second < node.end:
            line = text[second : line_end(text, second)]
            if line.strip():
                return len(line) - len(line.lstrip(" "))
            second = line_end(text, second)
        column = column_of(text, entry.start)
        return column + (self._layout.gap if entry.key is None else self._layout.step)

    def _rewrite(self, entry: Entry, value: Any) -> Spliced:
        """Write a key or an item anew, with its value."""
        if entry.value.hollow:
            return self._fill(entry, value)
        text, column = self.text, column_of(self.text, entry.start)
        if entry.key is None:
            lines = self._layout.item(value, column)
        else:
            lines = self._layout.entry(_key_of(entry), value, column)
        gone = comments(text, self.root, entry.start, entry.value.end)
        done = self._put(entry.start, entry.value.end, self._joined(lines).lstrip(" "))
        return Spliced(done.text, tuple(gone))

    def _fill(self, entry: Entry, value: Any) -> Spliced:
        """Give a value to what has none; a comment behind it stays behind the key."""
        text, node = self.text, entry.value
        column = column_of(text, entry.start)
        if entry.key is None:
            first, *rest = self._layout.item(value, column)
            begin = entry.start
        else:
            first, *rest = self._layout.entry(_key_of(entry), value, column)
            begin = entry.start
        stop = max(node.end, self._behind_key(entry))
        until = line_end(text, stop)
        comment = text[stop:until].strip()
        if comment and rest and first.endswith(">-"):
            first, rest = f"{first[:-2]}{on_one_line(value)}", []
        head = first.lstrip(" ") + (f"  {comment}" if comment else "")
        ending = self._layout.newline if text[stop:until].endswith("\n") else ""
        return self._put(begin, until, self._joined([head, *rest]) + ending)

    def _behind_key(self, entry: Entry) -> int:
        """Behind the colon of a key, or behind a dash."""
        if entry.key is None:
            return entry.start + 1
        colon = _AFTER_COLON.match(self.text, entry.key.end)
        return colon.end() if colon else entry.key.end

    # -- adding ---------------------------------------------------------------------------------

    def _add(self, place: Place, value: Any, at: int | None) -> Spliced:
        way, rest = self._reach(place)
        if rest:
            return self._insert(way, rest, [value])
        node = way[-1].value
        if node.hollow and self._holder(way).flow:
            return self._put(node.start, node.end, in_flow([value]))
        if node.hollow:
            return self._fill(way[-1], [value])
        return self._add_to(node, value, at)

    def _add_to(self, node: Node, value: Any, at: int | None) -> Spliced:
        """Add an item to a list that has some."""
        if node.kind == "alias":
            raise _alias(node)
        if node.kind != "seq":
            raise KeyError(at)
        index = len(node.entries) if at is None else min(max(at, 0), len(node.entries))
        if node.flow and index < len(node.entries):
            before = node.entries[index].start
            return self._put(before, before, f"{in_flow(value)}, ")
        if node.flow:
            end = node.entries[-1].value.end
            return self._put(end, end, f", {in_flow(value)}")
        if index < len(node.entries) and not self.begins_its_line(node.entries[index]):
            raise CannotSpliceError(
                node.start, _("its items share their lines with something else")
            )
        column = column_of(self.text, node.entries[0].start)
        lines, apart = self._layout.item(value, column), self._are_apart(node)
        if index < len(node.entries):
            below = [""] if apart else []
            return self._lines_at(self.span(node, index)[0], [*lines, *below])
        after = self.after(node.entries[-1].value.end, column)
        return self._lines_at(after, lines, apart=apart)

    def _are_apart(self, seq: Node) -> bool:
        """Whether blank lines stand between all items of a list."""
        pairs = pairwise(seq.entries)
        between = [self.text[a.value.end : b.start] for a, b in pairs]
        return bool(between) and all(re.search(r"\n[ \t]*\r?\n", each) for each in between)

    def _insert(self, way: list[Entry], rest: Place, value: Any) -> Spliced:
        """Set a value at the end of a way of which the first steps are there."""
        key, *further = rest
        for part in reversed(further):
            if isinstance(part, int):
                raise KeyError(part)
            value = {part: value}
        node = self._node(way)
        if isinstance(key, int) or node.kind == "alias":
            raise KeyError(key)
        if way and way[-1].name == "anchors" and key.isdigit():
            key = int(key)
        if node.hollow:
            if not way or self._holder(way).flow:
                return self._put(node.start, node.end, in_flow({key: value}))
            return self._fill(way[-1], {key: value})
        if node.flow:
            end = node.entries[-1].value.end
            written = f", {on_one_line(key, flow=True)}: {in_flow(value)}"
            return self._put(end, end, written)
        column = column_of(self.text, node.entries[0].start)
        lines = self._layout.entry(key, value, column)
        # First keys stay first: an item's dash stands before it.
        number = max(1, place_of(key, [each.name for each in node.entries]))
        return self._lines_at(self.after(node.entries[number - 1].value.end, column), lines)

    # -- taking away and moving -----------------------------------------------------------------

    def _remove(self, place: Place) -> Spliced:
        way, rest = self._reach(place)
        if rest or not way:
            raise KeyError(rest[0] if rest else "")
        entry, holder = way[-1], self._holder(way)
        index = next(i for i, each in enumerate(holder.entries) if each is entry)
        if holder.flow:
            return self._remove_in_flow(holder, index)
        if len(holder.entries) == 1:
            return self._empty(way)
        text = self.text
        if not self.begins_its_line(entry):
            if index:
                raise CannotSpliceError(entry.start, _("it shares its line with something else"))
            gone = comments(text, self.root, entry.start, entry.value.end)
            done = self._put(entry.start, holder.entries[1].start, "")
            return Spliced(done.text, tuple(gone))
        start, end = self.span(holder, index)
        gone = comments(text, self.root, start, end)
        if index + 1 < len(holder.entries):
            end = self.past_blanks(end)
        else:
            start = self.before_blanks(start)
        return Spliced(self._put(start, end, "").text, tuple(gone))

    def _remove_in_flow(self, holder: Node, index: int) -> Spliced:
        entries = holder.entries
        start, end = entries[index].start, entries[index].value.end
        if index + 1 < len(entries):
            end = entries[index + 1].start
        elif index:
            start = entries[index - 1].value.end
        return self._put(start, end, "")

    def _empty(self, way: list[Entry]) -> Spliced:
        """Take away the only entry of a mapping or list, which is empty from then on."""
        if len(way) < 2:
            raise CannotSpliceError(0, _("nothing would be left of the file"))
        above, entry = way[-2], way[-1]
        empty = " []" if entry.key is None else " {}"
        text, colon = self.text, self._behind_key(above)
        if above.key is None:
            raise CannotSpliceError(entry.start, _("nothing would be left of the item around it"))
        if not self.begins_its_line(entry):
            raise CannotSpliceError(entry.start, _("it shares its line with something else"))
        start, end = self.span(above.value, 0)
        gone = comments(text, self.root, start, end)
        left = text[:colon] + empty + text[colon:start] + text[end:]
        return Spliced(left, tuple(gone))

    def _move(self, place: Place, to: Any) -> Spliced:
        way, rest = self._reach(place)
        if rest or not way:
            raise KeyError(rest[0] if rest else "")
        holder, text = self._holder(way), self.text
        if holder.kind != "seq" or not isinstance(to, int) or not 0 <= to < len(holder.entries):
            raise KeyError(to)
        order = list(range(len(holder.entries)))
        index = next(i for i, each in enumerate(holder.entries) if each is way[-1])
        order.insert(to, order.pop(index))
        if holder.flow:
            spans = [(each.start, each.value.end) for each in holder.entries]
        elif all(map(self.begins_its_line, holder.entries)):
            spans = [self.span(holder, each) for each in range(len(order))]
        else:
            raise CannotSpliceError(
                holder.start, _("its items share their lines with something else")
            )
        chunks = [text[start:end] for start, end in spans]
        if not holder.flow:
            chunks = [c if c.endswith("\n") else c + self._layout.newline for c in chunks]
        between = [text[a[1] : b[0]] for a, b in pairwise(spans)]
        parts = [chunks[order[0]]]
        for gap, number in zip(between, order[1:], strict=True):
            parts += [gap, chunks[number]]
        return self._put(spans[0][0], spans[-1][1], "".join(parts))

    # -- writing --------------------------------------------------------------------------------

    def _replaced(self, node: Node, written: str) -> Spliced:
        gone = comments(self.text, self.root, node.start, node.end)
        return Spliced(self._put(node.start, node.end, written).text, tuple(gone))

    def _put(self, start: int, end: int, written: str) -> Spliced:
        return Spliced(self.text[:start] + written + self.text[end:])

    def _lines_at(self, offset: int, lines: list[str], *, apart: bool = False) -> Spliced:
        """Put lines before the line at an offset, or at the end of the text."""
        newline = self._layout.newline
        before = newline if offset and not self.text[:offset].endswith("\n") else ""
        blank = newline if apart else ""
        return self._put(offset, offset, before + blank + self._joined(lines) + newline)

    def _joined(self, lines: list[str]) -> str:
        return self._layout.newline.join(lines)


def _alias(node: Node) -> CannotSpliceError:
    why = _("it is the alias *{name}, and would change in both places", name=node.text)
    return CannotSpliceError(node.start, why)


def _within_brackets(node: Node, value: Any) -> str:
    """A value in brackets or braces, in the quotes of the one it replaces."""
    if node.kind == "scalar" and isinstance(value, str) and not isinstance(value, Sentence):
        return on_one_line(value, node.style, flow=True)
    return in_flow(value)


def _key_of(entry: Entry) -> Any:
    assert entry.key is not None  # noqa: S101 - whoever calls has looked
    return int(entry.name) if entry.name in ("1", "2", "3", "4") else entry.name
