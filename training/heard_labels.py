"""Labels of a written answer, carried over to what was heard of it.

The words of both are put beside each other so that those which sound alike meet, and a quote
becomes the words that meet its own.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

#: A labelled answer, as ``data/answers`` has it.
Row = dict[str, Any]

#: A word too many or one missing costs so much; another word instead, from this on by unlikeness.
_ODD = 0.7
_OTHER, _UNLIKE = 0.3, 0.9
#: How like a number in words is taken to be to one in figures, 0 to 1.
_FIGURES = 0.8
#: From this likeness on a word is the one that was said, spelt otherwise.
_SAME = 0.6
#: How far the ends of a quote are sought from where the words meet.
_REACH = 2
#: From this share of its words on a quote stands as a whole; with less, from the first to the
#: last of those words; below the second share nothing of it stands.
_WHOLE, _SOME = 0.5, 0.2
#: Shorter words, such as "that", are by themselves no sign that a quote still stands.
_TELLING_LETTERS = 4


def heard_row(answer: Row, texts: Sequence[str], row_id: str) -> Row:
    """An answer as it was recognised, labelled with what is left of its quotes.

    A point whose quote nothing is left of becomes absent; a flag becomes None.

    Args:
        answer: As it is written and labelled.
        texts: The utterances that were recognised, in order.
        row_id: What the new one is called.
    """
    # Single spaces alone, so that what is joined is what quotes are taken from.
    utterances = [text for text in (" ".join(text.split()) for text in texts) if text]
    beside = HeardWords(answer["answer"], " ".join(utterances))

    def stands(quote: str | None) -> str | None:
        return beside.standing(quote) if quote else None

    labels: dict[str, Row] = {}
    for point, label in answer["labels"].items():
        quote, near = stands(label["quote"]), stands(label.get("near"))
        state = label["state"] if quote else "absent"
        labels[point] = {"state": state, "quote": quote} | ({"near": near} if near else {})
    return {
        "id": row_id,
        **{key: answer[key] for key in ("role", "question", "language", "style")},
        "answer": " ".join(utterances),
        "utterances": utterances,
        "labels": labels,
        "red_flags": {flag: stands(quote) for flag, quote in answer["red_flags"].items()},
    }


def quotes_of(row: Row) -> list[str]:
    """Every quote of a labelled answer."""
    found = [label.get(kind) for label in row["labels"].values() for kind in ("quote", "near")]
    return [quote for quote in (*found, *row["red_flags"].values()) if quote]


class HeardWords:
    """The words heard of a text, beside those written."""

    def __init__(self, written: str, heard: str) -> None:
        """Put them beside each other; ``heard`` has single spaces."""
        self._written = written
        self._heard = heard
        self._said, self._words = written.split(), heard.split()
        self._pairs = _pairs([letters(w) for w in self._said], [letters(w) for w in self._words])

    def standing(self, quote: str) -> str | None:
        """What was heard of a quote of the written text, in whole words; None for nothing.

        The first place in the text heard where it is found is the one that stands for the quote.
        """
        begin, end = self._span(quote)
        pairs = [(said, word) for said, word in self._pairs if begin <= said < end]
        same = [(said, word) for said, word in pairs if self._likeness(said, word) >= _SAME]
        share = len(same) / (end - begin)
        telling = any(len(letters(self._said[said])) >= _TELLING_LETTERS for said, _ in same)
        if share < _SOME or not (telling or share >= _WHOLE):
            return None
        kept = [word for _, word in (pairs if share >= _WHOLE else same)]
        first, last = min(kept), max(kept) + 1
        if share >= _WHOLE:
            first, last = self._likest(quote, first, last)
        found = " ".join(self._words[first:last])
        # What is said twice is told apart by the words before it.
        while self._heard.find(found) != len(" ".join(self._words[:first])) + bool(first):
            first -= 1
            found = " ".join(self._words[first:last])
        return found

    def replaced(self) -> list[tuple[str, str]]:
        """Words written and what was heard in their place, where that is another word."""
        return [
            (self._said[said], self._words[word])
            for said, word in self._pairs
            if letters(self._said[said]) != letters(self._words[word])
        ]

    def _likeness(self, said: int, word: int) -> float:
        return _likeness(letters(self._said[said]), letters(self._words[word]))

    def _span(self, quote: str) -> tuple[int, int]:
        """The written words that a quote touches: the first, and the one after the last."""
        at = self._written.index(quote)
        before = self._written[:at]
        # A quote may begin inside a word, behind a bracket for instance.
        begin = len(before.split()) - bool(before and not before[-1].isspace())
        return begin, len(self._written[: at + len(quote)].split())

    def _likest(self, quote: str, first: int, last: int) -> tuple[int, int]:
        """The ends near those given between which the words heard are most like a quote.

        One word may have been heard as two, of which only one meets it, or two as one.
        """
        matcher = SequenceMatcher(None, "", letters(quote), autojunk=False)

        def likeness(ends: tuple[int, int]) -> tuple[float, int]:
            matcher.set_seq1(letters("".join(self._words[slice(*ends)])))
            return matcher.ratio(), -abs(ends[0] - first) - abs(ends[1] - last)

        steps = range(-_REACH, _REACH + 1)
        near = [(first + a, last + b) for a, b in product(steps, steps)]
        return max((e for e in near if 0 <= e[0] < e[1] <= len(self._words)), key=likeness)


def _pairs(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """Indices of words said and of those heard for them, by the cheapest way from end to end."""
    costs = np.zeros((len(said) + 1, len(heard) + 1))
    costs[:, 0] = np.arange(len(said) + 1) * _ODD
    costs[0] = np.arange(len(heard) + 1) * _ODD
    for i, one in enumerate(said):
        for j, other in enumerate(heard):
            odd = min(costs[i, j + 1], costs[i + 1, j]) + _ODD
            costs[i + 1, j + 1] = min(costs[i, j] + _cost(one, other), odd)
    found = []
    i, j = len(said), len(heard)
    while i and j:
        if np.isclose(costs[i, j], costs[i - 1, j - 1] + _cost(said[i - 1], heard[j - 1])):
            i, j = i - 1, j - 1
            found.append((i, j))
        elif np.isclose(costs[i, j], costs[i - 1, j] + _ODD):
            i -= 1
        else:
            j -= 1
    return found[::-1]


def _cost(said: str, heard: str) -> float:
    return 0.0 if said == heard else _OTHER + _UNLIKE * (1 - _likeness(said, heard))


@lru_cache(maxsize=1 << 18)
def _likeness(said: str, heard: str) -> float:
    """How much of two words is shared, 0 to 1."""
    if said == heard:
        return 1.0
    if heard.isdecimal() and said.isalpha() and len(said) > 2:
        return _FIGURES
    return SequenceMatcher(None, said, heard, autojunk=False).ratio()


def letters(text: str) -> str:
    """The letters and figures of a text alone, small."""
    return "".join(c for c in text.lower() if c.isalnum())
