"""Replacing names and contact data in texts, so that a quote stays a quote and a word a word."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from copilot.events import Evidence, Utterance, Word
from copilot.review.anonymising.names import Name, NameFinder
from copilot.review.anonymising.patterns import Kind, contacts_in
from copilot.review.anonymising.table import Table, folded

_SENTENCE_OPENS = re.compile(r"(?:^|[.!?…:\n])[\s\"“«(—]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``begin`` to ``end`` of a text become ``text``."""

    begin: int
    end: int
    text: str


class Replacer:
    """Replaces in any text of one session."""

    def __init__(self, finder: NameFinder, names: Sequence[Name], given: Iterable[str]) -> None:
        """Give every name its placeholder.

        Args:
            finder: Knows which words are common ones.
            names: Those that were found.
            given: Names of people that somebody listed; found however they are written.
        """
        self.table = Table()
        self._spans: dict[str, list[Span]] = {}
        self._kinds: dict[str, tuple[Kind, str]] = {}
        self._common: set[str] = set()
        listed = [" ".join(name.split()) for name in given if name.strip()]
        for name in listed:
            self._know(Name(tuple(name.split()), Kind.PERSON))
        for found in sorted(names, key=lambda each: each.kind is not Kind.PERSON):
            self._know(found)
            self._common |= {part for part in found.parts if finder.is_common(part)}
        people = [name for name in names if name.kind is Kind.PERSON]
        parts = [part for name in listed for part in name.split()]
        parts += [part for name in people for part in name.parts]
        ordinary = {part for part in parts if finder.is_common(part)}
        self._common |= ordinary
        # A word that others say as well is a name only where it has a capital, unless somebody
        # listed it without one.
        wholes = [name for name in listed if " " in name or not name[:1].isupper()]
        wholes += [name.text for name in people if len(name.parts) > 1]
        capital = [part for part in ordinary if part[:1].isupper()]
        self._patterns = (
            # Whole names before their words, so that no word of one is left behind.
            (_any_of(wholes, re.I), True),
            (_any_of([name.text for name in names if len(name.parts) > 1], 0), False),
            (_any_of([part for part in parts if part not in ordinary], re.I), True),
            (_any_of([*(part for name in names for part in name.parts), *capital], 0), False),
        )

    def _know(self, name: Name) -> None:
        """A name, and each of its words, are the same thing, unless a word is another's already."""
        whole = folded(name.text)
        # Somebody who was called by the first of several names is nobody else.
        known = self._kinds.get(whole) or self._kinds.get(folded(name.parts[0]))
        kind, first = known or (name.kind, name.text)
        self._kinds[whole] = (kind, first)
        for part in name.parts:
            if len(part) > 1:
                self._kinds.setdefault(folded(part), (kind, first))

    def named(self, kind: Kind, text: str) -> str:
        """What stands for the whole of a text that names one thing: a person, a device, a host."""
        known, first = self._kinds.get(folded(text), (kind, text))
        return self._used(known, first, text)

    def spans(self, text: str) -> list[Span]:
        """What is replaced in a text, in order; none overlap."""
        # Looked for once, so that quotes of a text do not count what it holds again.
        if text not in self._spans:
            self._spans[text] = self._looked_for(text)
        return self._spans[text]

    def _looked_for(self, text: str) -> list[Span]:
        found = [
            Span(begin, end, self.table.use(kind, text[begin:end]))
            for kind, begin, end in contacts_in(text)
        ]
        for pattern, is_sure in self._patterns:
            for match in pattern.finditer(text) if pattern else ():
                begin, end = match.span()
                if any(begin < span.end and span.begin < end for span in found):
                    continue
                if not is_sure and self._is_ordinary(text, match):
                    continue
                kind, first = self._kinds.get(folded(match[0]), (Kind.PERSON, match[0]))
                found.append(Span(begin, end, self._used(kind, first, match[0])))
        return sorted(found, key=lambda span: span.begin)

    def _used(self, kind: Kind, first: str, written: str) -> str:
        self.table.same(kind, first, [written])
        return self.table.use(kind, written)

    def _is_ordinary(self, text: str, match: "re.Match[str]") -> bool:
        """Whether a common word merely begins a sentence, though it is somebody's name as well."""
        is_common = match[0] in self._common
        return is_common and _SENTENCE_OPENS.search(text[: match.start()]) is not None

    def text(self, text: str) -> str:
        """A text with everything replaced."""
        return apply(text, self.spans(text))

    def utterance(self, said: Utterance) -> Utterance:
        """An utterance with everything replaced, in its text and in its words alike."""
        spans = self.spans(said.text)
        if not spans:
            return said
        words = _words(said, spans)
        return dataclasses.replace(said, text=apply(said.text, spans), words=words)

    def evidence(self, found: Evidence, said: Mapping[str, Utterance]) -> Evidence:
        """A quote with the same replaced as in the utterances it stands in.

        Args:
            found: The evidence.
            said: The utterances as they were heard.
        """
        texts = [said[uid].text for uid in found.utterance_ids if uid in said]
        joined = " ".join(texts)
        place = joined.find(found.quote)
        if place < 0:
            return dataclasses.replace(found, quote=self.text(found.quote))
        spans: list[Span] = []
        offset = 0
        for text in texts:
            spans += [
                Span(span.begin + offset, span.end + offset, span.text) for span in self.spans(text)
            ]
            offset += len(text) + 1
        return dataclasses.replace(found, quote=_cut(joined, spans, place, len(found.quote)))


def apply(text: str, spans: Sequence[Span]) -> str:
    """A text with its spans replaced."""
    parts: list[str] = []
    place = 0
    for span in spans:
        parts += [text[place : span.begin], span.text]
        place = span.end
    return "".join([*parts, text[place:]])


def _cut(text: str, spans: Sequence[Span], begin: int, length: int) -> str:
    """A stretch of a text, widened to whole replacements, with them made."""
    end = begin + length
    inside = [span for span in spans if span.begin < end and begin < span.end]
    first = min([begin, *(span.begin for span in inside)])
    last = max([end, *(span.end for span in inside)])
    moved = [Span(span.begin - first, span.end - first, span.text) for span in inside]
    return apply(text[first:last], moved)


def _words(said: Utterance, spans: Sequence[Span]) -> tuple[Word, ...]:
    """The words with their times; those that a placeholder stands for become one."""
    if " ".join(word.text for word in said.words) != said.text:
        return ()
    made: list[Word] = []
    place = 0
    group: list[Word] = []
    group_begin = 0
    for word in said.words:
        if not group:
            group_begin = place
        group.append(word)
        place += len(word.text)
        # A replacement that goes on behind this word takes the next one in as well.
        if not any(span.begin < place + 1 and place < span.end for span in spans):
            text = _cut(said.text, spans, group_begin, place - group_begin)
            made.append(_joined(group, text))
            group = []
        place += 1
    return tuple(made)


def _joined(group: Sequence[Word], text: str) -> Word:
    return Word(
        text=text,
        start_s=group[0].start_s,
        end_s=group[-1].end_s,
        probability=min(word.probability for word in group),
    )


def _any_of(texts: Iterable[str], flags: int) -> "re.Pattern[str] | None":
    """Any of these as whole words; blind to accents where it is blind to capitals."""
    known = sorted({text for text in texts if len(text) > 1}, key=lambda text: (-len(text), text))
    if not known:
        return None
    written = _blind if flags & re.I else re.escape
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(written, known))})(?!\w)", flags)


def _blind(text: str) -> str:
    return "".join(_accented().get(letter, re.escape(letter)) for letter in folded(text))


@cache
def _accented() -> dict[str, str]:
    """For each plain letter, a pattern of it and all that are it with an accent."""
    letters: dict[str, str] = {}
    for code in range(0x61, 0x250):
        letter = chr(code)
        base = folded(letter)
        if letter.isalpha() and len(base) == 1 and "a" <= base <= "z":
            letters[base] = letters.get(base, "") + letter
    return {base: rf"[{found}][\u0300-\u036f]*" for base, found in letters.items()} | {" ": r"\s+"}
