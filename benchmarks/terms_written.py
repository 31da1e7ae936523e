"""What of the terms and figures that were said stands in a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.measuring import Spent
from benchmarks.terms_said import Said
from benchmarks.word_errors import WordErrors, word_errors


def readable(term: str, text: str) -> int:
    """How often ``term`` can be read in ``text``, a plural counted."""
    letters = re.sub(r"[\s.\-]", "", term)
    pattern = r"[\s.\-]{0,2}".join(map(re.escape, letters))
    return len(re.findall(rf"(?<!\w){pattern}s?(?!\w)", text, re.IGNORECASE))


def spelled(term: str, text: str) -> int:
    """How often ``term`` stands in ``text`` as it is, a plural counted."""
    return len(re.findall(rf"(?<!\w){re.escape(term)}s?(?!\w)", text))


def figures_folded(text: str) -> str:
    """``text`` with figures, percentages and spaces written in one way."""
    text = re.sub(r"[\s\u202f]+", " ", text.casefold()).replace("-", " ")
    text = re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", text)
    return re.sub(r" ?(%|per ?cent|pour ?cents?\b)", "%", text)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one way made of one sentence."""

    terms: int
    right: int
    spelled: int
    false: int
    figures: int
    figures_right: int
    errors: WordErrors
    spent: Spent
    text: str


def counted(heard: Said, text: str, spent: Spent, terms: Iterable[str]) -> Counted:
    """Compare ``text`` with what was said."""
    should = {term: spelled(term, heard.sentence.text) for term in terms}
    does = {term: spelled(term, text) for term in should}
    folded = figures_folded(text)
    return Counted(
        terms=sum(should.values()),
        right=sum(min(count, readable(term, text)) for term, count in should.items()),
        spelled=sum(min(count, does[term]) for term, count in should.items()),
        false=sum(max(0, does[term] - count) for term, count in should.items()),
        figures=len(heard.sentence.numbers),
        figures_right=sum(
            any(figures_folded(way) in folded for way in ways) for ways in heard.sentence.numbers
        ),
        errors=word_errors([heard.sentence.text], text, heard.language)[0],
        spent=spent,
        text=text,
    )
