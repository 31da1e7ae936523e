"""What stands at a place of a guide or an overlay as it was loaded."""

from collections.abc import Mapping
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.knowledge.guide import Anchors, Guide
from copilot.knowledge.overlay import Overlay


def at(holder: Guide | Overlay, place: Place) -> Any:
    """What stands there: a text, texts, a mapping of anchors, an item, or None.

    Raises:
        KeyError: There is no such item or field.
    """
    found: Any = holder
    for part in place:
        if found is None:
            return None
        found = _within(found, part)
    if isinstance(found, Anchors):
        return dict(enumerate(found.in_order(), start=1))
    return found


def _within(holder: Any, part: str | int) -> Any:
    if isinstance(holder, Anchors):
        return dict(enumerate(holder.in_order(), start=1))[int(part)]
    if isinstance(holder, Mapping):
        return holder.get(part)
    if isinstance(holder, tuple):
        if isinstance(part, int):
            return holder[part] if part < len(holder) else None
        for item in holder:
            if item.id == part:
                return item
        raise KeyError(part)
    if str(part) not in type(holder).model_fields:
        raise KeyError(part)
    return getattr(holder, str(part))
