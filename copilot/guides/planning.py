"""A plan of a list that somebody wrote: which lines are which questions of the guide."""

import csv
import difflib
import enum
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.guides.documents.decoding import text_of
from copilot.guides.documents.opening import FileKind, bytes_of, kind_of
from copilot.guides.documents.reading import read_document
from copilot.guides.documents.web.reading import is_page
from copilot.knowledge.guide import Guide, Question
from copilot.knowledge.phrases import plain

#: From this likeness on a line may be a question in other words, and is asked about.
_NEAR = 0.55
#: A question is told by so many words at least; fewer of them are too easily alike.
_FEWEST_WORDS = 3
_MOST_MINUTES = 120

_MARK = re.compile(
    r"^\s*(?:#{1,6}(?=\s)|[-*\u2013\u2022\u00b7\u25aa\u2610\u2713]|\(?\d{1,3}[.):]|[Qq]\d{1,3}[.:]?)\s*"
)
_MINUTES = re.compile(
    r"[\s([,;:\u2013-]*\b(\d{1,3}(?:[.,]5)?)\s*"
    r"(?:min(?:utes?|s)?\b\.?|['\u2032\u2019](?!\w))\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_PROBES = re.compile(
    r"^\s*(?:probes|follow-?ups?|relances?)\b[^\d:=]*[:=]\s*(\d)\s*$", re.IGNORECASE
)


class Found(enum.StrEnum):
    """How sure it is which question a line is."""

    SURE = "sure"  # its id, its label, or how the guide asks it
    NEAR = "near"  # like one of these
    TWICE = "twice"  # a question that stands in the list already
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of the list.

    Attributes:
        line: Its number in the file, counted from 1; that of the paragraph in a Word file, of the
            line on its page in a PDF.
        text: What it says, without its mark and minutes.
        found: How sure it is which question it is.
        question: The question's id; empty for an unknown one.
        minutes: How long it may take, where the line says so.
    """

    line: int
    text: str
    found: Found
    question: str = ""
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What was read of a list.

    Attributes:
        lines: Each line that is not empty, in order.
        probes: The cap on follow-ups, where a line says one.
    """

    lines: tuple[ListedLine, ...]
    probes: int | None = None


def read_list(path: Path, guide: Guide) -> Listed:
    """Find the questions of a guide in a list of them.

    Args:
        path: A text, Markdown, CSV, web page, Word or PDF file; a question a line.
        guide: In the language of the list.

    Raises:
        DocumentError: It cannot be read.
    """
    known = _Known(guide)
    lines: list[ListedLine] = []
    probes: int | None = None
    named: set[str] = set()
    for number, written, minutes in _lines(path):
        cap = _PROBES.match(written)
        if cap:
            probes = int(cap.group(1))
            continue
        text, said = _without_minutes(_MARK.sub("", written).strip())
        question, found = known.find(text)
        if question in named:
            found = Found.TWICE
        elif question:
            named.add(question)
        lines.append(ListedLine(number, text, found, question, minutes or said))
    return Listed(tuple(lines), probes)


def _lines(path: Path) -> Iterator[tuple[int, str, float | None]]:
    """Each line that says something: its number, what it says, and its column's minutes."""
    content = bytes_of(path)
    packed = kind_of(content, path) in (FileKind.PDF, FileKind.WORD)
    text = "" if packed else text_of(content, path)
    if not text or is_page(text, path.name):
        for block in read_document(path).blocks:
            yield block.line, block.text, None
    elif path.suffix.lower() in (".csv", ".tsv"):
        yield from _rows(text)
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip(" \t#*-_="):
                yield number, line, None


def _rows(text: str) -> Iterator[tuple[int, str, float | None]]:
    """The first column says which question; another that is a number says how many minutes."""
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text, delimiters=",;\t")
    except csv.Error:
        dialect = "excel"
    reader = csv.reader(io.StringIO(text), dialect)
    for number, row in enumerate(reader):
        if not row or not row[0].strip():
            continue
        minutes = next((found for cell in row[1:] if (found := _number(cell))), None)
        if number == 0 and minutes is None and len(row) > 1:
            continue  # what the columns are called
        yield reader.line_num, row[0], minutes


def _number(cell: str) -> float | None:
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value <= _MOST_MINUTES else None


def _without_minutes(text: str) -> tuple[str, float | None]:
    said = _MINUTES.search(text)
    minutes = _number(said.group(1)) if said else None
    return (text[: said.start()].strip(), minutes) if said and minutes else (text, None)


class _Known:
    """The questions of a guide by what they can be called."""

    def __init__(self, guide: Guide) -> None:
        self._texts: dict[str, str] = {}
        for names in (_ids, _labels, _texts, _phrasings):
            for question in guide.questions:
                for name in names(question):
                    self._texts.setdefault(_folded(name), question.id)

    def find(self, text: str) -> tuple[str, Found]:
        """The question a line names, and how sure that is."""
        folded = _folded(text)
        if folded in self._texts:
            return self._texts[folded], Found.SURE
        if len(folded.split()) < _FEWEST_WORDS:
            return "", Found.UNKNOWN
        best, alike = "", _NEAR
        for known, question in self._texts.items():
            if len(known.split()) >= _FEWEST_WORDS and (like := _likeness(folded, known)) >= alike:
                best, alike = question, like
        return best, Found.NEAR if best else Found.UNKNOWN


def _likeness(one: str, other: str) -> float:
    """0 to 1, by the words they share in order, and by their letters."""
    words = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if words.real_quick_ratio() < _NEAR:
        return 0.0
    return (words.ratio() + difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()) / 2


def _folded(text: str) -> str:
    """Its words without case, accents and signs."""
    return " ".join(word for word in plain(text.replace("-", " ")).words() if word != ".")


def _ids(question: Question) -> Sequence[str]:
    return (question.id,)


def _labels(question: Question) -> Sequence[str]:
    return (question.label,)


def _texts(question: Question) -> Sequence[str]:
    return (question.text,)


def _phrasings(question: Question) -> Sequence[str]:
    return question.phrasings
