"""What to do next about a guide, the most useful first, each with the command for it."""

from collections.abc import Iterator, Sequence

from copilot.guides.readiness.model import Item, Readiness, Step, Verdict
from copilot.guides.readiness.verdicts import FEWEST
from copilot.knowledge.guide import Guide

#: What a question is really about.
_HEAVIEST = 3
_ENOUGH_PHRASINGS = 3


def next_steps(guide: Guide, ready: Readiness) -> tuple[Step, ...]:
    """What to do, the most useful first: what the law forbids, then what cannot be heard at all.

    Args:
        guide: As it stands.
        ready: What was found; its own steps are not looked at.
    """
    return tuple(_steps(guide, ready, f"{_ENRICH} {guide.id}", f"{_EDIT} {guide.id}"))


_ENRICH = "interview-copilot knowledge enrich"
_EDIT = "interview-copilot knowledge edit"


def _steps(guide: Guide, ready: Readiness, enrich: str, edit: str) -> Iterator[Step]:
    if ready.language != "en":
        enrich = f"{enrich} --language {ready.language}"
    forbidden = [one for one in ready.badly_put if any("off limits" in f for f in one.faults)]
    if forbidden:
        what = _counted(len(forbidden), "text asks", "texts ask")
        yield Step(what=f"Take out what is off limits: {what} for it.", command=edit)
    yield from _to_be_heard(ready, enrich, edit)
    yield from _about_flags(ready, enrich, edit)
    texts = [one for one in ready.badly_put if one.place.endswith(".text")]
    if len(texts) > len([one for one in texts if one in forbidden]):
        what = _counted(len(texts), "question", "questions")
        yield Step(what=f"Put {what} otherwise: {texts[0].faults[0]}.", command=edit)
    hard = [question for question in ready.questions if question.level.hard]
    if hard:
        what = _counted(len(hard), "question is", "questions are")
        yield Step(what=f"Say it more plainly: {what} hard to follow by ear.", command=edit)
    yield from _to_be_asked(guide, ready, enrich)
    for other in ready.other_languages:
        if not other.there or other.missing:
            lacks = f"{other.missing} texts are missing" if other.there else "there is no text yet"
            command = f"{_ENRICH} {guide.id} --language {other.language}"
            yield Step(what=f"In {other.language!r} {lacks}.", command=command)


def _to_be_heard(ready: Readiness, enrich: str, edit: str) -> Iterator[Step]:
    blind = [point for point in ready.points if point.verdict is Verdict.BLIND]
    if blind:
        heaviest = sum(point.weight == _HEAVIEST for point in blind)
        of_these = f", {heaviest} of weight 3 first" if 0 < heaviest < len(blind) else ""
        what = _counted(len(blind), "point", "points")
        yield Step(
            what=f"Give {what} about ten says each{of_these}: {_named(blind)}.", command=enrich
        )
    few = [point for point in ready.points if point.verdict is Verdict.THIN and _few(point)]
    if few:
        what = _counted(len(few), "point", "points")
        yield Step(what=f"Add says to {what} that have too few: {_named(few)}.", command=enrich)
    if ready.collisions:
        first = ready.collisions[0]
        what = _counted(len(ready.collisions), "pair", "pairs")
        yield Step(
            what=f"Set {what} of points apart, as {first.one} and {first.other}: move or reword "
            "the sentences that collide.",
            command=edit,
        )
    unheard = [p for p in ready.points if p.verdict is Verdict.THIN and not _few(p)]
    if unheard:
        what = _counted(len(unheard), "point", "points")
        yield Step(
            what=f"Add plain says to {what} whose own sentences go unheard: {_named(unheard)}.",
            command=enrich,
        )
    wrongly = [p for p in ready.points if p.hearing is not None and p.hearing.against_heard]
    if wrongly:
        what = _counted(len(wrongly), "point counts", "points count")
        yield Step(
            what=f"Add denials and near misses: {what} some of theirs as said: {_named(wrongly)}.",
            command=enrich,
        )
    alike = [point for point in ready.points if point.doubles]
    if alike:
        what = _counted(len(alike), "point", "points")
        yield Step(
            what=f"Reword says of {what} that are nearly the same: {_named(alike)}.", command=edit
        )


def _about_flags(ready: Readiness, enrich: str, edit: str) -> Iterator[Step]:
    raised = [f for f in ready.flags if f.hearing is not None and f.hearing.raised_by]
    if raised:
        what = _counted(len(raised), "flag is", "flags are")
        yield Step(
            what=f"{what[:1].upper()}{what[1:]} raised by sentences of points: {_named(raised)}.",
            command=edit,
        )
    weak = [f for f in ready.flags if f.verdict in (Verdict.BLIND, Verdict.THIN)]
    if weak:
        what = _counted(len(weak), "flag", "flags")
        yield Step(what=f"Give {what} more says: {_named(weak)}.", command=enrich)


def _to_be_asked(guide: Guide, ready: Readiness, enrich: str) -> Iterator[Step]:
    without = sum(len(question.without_probes) for question in ready.questions)
    if without:
        what = _counted(without, "point has", "points have")
        yield Step(what=f"Write probes: {what} none, so nothing is suggested.", command=enrich)
    few = [q for q in ready.questions if q.phrasings < _ENOUGH_PHRASINGS]
    if few:
        what = _counted(len(few), "question has", "questions have")
        yield Step(
            what=f"Write phrasings: {what} fewer than 3 and will go unrecognised.", command=enrich
        )
    bare = [competency for competency in guide.competencies if competency.anchors is None]
    if bare:
        what = _counted(len(bare), "competency has", "competencies have")
        yield Step(what=f"Write anchors: {what} none to rate by.", command=enrich)


def _few(point: Item) -> bool:
    return point.distinct < FEWEST


def _named(items: Sequence[Item]) -> str:
    """The first few, the heaviest first."""
    order = sorted(items, key=lambda item: -item.weight)
    named = ", ".join(item.id for item in order[:3])
    return named if len(items) <= 3 else f"{named}, …"


def _counted(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"
