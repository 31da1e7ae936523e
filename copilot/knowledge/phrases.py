"""Phrases as people say them, written as data: a small regular grammar and the text it is for.

Texts are compared as plain words: case, accents, apostrophes and hyphens make no difference. A
phrase is made of

    ``word``        that word
    ``stem*``       any word that begins so
    ``(a|b c)``     one of these
    ``[a|b]``       one of these, or nothing
    ``...``         up to four words, within one sentence
    ``.``           the end of a sentence
    ``<name>``      an entry of a word list; ``digits``, ``age`` and ``year`` are built in

Phrases are joined to one regular expression, so that many of them cost one pass over the text. It
is compiled when it is first looked for: a session needs one language and should not wait for both.
"""

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: A word, decomposed accents included, or the end of a sentence. "3.5" is no end.
_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|[.!?;…]+(?=\s|$)|[!?…]+")
_PIECE = re.compile(r"\.\.\.|<[a-z-]+>|[()\[\]|]|[^\s()\[\]|<>]+")
_GAP = "(?:[^ .]+ ){0,4}?"
_END = r"(?:\. |$)"
_START = "(?<![^ ])"
_UNFOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})

#: What every phrase can refer to, as patterns over plain words.
_BUILT_IN = {
    "digits": "[0-9]+ ",
    "age": "(?:1[6-9]|[2-7][0-9]) ",
    "year": "(?:19[3-9][0-9]|20[01][0-9]) ",
}


class PhraseError(ValueError):
    """A phrase breaks the grammar; the message says how."""


def folded(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_UNFOLDED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as plain words.

    Attributes:
        text: Its words, folded, a space after each; ``. `` where a sentence ends.
        starts: Where each of them begins in ``text``.
        spans: Where each of them stands in the original, as character offsets.
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def words(self) -> list[str]:
        """The words in order, ``.`` included."""
        return self.text.split()


def plain(text: str) -> Plain:
    """``text`` as plain words."""
    words: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for match in _TOKEN.finditer(text):
        found = match.group()
        # Signs that NFKD spells out with a space or a slash would split a word in two.
        word = folded(found).replace(" ", "") if found[0].isalnum() else "."
        words.append(word)
        starts.append(length)
        spans.append(match.span())
        length += len(word) + 1
    return Plain("".join(f"{word} " for word in words), tuple(starts), tuple(spans))


def matches(pattern: str, text: Plain) -> Iterator[tuple[int, int]]:
    """Where a pattern stands in ``text``: first word and the one after the last.

    Args:
        pattern: From ``any_of``; an empty one stands nowhere.
        text: Where to look.
    """
    if not pattern:
        return
    for match in _compiled(pattern).finditer(text.text):
        if match.end() > match.start():
            yield (
                bisect.bisect_right(text.starts, match.start()) - 1,
                bisect.bisect_left(text.starts, match.end()),
            )


def list_patterns(lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Word lists as patterns, by name; a list may refer to those before it.

    Raises:
        PhraseError: An entry breaks the grammar or refers to a list that is not there.
    """
    known = dict(_BUILT_IN)
    for name, entries in lists.items():
        known[name] = any_of([parsed(entry, known) for entry in entries])
    return known


def parsed(phrase: str, lists: Mapping[str, str]) -> str:
    """A phrase as a pattern over a ``Plain.text``.

    Args:
        phrase: Written in the grammar above.
        lists: From ``list_patterns``.

    Raises:
        PhraseError: It breaks the grammar or refers to a list that is not there.
    """
    return _Parser(phrase, lists).pattern()


def any_of(patterns: Sequence[str]) -> str:
    """A pattern for any of these; empty without any."""
    return f"(?:{'|'.join(patterns)})" if patterns else ""


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern)


class _Parser:
    """Turns one phrase into a pattern, by recursive descent."""

    def __init__(self, phrase: str, lists: Mapping[str, str]) -> None:
        self._phrase = phrase
        self._lists = lists
        self._pieces = _PIECE.findall(phrase)
        self._at = 0

    def pattern(self) -> str:
        found, says_something = self._sequence()
        if self._at < len(self._pieces):
            raise self._error(f"{self._pieces[self._at]!r} is too much")
        if not says_something:
            raise self._error("it would match nothing at all; one word must stand there")
        return found

    def _sequence(self) -> tuple[str, bool]:
        """Items up to the end of this alternative, and whether one of them must stand there."""
        found, says_something = "", False
        while (piece := self._next()) is not None and piece not in "|)]":
            self._at += 1
            pattern, needed = self._item(piece)
            found, says_something = found + pattern, says_something or needed
        return found, says_something

    def _alternatives(self, closing: str) -> tuple[str, bool]:
        found = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            found.append(self._sequence())
        if self._next() != closing:
            raise self._error(f"{closing!r} is missing")
        self._at += 1
        if not all(pattern for pattern, _ in found):
            raise self._error("an alternative is empty")
        return any_of([pattern for pattern, _ in found]), all(needed for _, needed in found)

    def _item(self, piece: str) -> tuple[str, bool]:
        if piece == "(":
            return self._alternatives(")")
        if piece == "[":
            return f"{self._alternatives(']')[0]}?", False
        if piece == "...":
            return _GAP, False
        if piece == ".":
            return _END, False
        return (self._list(piece[1:-1]) if piece.startswith("<") else self._word(piece)), True

    def _list(self, name: str) -> str:
        if name not in self._lists:
            known = ", ".join(sorted(self._lists))
            raise self._error(f"there is no list {name!r} before it (known: {known})")
        return self._lists[name]

    def _word(self, piece: str) -> str:
        stem = piece.endswith("*")
        parts = plain(piece.removesuffix("*")).words()
        if not parts or "." in parts or "*" in piece[:-1]:
            raise self._error(f"{piece!r} is no word")
        *before, last = map(re.escape, parts)
        return "".join(f"{part} " for part in before) + last + ("[^ ]* " if stem else " ")

    def _next(self) -> str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _error(self, what: str) -> PhraseError:
        return PhraseError(f"{what} (in {self._phrase!r}).")
