"""The lines of a filled-in worksheet: headings, texts behind dashes, and what stands elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.guides.importing.fitting import one_line

#: At most three spaces before a heading, as Markdown has it.
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s")
_NAME = re.compile(r"[\w.\\-]*")
_DASH = re.compile(r"^\s*(?:[-*+•\u2013\u2014]|\d{1,2}[.)])(?:\s+(.*))?$")
_NUMBERED = re.compile(r"^\s*(\d)[.)]\s*(.*)$")
_RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
_BOX = re.compile(r"^\[[ xX]?\]\s*")
_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'), ("„", "“"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        line: Counted from 1.
        depth: 1 to 6.
        title: Without what stands in brackets.
        name: What stands in brackets at its end; None where nothing does.
    """

    line: int
    depth: int
    title: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A text behind a dash.

    Attributes:
        line: Where it begins.
        text: In one line, without quotation marks around it.
        number: Of a numbered list, or 0.
    """

    line: int
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Stray:
    """A text that stands behind no dash."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that begins with ``>``: the sheet's own, unless somebody wrote there."""

    line: int
    text: str


Part = Heading | Entry | Stray | Furniture


def parts_of(text: str) -> Iterator[Part]:
    """The parts of a worksheet in order; empty entries are left out."""
    entry: Entry | None = None
    further: list[str] = []
    gap = False
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        goes_on = bool(bare) and (not gap or line[:1] in " \t") and not _RULE.match(line)
        begins = _begun(number, line)
        if entry is not None and goes_on and begins is None:
            further.append(bare)
            continue
        gap = not bare or bool(_RULE.match(line))
        if gap:
            continue
        if entry is not None:
            yield from _kept(entry, further)
            entry = None
        if isinstance(begins, Entry):
            entry, further = begins, []
        elif begins is not None:
            yield begins
        else:
            yield Stray(number, bare)
    if entry is not None:
        yield from _kept(entry, further)


def _begun(number: int, line: str) -> Part | None:
    """What begins with a line; None where it goes on with what was before, or is neither."""
    if found := _HEADING.match(line):
        title, name = _named(line[found.end() :].strip().rstrip("#").rstrip())
        return Heading(number, len(found[1]), title, name)
    if line.lstrip().startswith(">"):
        return Furniture(number, line.strip().lstrip("> ").strip())
    if _RULE.match(line):
        return None
    if found := _DASH.match(line):
        numbered = _NUMBERED.match(line)
        return Entry(number, (found[1] or "").strip(), int(numbered[1]) if numbered else 0)
    return None


def _named(title: str) -> tuple[str, str | None]:
    """A heading without what stands in brackets at its end, and that; some programs escape them."""
    before, bracket, within = title.removesuffix("]").removesuffix("\\").rpartition("[")
    name = within.strip()
    if not (bracket and title.endswith("]") and _NAME.fullmatch(name)):
        return title, None
    return before.removesuffix("\\").strip(), name.replace("\\", "")


def _kept(entry: Entry, further: list[str]) -> Iterator[Entry]:
    text = _BOX.sub("", one_line(" ".join([entry.text, *further])))
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        around = len(text) > 2 and text.startswith(opening) and text.endswith(closing)
        if around and opening not in inner and closing not in inner:
            text = inner.strip()
    if text:
        yield Entry(entry.line, text, entry.number)
