"""Figures in what was said: quantities that measure something, in digits or in words.

Word lists, no model: whether an answer gives a figure must be as plain to check as a quote. Years,
times of day, dates, ordinals and the numbers in names are no figures: they say when or which, not
how much.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from copilot.matching.figure_words import ENGLISH, FigureWords
from copilot.matching.figure_words_fr import FRENCH


class FigureKind(StrEnum):
    """What a figure measures, the plainest measure first."""

    PERCENT = "percent"
    MONEY = "money"
    TIME = "time"
    RATIO = "ratio"  # a third, twice as fast, halved
    COUNT = "count"  # of the things its unit names
    PEOPLE = "people"
    NUMBER = "number"  # without a unit


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, or one comparison with the figures it holds.

    Attributes:
        start: Character at which it begins in the text.
        end: Character after its last.
        kind: What it measures; of a comparison, the plainest of what it holds.
        unit: The unit as it was said, in lower case; empty where there is none.
        compares: Whether it says how far something moved, or sets one quantity against another.
    """

    start: int
    end: int
    kind: FigureKind
    unit: str = ""
    compares: bool = False


_WORDS = {"en": ENGLISH, "fr": FRENCH}
_PLAINEST = {kind: rank for rank, kind in enumerate(FigureKind)}
#: Characters before a number in which what makes it a figure is looked for.
_BEFORE = 40
_MARKS = re.compile(r"[#%~]")
_SYMBOL = re.compile(r"[€$£]\s?$")


def figures(text: str, language: str) -> list[Figure]:
    """The figures of ``text``, in order and without overlaps.

    Args:
        text: What was said, as speech recognition writes it.
        language: ``en`` or ``fr``; a text in any other language has no figures that we can read.
    """
    words = _WORDS.get(language)
    if words is None:
        return []
    found = [
        Figure(match.start(), match.end(), FigureKind.RATIO, compares=True)
        for match in words.changes.finditer(text)
    ]
    found += _free(_ratios(text, words), found)
    found += _free(_counted(text, words), found)
    return _compared(text, words, sorted(found, key=_start))


def _ratios(text: str, words: FigureWords) -> Iterator[Figure]:
    for match in words.ratios.finditer(text):
        yield Figure(match.start(), match.end(), FigureKind.RATIO)


def _counted(text: str, words: FigureWords) -> Iterator[Figure]:
    """Numbers with their units."""
    silent = [match.span() for match in words.silent.finditer(text)]
    position = 0
    while match := words.number.search(text, position):
        # An empty match cannot be, but a search must always move on.
        position = max(match.end(), match.start() + 1)
        if any(match.start() < end and start < match.end() for start, end in silent):
            continue
        figure = _with_unit(text, words, match.start(), match.end())
        if figure is not None:
            position = figure.end
            yield figure


def _with_unit(text: str, words: FigureWords, start: int, end: int) -> Figure | None:
    symbol = _SYMBOL.search(text, max(0, start - _BEFORE), start)
    if symbol:
        return Figure(symbol.start(), end, FigureKind.MONEY, symbol.group().strip())
    unit_at = end + 1 if text[end : end + 1] in {" ", "-", "\u00a0", "\u202f"} else end
    for kind, pattern in words.units.items():
        unit = pattern.match(text, unit_at)
        if unit:
            return Figure(start, unit.end(), FigureKind(kind), _bare(unit.group()))
    if unit_at == end and text[end : end + 1].isalnum():
        return None  # "2nd", "5G"
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return None  # "a two-way street"
    thing = words.thing.match(text, unit_at) if unit_at > end else None
    if thing:
        return Figure(
            start, thing.end(), FigureKind.COUNT, thing.group(thing.lastindex or 0).lower()
        )
    heads = words.heads.search(text, max(0, start - _BEFORE), start)
    return Figure(start, end, FigureKind.PEOPLE if heads else FigureKind.NUMBER)


def _bare(unit: str) -> str:
    """The unit without the French article before it."""
    return unit.lower().removeprefix("de ").removeprefix("d'")


def _compared(text: str, words: FigureWords, found: list[Figure]) -> list[Figure]:
    """The figures, those that stand in a comparison taken together as one."""
    masked = _masked(text, words, found)
    merged: list[Figure] = []
    for match in words.comparisons.finditer(masked):
        held = [figure for figure in found if _overlap(figure, match.start(), match.end())]
        if held:
            plainest = min(held, key=lambda figure: _PLAINEST[figure.kind])
            merged.append(
                Figure(
                    min(match.start(), held[0].start),
                    max(match.end(), held[-1].end),
                    plainest.kind,
                    plainest.unit,
                    compares=True,
                )
            )
    return sorted([*merged, *_free(found, merged)], key=_start)


def _masked(text: str, words: FigureWords, found: list[Figure]) -> str:
    """``text`` with every character of a number as a mark, for the comparisons to look at."""
    characters = list(_MARKS.sub(" ", text))
    for match in words.weak.finditer(text):
        characters[match.start() : match.end()] = "~" * len(match.group())
    for figure in found:
        mark = "%" if figure.kind is FigureKind.PERCENT else "#"
        characters[figure.start : figure.end] = mark * (figure.end - figure.start)
    return "".join(characters)


def _free(candidates: Iterable[Figure], taken: list[Figure]) -> list[Figure]:
    return [
        candidate
        for candidate in candidates
        if not any(_overlap(other, candidate.start, candidate.end) for other in taken)
    ]


def _overlap(figure: Figure, start: int, end: int) -> bool:
    return figure.start < end and start < figure.end


def _start(figure: Figure) -> int:
    return figure.start
