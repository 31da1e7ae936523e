"""Comparing a sentence with what was said, clause by clause: who acts, what is denied or meant."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from copilot.coach.words import gist
from copilot.review.recap.cue_words import (
    ABOUT_ANOTHER,
    CLAUSE_END,
    CONTRAST,
    DENIES,
    MEANT,
    REPORTS,
    SAYS_I,
    SAYS_WE,
    THE_CANDIDATE,
    THE_TEAM,
)
from copilot.review.recap.numbers import figures_in

_TYPED = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " "})
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
#: Places of a sentence's clauses and of the said ones, and which said one each is most like.
Likeness = Callable[[Sequence[str], Sequence[str]], Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of what was said.

    Attributes:
        text: The clause.
        before: The clauses before it in the same utterance, the nearest last.
        language: ``en`` or ``fr``.
    """

    text: str
    before: tuple[str, ...]
    language: str


def plainly_typed(text: str) -> str:
    """With apostrophes and spaces as the patterns here have them."""
    return text.translate(_TYPED)


def clauses_of(text: str, language: str) -> list[str]:
    """The clauses of a text, in order; one that says nothing by itself goes with its neighbour."""
    sentences = _SENTENCE_END.split(plainly_typed(text))
    return [clause for sentence in sentences for clause in _in_sentence(sentence, language)]


def _in_sentence(sentence: str, language: str) -> list[str]:
    clauses: list[str] = []
    begun = ""
    for part in (part.strip() for part in CLAUSE_END[language].split(sentence)):
        begun = f"{begun} {part}".strip()
        if gist(part, language) or (clauses and CONTRAST.search(part)):
            clauses.append(begun)
            begun = ""
    if begun:
        clauses[-1:] = [" ".join([*clauses[-1:], begun])]
    return clauses


def said_clauses(texts: Sequence[str], language: str) -> list[Clause]:
    """The clauses of what was said, each with those before it in its utterance."""
    found: list[Clause] = []
    for text in texts:
        parts = clauses_of(text, language)
        found += [Clause(part, tuple(parts[:at]), language) for at, part in enumerate(parts)]
    return found


def nearest_by_words(language: str) -> Likeness:
    """For both in one language: the said clause that shares most of the words of each."""

    def nearest(told: Sequence[str], said: Sequence[str]) -> list[int | None]:
        known = [gist(clause, language) for clause in said]
        found: list[int | None] = []
        for clause in told:
            mine = gist(clause, language)
            shared = [len(mine & theirs) for theirs in known]
            best = max(shared, default=0)
            found.append(shared.index(best) if best else None)
        return found

    return nearest


def tells_another_actor(clause: str, said: Clause, language: str) -> bool:
    """Whether the candidate or the team does in a clause what another did in what was said."""
    clause = REPORTS[language].sub("", clause)
    by_candidate = bool(THE_CANDIDATE[language].search(clause))
    by_team = bool(THE_TEAM[language].search(clause))
    if not by_candidate and not by_team:
        return False
    mine, ours = SAYS_I[said.language], SAYS_WE[said.language]
    for text in (said.text, *reversed(said.before)):
        says_i, says_we = bool(mine.search(text)), bool(ours.search(text))
        if says_i or says_we:
            return not (says_i if by_candidate else says_we)
        if ABOUT_ANOTHER[said.language].search(text):
            return True
    return False


def denies_otherwise(clause: str, said: Clause, heard: Sequence[Clause], language: str) -> bool:
    """Whether a clause denies what was not denied, or the other way round.

    Args:
        clause: A clause of the sentence.
        said: The clause of what was said that is most like it.
        heard: All that was said.
        language: The sentence's.
    """
    denied = DENIES[said.language]
    if not DENIES[language].search(clause):
        return bool(denied.search(said.text))
    if language != said.language:
        return not denied.search(said.text)
    # "There was no time to test it": what is denied may share fewer words than what is not.
    mine = gist(clause, language)
    return not any(
        denied.search(other.text) and mine & gist(other.text, language) for other in heard
    ) and not denied.search(said.text)


def tells_as_done(clause: str, said: Clause, language: str) -> bool:
    """Whether a clause tells as done what was only meant, wished or planned."""
    was_meant = bool(MEANT[said.language].search(said.text))
    is_done = not MEANT[language].search(clause) and not DENIES[language].search(clause)
    return was_meant and is_done


def puts_together(
    clause: str, heard: Sequence[Clause], language: str, without: Callable[[str], bool]
) -> bool:
    """Whether a clause gives a figure to something that another clause was about.

    Args:
        clause: A clause of the sentence.
        heard: All that was said, in the same language.
        language: Of both.
        without: Whether a stem says nothing of what a clause is about.
    """
    mine = {word for word in gist(clause, language) if not without(word)}
    for number in figures_in(clause, language).numbers:
        about = [
            {word for word in gist(other.text, language) if not without(word)}
            for other in heard
            if any(n.value == number.value for n in figures_in(other.text, language).numbers)
        ]
        if mine and about and all(theirs and not mine & theirs for theirs in about):
            return True
    return False
