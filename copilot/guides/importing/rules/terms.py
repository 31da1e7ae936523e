"""Names and acronyms in a document, which a transcriber should expect."""

import re
from collections import Counter
from collections.abc import Iterable

from copilot.coach.words import word_set

_ACRONYM = re.compile(
    r"(?<![\w-])(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Z0-9]{1,7}(?:[/&-][A-Z0-9]{2,8})*(?=s?(?![\w-]))"
)
_CAMEL = re.compile(r"(?<![\w-])(?:[A-Z]?[a-z]+[A-Z]+[A-Za-z]*|[A-Z]{2,}[a-z]{2,}\w*)(?![\w-])")
_NAME = re.compile(r"(?<=[\wà-ÿ,] )[A-Z][a-zA-Z0-9+#]+(?:[ -](?:[A-Z][a-zA-Z0-9+#]+|[0-9]{2,5}))*")
_LOWER = re.compile(r"\b[a-zà-ÿ]{2,}\b")
_PERSON = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Mme|Mlle|Prof)\.? |\bM\. |\bHi |\bHello |\bDear |\bBonjour )$"
)
_NO_TERM = word_set(
    """AM PM OK II III IV VI VII VIII IX XI XII NB PS QA AND OR NOT THE FOR YOU TBD TBC ASAP FYI
    CV MON TUE WED THU FRI SAT SUN ET OU LE LA LES DES UN UNE"""
)
_NO_NAME = word_set(
    """I January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday English French German Spanish
    Dutch Italian European American British Q A Ask Tell Describe Probe Look Listen Note Yes
    No"""
)
_LONGEST = 60
_LONGEST_ACRONYM = 6


def terms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Acronyms and product names, each once, in the order they come.

    A name is what is capitalised within a sentence; what stands in capitals throughout, or in a
    title where every word has one, is none.
    """
    found: Counter[str] = Counter()
    for text in texts:
        small = len(_LOWER.findall(text))
        if text.isupper() and (len(text.split()) > 1 or len(text) > _LONGEST_ACRONYM):
            continue  # a heading in capitals
        matches = [*_ACRONYM.finditer(text), *_CAMEL.finditer(text)]
        capitals = sum(word[:1].isupper() for word in text.split())
        if small >= 3 and small > capitals:
            names = (match for match in _NAME.finditer(text) if _is_name(text, match))
            matches = [*matches, *names]
        spans: list[tuple[int, int]] = []
        for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
            if any(start <= match.start() and match.end() <= end for start, end in spans):
                continue
            spans.append(match.span())
            if match.group() not in _NO_TERM and len(match.group()) <= _LONGEST:
                found[match.group()] += 1
    return tuple(term for term in found if not (term.endswith("s") and term[:-1] in found))


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].split()
    if before and before[-1][:1].isupper():
        return False  # the name, or the sentence, begins before it
    first = match.group().split()[0]
    return first not in _NO_NAME and not _PERSON.search(text[: match.start()])
