"""Which items of two outlines are the same thing, so that one can be compared with the other."""

from collections.abc import Callable, Sequence
from typing import Any

from copilot.guides.importing.merging.likeness import likeness, same
from copilot.guides.importing.outline import GROUPS, Outline, text_of
from copilot.guides.importing.outlining import free_id

#: A text that was changed this little is still that of the same item.
_CHANGED = 0.8


def counterparts(
    items: Sequence[Outline], others: Sequence[Outline], *, changed: bool
) -> dict[str, str]:
    """For each of ``items`` that is among ``others``, its id there, by its id here.

    By the same id; else by a text that says the same.

    Args:
        items: Of one list of an outline.
        others: Of the same list of another one.
        changed: Whether also an item whose text was changed a little is the same.
    """
    known = {other["id"] for other in others}
    pairs = {item["id"]: item["id"] for item in items if item["id"] in known}

    def pair(alike: Callable[[str, str], float]) -> None:
        left = [other for other in others if other["id"] not in pairs.values()]
        for item in items:
            if item["id"] in pairs or not left:
                continue
            nearest = max(left, key=lambda other: alike(text_of(item), text_of(other)))
            if alike(text_of(item), text_of(nearest)) >= _CHANGED:
                pairs[item["id"]] = nearest["id"]
                left.remove(nearest)

    pair(same)
    if changed:
        pair(likeness)
    return pairs


def aligned(new: Outline, *known: Outline) -> Outline:
    """``new`` with the ids that ``known`` outlines have for the same items.

    Of several that have one, the first counts.

    An id that is new to all of them is unlike any that they have.
    """
    made: Outline = dict(new)
    now: dict[str, dict[str, str]] = {}
    for group in GROUPS:
        if group in new:
            lists = [outline.get(group, []) for outline in known]
            made[group], now[group] = _aligned(new[group], lists)
    for group, key in (("questions", "competencies"), ("stages", "questions")):
        made.update(
            {group: [_renamed(item, key, now.get(key, {})) for item in made.get(group, [])]}
            if group in made
            else {}
        )
    return made


def _aligned(
    items: list[Outline], known: Sequence[Sequence[Outline]]
) -> tuple[list[Outline], dict[str, str]]:
    ids: dict[str, str] = {}
    for others in known:
        rest = [item for item in items if item["id"] not in ids]
        held = [other for other in others if other["id"] not in ids.values()]
        ids |= counterparts(rest, held, changed=True)
    taken = {other["id"] for others in known for other in others} | set(ids.values())
    for item in items:
        if item["id"] not in ids:
            ids[item["id"]] = free_id(item["id"], taken)
            taken.add(ids[item["id"]])
    made = []
    for item in items:
        there = [_by_id(others).get(ids[item["id"]], {}) for others in known]
        renamed: Outline = {**item, "id": ids[item["id"]]}
        if "points" in item:
            points = [each.get("points", []) for each in there]
            renamed["points"], _ids = _aligned(item["points"], points)
        made.append(renamed)
    return made, ids


def _by_id(items: Sequence[Outline]) -> dict[Any, Outline]:
    return {item["id"]: item for item in items}


def _renamed(item: Outline, key: str, now: dict[str, str]) -> Outline:
    if key not in item:
        return item
    return {**item, key: [now.get(each, each) for each in item[key]]}
