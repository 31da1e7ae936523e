"""The same answer told by somebody else: what a judge of answers must not care about."""

import random
import re
from collections.abc import Callable

Disturbance = Callable[[str, str, random.Random], str]

_FILLERS = {"en": ("um,", "uh,", "you know,", "I mean,"), "fr": ("euh,", "ben,", "hein,", "enfin,")}
_ARTICLES = {
    "en": re.compile(r"\b(?:the|a|an) (?=\w)"),
    "fr": re.compile(r"\b(?:le|la|les|un|une|des) (?=\w)"),
}
_NAMES = ("Okonkwo", "Bergström", "Ferreira", "Nakamura", "Haddad", "Lindqvist", "Moreau")
_STOPS = '.,;:!?…"'
#: A word inside a sentence that begins with a capital and goes on small: most likely a name.
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]{2,}\b")
_NO_NAMES = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
_PRONOUNS = {
    "en": {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her"},
    "fr": {"lui": "elle", "mon": "notre", "ma": "notre", "Mon": "Notre", "Ma": "Notre"},
}


def other_names(text: str, _: str, chance: random.Random) -> str:
    """Every name replaced, the same one always by the same other."""
    given: dict[str, str] = {}

    def another(match: re.Match[str]) -> str:
        name = match.group()
        if name in _NO_NAMES:
            return name
        return given.setdefault(name, chance.choice(_NAMES))

    return _NAME.sub(another, text)


def other_pronouns(text: str, language: str, _: random.Random) -> str:
    """He becomes she; French, where that changes the verb, says "our" for "my"."""
    table = _PRONOUNS[language]
    return re.sub(r"\b\w+\b", lambda match: table.get(match.group(), match.group()), text)


def fillers(text: str, language: str, chance: random.Random) -> str:
    """A hesitation before every eighth word or so."""
    words: list[str] = []
    for word in text.split():
        if chance.random() < 0.12:
            words.append(chance.choice(_FILLERS[language]))
        words.append(word)
    return " ".join(words)


def small_letters(text: str, _: str, __: random.Random) -> str:
    """As a recogniser without capitals writes."""
    return text.lower()


def few_commas(text: str, _: str, __: random.Random) -> str:
    """Sentences end, but nothing stands inside them."""
    return re.sub(r"\s+", " ", re.sub(r"[,;:\u2013\u2014]", " ", text))


def stammer(text: str, _: str, chance: random.Random) -> str:
    """Every tenth word or so comes twice, before a comma or a stop."""
    return " ".join(
        f"{word.rstrip(_STOPS)} {word}" if chance.random() < 0.1 and word.rstrip(_STOPS) else word
        for word in text.split()
    )


def without_articles(text: str, language: str, chance: random.Random) -> str:
    """Half of the articles are missing."""
    return _ARTICLES[language].sub(
        lambda match: "" if chance.random() < 0.5 else match.group(), text
    )


ALL: tuple[Disturbance, ...] = (
    other_names,
    other_pronouns,
    fillers,
    small_letters,
    few_commas,
    stammer,
    without_articles,
)
