"""Noun phrases by word lists and by where verbs stand; no grammar, good enough for labels."""

import re

from copilot.coach.words import word_set
from copilot.guides.importing.rules.asking_words import PASTS
from copilot.guides.importing.rules.label_words import (
    BEFORE_TO,
    BREAKS,
    DETERMINERS,
    JOINING,
    LINKS,
    NOUNS_IN_ER,
    NOUNS_IN_ING,
    NOUNS_TOO,
    PREPOSITIONS,
    VERBS_EN,
)
from copilot.knowledge.phrases import folded

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[^\s,;:()\[\]«»“”\"!?…]+|[,;:()\[\]«»“”\"!?…]")
_MARK = re.compile(r"^[,;:()\[\]«»“”\"!?…]$")
_ELIDED = re.compile(r"^(?:[ldnmtsjc]|qu)['\u2019](?=\w)", re.IGNORECASE)
_IN_CASE = re.compile(r"\bin case\b", re.IGNORECASE)
_ADVERBS_LIKE_ADJECTIVES = word_set("weekly monthly daily yearly quarterly family supply assembly")

_NOUNS_IN_AIT = word_set("portrait retrait extrait souhait bienfait")


def noun_phrases(text: str, language: str, *, verb_first: bool = False) -> list[list[str]]:
    """Runs of words between verbs, pronouns and marks, each with its links ("of", "and") within.

    Args:
        text: A sentence or less, without what it begins with.
        language: ``en`` or ``fr``.
        verb_first: Whether its first word is to be a verb, as behind "how do you".
    """
    tokens = _TOKEN.findall(_IN_CASE.sub(",", text))
    bares = [bare(token) for token in tokens]
    runs: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        after = bares[index + 1] if index + 1 < len(tokens) else ""
        before = bares[index - 1] if index else ""
        at = _Place(bares[index], before, after, bool(runs[-1]), verb_first and not index)
        if _MARK.match(token) or not at.word or _breaks(at, language):
            runs.append([])
        else:
            elided = language == "fr" and not runs[-1]
            runs[-1].append((_ELIDED.sub("", token) if elided else token).strip("'\u2018\u2019"))
        if token.endswith(".") and len(token) > 2:
            runs.append([])
    if language == "en":
        runs = _with_clauses(runs, tokens, bares)
    trimmed = (_trimmed(run, language) for run in runs)
    return [run for run in trimmed if run]


def _with_clauses(runs: list[list[str]], tokens: list[str], bares: list[str]) -> list[list[str]]:
    """A lone noun with the clause that tells which: "a pond you dug"."""
    for run in runs:
        nouns = [word for word in run if bare(word) not in DETERMINERS["en"] | PREPOSITIONS["en"]]
        if len(nouns) != 1 or nouns[0] not in tokens:
            continue
        at = tokens.index(nouns[0])
        if bares[at + 1 : at + 2] == ["you"] and at + 2 < len(tokens):
            verb = bares[at + 2]
            if verb.endswith("ed") or verb in PASTS:
                run.extend(tokens[at + 1 : at + 3])
    return runs


class _Place:
    """A word and what stands around it."""

    __slots__ = ("after", "before", "expected_verb", "in_run", "word")

    def __init__(self, word: str, before: str, after: str, in_run: bool, expected: bool) -> None:
        self.word = word
        self.before = before
        self.after = after
        self.in_run = in_run
        self.expected_verb = expected


def bare(word: str) -> str:
    """A word as the lists have it; an acronym is none of theirs: "IT" is not "it"."""
    if len(word) > 1 and word.isupper():
        return word
    return folded(word.replace("\u2019", "'").replace("\u2018", "'")).strip("'.-\u2013—*_")


def is_french_verb(word: str) -> bool:
    """Whether a folded French word looks like a verb that begins a sentence."""
    if word.endswith("-vous") or (word.endswith("ez") and word not in {"chez", "assez", "nez"}):
        return True
    infinitive = word.endswith(("er", "ir", "oir", "ttre", "ndre", "aire"))
    return infinitive and word not in NOUNS_IN_ER


def _breaks(at: _Place, language: str) -> bool:
    if at.word in BREAKS[language]:
        return True
    if language == "fr":
        return _breaks_french(at)
    if at.word == "to":
        return at.before not in BEFORE_TO
    if at.before == "to" and not at.in_run:
        return at.word not in DETERMINERS["en"]
    return _is_verb(at) or _is_gerund(at) or _is_adverb(at.word)


def _is_verb(at: _Place) -> bool:
    governs = at.after in DETERMINERS["en"] or at.after in BREAKS["en"]
    base = at.word in VERBS_EN
    third = (at.word.endswith("s") and at.word[:-1] in VERBS_EN) or (
        at.word.endswith("es") and at.word[:-2] in VERBS_EN
    )
    past = at.word.endswith("ed") or at.word in PASTS
    if at.expected_verb:
        return base or past or third
    if not at.before or at.before == "and" or _is_adverb(at.before):
        loose = _is_adverb(at.after) or at.after in PREPOSITIONS["en"]
        starts = base and (at.word not in NOUNS_TOO or loose)
        return (starts and bool(at.after)) or ((base or third or past) and governs)
    if past:
        return at.before in BREAKS["en"] or (governs and not at.in_run)
    return (base or third) and governs and at.in_run


def _is_gerund(at: _Place) -> bool:
    if not at.word.endswith("ing") or len(at.word) < 5 or "/" in at.word:
        return False
    governs = at.after in DETERMINERS["en"] or at.after in BREAKS["en"]
    if at.word in NOUNS_IN_ING:
        return governs
    if at.before in BREAKS["en"] and not at.in_run:
        return True
    return governs or (
        bool(at.after) and (not at.before or at.before in PREPOSITIONS["en"] | {"and"})
    )


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in _ADVERBS_LIKE_ADJECTIVES


def _breaks_french(at: _Place) -> bool:
    if at.word.endswith(("ait", "aient")) and len(at.word) > 5 and at.word not in _NOUNS_IN_AIT:
        return True
    if at.expected_verb and at.after:
        return True
    if is_french_verb(at.word):
        return not at.in_run or at.before in PREPOSITIONS["fr"] or at.word.endswith("ez")
    return (
        not at.in_run and at.word.endswith("ment") and at.before in {"", "a"} and len(at.word) > 9
    )


def _trimmed(run: list[str], language: str) -> list[str]:
    """A run without determiners and links at its ends, up to what joins no two nouns."""
    loose = DETERMINERS[language] | PREPOSITIONS[language] | JOINING[language] | BREAKS[language]
    start, end = 0, len(run)
    while start < end and (bare(run[start]) in loose or not bare(run[start])):
        start += 1
    for index in range(start, end):
        word = bare(run[index])
        inner = index > start and word in DETERMINERS[language] - LINKS[language]
        second = inner and bare(run[index - 1]) not in LINKS[language]
        if second and index == start + 1:
            return _trimmed(run[index:], language)  # "zap your weeds": a verb unknown here
        if second or (word in PREPOSITIONS[language] and word not in LINKS[language]):
            end = index
            break
    if "you" in map(bare, run[start:end]):
        return run[start:end]
    while end > start and (bare(run[end - 1]) in loose or not bare(run[end - 1])):
        end -= 1
    return run[start:end]
