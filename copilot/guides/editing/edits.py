"""One change of a guide: what importing merges, enriching proposes and the editor does."""

import enum
from dataclasses import dataclass
from typing import Any

#: A place in a guide: keys, the ids of listed items and indices of listed texts, as
#: ``("questions", "waste", "points", "measured-waste", "says", 3)``. In an overlay items are keys.
Place = tuple[str | int, ...]


class Action(enum.StrEnum):
    """What a change does."""

    SET = "set"  # a value, whether or not there is one; keys on the way are made
    ADD = "add"  # an item to a list, which is made where it is missing
    REMOVE = "remove"
    MOVE = "move"  # an item of a list to another index of it


@dataclass(frozen=True, slots=True)
class Edit:
    """One change.

    Attributes:
        action: What to do.
        place: Where: for ``ADD`` the list, else the thing itself.
        value: A text, a number, or a mapping or list of these; nothing for ``REMOVE``, the index
            it then has for ``MOVE``. A ``copilot.knowledge.sentence.Sentence`` is written with
            its origin.
        at: For ``ADD``, the index that the item is to have; None for the end of the list.
    """

    action: Action
    place: Place
    value: Any = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for a human.

    Attributes:
        edit: What would be done.
        origin: Who proposes it; see ``copilot.knowledge.origins``.
        why: What the guide lacks without it, in a few words.
        doubt: What checks by code say against it; empty where they say nothing.
    """

    edit: Edit
    origin: str
    why: str
    doubt: str = ""


def shown(place: Place) -> str:
    """A place for people: ``questions.waste.points.measured-waste.says[3]``."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text
