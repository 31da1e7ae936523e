"""Names of people, companies and places, by rules: what a sentence says of a word with a capital.

There is no model behind it. A name is found where somebody is introduced, addressed or given a
title, where a first name is a common one, and where a word has a capital in the middle of a
sentence that neither the guides nor the talk itself use without one. What that misses is told in
``docs/privacy.md``, and whoever anonymises can name more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from copilot.paths import shipped_knowledge
from copilot.review.anonymising.name_words import COMMON, FIRST_NAMES, NAMELESS
from copilot.review.anonymising.patterns import Kind, contacts_in
from copilot.review.anonymising.table import folded

_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019.](?=[^\W\d_])[^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[dljtmnsc]|qu)['\u2019](?=.)", re.IGNORECASE)
_CONTRACTED = re.compile(r"['\u2019](?:s|m|d|ll|re|ve)$")
_ACRONYM = re.compile(r"[A-Z]{2,}s?")
_SENTENCE = re.compile(r"(?:^|[.!?…:\n]|[\"“«(—])[\s\"“«(—]*$")

_INTRODUCED = re.compile(
    r"\b(?:my\sname(?:\sis|['\u2019]s)|name\sis|name\swas|i['\u2019]m|i\sam|this\sis|call\sme|called|named|"
    r"je\sm['\u2019]appelle|je\ssuis|moi\sc['\u2019]est|c['\u2019]est|mon\snom\sest|appelez-moi|nommée?|"
    r"s['\u2019]appelle|s['\u2019]appelait)[,\s]*$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|prof|professor|mme|mlle|monsieur|madame|mademoiselle|docteur|"
    r"maître|M)\.?\s$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:thanks|thank\syou|hi|hello|hey|good\smorning|good\safternoon|good\sevening|welcome|"
    r"ok|okay|right|so|well|bye|goodbye|sorry|dear|merci|bonjour|bonsoir|salut|bienvenue|alors|"
    r"d['\u2019]accord|au\srevoir|pardon|ch[eè]re?)[,\s]*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[,.!?;:…]|$)")
_DOES = re.compile(
    r"\s*(?:,|(?:and\s(?:i|me)|said|says|told|tells|asked|asks|was|is|had|has|who|joined|left|came|"
    r"ran|runs|et\smoi|qui|a|avait|est|était|m['\u2019]a|disait|dit)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was found.

    Attributes:
        parts: Its words, as they are written.
        kind: A person, or some other name.
    """

    parts: tuple[str, ...]
    kind: Kind

    @property
    def text(self) -> str:
        """The whole of it."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    begin: int
    end: int
    opens: bool  # whether a sentence begins with it

    @property
    def is_lower_case(self) -> bool:
        return self.text[:1].islower()

    @property
    def is_title_case(self) -> bool:
        return self.text[:1].isupper() and not _ACRONYM.fullmatch(self.text)


class NameFinder:
    """Finds the names of one session."""

    def __init__(self, texts: Sequence[str], terms: Iterable[str] = ()) -> None:
        """Learn which words are no names.

        Args:
            texts: Everything that was said and written.
            terms: Texts of the guide; what has a capital there is a term of the trade.
        """
        self._plain = _shipped_words() | COMMON | _mostly_small(texts)
        self._terms = NAMELESS | {folded(word) for text in terms for word in _words(text)}
        self._texts = texts

    def is_common(self, word: str) -> bool:
        """Whether a word is written without a capital as well."""
        return folded(word) in self._plain or folded(word.partition("-")[0]) in self._plain

    def find(self) -> list[Name]:
        """Every name, each once, in the order in which they turn up."""
        found: dict[str, Name] = {}
        for text in self._texts:
            for name in self._names_in(text):
                key = folded(name.text)
                if key not in found or found[key].kind is not Kind.PERSON:
                    found[key] = name
        return list(found.values())

    def _names_in(self, text: str) -> Iterator[Name]:
        tokens = _without_contacts(text)
        place = 0
        while place < len(tokens):
            kind = self._kind(text, tokens[place], tokens[place + 1 : place + 2])
            if kind is None:
                place += 1
                continue
            last = place + 1
            while last < len(tokens) and self._goes_on(text, tokens[last - 1], tokens[last]):
                last += 1
            parts = tuple(token.text for token in tokens[place:last])
            if any(folded(part) in FIRST_NAMES for part in parts):
                kind = Kind.PERSON
            yield Name(parts, kind)
            place = last

    def _kind(self, text: str, token: _Token, following: list[_Token]) -> Kind | None:
        """What a word names; None where it is an ordinary word."""
        if not token.is_title_case or len(token.text) < 2 or folded(token.text) in self._terms:
            return None
        before, after = text[: token.begin], text[token.end :]
        is_common = self.is_common(token.text)
        is_first_name = folded(token.text) in FIRST_NAMES and not (token.opens and is_common)
        if is_first_name or _TITLE.search(before):
            return Kind.PERSON
        is_addressed = _ADDRESSED.search(before) and _ENDS.match(after)
        if is_addressed and not token.opens and folded(token.text) not in COMMON:
            return Kind.PERSON  # even where it is a common word: "Thanks, Will."
        if is_common:
            return None
        if is_addressed or (_INTRODUCED.search(before) and not token.opens):
            return Kind.PERSON
        goes_on = bool(following) and self._goes_on(text, token, following[0])
        is_name = not token.opens or goes_on or _DOES.match(after)
        return Kind.NAME if is_name else None

    def _goes_on(self, text: str, before: _Token, token: _Token) -> bool:
        """Whether a name goes on with the next word."""
        if text[before.end : token.begin] != " " or not token.is_title_case:
            return False
        return folded(token.text) not in self._terms and not self.is_common(token.text)


def _without_contacts(text: str) -> list[_Token]:
    taken = [(begin, end) for _kind, begin, end in contacts_in(text)]
    return [
        token
        for token in _tokens(text)
        if not any(token.begin < end and begin < token.end for begin, end in taken)
    ]


def _tokens(text: str) -> Iterator[_Token]:
    for found in _WORD.finditer(text):
        begin, end, word = found.start(), found.end(), found[0]
        elided = _ELISION.match(word)
        opens = bool(_SENTENCE.search(text[:begin]))
        if elided and word[elided.end() :][:1].isupper():
            begin, word, opens = begin + elided.end(), word[elided.end() :], False
        if (ending := _CONTRACTED.search(word)) is not None:
            end, word = end - len(ending[0]), word[: ending.start()]
        yield _Token(word, begin, end, opens)


def _mostly_small(texts: Iterable[str]) -> frozenset[str]:
    """Words that have no capital more often than one that no sentence gives them.

    A transcriber that forgets a name's capital once must not make a common word of it.
    """
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for token in _without_contacts(text):
            small[folded(token.text)] += token.is_lower_case
            capital[folded(token.text)] += token.is_title_case and not token.opens
    return frozenset(word for word, count in small.items() if count > capital[word])


def _words(text: str) -> Iterator[str]:
    yield from (token.text for token in _tokens(text))


@cache
def _shipped_words() -> frozenset[str]:
    """The words that the shipped guides write without a capital: thousands, of both languages."""
    texts = (path.read_text("utf-8") for path in sorted(shipped_knowledge().glob("*.yaml")))
    words = {word for text in texts for word in _WORD.findall(text) if word[:1].islower()}
    return frozenset(map(folded, words)) - FIRST_NAMES
