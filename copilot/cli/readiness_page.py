"""How ready a guide is, on one page of a terminal: 80 columns, 40 lines at most."""

import textwrap
from collections.abc import Iterator, Sequence
from statistics import median

from copilot.guides.readiness.model import Collision, Item, ItemKind, Readiness, Step, Verdict

_WIDTH = 80
#: So many of each on the page, or as many points as there is room for; with ``full`` all of them.
_POINTS, _COLLISIONS, _STEPS = 8, 2, 4
#: Lines of a page, what follows it left out.
_HEIGHT = 34
_VERDICT = 9  # characters
_WORST_FIRST = (Verdict.BLIND, Verdict.MIXED_UP, Verdict.THIN, Verdict.READY)


def one_line(ready: Readiness) -> str:
    """A guide in a line."""
    counted = _verdicts(ready.points)
    measured = "" if ready.measured else " (by counts alone)"
    return f"{ready.role} {ready.language}: {counted}{measured}"


def page(ready: Readiness, *, full: bool = False) -> list[str]:
    """A guide on a page.

    Args:
        ready: What was found.
        full: Every point and sentence rather than the worst; then it is longer than a page.
    """
    if full:
        return _laid_out(ready, None, len(ready.collisions))
    for points in range(_POINTS, 0, -1):
        lines = _laid_out(ready, points, _COLLISIONS if points > _POINTS // 2 else 1)
        if len(lines) <= _HEIGHT:
            break
    return lines


def _laid_out(ready: Readiness, points: int | None, collisions: int) -> list[str]:
    """The page with so many points and collisions; None for all, with their sentences."""
    full = points is None
    blocks = [
        list(_head(ready)),
        list(_every_point(ready) if points is None else _worst_points(ready, points)),
        list(_collisions(ready, collisions, full=full)),
        list(_questions(ready, full=full)),
        list(_next(ready.steps, full=full)),
    ]
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines and block else block
    return lines


def _head(ready: Readiness) -> Iterator[str]:
    which = f" ({ready.role}, {ready.language})"
    yield f"{_cut(ready.title, max(1, _WIDTH - len(which)))}{which}"
    yield f"{_verdicts(ready.points)}."
    if ready.flags:
        yield f"{_verdicts(ready.flags, 'flags')}."
    if not ready.measured:
        yield "By counts alone; without --quick the matcher is asked as well."
        return
    hearings = [point.hearing for point in ready.points if point.hearing is not None]
    tried = sum(hearing.tried for hearing in hearings)
    if not tried:
        yield "No point has two says: there was nothing to try."
        return
    heard = sum(hearing.heard for hearing in hearings)
    instead = sum(taken.instead for hearing in hearings for taken in hearing.taken_for)
    against = sum(hearing.against_tried for hearing in hearings)
    wrongly = sum(len(hearing.against_heard) for hearing in hearings)
    said = (
        f"Tried {tried} says, each without itself: {heard} heard, {instead} taken for another "
        f"point. Of {against} denials and near misses {wrongly} counted."
    )
    yield from _wrapped(said)


def _verdicts(items: Sequence[Item], what: str = "points") -> str:
    """``3 of 9 points are ready; 4 thin, 2 blind``."""
    count = {verdict: sum(item.verdict is verdict for item in items) for verdict in Verdict}
    others = ", ".join(
        f"{count[v]} {v}" for v in _WORST_FIRST if v is not Verdict.READY and count[v]
    )
    ready = f"{count[Verdict.READY]} of {len(items)} {what} are ready"
    return f"{ready}; {others}" if others else ready


def _every_point(ready: Readiness) -> Iterator[str]:
    heading = ""
    for item in (*ready.points, *ready.flags):
        if _where(ready, item) != heading:
            heading = _where(ready, item)
            yield heading
        yield from _item(item)
        yield from _sentences(item)


def _worst_points(ready: Readiness, most: int) -> Iterator[str]:
    bad = [item for item in (*ready.points, *ready.flags) if item.verdict is not Verdict.READY]
    bad.sort(key=lambda item: (_WORST_FIRST.index(item.verdict), -item.weight))
    if not bad:
        return
    yield "Worst off" if len(bad) > most else "Not ready"
    for item in bad[:most]:
        yield from _item(item, where=_where(ready, item))
    if len(bad) > most:
        yield f"  … and {len(bad) - most} more: --full"


def _where(ready: Readiness, item: Item) -> str:
    """Where an item stands, for people."""
    if item.kind is ItemKind.POINT:
        return next(q.label for q in ready.questions if q.id == item.question)
    return "Competencies" if item.kind is ItemKind.COMPETENCY else "Red flags"


def _item(item: Item, where: str = "") -> Iterator[str]:
    told = "; ".join(filter(None, [item.why or f"{item.says} says", where]))
    stars = "" if item.kind is ItemKind.FLAG else f" {'*' * item.weight}"
    yield _cut(f"  {item.verdict:<{_VERDICT}}{item.label}{stars}: {told}")


def _sentences(item: Item) -> Iterator[str]:
    for one, other in item.doubles:
        yield from _wrapped(f"nearly the same: “{one}” “{other}”", "      ")
    if item.hearing is None:
        return
    for text in item.hearing.against_heard:
        yield from _wrapped(f"counts, and should not: “{text}”", "      ")
    for text in item.hearing.raised_by:
        yield from _wrapped(f"raised by: “{text}”", "      ")


def _collisions(ready: Readiness, most: int, *, full: bool) -> Iterator[str]:
    if not ready.collisions:
        return
    yield "Cannot be told apart"
    for collision in ready.collisions[:most]:
        yield from _collision(ready, collision, full=full)
    if len(ready.collisions) > most:
        yield f"  … and {len(ready.collisions) - most} more pairs: --full"


def _collision(ready: Readiness, collision: Collision, *, full: bool) -> Iterator[str]:
    labels = {
        item.id: item.label
        for item in (*ready.points, *ready.flags)
        if (item.kind, item.question) == (collision.kind, collision.question)
    }
    pair = f"{labels[collision.one]} and {labels[collision.other]}"
    yield _cut(f"  {pair}: {len(collision.sentences)} of {collision.tried} sentences")
    for sentence in collision.sentences if full else collision.sentences[:1]:
        told = f"    “{sentence.text}” counts for {labels[sentence.counts_for]}"
        if full:
            yield from _wrapped(told.strip(), "    ")
        else:
            ending = f" counts for {labels[sentence.counts_for]}"
            room = _WIDTH - len(ending) - 6
            yield f"    “{_cut(sentence.text, room)}”{ending}"


def _questions(ready: Readiness, *, full: bool) -> Iterator[str]:
    count = len(ready.questions)
    times = ready.times
    stages = f"; stages {times.stages:g} min" if times.stages else ""
    if times.stages_without:
        bare = times.stages_without
        all_of_them = "; 1 stage" if bare == 1 else f"; {bare} stages"
        stages += f", {bare} without" if stages else f"{all_of_them} without minutes"
    what = "1 question" if count == 1 else f"{count} questions"
    yield f"{what}, {times.questions:g} min as planned by default{stages}"
    yield from _level(ready, full=full)
    texts = [one for one in ready.badly_put if one.place.endswith(".text")]
    others = len(ready.badly_put) - len(texts)
    if ready.badly_put and not full:
        first = f": “{texts[0].text}” {texts[0].faults[0]}" if texts else ""
        what = "1 question" if len(texts) == 1 else f"{len(texts)} questions"
        yield _cut(f"  badly put: {what}, {others} phrasings and probes{first}")
    for one in ready.badly_put if full else ():
        yield from _wrapped(f"{one.place} {'; '.join(one.faults)}: “{one.text}”", "  ")
    silent = sum(len(question.without_probes) for question in ready.questions)
    if silent:
        yield f"  {silent} points without a probe"
    for other in ready.other_languages:
        lacks = f"{other.missing} missing" if other.there else "no texts"
        if not other.there or other.missing:
            yield f"  in {other.language!r}: {lacks}"


def _level(ready: Readiness, *, full: bool) -> Iterator[str]:
    levels = [question.level for question in ready.questions]
    longest = max(level.longest_sentence for level in levels)
    grades = [level.grade for level in levels if level.grade is not None]
    eases = [level.ease for level in levels if level.ease is not None]
    if grades:
        told = f"reading level: grade {median(grades):.0f}, the hardest {max(grades):.0f}"
    elif eases:
        told = f"reading ease: {median(eases):.0f} of 100, the hardest {min(eases):.0f}"
    else:
        return
    yield f"  {told}; longest sentence {longest} words"
    for question in ready.questions if full else ():
        if question.level.hard:
            yield from _wrapped(f"hard to follow: “{question.text}”", "  ")


def _next(steps: Sequence[Step], *, full: bool) -> Iterator[str]:
    if not steps:
        return
    yield "What to do next"
    shown = steps if full else steps[:_STEPS]
    for number, step in enumerate(shown, start=1):
        yield from _wrapped(f"{number}. {step.what}", "  ", "     ")
    for command in dict.fromkeys(step.command for step in shown):
        yield f"  {command}"


def _wrapped(text: str, first: str = "", further: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=f"{first}  " if further is None and first else (further or ""),
    )


def _cut(text: str, width: int = _WIDTH) -> str:
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
