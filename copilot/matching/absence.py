"""Results that an answer claims without a figure for any: what is missing, not what is said.

A flag raised from what is missing accuses somebody of an omission, so everything in doubt counts
for the candidate: a figure near any claim, a comparison anywhere, a way of measuring, words that
might be somebody else's doing, text that was heard badly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.events import Evidence, Utterance
from copilot.matching.claim_words import ENGLISH, ClaimWords
from copilot.matching.claim_words_fr import FRENCH
from copilot.matching.figures import Figure, FigureKind, figures
from copilot.matching.passages import clauses, sentences
from copilot.matching.reading import quote
from copilot.matching.word_lists import listed

_WORDS = {"en": ENGLISH, "fr": FRENCH}
#: More words than this without punctuation: where a clause ends is in doubt, so who did what too.
_LONGEST_STRETCH = 60
_BREAK = re.compile(r"[,;:.!?…\u2013\u2014]\s")
#: What tells how large a team, a firm or a place is, not how well it does.
_SIZES = frozenset(
    listed("""
        sites, stores, shops, schools, branches, offices, countries, cities, seats, beds, houses,
        plants, floors, warehouses, depots, hotels, clinics, departments, teams, years, servers,
        endpoints, users, magasins, agences, écoles, usines, entrepôts, bureaux, pays, villes, lits,
        filiales, établissements, ans, équipes, serveurs, services, étages, utilisateurs
    """)
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the answer and the figures in it."""

    utterance: Utterance
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        return self.utterance.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A result claimed, by the clause that claims it."""

    sentence: int
    start: int
    end: int
    weight: int


def unmeasured_claim(answer: Sequence[Utterance], language: str) -> Evidence | None:
    """The strongest result that an answer claims, where it gives no figure for any.

    Args:
        answer: What the candidate said under one question, in order; the answer is over.
        language: ``en`` or ``fr``; in any other language nothing is found.

    Returns:
        The clause that claims it, verbatim; None where nothing is claimed, where a claim has a
        figure, and wherever that is in doubt.
    """
    words = _WORDS.get(language)
    if words is None:
        return None
    said = [sentence for utterance in answer for sentence in _sentences(utterance, language)]
    if any(figure.compares for sentence in said for figure in sentence.figures):
        return None
    claims = [claim for index in range(len(said)) for claim in _claims(said, index, words)]
    if not claims or any(_backed(said, claim, words) for claim in claims):
        return None
    strongest = max(claims, key=lambda claim: claim.weight)
    return quote([(said[strongest.sentence].utterance, strongest.start, strongest.end)])


def _sentences(utterance: Utterance, language: str) -> list[_Sentence]:
    found = figures(utterance.text, language)
    return [
        _Sentence(
            utterance,
            start,
            end,
            tuple(figure for figure in found if figure.start < end and start < figure.end),
        )
        for start, end in sentences(utterance.text)
    ]


def _claims(said: Sequence[_Sentence], index: int, words: ClaimWords) -> list[_Claim]:
    """The clauses of one sentence that claim a result of the speaker's."""
    sentence = said[index]
    if sentence.utterance.uncertain or sentence.text.rstrip("\"'»”)] ").endswith("?"):
        return []
    found: list[_Claim] = []
    for start, end in clauses(sentence.text):
        clause = sentence.text[start:end]
        own, outcome = words.own.search(clause), words.outcome.search(clause)
        match = own or outcome
        if match is None or _stretch(sentence.text, start, end) > _LONGEST_STRETCH:
            continue
        if _doubtful(clause, match, words) or (not own and _others_spoken_of(said, index, words)):
            continue
        weight = 2 * bool(own) + bool(words.strong.search(clause))
        found.append(_Claim(index, sentence.start + start, sentence.start + end, weight))
    return found


def _stretch(text: str, start: int, end: int) -> int:
    """How many words stand around a clause between two marks of punctuation."""
    before = [match.end() for match in _BREAK.finditer(text, 0, start)]
    after = _BREAK.search(text, max(start, end - 1))
    return len(text[before[-1] if before else 0 : after.start() if after else None].split())


def _doubtful(clause: str, match: re.Match[str], words: ClaimWords) -> bool:
    """Whether the clause wishes, plans, denies or tells of others before it claims."""
    before = words.phrases.sub(" ", clause[: match.start()])
    claimed = words.phrases.sub(" ", clause[: match.end()])
    return bool(words.doubtful.search(before) or words.others.search(claimed))


def _others_spoken_of(said: Sequence[_Sentence], index: int, words: ClaimWords) -> bool:
    """Whether the sentence before is about others alone: it may have been their doing."""
    if index == 0:
        return False
    before = words.phrases.sub(" ", said[index - 1].text)
    return bool(words.others.search(before)) and not words.ourselves.search(before)


def _backed(said: Sequence[_Sentence], claim: _Claim, words: ClaimWords) -> bool:
    """Whether a figure or a way of measuring stands in or beside the claim's sentence."""
    near = said[max(0, claim.sentence - 1) : claim.sentence + 2]
    return any(
        sentence.utterance.uncertain
        or any(_backs(figure) for figure in sentence.figures)
        or words.measured.search(sentence.text)
        for sentence in near
    )


def _backs(figure: Figure) -> bool:
    return figure.kind is not FigureKind.PEOPLE and figure.unit not in _SIZES
