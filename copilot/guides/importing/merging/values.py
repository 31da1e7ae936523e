"""Texts and other values of outlines, compared with their origins."""

from collections.abc import Sequence
from typing import Any

from copilot.guides.importing.merging.likeness import likeness
from copilot.guides.importing.outline import Outline
from copilot.knowledge.sentence import origin_of

_ALIKE = 0.6


def equal(value: Any, other: Any) -> bool:
    """Whether two values say the same and name the same line."""
    if isinstance(value, dict) and isinstance(other, dict):
        return {str(key): _full(each) for key, each in value.items()} == {
            str(key): _full(each) for key, each in other.items()
        }
    return bool(_full(value) == _full(other))


def _full(value: Any) -> Any:
    return (str(value), origin_of(value)) if isinstance(value, str) else value


def as_text(value: Any) -> str:
    """A value for people."""
    if isinstance(value, dict):
        return " / ".join(str(each) for each in value.values())
    return str(value)


def origin_in(value: Any, item: Outline) -> str:
    """Where a value of an item comes from."""
    return (origin_of(value) if isinstance(value, str) else "") or item_origin(item)


def item_origin(item: Outline) -> str:
    """Where an item comes from; that of its text in an overlay."""
    text = item.get("text") or item.get("description") or ""
    return str(item.get("origin") or origin_of(text))


def paired(new: Sequence[str], old: Sequence[str]) -> dict[int, int]:
    """Which texts of two lists are the same, or one is the other with some words changed."""
    pairs: dict[int, int] = {}
    for least in (1.0, _ALIKE):
        for number, text in enumerate(new):
            left = [each for each in range(len(old)) if each not in pairs.values()]
            if number in pairs or not left:
                continue
            nearest = max(left, key=lambda each: likeness(text, old[each]))
            if likeness(text, old[nearest]) >= least:
                pairs[number] = nearest
    return pairs


def index_of(texts: Sequence[str], text: str) -> int:
    """Where a text stands in a list; -1 where it does not."""
    return texts.index(text) if text in texts else -1
