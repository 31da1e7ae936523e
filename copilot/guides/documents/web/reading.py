"""Web pages as lines: headings, lists and tables by their elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from copilot.coach.words import word_set
from copilot.guides.documents import around_words as said
from copilot.guides.documents.letters import has_words, on_one_line, tidy
from copilot.guides.documents.lines import Line, Read, left_out
from copilot.guides.documents.marks import lone_number
from copilot.guides.documents.model import LeftOut
from copilot.guides.documents.web.around import Around
from copilot.guides.documents.web.tree import SILENT, Element, Text, page_of

_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_ELEMENTS = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|br)\b[^<>]*>", re.IGNORECASE)
_NAMES = (".html", ".htm", ".xhtml")
_BLOCKS = word_set(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav noscript
    ol p pre section summary table tbody td tfoot th thead tr ul button label textarea"""
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = word_set("b strong")
_LISTS = word_set("ul ol menu")
_SHORT = 14
_MOST_OPEN = 1000
#: A line break, which no text holds.
_BREAK = "\x1e"


def is_page(text: str, name: str) -> bool:
    """Whether a text is a web page.

    Args:
        text: Of the whole file.
        name: Of the file, which decides where the text begins in no telling way.
    """
    tags_open = text.count("<") > 2 * text.count(">") + _MOST_OPEN
    comments_open = text.count("<!--") > text.count("-->") + _MOST_OPEN
    if tags_open or comments_open:
        return False  # made to keep a parser busy
    if _PAGE.match(text):
        return True
    found = _ELEMENTS.search(text) is not None
    return found and (name.lower().endswith(_NAMES) or text.lstrip()[:1] == "<")


def page_lines(text: str) -> Read:
    """The lines of a web page; their numbers are those of the file.

    Args:
        text: Of the whole file.
    """
    page = page_of(text)
    walker = _Walker(page)
    walker.walk(page)
    walker.flush()
    return Read(walker.lines, walker.left_out, _title(page))


def _title(page: Element) -> str:
    titles = (each for each in page.elements() if each.tag == "title" and not each.within("svg"))
    first = next(titles, None)
    text = on_one_line(tidy("".join(each.text for each in first.texts()))) if first else ""
    text = text.rsplit(" | ", 1)[0]
    named = said.TITLE_OF_SITE.match(text)
    return named["title"] if named else text


@dataclass(slots=True)
class _List:
    """A list that is open: how the next item is counted, None for bullets."""

    number: int | None


class _Walker:
    """Goes through a page's elements and notes a line for each block of text."""

    def __init__(self, page: Element) -> None:
        self.lines: list[Line] = []
        self.left_out: list[LeftOut] = []
        self._around = Around(page)
        headed = any(each.tag in _HEADINGS for each in page.elements())
        self._plain = 0 if headed else None
        self._level = 1
        self._lists: list[_List] = []
        self._why: str = ""
        self._texts: list[Text] = []
        self._bold = 0  # characters of the text so far that are bold
        self._depth = 0  # of bold elements
        self._verbatim = False  # line ends are line breaks
        self._item: Line | None = None  # how the next line is marked
        self._cell: int | None = None
        self._grid: tuple[int, int] | None = None
        self._rows = 0
        self._heading: int | None = None

    def walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Text):
                for at, part in enumerate(
                    child.text.split("\n") if self._verbatim else [child.text]
                ):
                    self._take(Text(part, child.line + at), broken=at > 0)
            elif child.tag == "br":
                self._texts.append(Text(_BREAK, child.line))
            elif child.tag not in SILENT:
                self._enter(child)

    def _enter(self, element: Element) -> None:
        why = "" if self._why else self._around.why(element)
        block = element.tag in _BLOCKS or bool(why)
        if block:
            self.flush()
        kept = (self._item, self._cell, self._heading)
        if why:
            self._why, self._item = why, None
        self._depth += element.tag in _BOLD
        self._inside(element)
        if block:
            self.flush()
        self._depth -= element.tag in _BOLD
        if why:
            self._why = ""
            self._item, self._cell, self._heading = kept

    def _inside(self, element: Element) -> None:
        tag = element.tag
        if tag in _LISTS:
            start = element.attributes.get("start", "")
            first = int(start) if start.isdecimal() else 1
            self._lists.append(_List(first if tag == "ol" else None))
            self.walk(element)
            self._lists.pop()
        elif tag == "li":
            self._begin_item(element)
            self.walk(element)
            self.flush()
            self._item = None
        elif tag in _HEADINGS or tag == "summary":
            level = _HEADINGS.get(tag, min(self._level + 1, 6))
            if tag in _HEADINGS:
                self._level = level
            self._heading = level
            self.walk(element)
            self.flush()
            self._heading = None
        elif tag == "pre":
            self._verbatim = True
            self.walk(element)
            self._verbatim = False
        elif tag == "dt":
            self._item = Line("", element.line, listed=0)
            self.walk(element)
        elif tag == "tr" and _is_data(element):
            self._row(element)
        else:
            self.walk(element)

    def _begin_item(self, element: Element) -> None:
        innermost = self._lists[-1] if self._lists else _List(None)
        value = element.attributes.get("value", "")
        number = int(value) if value.isdecimal() else innermost.number
        if innermost.number is not None and number is not None:
            innermost.number = number + 1
        depth = max(0, len(self._lists) - 1)
        self._item = Line("", element.line, listed=depth, count=number)

    def _row(self, row: Element) -> None:
        cells = [each for each in row.children if isinstance(each, Element)]
        texts = [on_one_line("".join(text.text for text in cell.texts())) for cell in cells]
        place, count, column = 0, None, 0
        row_number, self._rows = self._rows, self._rows + 1
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            number = lone_number(text.rstrip(".)"))
            if number is not None and place == 0 and any(map(has_words, texts[at + 1 :])):
                count = number
                column += 1
                continue
            self._cell, self._grid = place, (row_number, column)
            self._item = None if count is None else Line("", cell.line, count=count)
            self.walk(cell)
            self.flush()
            place += has_words(text)
            span = cell.attributes.get("colspan", "")
            column += int(span) if span.isdecimal() and len(span) < 3 else 1
            count = None
        self._cell = self._grid = self._item = None

    def _take(self, text: Text, *, broken: bool) -> None:
        if broken:
            self._texts.append(Text(_BREAK, text.line))
        self._texts.append(text)
        if self._depth:
            self._bold += len(text.text.strip())

    def flush(self) -> None:
        """Note the text so far as a block, a line for each line break in it."""
        texts, bold = self._texts, self._bold
        self._texts, self._bold = [], 0
        lines = list(_split(texts))
        if not lines:
            return
        if self._why:
            whole = replace(lines[0], text=" ".join(line.text for line in lines))
            self.left_out.append(left_out(whole, self._why))
            return
        characters = sum(len(each.text.strip()) for each in texts if each.text != _BREAK)
        heading = self._heading
        if heading is not None:
            lines = [replace(lines[0], text=" ".join(line.text for line in lines))]
        elif bold >= characters and self._may_head(lines):
            heading = min(self._level + 1, 6)
        for at, line in enumerate(lines):
            self._note(replace(line, gap=line.gap or at == 0), heading)

    def _may_head(self, lines: list[Line]) -> bool:
        text = lines[0].text
        return (
            len(lines) == 1
            and self._plain == 0
            and self._cell is None
            and (self._item is None or self._item.count is not None)
            and len(text.split()) <= _SHORT
            and not text.endswith((".", ",", ";"))
        )

    def _note(self, line: Line, heading: int | None) -> None:
        item = self._item
        number = lone_number(line.text.rstrip(".)"))
        if item is not None and number is not None and heading is None:
            # The badge of a step: its title comes next.
            self._item = replace(item, count=number)
            return
        marked = replace(line, cell=self._cell, grid=self._grid)
        marked = replace(marked, heading=self._plain if heading is None else heading)
        if item is not None:
            listed = None if heading or self._cell is not None else item.listed
            marked = replace(marked, listed=listed, count=item.count)
            self._item = None
        self.lines.append(marked)


def _is_data(row: Element) -> bool:
    """Whether a row is one of a table, and not what holds a page's columns."""
    cells = [each for each in row.children if isinstance(each, Element)]
    inner = {each.tag for cell in cells for each in cell.elements()}
    loose = any(isinstance(each, Text) and has_words(each.text) for each in row.children)
    return len(cells) > 1 and not loose and not inner & {"table", "h1", "h2", "article", "nav"}


def _split(texts: list[Text]) -> Iterator[Line]:
    """The lines of a block: parted at its line breaks, else on one line."""
    parts: list[list[Text]] = [[]]
    for each in texts:
        if each.text == _BREAK:
            parts.append([])
        else:
            parts[-1].append(each)
    gap = False
    for part in parts:
        text = on_one_line(tidy("".join(each.text for each in part)))
        if not has_words(text):
            gap = True
            continue
        yield Line(text, _line_of(part), gap=gap)
        gap = False


def _line_of(texts: list[Text]) -> int:
    """The line of the file on which the first word stands."""
    for each in texts:
        bare = each.text.lstrip()
        if bare:
            before = each.text[: len(each.text) - len(bare)]
            return each.line + before.count("\n")
    return texts[0].line
