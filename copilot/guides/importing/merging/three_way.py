"""A document imported again: what it changed and the author did not is updated, nothing else.

Three outlines are compared, item by item: what the last import made, what the guide says now, and
what the document says now.
"""

from collections.abc import Callable, Sequence

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.importing.merging.aligning import counterparts
from copilot.guides.importing.merging.likeness import same
from copilot.guides.importing.merging.result import Merge, Said
from copilot.guides.importing.merging.values import (
    as_text,
    equal,
    index_of,
    item_origin,
    origin_in,
    paired,
)
from copilot.guides.importing.outline import GROUPS, Outline, text_of, without_id
from copilot.guides.importing.outlining import source_id
from copilot.knowledge.sentence import origin_of

#: What of an item a document may change. Its origin goes along.
_FIELDS = ("label", "text", "description", "kind", "minutes", "anchors")
_LISTS_OF_IDS = ("competencies", "questions")


def merge(
    base: Outline,
    ours: Outline,
    new: Outline,
    *,
    overlay: bool = False,
    passed: Callable[[Said], bool] = lambda _said: False,
) -> Merge:
    """What has to be done to a guide.

    Args:
        base: What the last import made; empty where there was none, so that ``ours`` is only
            added to.
        ours: What the guide says now.
        new: What the document says now, with the ids of ``base`` and ``ours``; see ``aligned``.
        overlay: Whether ``ours`` is an overlay.
        passed: Whether ``new`` could not hold that item of ``base`` this time, because its document
            or the language model was not asked; it is not gone for that.
    """
    return _Merging(base, ours, new, overlay=overlay, passed=passed).merged()


class _Merging:
    def __init__(
        self,
        base: Outline,
        ours: Outline,
        new: Outline,
        *,
        overlay: bool,
        passed: Callable[[Said], bool],
    ) -> None:
        self._base, self._ours, self._new = base, ours, new
        self._overlay = overlay
        self._passed = passed
        self._made = Merge()
        #: By group, which id an item of base or new has in the guide; None: it is not there.
        self._ids = {group: self._ids_in(group) for group in GROUPS}

    def merged(self) -> Merge:
        base, ours, new = self._base, self._ours, self._new
        if base:
            for key in ("title", "summary"):
                self._value((), key, base, ours, new)
        if not self._overlay:
            self._sources()
        self._terms()
        for group in GROUPS:
            items = (base.get(group, []), ours.get(group, []), new.get(group, []))
            self._items((group,), *items, self._ids[group])
        self._tips((), base, ours, new)
        return self._made

    # -- the guide's own ------------------------------------------------------------------------

    def _sources(self) -> None:
        held = list(self._ours.get("sources", []))
        for source in self._new.get("sources", []):
            if all(each.get("file") != source["file"] for each in held):
                made = {**source, "id": source_id(source["file"], [each["id"] for each in held])}
                held.append(made)
                self._edit(Edit(Action.ADD, ("sources",), made))

    def _terms(self) -> None:
        known = {*self._base.get("terms", []), *self._ours.get("terms", [])}
        for term in self._new.get("terms", []):
            if term not in known:
                self._edit(Edit(Action.ADD, ("terms",), term))

    # -- items ----------------------------------------------------------------------------------

    def _ids_in(self, group: str) -> dict[str, str | None]:
        lists = (outline.get(group, []) for outline in (self._base, self._ours, self._new))
        return _ids_of(*lists)

    def _items(
        self,
        place: Place,
        base: Sequence[Outline],
        ours: Sequence[Outline],
        new: Sequence[Outline],
        ids: dict[str, str | None],
    ) -> None:
        of_base, of_ours = _by_id(base), _by_id(ours)
        order = [item["id"] for item in ours]
        there_already = (order.index(at) for item in new if (at := ids[item["id"]]) is not None)
        behind = next(there_already, len(order)) - 1
        for item in new:
            there = ids[item["id"]]
            known = of_base.get(item["id"])
            if there is not None:
                self._item((*place, there), known, of_ours[there], item)
                behind = order.index(there)
            elif known is None:
                behind += 1
                order.insert(behind, item["id"])
                self._add(place, item, behind)
            else:
                self._made.deleted.append(
                    Said((*place, item["id"]), text_of(item), item_origin(item))
                )
        held = {item["id"] for item in new}
        for item in base:
            there = ids[item["id"]]
            if item["id"] not in held and there is not None:
                said = Said((*place, item["id"]), text_of(item), item_origin(item))
                if not self._passed(said):
                    here = of_ours[there]
                    self._made.gone.append(Said((*place, there), text_of(here), said.origin))

    def _item(self, place: Place, base: Outline | None, ours: Outline, new: Outline) -> None:
        if base is None:
            # It stands there without having been imported: nothing of it is changed.
            if not same(text_of(ours), text_of(new)):
                self._made.kept.append(Said(place, text_of(new), item_origin(new)))
        else:
            for key in _FIELDS:
                self._value(place, key, base, ours, new)
            if "origin" in new and ours.get("origin") == base.get("origin") != new["origin"]:
                self._made.moved += 1
                self._edit(Edit(Action.SET, (*place, "origin"), new["origin"]))
            for key in _LISTS_OF_IDS:
                self._named(place, key, base, ours, new)
        before = base or {}
        was, has, says = (each.get("points", []) for each in (before, ours, new))
        self._items((*place, "points"), was, has, says, _ids_of(was, has, says))
        self._tips(place, before, ours, new)

    def _add(self, place: Place, item: Outline, at: int) -> None:
        made = dict(item)
        for key in _LISTS_OF_IDS:
            if key in made:
                made[key] = self._known(key, made[key])
                if not made[key]:
                    del made[key]
        here = (*place, item["id"])
        if self._overlay:
            self._edit(Edit(Action.SET, here, without_id(made)))
        else:
            self._edit(Edit(Action.ADD, place, made, at))
        self._made.added.append(Said(here, text_of(item), item_origin(item)))

    def _known(self, group: str, ids: Sequence[str]) -> list[str]:
        """Ids as the guide has them, and will have once what is new is added."""
        known = self._ids[group]
        base = {item["id"] for item in self._base.get(group, [])}
        now = ((each, known.get(each)) for each in ids if each in known)
        return [there or each for each, there in now if there is not None or each not in base]

    # -- what items say -------------------------------------------------------------------------

    def _value(self, place: Place, key: str, base: Outline, ours: Outline, new: Outline) -> None:
        was, has, says = base.get(key), ours.get(key), new.get(key)
        here = (*place, key)
        if says is None or equal(has, says):
            return
        if equal(has, was):
            if has != says:
                self._made.changed.append(Said(here, as_text(says), origin_in(says, new)))
            self._edit(Edit(Action.SET, here, says))
        elif was != says != has and has is not None:
            self._made.kept.append(Said(here, as_text(says), origin_in(says, new)))

    def _named(self, place: Place, key: str, base: Outline, ours: Outline, new: Outline) -> None:
        was, has = self._known(key, base.get(key, [])), list(ours.get(key, []))
        says = self._known(key, new.get(key, []))
        wanted = [each for each in has if each in says or each not in was]
        wanted += [each for each in says if each not in has and each not in was]
        if wanted != has:
            self._edit(Edit(Action.SET, (*place, key), wanted))

    def _tips(self, place: Place, base: Outline, ours: Outline, new: Outline) -> None:
        here = (*place, "tips")
        was, has, says = (list(each.get("tips", [])) for each in (base, ours, new))
        pairs = paired(says, was)
        for number, tip in enumerate(says):
            before = pairs.get(number)
            at = None if before is None else index_of(has, was[before])
            if at is None and not any(same(tip, each) for each in has):
                self._edit(Edit(Action.ADD, here, tip))
                has.append(tip)
                self._made.added.append(Said(here, tip, origin_of(tip)))
            elif before is not None and at is not None and at >= 0:
                # Where the words are the same, the line alone may have moved.
                moved = origin_of(has[at]) == origin_of(was[before]) != origin_of(tip)
                if has[at] != tip:
                    self._made.changed.append(Said((*here, at), tip, origin_of(tip)))
                self._made.moved += has[at] == tip and moved
                if has[at] != tip or moved:
                    self._edit(Edit(Action.SET, (*here, at), tip))
                    has[at] = tip
        for number, tip in enumerate(was):
            said = Said(here, str(tip), origin_of(tip))
            if number not in pairs.values() and tip in has and not self._passed(said):
                self._made.gone.append(said)

    def _edit(self, edit: Edit) -> None:
        self._made.edits.append(edit)


def _ids_of(
    base: Sequence[Outline], ours: Sequence[Outline], new: Sequence[Outline]
) -> dict[str, str | None]:
    """Which id each item of ``base`` and ``new`` has in ``ours``; None where it is not there."""
    found: dict[str, str | None] = dict.fromkeys(item["id"] for item in (*base, *new))
    # An author may have given an item another id: it still says the same.
    found |= counterparts(base, ours, changed=False)
    of_base = {item["id"] for item in base}
    held = {item["id"] for item in ours} - set(found.values())
    found |= {
        item["id"]: item["id"] for item in new if item["id"] in held and item["id"] not in of_base
    }
    return found


def _by_id(items: Sequence[Outline]) -> dict[str, Outline]:
    return {item["id"]: item for item in items}
