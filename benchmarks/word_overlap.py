"""A baseline for matching: shared words between an answer's sentences and the guide's.

It has no model. A target's score is that of the best pair of an answer's sentence and one of the
target's ``says``: the share of the guide sentence's words that the answer's sentence has too, each
word weighted by how rare it is among the guide's sentences. The threshold is the one that gives
the best F1 on the answers to all other questions.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from copilot.knowledge.guide import Guide, Listened
from copilot.knowledge.loading import load_guide
from copilot.matching.passages import sentences

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Scored:
    """How well one target is matched in one answer.

    Attributes:
        group: The question, which its threshold is not learned from.
        said: Whether it is labelled as said.
        score: 0 to 1.
        quote: The answer's sentence behind it.
    """

    group: str
    said: bool
    score: float
    quote: str


class Rarity:
    """How much each word of a guide says, by how few of its sentences have it."""

    def __init__(self, guide: Guide) -> None:
        texts = [text for item in _listened(guide) for text in item.says]
        self._sentences = len(texts)
        self._with = Counter(word for text in texts for word in _words(text))

    def weight(self, words: Iterable[str]) -> float:
        """The words' inverse document frequencies, summed."""
        return sum(math.log((1 + self._sentences) / (1 + self._with[word])) for word in words)


@cache
def rarity(role: str, language: str) -> Rarity:
    """That of a shipped guide."""
    return Rarity(load_guide(role, language))


def best_sentence(answer: str, item: Listened, known: Rarity) -> tuple[float, str]:
    """Score of ``item`` in ``answer``, and the sentence behind it."""
    best = 0.0, ""
    wanted = [(_words(text), known.weight(_words(text))) for text in item.says]
    for start, end in sentences(answer):
        heard = _words(answer[start:end])
        for words, weight in wanted:
            score = known.weight(words & heard) / weight
            if score > best[0]:
                best = score, answer[start:end]
    return best


def thresholds(scored: Sequence[Scored]) -> dict[str, float]:
    """For each group, the threshold with the best F1 on all others."""
    return {
        group: _best_threshold([item for item in scored if item.group != group])
        for group in {item.group for item in scored}
    }


def _best_threshold(scored: Sequence[Scored]) -> float:
    said = sum(item.said for item in scored)

    def f1(threshold: float) -> float:
        shown = [item for item in scored if item.score >= threshold]
        return 2 * sum(item.said for item in shown) / max(1, len(shown) + said)

    return max((float(value) for value in np.arange(0.05, 1.0, 0.01)), key=f1)


def _listened(guide: Guide) -> Iterable[Listened]:
    for question in guide.questions:
        yield from guide.points_for(question.id)
    yield from guide.red_flags


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
