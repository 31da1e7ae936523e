"""Which part of a document a heading opens, and which a lead-in sentence announces."""

import re
from dataclasses import dataclass

from copilot.guides.importing.rules.section_words import HEADINGS, LEAD_INS, NAMED, Section
from copilot.knowledge.phrases import folded

#: No name of a part has more words.
_MOST_WORDS = 16
_MOST_WORDS_BEFORE_A_COLON = 9
_NUMBERING = re.compile(
    r"^(?:(?:part|section|partie)\s+)?(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])\s*[.):\u2013—-]\s+"
)
_WHOSE = re.compile(
    r"(?:(?:our|my|your|some|a few|the|nos|mes|vos|notre|votre|les|quelques|voici|the (?:main|top)|"
    r"[0-9]{1,2})\s+)+(?=\w)"
)
_EDGES = re.compile(r"^[^\w]+|[^\w)]+$")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00a0": " "})
_COLON = re.compile(r"\s*[:\uff1a]\s+|\s*[:\uff1a]$|\s+[\u2013—]\s+|\s+-{1,2}\s+")
_NAMED_COLON = re.compile(
    r"\s*(?:(?:[0-9]{1,2}|[ivx]{1,4}|\b[a-h])?\s*(?:[:\uff1a]|\s[\u2013\u2014-]{1,2})|"
    r"\s(?:[0-9]{1,2}|[a-h])[.)])\s+",
    re.IGNORECASE,
)

#: "Questions: 35 minutes" tells how long they take, it asks none.
_DURATION = re.compile(
    r"\(?(?:about |around |environ |~)?[0-9]{1,3}(?:\s*(?:-|\u2013|to|à)\s*[0-9]{1,3})?\s*"
    r"(?:min(?:ute)?s?|mn|h(?:ours?|eures?)?|')\.?\)?",
    re.IGNORECASE,
)

#: Signs before an item, as checklists have them: good, and bad.
_SIGNS = (
    (Section.POINTS, re.compile(r"(?:[\U0001F7E2\u2705\U0001F44D\u2795\u2714]\ufe0f?|\(\+\))\s*")),
    (
        Section.FLAGS,
        re.compile(r"(?:[\U0001F534\U0001F6A9\u274C\U0001F44E\u2796\u26A0]\ufe0f?|\(-\))\s*"),
    ),
)
#: A name within a text, before its colon.
_WITHIN = re.compile(
    r"(?<=[\s*_])(?P<name>[A-ZÀ-Þ][\w'\u2019]+(?: "
    r"[\w'\u2019]+){0,4}?)\s?[:\uff1a](?=\s|$)"
)
_WITHIN_OTHERS = frozenset({Section.POINTS, Section.FLAGS, Section.FOLLOW_UPS, Section.SAMPLE})

_HEADINGS = tuple((section, re.compile(pattern)) for section, pattern in HEADINGS)
_LEAD_INS = tuple((section, re.compile(pattern)) for section, pattern in LEAD_INS)
_NAMED = tuple((section, re.compile(pattern)) for section, pattern in NAMED)


def plain_text(text: str) -> str:
    """A text folded, with plain apostrophes and single spaces; for patterns to look at."""
    return " ".join(folded(text.translate(_APOSTROPHES)).split())


def offset_in(sentence: str, plain_end: int) -> int:
    """Where in a sentence the words end that its folded form has before ``plain_end``."""
    wanted = len(plain_text(sentence)[:plain_end].split())
    at = 0
    for _ in range(wanted):
        while at < len(sentence) and sentence[at].isspace():
            at += 1
        while at < len(sentence) and not sentence[at].isspace():
            at += 1
    while at < len(sentence) and sentence[at].isspace():
        at += 1
    return at


def section_of(heading: str) -> Section | None:
    """The part that a heading opens; None where it names none that we know."""
    text = _EDGES.sub("", _NUMBERING.sub("", _EDGES.sub("", plain_text(heading))))
    if not text or len(text.split()) > _MOST_WORDS:
        return None
    section = next((section for section, known in _HEADINGS if known.fullmatch(text)), None)
    # "Our tips", "Quelques conseils": the name, without whose or how many.
    whose = _WHOSE.match(text) if section is None else None
    return section_of(text[whose.end() :]) if whose is not None else section


def announced_by(sentence: str) -> Section | None:
    """The part that a lead-in such as "Main tasks include:" announces; None where it is unclear."""
    text = plain_text(sentence)
    known = section_of(sentence)
    if known is not None:
        return known
    return next((section for section, lead in _LEAD_INS if lead.search(text)), None)


@dataclass(frozen=True, slots=True)
class Led:
    """A text that begins with the name of the part it belongs to.

    Attributes:
        section: That part.
        lead: The name with its colon or dash.
        rest: What follows; empty where nothing does.
        named: Whether the rest names one item, as in "Stage 2: Technical interview".
    """

    section: Section
    lead: str
    rest: str
    named: bool = False


def parted(text: str) -> list[str]:
    """A text cut where the name of another part stands within it, as lines run together have it.

    "Good: counts first. Bad: guesses." are two. Joined by spaces they are the text again.
    """
    names = (match for match in _WITHIN.finditer(text) if match.start())
    others = (m.start() for m in names if section_of(m["name"]) in _WITHIN_OTHERS)
    cuts = [0, *others]
    ends = [*cuts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(cuts, ends, strict=True)]


def led(text: str) -> Led | None:
    """``text`` split behind the name of a part before a colon or dash; None where none stands."""
    named = _NAMED_COLON.search(text)
    if named is not None and text[named.end() :].strip():
        before = _EDGES.sub("", plain_text(text[: named.start()]))
        for section, pattern in _NAMED:
            if pattern.fullmatch(before):
                return Led(section, text[: named.end()].strip(), text[named.end() :].strip(), True)
    colon = _COLON.search(text)
    if colon is None:
        return None
    before = text[: colon.start()]
    if len(before.split()) > _MOST_WORDS_BEFORE_A_COLON:
        return None
    section_found = section_of(before)
    if section_found is None or _DURATION.fullmatch(text[colon.end() :].strip()):
        return None
    return Led(section_found, text[: colon.end()].strip(), text[colon.end() :].strip())


def signed(text: str) -> Led | None:
    """``text`` split behind a sign for good or bad before it; None where none stands."""
    for section, sign in _SIGNS:
        match = sign.match(text)
        if match is not None and text[match.end() :].strip():
            return Led(section, match.group().strip(), text[match.end() :].strip())
    return None
