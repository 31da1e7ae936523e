"""What a guide lacks to be heard well, most needed first: what enriching makes proposals for."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from copilot.guides.editing.edits import Place
from copilot.i18n import N_, _, ngettext
from copilot.knowledge.guide import Guide, NotSays, Point, Question, RedFlag, ShowsBy

ENOUGH_SAYS = 10
ENOUGH_DENIALS = 2
ENOUGH_NEAR_MISSES = 2
ENOUGH_PROBES = 1
ENOUGH_PHRASINGS = 3
#: A flag that shows by absence is held back by these alone, so it needs more of them.
ENOUGH_PROPOSITIONS = 5

MOST_NEEDED, NEEDED, LEAST_NEEDED = 3, 2, 1


class GapKind(enum.StrEnum):
    """What is missing. Kinds of lists get texts added, the others a value set."""

    TRANSLATION = "translation"  # one text, or a list of them, of the original
    SAYS = "says"
    DENIALS = "denials"
    PROPOSITIONS = "propositions"  # what gives that which a flag by absence misses: its denials
    NEAR_MISSES = "near misses"
    PROBES = "probes"
    PHRASINGS = "phrasings"
    WHY = "why"
    BENIGN_READING = "benign reading"
    PROBE = "probe"
    ANCHORS = "anchors"  # a mapping of the numbers 1 to 4 to texts


#: What is set; everything else is added to a list.
_SET = frozenset({GapKind.WHY, GapKind.BENIGN_READING, GapKind.PROBE, GapKind.ANCHORS})
#: Texts of a list that a translation may be asked for as a whole.
_LISTS = frozenset({"tips", "off_limits"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a guide or its overlay lacks.

    Attributes:
        place: The list that texts would be added to, or what would be set; in an overlay alike.
        kind: What is missing.
        wanted: How many texts more; 1 for what is set.
        need: ``MOST_NEEDED`` to ``LEAST_NEEDED``; for a point its weight.
        why: What the guide lacks without it, in a few words.
        language: Which language the texts are to be in.
    """

    place: Place
    kind: GapKind
    wanted: int
    need: int
    why: str
    language: str

    @property
    def item(self) -> Place:
        """The place of the point, competency, flag or question that lacks it; else nothing."""
        return item_of(self.place)

    @property
    def added(self) -> bool:
        """Whether texts are added to a list; else a value is set."""
        return is_added(self.kind, self.place)


def is_added(kind: GapKind, place: Place) -> bool:
    """Whether texts of that kind are added to the list at ``place``; else a value is set."""
    return place[-1] in _LISTS if kind is GapKind.TRANSLATION else kind not in _SET


def item_of(place: Place) -> Place:
    """The place of the item that a text of a guide belongs to; empty for the guide's own texts."""
    if place[:1] == ("questions",) and place[2:3] == ("points",) and len(place) > 4:
        return place[:4]
    return place[:2] if len(place) > 2 else ()


def gaps_of(guide: Guide) -> tuple[Gap, ...]:
    """What a guide lacks in its own language, most needed first; those of an item together."""
    return in_order(_guide_gaps(guide))


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Most needed first: items by their need, those that nothing can be heard by before others."""
    by_item: dict[Place, list[Gap]] = {}
    for gap in gaps:
        by_item.setdefault(gap.item, []).append(gap)

    def rank(item: list[Gap]) -> tuple[int, bool]:
        silent = any(g.kind is GapKind.SAYS and g.wanted == ENOUGH_SAYS for g in item)
        return (-max(gap.need for gap in item), not silent)

    return tuple(gap for item in sorted(by_item.values(), key=rank) for gap in item)


class Heard(Protocol):
    """Texts that something is heard by: of a guide, or of an overlay for it."""

    @property
    def says(self) -> tuple[str, ...]:
        """Sentences that count."""

    @property
    def not_says(self) -> NotSays:
        """Sentences that must not."""


class Asked(Heard, Protocol):
    """Texts of a point."""

    @property
    def probes(self) -> tuple[str, ...]:
        """Follow-ups."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An item of a guide, asked for what its texts in one language lack.

    Attributes:
        place: The item's.
        need: How needed it is; see ``Gap``.
        language: Of the texts.
    """

    place: Place
    need: int
    language: str

    def gap(self, kind: GapKind, keys: Place, why: str, wanted: int = 1) -> Iterator[Gap]:
        """A gap at ``keys`` within the item; nothing where nothing is ``wanted``."""
        if wanted > 0:
            yield Gap((*self.place, *keys), kind, wanted, self.need, why, self.language)

    def to_point(self, texts: Asked) -> Iterator[Gap]:
        """What a point lacks to be heard and asked for."""
        yield from self._says(texts)
        there = len(texts.not_says.denials)
        why = ngettext(
            "{count} denial: saying it was not done could count as doing it",
            "{count} denials: saying it was not done could count as doing it",
            there,
        )
        keys = ("not_says", "denials")
        yield from self.gap(GapKind.DENIALS, keys, why, ENOUGH_DENIALS - there)
        yield from self._near_misses(texts)
        why = _("no probe: nothing can be suggested when it was not heard")
        yield from self.gap(GapKind.PROBES, ("probes",), why, ENOUGH_PROBES - len(texts.probes))

    def to_flag(self, flag: RedFlag, texts: Heard) -> Iterator[Gap]:
        """What a red flag lacks to be heard."""
        yield from self._says(texts)
        there = len(texts.not_says.denials)
        keys = ("not_says", "denials")
        if ShowsBy.ABSENCE in flag.shows_by:
            why = ngettext(
                "{count} sentence that gives what this flag misses: it could be raised wrongly",
                "{count} sentences that give what this flag misses: it could be raised wrongly",
                there,
            )
            kind, wanted = GapKind.PROPOSITIONS, ENOUGH_PROPOSITIONS - there
        else:
            why = ngettext(
                "{count} denial: saying the opposite could raise it",
                "{count} denials: saying the opposite could raise it",
                there,
            )
            kind, wanted = GapKind.DENIALS, ENOUGH_DENIALS - there
        yield from self.gap(kind, keys, why, wanted)
        yield from self._near_misses(texts)

    def to_phrasings(self, there: int) -> Iterator[Gap]:
        """What a question with ``there`` phrasings lacks."""
        why = ngettext(
            "{count} phrasing: asked in other words it goes unrecognised",
            "{count} phrasings: asked in other words it goes unrecognised",
            there,
        )
        yield from self.gap(GapKind.PHRASINGS, ("phrasings",), why, ENOUGH_PHRASINGS - there)

    def _says(self, texts: Heard) -> Iterator[Gap]:
        there = len(texts.says)
        why = ngettext(
            "{count} sentence to hear it by; about {enough} are needed",
            "{count} sentences to hear it by; about {enough} are needed",
            there,
            enough=ENOUGH_SAYS,
        )
        yield from self.gap(GapKind.SAYS, ("says",), why, ENOUGH_SAYS - there)

    def _near_misses(self, texts: Heard) -> Iterator[Gap]:
        there = len(texts.not_says.near_misses)
        why = ngettext(
            "{count} near miss: wishes and other people's work could count",
            "{count} near misses: wishes and other people's work could count",
            there,
        )
        keys = ("not_says", "near_misses")
        yield from self.gap(GapKind.NEAR_MISSES, keys, why, ENOUGH_NEAR_MISSES - there)


def need_of(question: Question) -> int:
    """How needed a question's own texts are: as its heaviest point."""
    return max((point.weight for point in question.points), default=NEEDED)


def listened_for(guide: Guide, competency: Point) -> bool:
    """Whether answers are matched against a competency: where a question has no points."""
    return bool(competency.says) or any(not question.points for question in guide.questions)


def _guide_gaps(guide: Guide) -> Iterator[Gap]:
    language = guide.language
    for question in guide.questions:
        place: Place = ("questions", question.id)
        asked = Lacking(place, need_of(question), language)
        yield from asked.to_phrasings(len(question.phrasings))
        for point in question.points:
            lacking = Lacking((*place, "points", point.id), point.weight, language)
            yield from lacking.to_point(point)
    for competency in guide.competencies:
        lacking = Lacking(("competencies", competency.id), competency.weight, language)
        if listened_for(guide, competency):
            yield from lacking.to_point(competency)
        if competency.anchors is None:
            why = _("no anchors: a rating means what each rater thinks")
            yield from lacking.gap(GapKind.ANCHORS, ("anchors",), why)
    for flag in guide.red_flags:
        lacking = Lacking(("red_flags", flag.id), NEEDED, language)
        yield from lacking.to_flag(flag, flag)
        for key, kind, why in FLAG_TEXTS:
            if not getattr(flag, key):
                yield from lacking.gap(kind, (key,), _(why))


#: The texts of a flag that humans read: key, kind, and what is missing without it.
FLAG_TEXTS = (
    ("why", GapKind.WHY, N_("nobody reads what it matters for")),
    ("benign_reading", GapKind.BENIGN_READING, N_("nobody reads what else it may mean")),
    ("probe", GapKind.PROBE, N_("nothing can be suggested to clear it up")),
)
