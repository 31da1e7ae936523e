"""Where texts can be put into a guide or an overlay, by the names that worksheets use."""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.guides.editing.edits import Place
from copilot.guides.enriching.gaps import GapKind
from copilot.guides.enriching.worksheets.words import WORKSHEET_WORDS
from copilot.knowledge.guide import Guide, ShowsBy

_NO = "not_says"
_Keys = dict[str, tuple[tuple[str, ...], GapKind]]

_HEARD: _Keys = {
    "says": (("says",), GapKind.SAYS),
    "denials": ((_NO, "denials"), GapKind.DENIALS),
    "near-misses": ((_NO, "near_misses"), GapKind.NEAR_MISSES),
}
_POINT: _Keys = {**_HEARD, "probes": (("probes",), GapKind.PROBES)}
_COMPETENCY: _Keys = {**_POINT, "anchors": (("anchors",), GapKind.ANCHORS)}
_QUESTION: _Keys = {"phrasings": (("phrasings",), GapKind.PHRASINGS)}
_FLAG: _Keys = {
    **_HEARD,
    "why": (("why",), GapKind.WHY),
    "benign-reading": (("benign_reading",), GapKind.BENIGN_READING),
    "probe": (("probe",), GapKind.PROBE),
}
#: What an overlay has besides, by the group of the item.
_TRANSLATED = {
    "": ("title", "summary", "off_limits", "tips"),
    "competencies": ("label", "description"),
    "skills": ("label", "description"),
    "stages": ("label", "description", "tips"),
    "questions": ("label", "text", "tips"),
    "points": ("label", "description"),
    "red_flags": ("label", "description", "why", "benign_reading", "probe"),
}
_OWN: dict[str, _Keys] = {
    "competencies": _COMPETENCY,
    "questions": _QUESTION,
    "points": _POINT,
    "red_flags": _FLAG,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for texts of one kind."""

    place: Place
    kind: GapKind

    def title(self, language: str) -> str:
        """The heading it has in a worksheet."""
        words = WORKSHEET_WORDS[language]
        if self.kind is GapKind.TRANSLATION:
            return words.texts[str(self.place[-1])]
        return words.asking[self.kind].title


def items_of(guide: Guide) -> Iterator[Place]:
    """The places of everything in a guide that has texts, the guide itself included."""
    yield ()
    for group in ("competencies", "skills", "stages", "red_flags"):
        for item in getattr(guide, group):
            yield (group, item.id)
    for question in guide.questions:
        yield ("questions", question.id)
        for point in question.points:
            yield ("questions", question.id, "points", point.id)


def slots_of(guide: Guide, item: Place, *, translated: bool) -> dict[str, Slot]:
    """Where an item takes texts, by their names in worksheets.

    Args:
        guide: In its own language.
        item: The item's place; empty for the guide itself.
        translated: Whether the texts are an overlay's.
    """
    group = "points" if len(item) == 4 else str(item[0]) if item else ""
    slots = {name: Slot((*item, *keys), kind) for name, (keys, kind) in _OWN.get(group, {}).items()}
    if group == "red_flags":
        flag = guide.flag(str(item[1]))
        if ShowsBy.ABSENCE in flag.shows_by:
            slots["denials"] = Slot((*item, _NO, "denials"), GapKind.PROPOSITIONS)
    if translated:
        for key in _TRANSLATED[group]:
            slots[key.replace("_", "-")] = Slot((*item, key), GapKind.TRANSLATION)
    return slots


def kind_at(guide: Guide, place: Place, translated: bool) -> GapKind | None:
    """What kind of text a place takes; None where it takes none."""
    for item in (place[:4], place[:2], ()):
        if item in items_of(guide):
            for slot in slots_of(guide, item, translated=translated).values():
                if slot.place == place:
                    return slot.kind
    return None
