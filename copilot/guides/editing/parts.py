"""A guide as parts one walks through and changes: groups, items, texts, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.guides.editing.fields import FIELDS, Field, Form
from copilot.i18n import _


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a guide.

    Attributes:
        place: Where it stands; the same in a guide and in its overlays.
        form: What it is.
        title: What it is called, or the label of an item.
        value: The text, number or choices; nothing of a group.
        original: In another language, the guide's own text; None in the guide itself.
        origin: Where it comes from, its own or that of the item it belongs to.
        has_origin: Whether the text itself says so.
        longest: Characters a text may have.
        item: What an item is, or the items of a list.
        field: What is known of it; None of an item or a listed text.
        children: What is in it.
    """

    place: Place
    form: Form
    title: str
    value: Any = None
    original: Any = None
    origin: str = ""
    has_origin: bool = False
    longest: int = 600
    item: str = ""
    field: Field | None = None
    children: "tuple[Part, ...]" = ()

    @property
    def key(self) -> str:
        """A stable name."""
        return "/".join(map(str, self.place))

    @property
    def is_text(self) -> bool:
        """Whether it is written, character by character."""
        return self.form in (Form.LABEL, Form.TEXT, Form.QUESTION, Form.PROBE)

    @property
    def text(self) -> str:
        """What it says, on a line."""
        if isinstance(self.value, list | tuple):
            return ", ".join(map(str, self.value))
        return "" if self.value is None else " ".join(str(self.value).split())

    @property
    def is_missing(self) -> bool:
        """Whether it is a text that another language has and this one has not."""
        return not self.children and bool(self.original) and self.value in (None, "", [])

    def walk(self) -> "Iterator[Part]":
        """It, and all that is in it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parts_of(data: Any, overlay: Any = None) -> Part:
    """A guide's data as parts.

    Args:
        data: Of the guide, as its file has it; it may be incomplete.
        overlay: Of the language to be shown; None for the guide's own.
    """
    return _item((), "guide", data if isinstance(data, dict) else {}, overlay, "")


def _item(place: Place, kind: str, data: Any, overlay: Any, origin: str) -> Part:
    """An item with its fields; its texts are the overlay's, where one is shown."""
    origin = str(data.get("origin") or origin)
    fields = [each for each in FIELDS[kind] if overlay is None or each.in_overlays]
    children = tuple(_field(place, each, data, overlay, origin) for each in fields)
    own = {} if overlay is None else overlay
    label = own.get("label") or own.get("title") or data.get("label") or data.get("title")
    title = str(_said(label) or data.get("id") or "?")
    return Part(place, Form.ITEM, title, origin=origin, item=kind, children=children)


def _field(place: Place, known: Field, data: Any, overlay: Any, origin: str) -> Part:
    at = (*place, *known.way)
    original = _within(data, known.way)
    shown = original if overlay is None else _within(overlay, known.way)
    title = _(known.title)
    if known.form is Form.ITEMS:
        items = _items(at, known.item, original, overlay, origin)
        return Part(
            at, Form.ITEMS, title, origin=origin, item=known.item, field=known, children=items
        )
    if known.form is Form.TEXTS:
        texts = _texts(at, known, shown, origin)
        other = None if overlay is None else [_said(each) for each in _listed(original)]
        return Part(
            at,
            Form.TEXTS,
            title,
            None,
            other,
            origin,
            longest=known.longest,
            field=known,
            children=texts,
        )
    form = known.each if known.each is Form.QUESTION else known.form
    own = _origin(shown)
    return Part(
        at,
        form,
        title,
        _said(shown),
        None if overlay is None else _said(original),
        own or origin,
        has_origin=bool(own),
        longest=known.longest,
        field=known,
    )


def _items(at: Place, kind: str, data: Any, overlay: Any, origin: str) -> tuple[Part, ...]:
    found = []
    for index, item in enumerate(_listed(data)):
        if not isinstance(item, dict):
            continue
        name = item.get("id", index)
        texts = None
        if overlay is not None:
            texts = _within(overlay, (at[-1], name)) if isinstance(overlay, dict) else {}
            texts = texts if isinstance(texts, dict) else {}
        found.append(_item((*at, name), kind, item, texts, origin))
    return tuple(found)


def _texts(at: Place, known: Field, data: Any, origin: str) -> tuple[Part, ...]:
    title = _(known.title)
    return tuple(
        Part(
            (*at, index),
            known.each,
            title,
            _said(each),
            origin=_origin(each) or origin,
            has_origin=bool(_origin(each)),
            longest=known.longest,
        )
        for index, each in enumerate(_listed(data))
    )


def _within(data: Any, way: tuple[Any, ...]) -> Any:
    """What stands at the end of a way of keys; None where nothing does."""
    for part in way:
        if not isinstance(data, dict):
            return None
        data = next((value for key, value in data.items() if str(key) == str(part)), None)
    return data


def _listed(data: Any) -> list[Any]:
    return data if isinstance(data, list) else []


def _said(value: Any) -> Any:
    return value.get("text", "") if isinstance(value, dict) else value


def _origin(value: Any) -> str:
    return str(value.get("origin", "")) if isinstance(value, dict) else ""
