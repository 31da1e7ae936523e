"""Terms of the guide in place of what the recogniser made of them, and nothing else.

A recogniser that is told which names and acronyms to expect writes more of them right, but it
also hears them in a cough, and writes the words between them otherwise. So it is asked twice, and
of the second answer only the terms are taken, each where the first one was in doubt.
"""

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence

from copilot.speech.transcriber import HeardWord

#: From this probability on a word is not taken for a term that was misheard.
_IN_DOUBT = 0.65
#: An answer less like the first one, 0 to 1, is a list of terms rather than what was said.
_ALIKE = 0.6
#: How far from a term's time the middle of what was misheard may lie, in seconds.
_TIME_ROUNDING_S = 0.1
_SIGNS = ".,;:!?…\"'«»()"


def in_doubt(words: Sequence[HeardWord], terms: Sequence[str]) -> bool:
    """Whether there may be a term that was misheard, or was written in pieces."""
    whole = {_letters(term) for term in terms}
    pairs = itertools.pairwise(words)
    return any(word.probability < _IN_DOUBT for word in words) or any(
        _letters(first.text + second.text) in whole for first, second in pairs
    )


def with_terms(
    plain: Sequence[HeardWord], expecting: Sequence[HeardWord], terms: Sequence[str]
) -> tuple[HeardWord, ...]:
    """``plain``, with those of ``terms`` that it got wrong.

    A term takes the place of words said at the same time of which one is in doubt, or of words
    with the same letters. It never stands where ``plain`` has nothing.

    Args:
        plain: The words heard without any expectation.
        expecting: The words heard in the same sound when ``terms`` were expected.
        terms: Names and acronyms as they should be written.
    """
    matcher = difflib.SequenceMatcher(None, _plainly(plain), _plainly(expecting), autojunk=False)
    if matcher.ratio() < _ALIKE:
        return tuple(plain)
    changed = list(plain)
    places = list(_found(expecting, terms))
    for kind, *here, begin, end in reversed(matcher.get_opcodes()):
        if kind != "replace":
            continue
        within = [
            expecting[max(start, begin) : min(stop, end)]
            for start, stop in places
            if start < end and stop > begin
        ]
        _put(changed, (here[0], here[1]), within)
    return tuple(changed)


def _put(
    words: list[HeardWord], block: tuple[int, int], found: Sequence[Sequence[HeardWord]]
) -> None:
    """Put each term found in the place of what lies at its time in a block, if it may."""
    end = block[1]  # the last term first, so that the words before it stay where they are
    for term in sorted(found, key=lambda term: term[0].start_s, reverse=True):
        begin_s, end_s = term[0].start_s - _TIME_ROUNDING_S, term[-1].end_s + _TIME_ROUNDING_S
        here = [
            index
            for index in range(block[0], end)
            if begin_s <= (words[index].start_s + words[index].end_s) / 2 <= end_s
        ]
        if not here:
            continue
        first, last = here[0], here[-1] + 1
        misheard = words[first:last]
        doubtful = min(word.probability for word in misheard) < _IN_DOUBT
        in_pieces = len(misheard) != len(term) and _same_letters(misheard, term)
        if doubtful or in_pieces:
            words[first:last] = _between(term, misheard[0].start_s, misheard[-1].end_s)
        end = first


def _between(term: Sequence[HeardWord], start_s: float, end_s: float) -> Iterator[HeardWord]:
    """The words of ``term`` spread over the time of those they replace."""
    step_s = (end_s - start_s) / len(term)
    for index, word in enumerate(term):
        at_s = start_s + index * step_s
        yield HeardWord(word.text, at_s, at_s + step_s, word.probability)


def _found(words: Sequence[HeardWord], terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where terms stand in ``words``: index of the first word and after the last."""
    texts = [word.text.strip(_SIGNS) for word in words]
    for term in terms:
        parts = term.split()
        for start in range(len(texts) - len(parts) + 1):
            said = " ".join(texts[start : start + len(parts)])
            if said == term or (term.isupper() and said == f"{term}s"):
                yield start, start + len(parts)


def _plainly(words: Sequence[HeardWord]) -> list[str]:
    return [word.text.strip(_SIGNS).casefold() for word in words]


def _same_letters(some: Sequence[HeardWord], others: Sequence[HeardWord]) -> bool:
    return _letters("".join(w.text for w in some)) == _letters("".join(w.text for w in others))


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
