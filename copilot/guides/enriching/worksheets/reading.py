"""Reading a filled-in worksheet back: what stands behind dashes becomes proposals.

Nothing that somebody wrote is passed over in silence: what finds no place is told with file and
line, and the worksheet itself is never changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from copilot.errors import nearest
from copilot.guides.editing.edits import Action, Edit, Place, Proposal
from copilot.guides.enriching.doubts import Doubter
from copilot.guides.enriching.gaps import GapKind, is_added
from copilot.guides.enriching.refused import folded
from copilot.guides.enriching.slots import Slot, items_of, slots_of
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.worksheets.file import WorksheetError, sheet_of, sheet_text
from copilot.guides.enriching.worksheets.lines import (
    Entry,
    Furniture,
    Heading,
    Stray,
    parts_of,
)
from copilot.guides.enriching.worksheets.sheet import name_of, sheet_name, title_of, worksheet
from copilot.i18n import _

_LONGEST, _LONGEST_LABEL = 600, 30
_ANCHOR = re.compile(r"^([1-4])\s*[:.)=\u2013-]\s*(.*)$")
_SHOWN = 60


@dataclass(slots=True)
class Filled:
    """What a worksheet holds.

    Attributes:
        proposals: In the order of the sheet.
        problems: What found no place, each with file and line.
        known: How many texts stand in the guide already.
    """

    proposals: list[Proposal] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    known: int = 0


def read_worksheet(path: Path, waiting: Waiting, day: date) -> Filled:
    """What was filled in.

    Args:
        path: The worksheet.
        waiting: The guide, or the overlay, it is for; it may have changed since.
        day: Of reading it, for the origin.

    Raises:
        WorksheetError: It cannot be read, is no worksheet, or is for another guide or language.
    """
    role, language = sheet_of(path)
    if (role, language) != (waiting.role, waiting.language):
        raise WorksheetError(
            _(
                "{path}: this worksheet is for {sheet!r}, not for {role!r}.",
                path=path,
                sheet=role if language is None else f"{role}.{language}",
                role=sheet_name(waiting.guide, waiting.overlay),
            ),
            _("Name that role, or another worksheet."),
        )
    return _Reader(path, waiting, day).read(sheet_text(path))


class _Reader:
    """Reads one worksheet."""

    def __init__(self, path: Path, waiting: Waiting, day: date) -> None:
        self._path = path
        self._guide, self._overlay = waiting.guide, waiting.overlay
        self._waiting = waiting
        self._origin = f"worksheet:{day.isoformat()}"
        self._items = {name_of(place): place for place in items_of(self._guide)}
        self._whys = {gap.place: gap.why for gap in waiting.gaps()}
        self._doubter = Doubter(self._guide, self._overlay)
        self._own = folded(
            " ".join([worksheet(self._guide, waiting.gaps(), self._overlay), *_texts_in(waiting)])
        )
        self._filled = Filled()
        self._told: list[tuple[int, str]] = []
        self._entries: dict[Place, tuple[Slot, list[Entry]]] = {}

    def read(self, text: str) -> Filled:
        item: Place | None = None
        slot: Slot | None = None
        lost, titled = "", False
        for part in parts_of(text):
            match part:
                case Heading(depth=1):
                    item, slot, lost = None, None, part.title if titled else ""
                    if titled:
                        said = _("the heading {title!r} is none of the sheet's.", title=part.title)
                        self._tell(part.line, said)
                    titled = True
                case Heading(depth=2):
                    item, slot = self._item(part), None
                    lost = "" if item is not None else part.title
                case Heading():
                    slot = self._slot(item, part)
                    lost = lost if item is None else "" if slot is not None else part.title
                case Entry() if slot is not None:
                    self._entries.setdefault(slot.place, (slot, []))[1].append(part)
                case Entry() if not _is_empty_anchor(part.text):
                    self._tell(part.line, self._homeless(part.text, lost))
                case Stray():
                    said = _(
                        "{text} stands behind no dash; write '- ' before it.", text=_cut(part.text)
                    )
                    self._tell(part.line, said)
                case Furniture() if part.text and folded(part.text) not in self._own:
                    said = _(
                        "{text} stands on a line that begins with '>', which are the sheet's own; "
                        "if it is yours, put it behind a dash.",
                        text=_cut(part.text),
                    )
                    self._tell(part.line, said)
                case _:
                    pass
        for slot, entries in self._entries.values():
            self._take(slot, entries)
        self._filled.problems += [said for _line, said in sorted(self._told)]
        return self._filled

    def _item(self, heading: Heading) -> Place | None:
        if heading.name is not None and heading.name in self._items:
            return self._items[heading.name]
        if heading.name is None:
            alike = [place for place in self._items.values() if self._titled(place, heading.title)]
            if len(alike) == 1:
                return alike[0]
            said = _("the heading {title!r} has lost its [brackets].", title=heading.title)
            self._tell(heading.line, said)
            return None
        hint = nearest(heading.name, self._items)
        said = _("the guide has no {name!r} (any more).", name=heading.name)
        self._tell(heading.line, f"{said} {hint}" if len(hint) < 2 * _SHOWN else said)
        return None

    def _titled(self, place: Place, title: str) -> bool:
        return folded(title_of(self._guide, place, self._overlay)) == folded(title)

    def _slot(self, item: Place | None, heading: Heading) -> Slot | None:
        if item is None:
            if heading.name is None:  # else it is one of a section that was told of already
                said = _("the heading {title!r} belongs to nothing.", title=heading.title)
                self._tell(heading.line, said)
            return None
        slots = slots_of(self._guide, item, translated=self._overlay is not None)
        if heading.name is not None and heading.name in slots:
            return slots[heading.name]
        for slot in slots.values():
            if folded(slot.title(self._language)) == folded(heading.title):
                return slot
        said = _(
            "{item} takes no texts of the kind {name!r}.",
            item=name_of(item),
            name=heading.name or heading.title,
        )
        self._tell(heading.line, f"{said} {nearest(heading.name or '', slots)}")
        return None

    @property
    def _language(self) -> str:
        return self._guide.language if self._overlay is None else self._overlay.language

    def _homeless(self, text: str, lost: str) -> str:
        if lost:
            return _(
                "{text} is not taken over: nobody knows what {title!r} is.",
                text=_cut(text),
                title=lost,
            )
        return _("{text} stands under no heading that says what it is.", text=_cut(text))

    def _take(self, slot: Slot, entries: list[Entry]) -> None:
        if slot.kind is GapKind.ANCHORS:
            self._take_anchors(slot, entries)
            return
        fitting = [entry for entry in entries if self._fits(slot, entry)]
        if not is_added(slot.kind, slot.place) and len(fitting) > 1:
            for entry in fitting[1:]:
                said = _(
                    "{text} is one too many: there is room for one text.", text=_cut(entry.text)
                )
                self._tell(entry.line, said)
            fitting = fitting[:1]
        for entry in fitting:
            self._propose(slot, entry.text, entry.line)

    def _fits(self, slot: Slot, entry: Entry) -> bool:
        longest = _LONGEST_LABEL if slot.place[-1] == "label" else _LONGEST
        if len(entry.text) <= longest:
            return True
        said = _(
            "{text} has {length} characters; {longest} at most.",
            text=_cut(entry.text),
            length=len(entry.text),
            longest=longest,
        )
        self._tell(entry.line, said)
        return False

    def _take_anchors(self, slot: Slot, entries: list[Entry]) -> None:
        kept: dict[int, Entry] = {}
        for entry in entries:
            found = _ANCHOR.match(entry.text)
            number = entry.number or (int(found[1]) if found else 0)
            text = found[2].strip() if found and not entry.number else entry.text
            if not text:
                continue
            if number not in range(1, 5) or number in kept:
                said = _("{text}: which of 1 to 4 is it? Begin with '1:'.", text=_cut(entry.text))
                self._tell(entry.line, said)
            elif self._fits(slot, Entry(entry.line, text)):
                kept[number] = Entry(entry.line, text)
        missing = ", ".join(str(number) for number in range(1, 5) if number not in kept)
        if not missing:
            texts = {number: entry.text for number, entry in sorted(kept.items())}
            self._propose(slot, texts, entries[0].line)
            return
        for entry in kept.values():
            said = _(
                "{text} is not taken over: anchors need all four, and {missing} is missing.",
                text=_cut(entry.text),
                missing=missing,
            )
            self._tell(entry.line, said)

    def _propose(self, slot: Slot, value: Any, line: int) -> None:
        added = is_added(slot.kind, slot.place)
        edit = Edit(Action.ADD if added else Action.SET, slot.place, value)
        why = self._whys.get(slot.place) or _("written into the worksheet")
        doubt = ""
        if isinstance(value, str):
            doubt = self._doubter.doubts(slot.kind, slot.place, value)
        proposal = Proposal(edit, self._origin, why, doubt)
        if self._waiting.is_useful(proposal):
            self._filled.proposals.append(proposal)
        elif added or self._waiting.stands(edit):
            self._filled.known += 1
        else:
            said = _(
                "{text}: there is another text by now; change it there.", text=_cut(str(value))
            )
            self._tell(line, said)

    def _tell(self, line: int, said: str) -> None:
        self._told.append((line, f"{self._path}:{line}: {said}"))


def _is_empty_anchor(text: str) -> bool:
    found = _ANCHOR.match(text)
    return found is not None and not found[2].strip()


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…")


def _texts_in(waiting: Waiting) -> Iterator[str]:
    """Every text of the guide, so that a changed order or list makes no stranger of a line."""
    for holder in (waiting.guide, waiting.overlay):
        if holder is not None:
            yield from _texts(holder.model_dump())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
