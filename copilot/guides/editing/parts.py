"""A guide as parts one walks through and changes: groups, items, texts, each with its place."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.i18n import N_, _


class Form(enum.StrEnum):
    """What a part is, and so how it is changed."""

    LABEL = "label"  # a text of 30 characters at most
    TEXT = "text"
    QUESTION = "question"  # a text that is asked
    PROBE = "probe"  # a follow-up question, which has rules of its own
    NUMBER = "number"
    CHOICE = "choice"  # one of a few words
    CHOICES = "choices"  # ids, or words, several of which may stand
    TEXTS = "texts"  # a list of texts
    ITEMS = "items"  # a list of items
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an item.

    Attributes:
        key: As in the file; with a dot within a mapping.
        title: What people call it, to be looked up with ``_``.
        form: What its value is; of ``TEXTS``, what each of them is stands in ``each``.
        each: Form of the texts of a list.
        longest: Characters a text may have.
        words: What can be chosen; of ids, the group they are of.
        item: For ``ITEMS``, what they are.
        is_needed: Whether it must be there.
        in_overlays: Whether overlays have it.
    """

    key: str
    title: str
    form: Form
    each: Form = Form.TEXT
    longest: int = 600
    words: tuple[str, ...] = ()
    item: str = ""
    is_needed: bool = False
    in_overlays: bool = True

    @property
    def way(self) -> tuple[str, ...]:
        """The keys that lead to it."""
        return tuple(self.key.split("."))


_LABEL = Field("label", N_("Label"), Form.LABEL, longest=30, is_needed=True)
_DESCRIPTION = Field("description", N_("Description"), Form.TEXT, is_needed=True)
_SENTENCES = (
    Field("says", N_("Says"), Form.TEXTS),
    Field("not_says.denials", N_("Denials"), Form.TEXTS),
    Field("not_says.near_misses", N_("Near misses"), Form.TEXTS),
)
_TIPS = Field("tips", N_("Tips"), Form.TEXTS)
_WEIGHT = Field("weight", N_("Weight"), Form.CHOICE, words=("1", "2", "3"), in_overlays=False)
_POINT = (
    _LABEL,
    _DESCRIPTION,
    _WEIGHT,
    *_SENTENCES,
    Field("probes", N_("Probes"), Form.TEXTS, each=Form.PROBE),
)

#: The keys of each kind of item, in the order in which they are shown.
FIELDS: dict[str, tuple[Field, ...]] = {
    "guide": (
        Field("title", N_("Title"), Form.TEXT, is_needed=True),
        Field("summary", N_("Summary"), Form.TEXT, is_needed=True),
        Field("questions", N_("Questions"), Form.ITEMS, item="question"),
        Field("red_flags", N_("Red flags"), Form.ITEMS, item="flag"),
        Field("competencies", N_("Competencies"), Form.ITEMS, item="competency"),
        Field("stages", N_("Stages"), Form.ITEMS, item="stage"),
        Field("skills", N_("Skills"), Form.ITEMS, item="skill"),
        _TIPS,
        Field("terms", N_("Terms"), Form.TEXTS, longest=60),
        Field("off_limits", N_("Off limits"), Form.TEXTS),
        Field("sources", N_("Sources"), Form.ITEMS, item="source", in_overlays=False),
    ),
    "question": (
        _LABEL,
        Field("text", N_("Question"), Form.TEXT, each=Form.QUESTION, is_needed=True),
        Field(
            "kind",
            N_("Kind"),
            Form.CHOICE,
            words=("opinion", "behavioural", "situational", "knowledge"),
            is_needed=True,
            in_overlays=False,
        ),
        Field("minutes", N_("Minutes"), Form.NUMBER, in_overlays=False),
        Field("points", N_("Points"), Form.ITEMS, item="point"),
        Field("phrasings", N_("Phrasings"), Form.TEXTS, each=Form.QUESTION),
        _TIPS,
        Field(
            "competencies",
            N_("Competencies"),
            Form.CHOICES,
            words=("competencies",),
            in_overlays=False,
        ),
    ),
    "point": _POINT,
    "competency": (
        *_POINT,
        *(
            Field(f"anchors.{rating}", title, Form.TEXT)
            for rating, title in enumerate(
                (N_("Rating 1"), N_("Rating 2"), N_("Rating 3"), N_("Rating 4")), start=1
            )
        ),
    ),
    "flag": (
        _LABEL,
        _DESCRIPTION,
        Field("why", N_("Why it matters"), Form.TEXT),
        Field("benign_reading", N_("Benign reading"), Form.TEXT),
        Field("probe", N_("Probe"), Form.PROBE),
        Field(
            "shows_by",
            N_("Shows by"),
            Form.CHOICES,
            words=("presence", "absence"),
            in_overlays=False,
        ),
        *_SENTENCES,
    ),
    "stage": (
        _LABEL,
        _DESCRIPTION,
        Field("minutes", N_("Minutes"), Form.NUMBER, in_overlays=False),
        _TIPS,
        Field("questions", N_("Questions"), Form.CHOICES, words=("questions",), in_overlays=False),
    ),
    "skill": (_LABEL, _DESCRIPTION),
    "source": (
        Field("title", N_("Title"), Form.TEXT, is_needed=True),
        Field("file", N_("File"), Form.TEXT, longest=200),
        Field("note", N_("Note"), Form.TEXT),
    ),
}
#: What one item of each kind is called, to be looked up with ``_``.
ITEM_NAMES = {
    "question": N_("question"),
    "point": N_("point"),
    "flag": N_("red flag"),
    "competency": N_("competency"),
    "stage": N_("stage"),
    "skill": N_("skill"),
    "source": N_("source"),
}


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
