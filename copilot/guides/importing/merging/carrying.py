"""What earlier imports brought and this one could not, carried over into the record."""

from collections.abc import Callable, Sequence

from copilot.guides.editing.edits import Place
from copilot.guides.importing.merging.result import Said
from copilot.guides.importing.merging.values import item_origin
from copilot.guides.importing.outline import GROUPS, Outline, text_of
from copilot.knowledge.sentence import origin_of


def carried(base: Outline, new: Outline, passed: Callable[[Said], bool]) -> Outline:
    """``new`` with those items of ``base`` that it could not hold this time.

    Args:
        base: What the last import made.
        new: What the document says now, with the ids of ``base``.
        passed: As for ``merge``.
    """
    made: Outline = {key: base[key] for key in ("title", "summary") if key in base} | new
    for group in GROUPS:
        items = _carried((group,), base.get(group, []), new.get(group, []), passed)
        if items:
            made[group] = items
    for key in ("terms", "sources"):
        held = made.get(key, [])
        rest = [each for each in base.get(key, []) if each not in held]
        if held or rest:
            made[key] = [*held, *rest]
    return _with_tips((), base, made, passed)


def _carried(
    place: Place, base: Sequence[Outline], new: Sequence[Outline], passed: Callable[[Said], bool]
) -> list[Outline]:
    of_base = {item["id"]: item for item in base}
    made = []
    for item in new:
        before = of_base.get(item["id"], {})
        here = (*place, item["id"], "points")
        points = _carried(here, before.get("points", []), item.get("points", []), passed)
        kept = _with_tips((*place, item["id"]), before, item, passed)
        made.append({**kept, "points": points} if points else kept)
    held = {item["id"] for item in new}
    for item in base:
        said = Said((*place, item["id"]), text_of(item), item_origin(item))
        if item["id"] not in held and passed(said):
            made.append(item)
    return made


def _with_tips(
    place: Place, base: Outline, new: Outline, passed: Callable[[Said], bool]
) -> Outline:
    held = list(new.get("tips", []))
    rest = [tip for tip in base.get("tips", []) if tip not in held]
    held += [tip for tip in rest if passed(Said((*place, "tips"), str(tip), origin_of(tip)))]
    return {**new, "tips": held} if held else new
