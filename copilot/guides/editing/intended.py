"""What a change means for the data, whatever the file looks like; writing is held to it."""

from typing import Any

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.scalars import plain
from copilot.knowledge.sentence import Sentence


def intended(data: Any, edit: Edit) -> Any:
    """The data with a change made; what was given stays as it is.

    Raises:
        KeyError: It names a place that is not there.
    """
    if edit.action is Action.MOVE:
        return _at(data, edit.place[:-1], lambda held: _moved(held, edit.place[-1], edit.value))
    if edit.action is Action.REMOVE:
        return _at(data, edit.place[:-1], lambda held: _without(held, edit.place[-1]))
    if edit.action is Action.ADD:
        return _at(data, edit.place, lambda held: _with(held, edit), make=True)
    return _at(data, edit.place, lambda held: _set(held, edit.value), make=True)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, numbers as keys and their texts being one."""
    if isinstance(one, dict) and isinstance(other, dict):
        these = {str(key): value for key, value in one.items()}
        those = {str(key): value for key, value in other.items()}
        return these.keys() == those.keys() and all(same(these[k], those[k]) for k in these)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _at(data: Any, place: Place, change: Any, *, make: bool = False) -> Any:
    if not place:
        return change(data)
    part, *rest = place
    if data is None and make and isinstance(part, str):
        data = {}
    if isinstance(data, list):
        index = _index(data, part)
        return [
            _at(v, tuple(rest), change, make=make) if i == index else v for i, v in enumerate(data)
        ]
    if not isinstance(data, dict):
        raise KeyError(part)
    key = next((each for each in data if str(each) == str(part)), None)
    if key is None and not make:
        raise KeyError(part)
    name = part if key is None else key
    return {**data, name: _at(data.get(name), tuple(rest), change, make=make)}


def _index(held: list[Any], part: str | int) -> int:
    if isinstance(part, int):
        if -len(held) <= part < len(held):
            return part % len(held)
    else:
        for index, item in enumerate(held):
            if isinstance(item, dict) and str(item.get("id")) == part:
                return index
    raise KeyError(part)


def _set(held: Any, value: Any) -> Any:
    if isinstance(value, Sentence) and isinstance(held, dict):
        return {**held, **plain(value)}
    return plain(value)


def _with(held: Any, edit: Edit) -> Any:
    if held in (None, {}):
        held = []
    if not isinstance(held, list):
        raise KeyError(edit.place[-1] if edit.place else "")
    at = len(held) if edit.at is None else min(max(edit.at, 0), len(held))
    return [*held[:at], plain(edit.value), *held[at:]]


def _without(held: Any, part: str | int) -> Any:
    if isinstance(held, list):
        index = _index(held, part)
        return [*held[:index], *held[index + 1 :]]
    if isinstance(held, dict) and any(str(key) == str(part) for key in held):
        return {key: value for key, value in held.items() if str(key) != str(part)}
    raise KeyError(part)


def _moved(held: Any, part: str | int, to: Any) -> Any:
    if not isinstance(held, list) or not isinstance(to, int) or not 0 <= to < len(held):
        raise KeyError(part)
    items = list(held)
    items.insert(to, items.pop(_index(held, part)))
    return items
