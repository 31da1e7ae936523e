"""Which numbers, dates and shares a text holds, whether in digits or in words, in both languages.

A sentence of a recap may say no figure that the candidate did not say; how it was written down
must make no difference, so figures are compared by what they come to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from copilot.coach.words import FUNCTION_WORDS, stem
from copilot.knowledge.phrases import folded
from copilot.review.recap.number_words import (
    AMBIGUOUS,
    AMBIGUOUS_DATES,
    BEHIND_DIGITS,
    BIG_OF,
    DATES,
    JOINT,
    MEASURES,
    NOT_IN,
    ONE,
    PLAINLY_ONE,
    RATIOS,
    TENS_OF,
    UNITS_OF,
)

_TOKEN = re.compile(
    r"\d{1,3}(?:[,.\s]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[%€$£]|[^\W\d_]+|[.!?;]", re.UNICODE
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.\s]\d{3})+")
#: What is counted stands so near its number, in words.
_NEAR = 4
_CENTURIES = (19, 20)
_SIGNS = ("€", "$", "£")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: What it comes to.
        measure: Percent, currency or time, the same in both languages; empty for anything else.
        first: Place of its first word.
        after: Place of the word after it.
    """

    value: float
    measure: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What of a text is a figure.

    Attributes:
        words: Its words, folded.
        numbers: Its numbers, in order.
        marks: Months, weekdays, shares, multiples, and what is measured, whether a number stands
            beside it or not; the same in both languages.
    """

    words: tuple[str, ...]
    numbers: tuple[Number, ...]
    marks: frozenset[str]


def figures_in(text: str, language: str) -> Figures:
    """The numbers, dates and shares of a text in ``en`` or ``fr``."""
    written = _TOKEN.findall(text)
    words = [folded(word) for word in written]
    marks = {RATIOS[word] for word in words if word in RATIOS}
    measures = _measures(language)
    marks |= {measures[word] for word in words if word in measures and word not in AMBIGUOUS}
    for word, plain in zip(written, words, strict=True):
        if plain in DATES and (word[0].isupper() or plain not in AMBIGUOUS_DATES[language]):
            marks.add(DATES[plain])
    numbers = tuple(_numbers(words, language))
    marks |= {number.measure for number in numbers if number.measure}
    return Figures(tuple(words), numbers, frozenset(marks))


def unsaid_figures(sentence: Figures, said: Figures, language: str | None) -> bool:
    """Whether a sentence holds a figure that was not said, or one of something else.

    Args:
        sentence: The sentence's figures.
        said: Those of the words it rests on.
        language: Of both; None where they are in different languages, so that what is counted
            cannot be compared.
    """
    if not sentence.marks <= said.marks:
        return True
    return any(not _is_said(number, sentence, said, language) for number in sentence.numbers)


def _is_said(number: Number, sentence: Figures, said: Figures, language: str | None) -> bool:
    # "A year" is no figure of its own, except where it stands for what was said.
    if number.value == 1 and sentence.words[number.first] not in PLAINLY_ONE:
        return True
    same = [other for other in said.numbers if other.value == number.value]
    if number.measure:
        return any(_same_measure(number, other, said) for other in same)
    if not same or language is None:
        return bool(same)
    counted = sentence.words[number.after : number.after + 1]
    if not counted or not _is_content(counted[0], language):
        return True
    thing = stem(counted[0], language)
    return any(
        thing == stem(word, language)
        for other in same
        for word in said.words[max(other.first - _NEAR, 0) : other.after + _NEAR]
    )


def _same_measure(number: Number, other: Number, said: Figures) -> bool:
    if other.measure:
        return other.measure == number.measure
    # "From eleven days to four": what the second one measures was said with another.
    return number.measure in said.marks


def _is_content(word: str, language: str) -> bool:
    return len(word) > 2 and word not in FUNCTION_WORDS[language] and word.isalpha()


def _numbers(words: list[str], language: str) -> Iterator[Number]:
    at = 0
    while at < len(words):
        found = _digits(words, at) or _in_words(words, at, language)
        if found is None:
            at += 1
            continue
        value, after = found
        measure, after = _measure(words, at, after, _measures(language))
        if value == 1 and not measure and not words[at][0].isdigit():
            at += 1  # "one of them", "a team"
            continue
        yield Number(value, measure, at, after)
        at = max(after, at + 1)


@cache
def _measures(language: str) -> Mapping[str, str]:
    return {word: measure for word, measure in MEASURES.items() if word not in NOT_IN[language]}


def _digits(words: list[str], at: int) -> tuple[float, int] | None:
    word = words[at]
    if not word[0].isdigit():
        return None
    if _GROUPED.fullmatch(word):
        value = float(re.sub(r"\D", "", word))
    else:
        value = float(word.replace(",", "."))
    behind = BEHIND_DIGITS.get(words[at + 1]) if at + 1 < len(words) else None
    return (value * behind, at + 2) if behind else (value, at + 1)


def _in_words(words: list[str], at: int, language: str) -> tuple[float, int] | None:
    """A number written out, as "two hundred and forty thousand" or "quatre-vingt-dix-sept"."""
    small, tens, big = UNITS_OF[language], TENS_OF[language], BIG_OF[language]
    total, current, begun = 0.0, 0.0, at
    last = 0.0  # what was added last decides what may follow
    while at < len(words):
        word = words[at]
        if word == JOINT[language] and at > begun and _goes_on(words, at + 1, language, current):
            at += 1
            continue
        if word in small and _takes_unit(current, last, small[word]):
            last = small[word]
            current += last
        elif word in tens and language == "fr" and tens[word] == 20 and current % 100 == 4:
            last = 80
            current += 76
        elif word in tens and current % 100 == 0:
            last = tens[word]
            current += last
        elif word in tens and current in _CENTURIES and total == 0:
            last = tens[word]
            current = current * 100 + last
        elif word in big and (current or word in ("mille", "cent")):
            last = 0.0
            if big[word] == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * big[word], 0.0
        elif word in ONE[language] and _is_one(words, at, begun, current, language):
            last = 1
            current += 1
        else:
            break
        at += 1
    return (total + current, at) if at > begun else None


def _takes_unit(current: float, last: float, unit: float) -> bool:
    """Whether a small number goes on with the one so far, rather than beginning another."""
    if current % 100 == 0:
        return True
    if last in (60, 80):  # "soixante-quinze", "quatre-vingt-douze"
        return unit < 20
    if last == 10:  # "dix-sept"; no English number
        return 7 <= unit <= 9
    return last >= 20 and last % 10 == 0 and unit < 10


def _goes_on(words: list[str], at: int, language: str, current: float) -> bool:
    if at >= len(words) or current == 0 or (language == "en" and current % 100):
        return False
    known = {**UNITS_OF[language], **TENS_OF[language]}
    return words[at] in known or (language == "fr" and words[at] in ("un", "une"))


def _is_one(words: list[str], at: int, begun: int, current: float, language: str) -> bool:
    if at > begun:
        tens = current % 100
        return words[at] not in ("a", "an") and tens >= 20 and tens % 10 == 0
    following = words[at + 1] if at + 1 < len(words) else ""
    return following in _measures(language) or following in BIG_OF[language]


def _measure(words: list[str], first: int, after: int, known: Mapping[str, str]) -> tuple[str, int]:
    """What a number measures, by the sign before it or the word after it."""
    if first and words[first - 1] in _SIGNS:
        return known[words[first - 1]], after
    following = words[after : after + 2]
    if following in (["per", "cent"], ["pour", "cent"]):
        return "%", after + 2
    if following[:1] in (["of"], ["de"], ["d"]):
        following = following[1:]  # "million of euros", "dizaine de jours"
        after += bool(following and following[0] in known)
    before_another = len(following) == 2 and following[0] in _SIGNS and following[1][0].isdigit()
    if following and following[0] in known and not before_another:
        return known[following[0]], after + 1
    return "", after
