"""Word files as lines, a paragraph each, with what their styles and lists say of them."""

import importlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from copilot.guides.documents import around_words as said
from copilot.guides.documents.letters import SOFT_HYPHEN, has_words, on_one_line, tidy
from copilot.guides.documents.lines import Line, Read, left_out
from copilot.guides.documents.marks import lone_number
from copilot.guides.documents.model import LeftOut
from copilot.guides.documents.trouble import DocumentError, missing_library
from copilot.guides.documents.word.lists import Lists
from copilot.guides.documents.word.styles import Styles
from copilot.i18n import N_, _

#: Bytes that a Word file may hold unpacked; one of 30 MB of photographs has little more.
_LARGEST = 200_000_000
#: Bytes of a part with text: of 1,000,000 characters it has at most some 40 MB.
_LARGEST_TEXT = 60_000_000
#: Parts of a Word file; one of a photograph a page has some hundred.
_MOST_PARTS = 5_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BROKEN = N_("{path}: the Word file is broken: {why}.")
_AGAIN = N_("Open it in Word or LibreOffice and save it again as .docx or PDF.")
#: Read as if they were not there: what was struck out, and what is drawn twice.
_SKIPPED = frozenset((W + "del", W + "moveFrom", W + "instrText", W + "delText", _FALLBACK))
_SIGNS = {W + "tab": " ", W + "noBreakHyphen": "-", W + "softHyphen": SOFT_HYPHEN}
_SHORT = 14


def word_lines(content: bytes, path: Path) -> Read:
    """The lines of a Word file; their numbers count its paragraphs, empty ones too.

    Args:
        content: All of the file.
        path: Named in errors.

    Raises:
        DocumentError: It is broken, too large unpacked, or python-docx is missing.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise missing_library("python-docx") from error
    _check(content, path)
    try:
        document: Any = docx.Document(io.BytesIO(content))
        reader = _Reader(document)
        reader.read(document.element.body)
        reader.read_margins(document)
    except (KeyError, ValueError, AttributeError, SyntaxError, OSError, RecursionError) as error:
        why = type(error).__name__
        raise DocumentError(_(_BROKEN, path=path, why=why), _AGAIN) from error
    except zipfile.BadZipFile as error:
        raise DocumentError(_(_BROKEN, path=path, why=error), _AGAIN) from error
    return Read(reader.lines, reader.left_out, on_one_line(document.core_properties.title or ""))


def _check(content: bytes, path: Path) -> None:
    """Refuse what would fill the memory, or refers to something else, before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        whole = sum(part.file_size for part in parts)
        texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        # A head or foot takes as much memory, once it is a tree, as the text between them.
        largest = max(part.file_size for part in texts)
        if whole > _LARGEST or largest > _LARGEST_TEXT or len(parts) > _MOST_PARTS:
            raise DocumentError(
                _("{path}: unpacked, the file is far too large for a document.", path=path),
                N_("Give the pages with the interview guide alone, as a file of their own."),
            )
        for part in texts:
            if _declares(archive, part, path):
                raise DocumentError(
                    _(_BROKEN, path=path, why=_("it declares entities, as Word never does")), _AGAIN
                )


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> bool:
    try:
        with archive.open(part) as file:
            head = file.read(4096)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise DocumentError(_(_BROKEN, path=path, why=error), _AGAIN) from error
    except Exception as error:
        raise DocumentError(_(_BROKEN, path=path, why=error), _AGAIN) from error
    # Zeros and the byte order mark aside, UTF-16 of either order says it in the same letters.
    plain = head.replace(b"\0", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


@dataclass(slots=True)
class _Place:
    """Where a paragraph stands: in which cell of a row, and what counts it."""

    cell: int | None = None
    count: int | None = None
    grid: tuple[int, int] | None = None


class _Reader:
    """Goes through a body's paragraphs and tables."""

    def __init__(self, document: Any) -> None:
        self.lines: list[Line] = []
        self.left_out: list[LeftOut] = []
        self._styles = Styles(document.styles.element)
        self._lists = Lists(document)
        self._notes = _notes(document)
        self._number = 0
        self._rows = 0
        self._level = 1
        self._plain: int | None = None
        self._below_title = 0  # how much deeper headings are where there is a title above them

    def read(self, body: Any) -> None:
        paragraphs = list(body.iter(W + "p"))
        headed = any(map(self._styles.heading, paragraphs))
        self._plain = 0 if headed else None
        self._below_title = int(any(map(self._styles.is_title, paragraphs)))
        self._walk(body, _Place())

    def read_margins(self, document: Any) -> None:
        """Note running heads and feet, and comments, as left out; each once."""
        seen: set[str] = set()
        for part in document.part.package.iter_parts():
            name = str(part.partname)
            why = said.RUNNING if re.search(r"/(?:header|footer)[0-9]*\.xml$", name) else ""
            why = said.MARGIN if name.endswith("/comments.xml") else why
            element = getattr(part, "element", None)
            if not why or element is None:
                continue
            for paragraph in element.iter(W + "p"):
                text = on_one_line(tidy(_text(paragraph)))
                if has_words(text) and text not in seen:
                    seen.add(text)
                    self.left_out.append(left_out(Line(text, 1), why))

    def _walk(self, element: Any, place: _Place) -> None:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == W + "p":
                self._paragraph(child, place)
            elif child.tag == W + "tbl":
                for row in child.iter(W + "tr"):
                    if next(row.iterancestors(W + "tbl")) is child:
                        self._row(row)
            else:
                self._walk(child, place)

    def _row(self, row: Any) -> None:
        cells = [cell for cell in row.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is row]
        texts = [on_one_line(tidy(_text(cell))) for cell in cells]
        place, count, column = 0, None, 0
        row_number, self._rows = self._rows, self._rows + 1
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            number = lone_number(text.rstrip(".)"))
            if number is not None and place == 0 and any(map(has_words, texts[at + 1 :])):
                count = number
                column += 1
                self._number += sum(1 for _ in cell.iter(W + "p"))
                continue
            several = len(cells) > 1
            grid = (row_number, column) if several else None
            inside = _Place(place if several else None, count, grid)
            self._walk(cell, inside)
            place += has_words(text)
            column += _span(cell)
            count = None

    def _paragraph(self, paragraph: Any, place: _Place) -> None:
        self._number += 1
        lines = list(self._lines_of(_text(paragraph)))
        if lines:
            self._note(paragraph, lines, place)
        for box in paragraph.iter(W + "txbxContent"):
            outer = next(box.iterancestors(W + "p"))
            if outer is paragraph and not any(True for _ in box.iterancestors(_FALLBACK)):
                self._walk(box, _Place())
        for reference in paragraph.iter(W + "footnoteReference", W + "endnoteReference"):
            key = (reference.tag, reference.get(W + "id"))
            for text in self._notes.get(key, ()):
                self.lines.append(Line(text, self._number, gap=True, heading=0))

    def _note(self, paragraph: Any, lines: list[Line], place: _Place) -> None:
        if self._styles.is_contents(paragraph):
            for line in lines:
                self.left_out.append(left_out(line, said.CONTENTS))
            return
        heading = self._styles.heading(paragraph)
        if heading and not self._styles.is_title(paragraph):
            heading += self._below_title
        listed = self._lists.place(paragraph, self._styles)
        if heading:
            self._level = heading
            lines = [replace(lines[0], text=" ".join(line.text for line in lines))]
        elif self._may_head(paragraph, lines, place) and (not listed or listed.number is not None):
            heading = min(self._level + 1, 6)
        first = replace(lines[0], gap=True, cell=place.cell, count=place.count, grid=place.grid)
        place.count = None
        if listed is not None:
            depth = None if heading or place.cell is not None else listed.level
            first = replace(first, listed=depth, count=listed.number or first.count)
        for line in (first, *lines[1:]):
            in_cell = replace(line, cell=place.cell, grid=place.grid)
            self.lines.append(replace(in_cell, heading=heading or self._plain))

    def _may_head(self, paragraph: Any, lines: list[Line], place: _Place) -> bool:
        text = lines[0].text
        return (
            self._plain == 0
            and place.cell is None
            and len(lines) == 1
            and len(text.split()) <= _SHORT
            and not text.endswith((".", ",", ";"))
            and self._styles.is_bold(paragraph)
        )

    def _lines_of(self, text: str) -> Iterator[Line]:
        gap = False
        for part in text.split("\n"):
            whole = on_one_line(tidy(part))
            if has_words(whole):
                yield Line(whole, self._number, gap=gap)
            gap = not has_words(whole)


def _span(cell: Any) -> int:
    """How many columns a cell takes."""
    for span in cell.iterfind(f"{W}tcPr/{W}gridSpan"):
        said = str(span.get(W + "val"))
        return int(said) if said.isdecimal() and len(said) < 3 else 1
    return 1


def _text(element: Any) -> str:
    """The text of a paragraph or cell, without what was struck out and without text boxes."""
    parts: list[str] = []

    def gather(of: Any) -> None:
        for child in of:
            if child.tag in _SKIPPED or child.tag in (W + "txbxContent", W + "pPr", W + "rPr"):
                continue
            if child.tag == W + "t":
                parts.append(child.text or "")
            elif child.tag in (W + "br", W + "cr"):
                parts.append("\n")
            elif child.tag in _SIGNS:
                parts.append(_SIGNS[child.tag])
            else:
                gather(child)
            if child.tag == W + "p":
                parts.append("\n")

    gather(element)
    return "".join(parts)


def _notes(document: Any) -> dict[tuple[str, str], list[str]]:
    """The texts of footnotes and endnotes, by the sign that refers to them."""
    etree = importlib.import_module("lxml.etree")  # comes with python-docx, tells no types
    found: dict[tuple[str, str], list[str]] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for part in document.part.package.iter_parts():
        name = re.search(r"/(footnote|endnote)s\.xml$", str(part.partname))
        if name is None:
            continue
        for note in etree.fromstring(part.blob, parser).iter(W + name[1]):
            texts = [on_one_line(tidy(_text(each))) for each in note.iter(W + "p")]
            key = (f"{W}{name[1]}Reference", note.get(W + "id"))
            found[key] = [text for text in texts if has_words(text)]
    return found
