"""Putting together how ready a guide is: what is counted, what is measured, what to do next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from copilot.events import FindingKind
from copilot.guides.listening import Listener
from copilot.guides.readiness.asking import asked, badly_put
from copilot.guides.readiness.hearing import ListenedSet, Progress, Spoken, Trial, Tries
from copilot.guides.readiness.kept_readings import KeptReadings
from copilot.guides.readiness.model import (
    Collision,
    Hearing,
    Item,
    ItemKind,
    OtherLanguage,
    Readiness,
    Times,
)
from copilot.guides.readiness.next_steps import next_steps
from copilot.guides.readiness.variety import Variety, variety_of
from copilot.guides.readiness.verdicts import (
    HEARD_ENOUGH,
    TRIED_ENOUGH,
    collisions_of,
    hearing_of,
    verdict_of,
)
from copilot.knowledge.guide import Guide, Listened, Point

#: Sentences tried at first, and those of points that come off badly: a chance too few to condemn.
FIRST = Tries(says=4, against=1)
SECOND = Tries(says=8, against=2)
EVERY = Tries()


@dataclass(frozen=True, slots=True)
class _Group:
    """What rivals each other."""

    kind: ItemKind
    question: str
    items: tuple[Listened, ...]

    @property
    def finding_kind(self) -> FindingKind:
        return FindingKind.FLAG if self.kind is ItemKind.FLAG else FindingKind.POINT


@dataclass(frozen=True, slots=True)
class _Measured:
    """What measuring a group gave.

    Attributes:
        trials: Of its sentences.
        raised: For each flag the sentences of points that raise it.
    """

    trials: Sequence[Trial]
    raised: Sequence[tuple[str, ...]] = ()


def readiness_of(
    guide: Guide,
    listener: Listener | None,
    *,
    every: bool = False,
    progress: Progress | None = None,
    other_languages: Sequence[OtherLanguage] = (),
    cache: Path | None = None,
) -> Readiness:
    """How ready a guide is, in its language.

    Args:
        guide: The guide.
        listener: Hears its sentences; None: nothing is measured, only counted.
        every: Try every sentence rather than some of each point.
        progress: Called with how many passages were read since it was last called.
        other_languages: What is known of the guide's texts in the other languages.
        cache: The folder of what was read before; by default in the user's cache.

    Raises:
        GuideError: A file on off-limits topics has errors.
        ModelError: A file of a model is missing or damaged.
    """
    groups = list(_groups(guide))
    measured: dict[int, _Measured] = {}
    if listener is not None:
        kept = KeptReadings(listener.reader, f"{guide.id}.{guide.language}", cache)
        hears = Listener(listener.embedder, reader=kept, rules=listener.rules)
        hears.share_guides_of(listener)
        try:
            measured = _Measuring(guide.language, hears, every, progress).of(groups)
        finally:
            kept.keep()  # whoever stops halfway goes on from there
    items: list[Item] = []
    collisions: list[Collision] = []
    for number, group in enumerate(groups):
        found = _assessed(group, guide.language, measured.get(number), listener)
        items += found[0]
        collisions += found[1]
    ready = Readiness(
        role=guide.id,
        language=guide.language,
        title=guide.title,
        sha256=guide.content_hash(),
        measured=listener is not None,
        points=tuple(item for item in items if item.kind is not ItemKind.FLAG),
        flags=tuple(item for item in items if item.kind is ItemKind.FLAG),
        collisions=tuple(sorted(collisions, key=lambda c: -len(c.sentences) / c.tried)),
        questions=asked(guide),
        badly_put=badly_put(guide),
        times=_times(guide),
        other_languages=tuple(other_languages),
        steps=(),
    )
    return replace(ready, steps=next_steps(guide, ready))


def _groups(guide: Guide) -> Iterator[_Group]:
    for question in guide.questions:
        if question.points:
            yield _Group(ItemKind.POINT, question.id, question.points)
    if guide.competencies and not all(question.points for question in guide.questions):
        yield _Group(ItemKind.COMPETENCY, "", guide.competencies)
    if guide.red_flags:
        yield _Group(ItemKind.FLAG, "", guide.red_flags)


class _Measuring:
    """Asks the matcher, group by group; flags last, with what points' sentences do to them."""

    def __init__(
        self, language: str, listener: Listener, every: bool, progress: Progress | None
    ) -> None:
        self._language = language
        self._listener = listener
        self._every = every
        self._progress = progress

    def of(self, groups: Sequence[_Group]) -> dict[int, _Measured]:
        """What was measured, by the number of the group."""
        measured: dict[int, _Measured] = {}
        said: list[Spoken] = []
        for number, group in enumerate(groups):
            if not any(item.says or item.not_says.denials for item in group.items):
                continue  # nothing to try
            heard_by = ListenedSet(group.finding_kind, group.items, self._language, self._listener)
            trials, spoken = self._tried(heard_by)
            raised: Sequence[tuple[str, ...]] = ()
            if group.kind is ItemKind.FLAG:
                raised = self._raised(heard_by, said)
            else:
                said += [one for one in spoken if one.left.group == "says"]
            measured[number] = _Measured(trials, raised)
        return measured

    def _tried(self, heard_by: ListenedSet) -> tuple[list[Trial], list[Spoken]]:
        """Trials of some sentences, and of more of them where these came off badly."""
        spoken = heard_by.spoken(EVERY if self._every else FIRST)
        trials = heard_by.tried(spoken, self._progress)
        if self._every or heard_by.kind is FindingKind.FLAG:
            return trials, spoken
        doubtful = frozenset(_doubtful(trials))
        again = heard_by.spoken(SECOND, doubtful)
        more = heard_by.tried(again, self._progress)
        return [t for t in trials if t.left.target not in doubtful] + more, spoken

    def _raised(self, flags: ListenedSet, said: Sequence[Spoken]) -> Sequence[tuple[str, ...]]:
        overheard = flags.overheard(said, self._progress)
        return [
            tuple(one.text for one, raised in zip(said, overheard, strict=True) if index in raised)
            for index in range(len(flags.items))
        ]


def _doubtful(trials: Sequence[Trial]) -> Iterator[int]:
    """The items that so few trials would condemn, or whose sentences count for others."""
    for index in {trial.left.target for trial in trials}:
        says = [t for t in trials if t.left.target == index and t.left.group == "says"]
        heard = sum(trial.heard for trial in says)
        lost = sum(bool(trial.taken_for) and not trial.heard for trial in says)
        if (len(says) >= TRIED_ENOUGH and heard < HEARD_ENOUGH * len(says)) or lost > 1:
            yield index


def _assessed(
    group: _Group, language: str, measured: _Measured | None, listener: Listener | None
) -> tuple[list[Item], list[Collision]]:
    trials = measured.trials if measured is not None else ()
    pairs = collisions_of(group.items, trials)
    collisions = [
        Collision(
            kind=group.kind,
            question=group.question,
            one=group.items[one].id,
            other=group.items[other].id,
            tried=tried,
            sentences=sentences,
        )
        for (one, other), (tried, sentences) in pairs.items()
    ]
    items: list[Item] = []
    for index, item in enumerate(group.items):
        rivals = [group.items[a if b == index else b] for a, b in pairs if index in (a, b)]
        hearing = hearing_of(index, group.items, trials) if measured is not None else None
        if hearing is not None and measured is not None and measured.raised:
            hearing = replace(hearing, raised_by=measured.raised[index])
        vectors = listener.guide_embedder.embed(item.says) if listener and item.says else None
        variety = variety_of(item.says, vectors, language)
        items.append(_item(group, item, rivals, hearing, variety))
    return items, collisions


def _item(
    group: _Group,
    item: Listened,
    rivals: Sequence[Listened],
    hearing: Hearing | None,
    variety: Variety,
) -> Item:
    labels = [rival.label for rival in rivals]
    verdict, why = verdict_of(group.finding_kind, item, variety, hearing, labels)
    return Item(
        kind=group.kind,
        question=group.question,
        id=item.id,
        label=item.label,
        weight=item.weight if isinstance(item, Point) else 2,
        verdict=verdict,
        mixed_up_with=tuple(rival.id for rival in rivals),
        why=why,
        says=len(item.says),
        distinct=variety.distinct,
        doubles=variety.doubles,
        beginning=variety.beginning,
        same_length=variety.same_length,
        denials=len(item.not_says.denials),
        near_misses=len(item.not_says.near_misses),
        probes=len(item.probes) if isinstance(item, Point) else int(bool(_probe(item))),
        hearing=hearing,
    )


def _probe(item: Listened) -> str:
    return str(getattr(item, "probe", ""))


def _times(guide: Guide) -> Times:
    named = [stage.minutes for stage in guide.stages if stage.minutes is not None]
    return Times(
        questions=float(sum(question.minutes for question in guide.questions)),
        stages=float(sum(named)),
        stages_without=len(guide.stages) - len(named),
    )
