"""Whether two texts say the same but for spelling, and how alike they are otherwise."""

import difflib
import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_SPELLING = 0.9
#: Words that may come and go without another meaning. None of them denies.
_LIGHT = (
    "a an the of to in on at for and or with by that this your you me us about please",
    "un une le la les l du de des d en au aux et ou avec par que qu ce cette votre vos vous moi",
)
_FUNCTION_WORDS = frozenset(word for words in _LIGHT for word in words.split())


def same(text: str, other: str) -> bool:
    """Whether two texts say the same: word by word, but for spelling and words without weight."""
    these, those = _words(text), _words(other)
    if text == other:
        return bool(text)
    if these == those:
        return bool(these)
    content, of_other = _content(these), _content(those)
    return (
        0 < len(content) == len(of_other)
        and abs(len(these) - len(those)) <= 3
        and all(_spelt_alike(a, b) for a, b in zip(content, of_other, strict=True))
    )


def likeness(text: str, other: str) -> float:
    """How much of two texts is the same, in words: 0 to 1."""
    if text == other:
        return 1.0
    these, those = _words(text), _words(other)
    if not set(these) & set(those):
        return 0.0
    return difflib.SequenceMatcher(None, these, those, autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return tuple(_WORD.findall(bare))


def _content(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in _FUNCTION_WORDS]


def _spelt_alike(word: str, other: str) -> bool:
    if word == other:
        return True
    if word[0] != other[0] or any(letter.isdigit() for letter in word + other):
        return False
    british, of_other = word.replace("z", "s"), other.replace("z", "s")
    return difflib.SequenceMatcher(None, british, of_other).ratio() >= _SPELLING
