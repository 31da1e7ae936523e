"""What is not the same in two guides: item by item, by their ids."""

import difflib
import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.knowledge.guide import Guide

#: Two texts of a list that share so much of their letters are one text that was changed.
_ALIKE = 0.6
#: Keys an item is told by, the first it has.
_NAMES = ("text", "description", "title")


class Kind(enum.StrEnum):
    """What became of an item or text between two guides."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENAMED = "renamed"  # the same text under another id
    MOVED = "moved"  # to another place in its list


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What happened.
        place: Where, in the second guide; of what was removed, in the first.
        before: The text, number or id in the first; of an item that was removed, what it is told
            by. Empty for what was added.
        after: The same in the second; empty for what was removed.
    """

    kind: Kind
    place: Place
    before: str = ""
    after: str = ""


def changes(first: Guide, second: Guide) -> tuple[Change, ...]:
    """Every difference, in the order of the second guide; what was removed comes where it was."""
    return tuple(_mappings((), _plain(first), _plain(second)))


def _plain(guide: Guide) -> dict[str, Any]:
    data: dict[str, Any] = guide.model_dump(mode="json", by_alias=True)
    return data


def _mappings(
    place: Place, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for key in after:
        yield from _values((*place, key), before.get(key), after[key])


def _values(place: Place, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, list) or isinstance(after, list):
        ours, theirs = before or [], after or []
        if any(isinstance(item, dict) for item in (*ours, *theirs)):
            yield from _items(place, ours, theirs)
        else:
            yield from _texts(place, list(map(_told, ours)), list(map(_told, theirs)))
    elif isinstance(before, dict) or isinstance(after, dict):
        keys = dict.fromkeys((*(after or {}), *(before or {})))
        for key in keys:
            yield from _values((*place, key), (before or {}).get(key), (after or {}).get(key))
    else:
        yield _change(place, _told(before), _told(after))


def _change(place: Place, before: str, after: str) -> Change:
    kind = Kind.CHANGED if before and after else Kind.ADDED if after else Kind.REMOVED
    return Change(kind, place, before, after)


# -- lists of items --------------------------------------------------------------------------------


def _items(
    place: Place, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    old = {item["id"]: item for item in before}
    new = {item["id"]: item for item in after}
    was = {name: name for name in new if name in old} | _renamed(old, new)
    known = set(was.values())
    stay = _longest_common([name for name in old if name in known], [*was.values()])
    order = list(old)
    for removed in (name for name in order if name not in known):
        yield Change(Kind.REMOVED, (*place, removed), before=_name(old[removed]))
    for name, item in new.items():
        here = (*place, name)
        if name not in was:
            yield Change(Kind.ADDED, here, after=_name(item))
            continue
        former = was[name]
        if former != name:
            yield Change(Kind.RENAMED, here, former, name)
        elif former not in stay:
            yield Change(
                Kind.MOVED, here, str(order.index(former) + 1), str([*new].index(name) + 1)
            )
        yield from _mappings(here, {**old[former], "id": name}, item)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """The former id of items that are told by the same text as one that is gone."""
    gone = {_name(item): name for name, item in old.items() if name not in new}
    return {
        name: gone.pop(_name(item))
        for name, item in new.items()
        if name not in old and _name(item) in gone
    }


def _longest_common(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """What kept its place when the rest moved around it."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return {
        name
        for block in matcher.get_matching_blocks()
        for name in before[block.a : block.a + block.size]
    }


def _name(item: Mapping[str, Any]) -> str:
    return next((str(item[key]) for key in _NAMES if item.get(key)), str(item["id"]))


# -- lists of texts --------------------------------------------------------------------------------


def _texts(place: Place, before: list[str], after: list[str]) -> Iterator[Change]:
    """Order is left alone: it means nothing in a list of sentences."""
    gone, came = list(before), []
    for text in after:
        if text in gone:
            gone.remove(text)
        else:
            came.append(text)
    for text in came:
        near = difflib.get_close_matches(text, gone, n=1, cutoff=_ALIKE)
        if near:
            gone.remove(near[0])
            yield Change(Kind.CHANGED, place, near[0], text)
        else:
            yield Change(Kind.ADDED, place, after=text)
    for text in gone:
        yield Change(Kind.REMOVED, place, before=text)


def _told(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
