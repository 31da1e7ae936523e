"""How different a point's sentences are: ten that say the same in the same way are heard as one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copilot.matching.embedding import Vectors

#: From this cosine on two sentences are one in other words. The two languages lie differently in
#: the encoder's space; of the sentences of one point in the shipped guides one pair in a thousand
#: comes to 0.93 in English and 0.95 in French, and not one sentence of a pair is superfluous.
NEARLY_THE_SAME = {"en": 0.955, "fr": 0.97}

_ENOUGH = 4  # sentences; fewer have no beginning or length in common worth telling
_BEGINNING = 2  # words
_MOST_BEGIN_ALIKE = 0.5
_SPREAD = 0.12


@dataclass(frozen=True, slots=True)
class Variety:
    """How different sentences are.

    Attributes:
        distinct: How many there are where those that are nearly the same count once.
        doubles: Pairs that are nearly the same, the likest first.
        beginning: The words that more than half of them begin with; else empty.
        same_length: Whether they are all about as long.
    """

    distinct: int
    doubles: tuple[tuple[str, str], ...]
    beginning: str
    same_length: bool


def variety_of(sentences: Sequence[str], vectors: Vectors | None, language: str) -> Variety:
    """How different ``sentences`` are.

    Args:
        sentences: Of one point or flag.
        vectors: Theirs, shape (n, 384); without them only the same words are the same.
        language: ``en`` or ``fr``.
    """
    alike = _same_words(sentences) if vectors is None else vectors @ vectors.T
    bound = NEARLY_THE_SAME[language]
    pairs = sorted(
        (
            (float(alike[i, j]), i, j)
            for i in range(len(sentences))
            for j in range(i)
            if alike[i, j] >= bound
        ),
        key=lambda pair: -pair[0],
    )
    return Variety(
        distinct=_groups(len(sentences), [(i, j) for _, i, j in pairs]),
        doubles=tuple((sentences[j], sentences[i]) for _, i, j in pairs),
        beginning=_beginning(sentences),
        same_length=_same_length(sentences),
    )


def _same_words(sentences: Sequence[str]) -> Vectors:
    plain = [" ".join(sentence.casefold().split()) for sentence in sentences]
    return np.array([[float(a == b) for b in plain] for a in plain], np.float32)


def _groups(count: int, pairs: Sequence[tuple[int, int]]) -> int:
    group = list(range(count))
    for one, other in pairs:
        old, new = group[one], group[other]
        group = [new if each == old else each for each in group]
    return len(set(group))


def _beginning(sentences: Sequence[str]) -> str:
    if len(sentences) < _ENOUGH:
        return ""
    begun = Counter(" ".join(text.casefold().split()[:_BEGINNING]) for text in sentences)
    words, count = begun.most_common(1)[0]
    return words if count > _MOST_BEGIN_ALIKE * len(sentences) else ""


def _same_length(sentences: Sequence[str]) -> bool:
    if len(sentences) < _ENOUGH:
        return False
    lengths = np.array([len(text.split()) for text in sentences], np.float64)
    return bool(lengths.std() < _SPREAD * lengths.mean())
