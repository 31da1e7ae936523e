"""Names, acronyms and product numbers in a sentence: none may be there that was not said."""

import re

from copilot.coach.words import FUNCTION_WORDS, stem, words
from copilot.knowledge.phrases import folded
from copilot.review.recap.cue_words import TELLING
from copilot.review.recap.number_words import DATES, TENS_OF, UNITS_OF

_TOKEN = re.compile(r"[^\W_](?:[\w&+./#'-]*[\w+#])?")
_POSSESSIVE = re.compile(r"'s$")
_WITH_DIGITS = re.compile(r"(?=\w*[^\W\d_])(?=\w*\d)\w+")
#: Behind digits these are no part of a name.
_MULTIPLE = re.compile(r"\d[\d.,]*(?:k|m|bn|st|nd|rd|th|e|er|eme|h|s)$", re.IGNORECASE)
_NUMBERS = {language: {*UNITS_OF[language], *TENS_OF[language]} for language in UNITS_OF}
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|jusqu)'(?=\w)", re.IGNORECASE)


def unsaid_names(sentence: str, said: str) -> list[str]:
    """The names in a sentence that do not stand in what was said, case and accents aside."""
    known = frozenset(words(said))
    return [name for name in _names(sentence) if not known.issuperset(words(name))]


def begins_unsaid(sentence: str, said: str, language: str) -> bool:
    """Whether a sentence begins with a word that nobody said, which may be a name.

    There a capital tells nothing. Retellings begin with who acts or with a word of the candidate's.
    """
    first = words(sentence)[:1]
    plain = FUNCTION_WORDS[language] | TELLING[language]
    if not first or first[0] in plain or first[0].isdigit() or first[0] in _NUMBERS[language]:
        return False
    known = {stem(word, language) for word in words(said)}
    return stem(first[0], language) not in known


def _names(sentence: str) -> list[str]:
    found: list[str] = []
    for match in _TOKEN.finditer(sentence):
        token = _ELISION.sub("", _POSSESSIVE.sub("", match.group()))
        if token and _is_name(token, begins=match.start() == 0):
            found.append(token)
    return found


def _is_name(token: str, *, begins: bool) -> bool:
    if _MULTIPLE.fullmatch(token):
        return False
    if any(character.isupper() for character in token[1:]) or _WITH_DIGITS.fullmatch(token):
        return True
    if not token[0].isupper() or begins:
        return False
    plain = folded(token)
    return plain not in DATES and not any(plain in known for known in FUNCTION_WORDS.values())
