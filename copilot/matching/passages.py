"""Cutting what was said into passages that can make a case.

A unit is a sentence, or a clause of a long one. A passage is a run of one to three units. Units
are embedded once, when they are heard; a passage's vector is the mean of its units' vectors,
weighted by their words, so that an answer costs one pass of the embedder over its text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot.matching.plain import word_count

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[\"'»”)\]]*|$)")
# Inside a long sentence a clause begins before one of these words; commas do not count, because a
# recogniser sets them as it likes. Where such words are too few, it may begin with its subject.
_LINK = re.compile(
    r"\s(?=(?:but|because|so|then|which|who|when|while|until|although|though|unless|if"
    r"|and (?:then|so|that|this|the|my|our|I|we|they|he|she|it|there|you|if|when|because|after)"
    r"|mais|parce|car|donc|du coup|puis|quand|alors|sauf|jusqu'à|si|où"
    r"|et (?:puis|alors|donc|là|après|les?|la|mon|ma|mes|nos|notre|je|j'\w+|on|nous|ils?|elles?"
    r"|c'\w+|ça|si|quand))\s)",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?!(?:that|what|when|than|were|have|does|said|like|did|was|had|are|can|how|why|is|do|as"
    r"|if|so|and|but|who|que|qu|et|si|où|dont)\b)[\w'\u2019]+\W*\s"
    r"(?=(?:I|we|they|he|she|there|you|je|on|nous|ils?|elles?|c'est|c'était|j'\w+)\b)",
    re.I,
)
_WORD = re.compile(r"\S+")

_SHORTEST_UNIT = 8  # words
_AHEAD = 300  # characters that tell whether enough words follow
_LONGEST_UNIT = 30  # words; longer sentences are cut into clauses
_LONGEST_PASSAGE = 45  # words
_SHORTEST_PASSAGE = 3  # words
_UNITS_A_PASSAGE = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of units.

    Attributes:
        first: Index of its first unit.
        last: Index of its last unit; not more than two further.
        start: Character at which it begins in the text.
        end: Character after its last.
    """

    first: int
    last: int
    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences of ``text``, as character spans without the spaces around them."""
    found: list[Span] = []
    for match in _SENTENCE.finditer(text):
        span = _trimmed(text, match.start(), match.end())
        if span is None:
            continue
        # "3.5" and "9.30" are numbers, not the ends of sentences.
        if found and text[found[-1][1] - 1] == "." and found[-1][1] == span[0]:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
    return found


def clauses(text: str) -> list[Span]:
    """Sentences, the long ones cut into clauses of at least eight words."""
    return [
        clause
        for start, end in sentences(text)
        for clause in _clauses(text, start, end, (_LINK, _SUBJECT))
    ]


def units(text: str) -> list[Span]:
    """Clauses; what is still too long, written down without a stop, is cut by number of words.

    So nothing that a recogniser may write makes a passage longer than the models read.
    """
    return [piece for start, end in clauses(text) for piece in _pieces(text, start, end)]


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    words = list(_WORD.finditer(text, start, end))
    count = -(-len(words) // _LONGEST_PASSAGE)
    for number in range(count):
        some = words[number * len(words) // count : (number + 1) * len(words) // count]
        yield some[0].start(), some[-1].end()


def _clauses(text: str, start: int, end: int, links: Sequence[re.Pattern[str]]) -> Iterator[Span]:
    if not links or word_count(text[start:end]) <= _LONGEST_UNIT:
        yield start, end
        return
    begin = start
    for match in links[0].finditer(text, start, end):
        cut = match.end()
        # Not to the end: a talk without a stop would be counted again at every clause.
        ahead = text[cut : min(end, cut + _AHEAD)]
        if all(word_count(part) >= _SHORTEST_UNIT for part in (text[begin:cut], ahead)):
            span = _trimmed(text, begin, cut)
            if span is not None:
                yield from _clauses(text, *span, links[1:])
            begin = cut
    span = _trimmed(text, begin, end)
    if span is not None:
        yield from _clauses(text, *span, links[1:])


def passages(text: str, spans: list[Span], first_new: int = 0) -> list[Passage]:
    """Every run of up to three units that reaches unit ``first_new`` or beyond.

    Args:
        text: The whole text.
        spans: Its units, in order.
        first_new: Index of the first unit not seen before; runs before it are left out.
    """
    found: list[Passage] = []
    for last in range(first_new, len(spans)):
        for first in range(last, max(-1, last - _UNITS_A_PASSAGE), -1):
            start, end = spans[first][0], spans[last][1]
            words = word_count(text[start:end])
            if first < last and words > _LONGEST_PASSAGE:
                break
            if words >= _SHORTEST_PASSAGE:
                found.append(Passage(first, last, start, end))
    return found


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
