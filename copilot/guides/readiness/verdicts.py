"""From what was counted and measured of a point to a verdict in words.

The bounds come from guides that were made worse on purpose (``benchmarks/readiness.py``): points
with fewer than six sentences, and points of which hardly one sentence in seven is heard without
itself, lost most of their recall on labelled answers; where every third sentence of two points
counts for the wrong one, precision went.
"""

from collections.abc import Iterator, Mapping, Sequence

from copilot.events import FindingKind
from copilot.guides.readiness.hearing import Trial
from copilot.guides.readiness.model import Colliding, Hearing, Taken, Verdict
from copilot.guides.readiness.variety import Variety
from copilot.knowledge.guide import Listened

#: Fewer sentences than these that differ hear a point now and then at best.
FEWEST = 6
#: From this share of its sentences on, each said to the rest, a point is heard well enough.
HEARD_ENOUGH = 0.15
#: Shares mean something from so many sentences on.
TRIED_ENOUGH = 4
#: So many sentences of two points, and this share of those tried, count for the wrong one.
COLLIDING, COLLIDING_SHARE = 3, 0.25


def hearing_of(index: int, items: Sequence[Listened], trials: Sequence[Trial]) -> Hearing:
    """What was heard of one item's sentences.

    Args:
        index: Which of ``items``.
        items: Those that rival each other.
        trials: Of all of them.
    """
    own = [trial for trial in trials if trial.left.target == index]
    says = [trial for trial in own if trial.left.group == "says"]
    against = [trial for trial in own if trial.left.group != "says"]
    taken = [
        Taken(
            id=item.id,
            label=item.label,
            times=sum(rival in trial.taken_for for trial in says),
            instead=sum(rival in trial.taken_for and not trial.heard for trial in says),
        )
        for rival, item in enumerate(items)
    ]
    return Hearing(
        tried=len(says),
        heard=sum(trial.heard for trial in says),
        taken_for=tuple(
            sorted((t for t in taken if t.times), key=lambda t: (-t.instead, -t.times))
        ),
        against_tried=len(against),
        against_heard=tuple(trial.text for trial in against if trial.heard),
    )


def collisions_of(
    items: Sequence[Listened], trials: Sequence[Trial]
) -> Mapping[tuple[int, int], tuple[int, tuple[Colliding, ...]]]:
    """Pairs that cannot be told apart: how many sentences were tried, and those that collide."""
    says = [trial for trial in trials if trial.left.group == "says"]
    tried = [sum(trial.left.target == index for trial in says) for index in range(len(items))]
    found: dict[tuple[int, int], list[Colliding]] = {}
    for trial in says:
        own = trial.left.target
        for rival in () if trial.heard else trial.taken_for:
            pair = (min(own, rival), max(own, rival))
            collides = Colliding(text=trial.text, of=items[own].id, counts_for=items[rival].id)
            found.setdefault(pair, []).append(collides)
    return {
        (one, other): (tried[one] + tried[other], tuple(sentences))
        for (one, other), sentences in found.items()
        if len(sentences) >= COLLIDING
        and len(sentences) >= COLLIDING_SHARE * (tried[one] + tried[other])
    }


def verdict_of(
    kind: FindingKind,
    item: Listened,
    variety: Variety,
    hearing: Hearing | None,
    mixed_up_with: Sequence[str],
) -> tuple[Verdict, str]:
    """The verdict, and what it rests on.

    Args:
        kind: Point or flag. Flags are listened for so strictly that a single sentence seldom raises
            one: whether theirs are heard tells nothing, how many there are does.
        item: The point or flag.
        variety: Of its says.
        hearing: What was measured, if it was.
        mixed_up_with: Labels of those it cannot be told from.
    """
    reasons = "; ".join(_reasons(variety, hearing))
    if not item.says:
        return Verdict.BLIND, "no says to hear it by"
    if mixed_up_with:
        return Verdict.MIXED_UP, reasons
    if variety.distinct < FEWEST:
        count = len(item.says)
        differ = (
            f"{count} says"
            if count == variety.distinct
            else f"{variety.distinct} of {count} says differ"
        )
        few = f"{differ}; about ten are needed"
        return Verdict.THIN, "; ".join(filter(None, [few, reasons]))
    if (
        kind is FindingKind.POINT
        and hearing is not None
        and hearing.tried >= TRIED_ENOUGH
        and hearing.heard < HEARD_ENOUGH * hearing.tried
    ):
        return Verdict.THIN, reasons
    return Verdict.READY, reasons


def _reasons(variety: Variety, hearing: Hearing | None) -> Iterator[str]:
    if hearing is not None and hearing.tried:
        yield f"heard {hearing.heard} of {hearing.tried}"
        for taken in hearing.taken_for[:1]:
            if taken.instead:
                times = "once" if taken.instead == 1 else f"{taken.instead} times"
                yield f"taken for {taken.label} {times}"
    if hearing is not None and hearing.against_heard:
        yield f"{len(hearing.against_heard)} of {hearing.against_tried} not_says counted"
    if variety.doubles:
        pairs = "1 pair" if len(variety.doubles) == 1 else f"{len(variety.doubles)} pairs"
        yield f"{pairs} nearly the same"
    if variety.beginning:
        yield f"most begin with “{variety.beginning}”"
    if variety.same_length:
        yield "all about as long"
