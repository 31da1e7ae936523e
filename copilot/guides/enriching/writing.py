"""Proposals as changes of a file: with their origin, none twice, and in as few steps as will do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.enriching.refused import folded
from copilot.knowledge.sentence import Sentence


def marked(value: Any, origin: str, place: Place = ()) -> Any:
    """A value with its origin at every text that has room for one; labels have none."""
    if isinstance(value, dict):
        return {key: marked(each, origin) for key, each in value.items()}
    if not isinstance(value, str) or place[-1:] == ("label",):
        return value
    return Sentence(value, origin)


def steps(file: GuideFile, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The changes that ``edits`` come to: without texts that stand there, lists begun at once.

    Each change of a long file takes a while, and an imported guide has hundreds of empty lists.
    """
    added: dict[Place, list[Edit]] = {}
    for edit in edits:
        if edit.action is Action.ADD and edit.at is None:
            added.setdefault(edit.place, []).append(edit)
        else:
            yield edit
    for place, group in added.items():
        there = _texts(file, place)
        new: dict[str, Edit] = {}
        for edit in group:
            if folded(edit.value) not in map(folded, there):
                new.setdefault(folded(edit.value), edit)
        if there or len(new) < 2:
            yield from new.values()
        else:
            values = [edit.value for edit in new.values()]
            yield replace(group[0], action=Action.SET, value=values)


def _texts(file: GuideFile, place: Place) -> list[str]:
    """The texts of a list; none where it is not there."""
    try:
        there = file.get(place) or ()
    except KeyError:
        return []
    return [each.get("text", "") if isinstance(each, dict) else str(each) for each in there]
