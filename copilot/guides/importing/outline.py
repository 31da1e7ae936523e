"""What a guide's YAML says, as plain data, so that two of them can be compared and merged.

Mappings, lists, texts and numbers; a text with an origin of its own is a ``Sentence``. An overlay
has the same form here: its items stand in lists, each with its id, as those of a guide do.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.knowledge.sentence import Sentence

Outline = dict[str, Any]

#: The lists of items, in the order of a guide's file.
GROUPS = ("competencies", "skills", "stages", "questions", "red_flags")

#: What an overlay has no place for: it is said once, in the guide.
NOT_IN_OVERLAYS = ("origin", "kind", "minutes", "competencies", "questions")


def text_of(item: Mapping[str, Any]) -> str:
    """How a question is asked, or what any other item is described as; empty where it is not."""
    return str(item.get("text") or item.get("description") or "")


def items_of(outline: Outline) -> Iterator[tuple[Place, Outline]]:
    """Every item with its place, points behind their question."""
    for group in GROUPS:
        for item in outline.get(group, ()):
            place = (group, item["id"])
            yield place, item
            for point in item.get("points", ()):
                yield (*place, "points", point["id"]), point


def from_yaml(data: Any, *, overlay: bool) -> Outline:
    """The outline of a guide's or overlay's data as YAML gave it."""
    found: Outline = _plain(data)
    if overlay:
        for group in GROUPS:
            if group in found:
                found[group] = _listed(found[group])
    return found


def to_overlay(outline: Outline) -> Outline:
    """The outline with its items as an overlay's file has them: mappings by id."""
    return {
        key: _by_id(value) if key in GROUPS else value
        for key, value in outline.items()
        if value not in ([], {})
    }


def without_id(item: Outline) -> Outline:
    """An item of an overlay as its file has it, below its id."""
    return {
        key: _by_id(value) if key == "points" else value
        for key, value in item.items()
        if key != "id"
    }


def _by_id(items: list[Outline]) -> Outline:
    return {item["id"]: without_id(item) for item in items}


def _listed(items: Mapping[Any, Any]) -> list[Outline]:
    return [
        {
            "id": str(key),
            **{name: _listed(value) if name == "points" else value for name, value in item.items()},
        }
        for key, item in items.items()
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        if set(value) == {"text", "origin"}:
            return Sentence(str(value["text"]).strip(), str(value["origin"]))
        # YAML reads the keys of anchors as numbers, JSON knows none.
        return {_key(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.strip() if isinstance(value, str) and not isinstance(value, Sentence) else value


def _key(key: Any) -> Any:
    return int(key) if key in ("1", "2", "3", "4") else key
