"""Checking a sentence of a recap against the words it says it rests on.

Code decides, by rules that can be read: a sentence that fails one is left out and counted under the
rule's name. The rules are strict on purpose, because a sentence that is missing costs a reader a
look at the quotes, and one that says what nobody said costs the candidate. ``docs/recap.md`` says
how often they are wrong in either direction.
"""

import enum
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from copilot.coach.gate_words import instructs, is_not_plain
from copilot.coach.off_limits import LEFT_OUT, touches, volunteered
from copilot.coach.words import FUNCTION_WORDS, gist, stem, words
from copilot.knowledge.off_limits import Pack
from copilot.matching.embedding import Embedder
from copilot.review.recap.clauses import (
    Clause,
    clauses_of,
    denies_otherwise,
    nearest_by_words,
    plainly_typed,
    puts_together,
    said_clauses,
    tells_another_actor,
    tells_as_done,
)
from copilot.review.recap.contrasts import tells_more_than_said, tells_the_opposite
from copilot.review.recap.cue_words import FIRST_PERSON, TELLING
from copilot.review.recap.judging_words import JUDGES, VERDICT
from copilot.review.recap.names import begins_unsaid, unsaid_names
from copilot.review.recap.number_words import BIG_OF, DATES, MEASURES, RATIOS, TENS_OF, UNITS_OF
from copilot.review.recap.numbers import figures_in, unsaid_figures

MOST_WORDS = 30
#: A sentence that needs more utterances than this tells several things at once.
_MOST_IDS = 5
#: So many words in a row of the prompt are no chance.
_COPIED_WORDS = 7
#: Of a sentence's own words, this share has to have been said, in the same language.
FEWEST_SAID = 0.6
#: A sentence of which everything but so many words was said is close enough.
_FREE_WORDS = 1
#: Likeness of meaning, as the cosine of the sentence encoder: within a language, and across.
LEAST_ALIKE = 0.87
LEAST_ALIKE_ACROSS = 0.875
#: From this share of words in common on, two sentences say the same.
_SAME = 0.75
_QUESTION = re.compile(r"\?\s*$")
_OTHER = {"en": "fr", "fr": "en"}
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[^\W\d_])")


class Check(enum.StrEnum):
    """The rules, in the order in which they are tried; the first that fails is counted."""

    FORM = "form"  # one plain sentence
    LENGTH = "length"  # at most 30 words
    IDS = "ids"  # utterances of the candidate's, under that question
    INSTRUCTION = "instruction"  # no copy of the prompt, no order to a machine
    LANGUAGE = "language"  # the recap's language
    FIRST_PERSON = "first_person"  # nobody speaks as the candidate
    JUDGEMENT = "judgement"  # no praise, blame or conclusion
    OFF_LIMITS = "off_limits"  # no protected matter
    FIGURES = "figures"  # every figure and date was said
    NAMES = "names"  # every name was said
    AMOUNT = "amount"  # all, most and only where that was said
    OPPOSITE = "opposite"  # up is not down, before is not after
    MERGED = "merged"  # no figure of one thing is given to another
    DENIAL = "denial"  # denies where that was denied, and nowhere else
    INTENTION = "intention"  # what was only meant is not told as done
    ACTOR = "actor"  # who did it
    WORDS = "words"  # most of its words were said
    MEANING = "meaning"  # it means what was said
    REPEATED = "repeated"  # it was not told already


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sentence that a model proposes.

    Attributes:
        text: The sentence.
        utterance_ids: What it says it rests on.
    """

    text: str
    utterance_ids: tuple[str, ...]


@dataclass(frozen=True)
class Spoken:
    """The answer that sentences are checked against.

    Attributes:
        texts: The candidate's utterances under the question, by id, as they were sent.
        language: The language they are in, ``en`` or ``fr``.
        instruction: The text of the prompt, and the question.
    """

    texts: Mapping[str, str]
    language: str
    instruction: str = ""

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_runs(words(self.instruction)))

    def is_copied(self, text: str) -> bool:
        """Whether so much of a text stands in the prompt that it was copied from there."""
        return not self._runs.isdisjoint(_runs(words(text)))


@dataclass(frozen=True, slots=True)
class Measured:
    """How near a sentence is to the words it rests on.

    Attributes:
        share: Share of its own words that were said, 0 to 1; 1 where it cannot be compared.
        unsaid: How many of them were not.
        alike: Cosine of the sentence encoder with the words it rests on, the nearest reading.
    """

    share: float
    unsaid: int
    alike: float


@dataclass(frozen=True)
class SentenceChecks:
    """The rules for a recap in one language.

    Attributes:
        language: The recap's, ``en`` or ``fr``.
        pack: Every off-limits topic.
        embedder: Compares meanings, also between the languages.
    """

    language: str
    pack: Pack = field(repr=False)
    embedder: Embedder = field(repr=False)

    def failed(self, sentence: Proposed, spoken: Spoken, told: Sequence[str] = ()) -> Check | None:
        """The first rule that a sentence breaks; None where it may be shown.

        Args:
            sentence: The sentence.
            spoken: The answer it is about.
            told: Sentences of the same answer that are shown already.
        """
        text = plainly_typed(sentence.text.strip())
        by_itself = self._by_itself(text, sentence.utterance_ids, spoken)
        if by_itself is not None:
            return by_itself
        said = [spoken.texts[uid] for uid in dict.fromkeys(sentence.utterance_ids)]
        return self._against(text, said, spoken.language) or self._repeated(text, told)

    def measured(self, text: str, said: Sequence[str], said_language: str) -> Measured:
        """How near a sentence is to what was said."""
        share, unsaid = 1.0, 0
        if said_language == self.language:
            mine = {word for word in gist(text, self.language) if self._is_its_own(word)}
            missing = mine - gist(" ".join(said), self.language)
            unsaid = len(missing)
            share = 1 - unsaid / len(mine) if mine else 1.0
        readings = [" ".join(said), *(clause.text for clause in said_clauses(said, said_language))]
        [mine_at], theirs = self.embedder.embed([text]), self.embedder.embed(readings)
        return Measured(share, unsaid, float(np.max(theirs @ mine_at)))

    # -- rules ------------------------------------------------------------------------------------

    def _by_itself(self, text: str, ids: Sequence[str], spoken: Spoken) -> Check | None:
        """What can be told without looking at what was said."""
        rules = {
            Check.FORM: self._is_malformed(text),
            Check.LENGTH: len(text.split()) > MOST_WORDS,
            Check.IDS: not ids or len(set(ids)) > _MOST_IDS or not set(ids) <= set(spoken.texts),
            Check.INSTRUCTION: instructs(text) or spoken.is_copied(text),
            Check.LANGUAGE: not self._is_in(text),
            Check.FIRST_PERSON: bool(FIRST_PERSON[self.language].search(text)),
        }
        return next((check for check, broken in rules.items() if broken), None)

    def _against(self, text: str, said: Sequence[str], said_language: str) -> Check | None:
        """What can be told by what was said."""
        whole = " ".join(said)
        same = said_language == self.language
        figures = figures_in(text, self.language), figures_in(whole, said_language)
        rules: dict[Check, Callable[[], bool]] = {
            Check.JUDGEMENT: lambda: self._judges(text, whole if same else ""),
            Check.OFF_LIMITS: lambda: self._is_protected(text),
            Check.FIGURES: lambda: unsaid_figures(*figures, self.language if same else None),
            Check.NAMES: lambda: (
                bool(unsaid_names(text, whole))
                or (same and begins_unsaid(text, whole, self.language))
            ),
            Check.AMOUNT: lambda: same and tells_more_than_said(text, whole, self.language),
            Check.OPPOSITE: lambda: same and tells_the_opposite(text, whole, self.language),
        }
        broken = next((check for check, is_broken in rules.items() if is_broken()), None)
        return broken or self._turned(text, said, said_language) or self._far(text, said, same=same)

    def _far(self, text: str, said: Sequence[str], *, same: bool) -> Check | None:
        near = self.measured(text, said, self.language if same else _OTHER[self.language])
        if near.share < FEWEST_SAID and near.unsaid > _FREE_WORDS:
            return Check.WORDS
        least = LEAST_ALIKE if same else LEAST_ALIKE_ACROSS
        return Check.MEANING if near.alike < least else None

    @staticmethod
    def _is_malformed(text: str) -> bool:
        return (
            not any(character.isalpha() for character in text)
            or len(text.split()) < 3
            or is_not_plain(text)
            or bool(_QUESTION.search(text))
            or bool(_SENTENCE_END.search(text))
            or LEFT_OUT in text
        )

    def _is_in(self, text: str) -> bool:
        """Whether it is in the recap's language: a short sentence has few words that tell."""
        said = words(text)
        own, other = (
            FUNCTION_WORDS[language] | TELLING[language]
            for language in (self.language, _OTHER[self.language])
        )
        # "A" and "on" are words of both and tell nothing.
        mine, theirs = own - other, other - own
        return sum(word in mine for word in said) >= max(1, sum(word in theirs for word in said))

    def _judges(self, text: str, said: str) -> bool:
        if VERDICT[self.language].search(text):
            return True
        known = {stem(word, self.language) for word in words(said)}
        return any(
            not {stem(word, self.language) for word in words(found.group())} <= known
            for found in JUDGES[self.language].finditer(text)
        )

    def _is_protected(self, text: str) -> bool:
        """Whether it touches what must not count, asked as a question or told of oneself."""
        told = _as_told_by_oneself(text, self.language)
        return bool(
            touches(text, self.language, self.pack) or volunteered(told, self.language, self.pack)
        )

    def _turned(self, text: str, said: Sequence[str], said_language: str) -> Check | None:
        """Whether a clause denies, does or ascribes otherwise than the clause it is most like."""
        told, heard = clauses_of(text, self.language), said_clauses(said, said_language)
        for clause, place in zip(told, self._nearest(told, heard), strict=True):
            if said_language == self.language and puts_together(
                clause, heard, self.language, without=lambda word: not self._is_its_own(word)
            ):
                return Check.MERGED
            if place is None:
                continue
            near = heard[place]
            if denies_otherwise(clause, near, heard, self.language):
                return Check.DENIAL
            if tells_as_done(clause, near, self.language):
                return Check.INTENTION
            if tells_another_actor(clause, near, self.language):
                return Check.ACTOR
        return None

    def _nearest(self, told: Sequence[str], heard: Sequence[Clause]) -> Sequence[int | None]:
        texts = [clause.text for clause in heard]
        if heard and heard[0].language == self.language:
            return nearest_by_words(self.language)(told, texts)
        if not heard:
            return [None] * len(told)
        alike = self.embedder.embed(told) @ self.embedder.embed(texts).T
        return [int(place) for place in np.argmax(alike, axis=1)]

    def _repeated(self, text: str, told: Sequence[str]) -> Check | None:
        mine = gist(text, self.language)
        for other in told:
            theirs = gist(other, self.language)
            together = mine | theirs
            if not together or len(mine & theirs) / len(together) >= _SAME:
                return Check.REPEATED
        return None

    def _is_its_own(self, word: str) -> bool:
        return not word[0].isdigit() and word not in self._not_its_own

    @cached_property
    def _not_its_own(self) -> frozenset[str]:
        """Stems that need not have been said, or that the rule for figures has looked at."""
        language = self.language
        looked_at = {*UNITS_OF[language], *TENS_OF[language], *BIG_OF[language], *DATES, *RATIOS}
        plain = {*TELLING[language], *looked_at, *MEASURES}
        return frozenset(stem(word, language) for word in plain)


_ONESELF = {
    "en": (
        (re.compile(r"\bthe candidate's\b", re.IGNORECASE), "my"),
        (re.compile(r"\b(?:the candidate|he|she) (?:is|was)\b", re.IGNORECASE), "I am"),
        (re.compile(r"\b(?:the candidate|he|she) has\b", re.IGNORECASE), "I have"),
        (re.compile(r"\b(?:the candidate|he|she)\b", re.IGNORECASE), "I"),
        (re.compile(r"\b(?:his|her|their)\b", re.IGNORECASE), "my"),
    ),
    "fr": (
        (re.compile(r"\b(?:le candidat|la candidate|il|elle) (?:est|était)\b", re.I), "je suis"),
        (re.compile(r"\b(?:le candidat|la candidate|il|elle) a\b", re.IGNORECASE), "j'ai"),
        (re.compile(r"\b(?:le candidat|la candidate|il|elle)\b", re.IGNORECASE), "je"),
        (re.compile(r"\bsa\b", re.IGNORECASE), "ma"),
        (re.compile(r"\bson\b", re.IGNORECASE), "mon"),
        (re.compile(r"\bses\b", re.IGNORECASE), "mes"),
    ),
}


def _as_told_by_oneself(text: str, language: str) -> str:
    """A sentence about the candidate as the candidate would say it."""
    for pattern, own in _ONESELF[language]:
        text = pattern.sub(own, text)
    return text


def _runs(of: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(of[at : at + _COPIED_WORDS]) for at in range(len(of) - _COPIED_WORDS + 1)]
