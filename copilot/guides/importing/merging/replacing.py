"""Many short values of a guide's file replaced at once, which one by one would take minutes."""

from collections.abc import Sequence

import yaml

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.editing.intended import intended, same
from copilot.guides.editing.scalars import WIDTH, on_one_line
from copilot.guides.editing.tree import Node, column_of, parse
from copilot.knowledge.sentence import Sentence

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def apply_all(file: GuideFile, edits: Sequence[Edit]) -> None:
    """Make changes: texts that stand on one line in one go, the others one after the other.

    Args:
        file: The guide or overlay; nothing was changed in it yet.
        edits: None removes or renames an item, so that their order among each other is free.

    Raises:
        GuideError: One cannot be made in place.
    """
    text = file.text().removeprefix("\ufeff")
    root = parse(text)
    spans: list[tuple[int, int, str]] = []
    done: list[Edit] = []
    for edit in edits:
        span = _span(text, root, edit)
        if span is not None:
            spans.append(span)
            done.append(edit)
    for start, end, written in sorted(spans, reverse=True):
        text = text[:start] + written + text[end:]
    if done and _says(file, text, done):
        file.put(text)
    else:
        done = []
    made = {id(edit) for edit in done}
    file.apply([edit for edit in edits if id(edit) not in made])


def _span(text: str, root: Node, edit: Edit) -> tuple[int, int, str] | None:
    """What to write where; None for what is not a text on one line and stays one."""
    if edit.action is not Action.SET or not isinstance(edit.value, str):
        return None
    if isinstance(edit.value, Sentence):
        return None
    node = _at(root, edit.place)
    if node is None or node.kind != "scalar" or node.style not in ("", "'", '"'):
        return None
    held = text[node.start : node.end]
    if not held or "\n" in held or held[0] in "&!*":
        return None
    written = on_one_line(edit.value, node.style, flow=True)
    if column_of(text, node.start) + len(written) > WIDTH:
        return None
    return node.start, node.end, written


def _at(root: Node, place: Place) -> Node | None:
    node = root
    for part in place:
        entry = node.entry(part)
        if entry is None:
            return None
        node = entry.value
    return node


def _says(file: GuideFile, text: str, edits: Sequence[Edit]) -> bool:
    """Whether ``text`` says what was meant, and nothing else is another."""
    wanted = file.data
    for edit in edits:
        wanted = intended(wanted, edit)
    return same(yaml.load(text, Loader=_Loader), wanted)  # noqa: S506 - the safe loader
