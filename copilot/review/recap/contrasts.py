"""Words that come in opposites, and words for all, most or only: what they are said of must agree.

"Tickets went down and satisfaction went up" and "tickets went up and satisfaction went down" hold
the same words. So each such word is looked at together with the word it belongs to.
"""

import re
from collections.abc import Iterator

from copilot.coach.words import FUNCTION_WORDS, stem, words

_UP = {
    "en": r"(?:(?:go|goes|going|went|gone|is|was|are|were|been) up|up|rose|rises?|risen|"
    r"increas\w+|grew|grown|grows?|improv\w+)",
    "fr": r"(?:augment\w+|mont\w+ en fleche|hausse|progress\w+|cru|amelior\w+)",
}
_DOWN = {
    "en": r"(?:(?:go|goes|going|went|gone|is|was|are|were|been) down|down|fell|falls?|fallen|"
    r"decreas\w+|dropp?\w*|shrank|shrunk|worsen\w+)",
    "fr": r"(?:baiss\w+|diminu\w+|chut\w+|recul\w+|empir\w+)",
}
_BEFORE = {"en": r"(?:before|prior to|ahead of)", "fr": r"(?:avant)"}
_AFTER = {"en": r"(?:after|following)", "fr": r"(?:apres)"}
_MORE = {
    "en": r"(?:more|most|higher|highest|longer|longest|larger|largest|bigger|biggest)",
    "fr": r"(?:plus)",
}
_LESS = {
    "en": r"(?:less|least|fewer|fewest|lower|lowest|shorter|shortest|smaller|smallest)",
    "fr": r"(?:moins)",
}
#: Opposites that belong to the word before them, and those that belong to the one behind them.
_BEHIND = ((_UP, _DOWN), (_DOWN, _UP), (_BEFORE, _AFTER), (_AFTER, _BEFORE))
_AHEAD = ((_MORE, _LESS), (_LESS, _MORE))

_AMOUNTS = {
    "en": (
        r"all|every|everyone|everybody|everything|each|always|whole|entire|entirely",
        r"most|majority|mostly",
        r"only|solely|exclusively",
    ),
    "fr": (
        r"tous|toutes|toute|tout|chaque|chacun|chacune|toujours|entier|entiere|entierement",
        r"plupart|majorite",
        r"seul|seule|seuls|seules|seulement|uniquement",
    ),
}


def tells_the_opposite(sentence: str, said: str, language: str) -> bool:
    """Whether a sentence says of something the opposite of what was said of it."""
    told, heard = " ".join(words(sentence)), " ".join(words(said))
    for pairs, find in ((_BEHIND, _before), (_AHEAD, _behind)):
        for this, opposite in pairs:
            mine = set(find(this[language], told, language))
            same = set(find(this[language], heard, language))
            against = set(find(opposite[language], heard, language))
            if (mine - same) & against:
                return True
    return False


def tells_more_than_said(sentence: str, said: str, language: str) -> bool:
    """Whether a sentence speaks of all, most or only where nobody did."""
    told, heard = " ".join(words(sentence)), " ".join(words(said))
    return any(
        re.search(rf"\b(?:{amount})\b", told) and not re.search(rf"\b(?:{amount})\b", heard)
        for amount in _AMOUNTS[language]
    )


def _before(pattern: str, text: str, language: str) -> Iterator[str]:
    """For each place of a pattern, the stem of the word before it that says something."""
    for match in re.finditer(rf"\b{pattern}\b", text):
        for word in reversed(text[: match.start()].split()):
            if word not in FUNCTION_WORDS[language] and word not in ("went", "go", "goes"):
                yield stem(word, language)
                break


def _behind(pattern: str, text: str, language: str) -> Iterator[str]:
    """For each place of a pattern, the stem of the word right behind it."""
    for match in re.finditer(rf"\b{pattern}\b", text):
        for word in text[match.end() :].split()[:1]:
            yield stem(word, language)
