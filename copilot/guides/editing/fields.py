"""What each kind of item of a guide has: its keys, what people call them, what they hold."""

import enum
from dataclasses import dataclass

from copilot.i18n import N_


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
