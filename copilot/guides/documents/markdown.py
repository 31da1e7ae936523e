"""Markdown as lines: its headings, lists and tables by their signs, emphasis and links as text."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from copilot.guides.documents import around_words as around
from copilot.guides.documents.letters import has_words
from copilot.guides.documents.lines import Line, Read, left_out, lines_of
from copilot.guides.documents.marks import numbered_cells
from copilot.guides.documents.model import LeftOut

_HEADING = re.compile(r"(?P<signs>#{1,6})\s+(?P<text>.*?)\s*#*$")
_RULE = re.compile(r"(?:\*\s*){3,}$|(?:_\s*){3,}$")
_FENCE = re.compile(r"(?:`{3,}|~{3,})")
_ROW = re.compile(r"\|.*\|$|[^|]+(?:\s\|\s[^|]+)+$")
_ROW_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_TARGET = re.compile(r"\[[^\]]+\]:\s+\S+")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\[[^\[\]]*\])")
_ANCHOR = re.compile(r"\s*\{#[\w-]+\}$")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<]*-->")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*]+?)(?<!\s)\*(?![\w*])|(?<!\w)_([^_]+)_(?!\w)")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_LIST = re.compile(r"(?P<mark>[*+-]|[0-9]{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<text>[^*_]{2,90}?)(?:\*\*|__):?$")
_FRONT = re.compile(r"---\s*$")
_TITLE = re.compile(r"title:\s*(?P<title>.+)", re.IGNORECASE)
_ENOUGH_HEADINGS = 2


def is_markdown(text: str) -> bool:
    """Whether a text without a telling name is Markdown, by its headings.

    Args:
        text: Of the whole file.
    """
    signs = sum(_HEADING.match(line) is not None for line in text.splitlines())
    return signs >= _ENOUGH_HEADINGS


def markdown_lines(text: str) -> Read:
    """The lines of a Markdown file; their numbers are those of the file.

    Args:
        text: Of the whole file.
    """
    lines = lines_of(text)
    front = _front_matter(lines)
    title = next((found["title"] for each in front if (found := _TITLE.match(each.text))), "")
    left = [left_out(each, around.HIDDEN) for each in front if has_words(each.text)]
    body = lines[len(front) :]
    headed = any(_HEADING.match(line.text) for line in body)
    kept = list(_read(body, 0 if headed else None, left))
    return Read(kept, left, title.strip("\"' "))


def _front_matter(lines: list[Line]) -> list[Line]:
    """The keys between two rules that some programs put before a text."""
    if not lines or lines[0].number != 1 or not _FRONT.match(lines[0].text):
        return []
    for at, line in enumerate(lines[1:], start=1):
        if _FRONT.match(line.text):
            return lines[: at + 1]
    return []


def _read(lines: list[Line], plain: int | None, left: list[LeftOut]) -> Iterator[Line]:
    section = 1
    fenced = gap = False
    for line in lines:
        if _FENCE.match(line.text):
            fenced, gap = not fenced, True
            continue
        at = replace(line, gap=line.gap or gap)
        gap = False
        if fenced:
            yield replace(at, heading=plain)
            continue
        heading = _HEADING.match(line.text)
        if heading is not None:
            section = len(heading["signs"])
            text = _ANCHOR.sub("", _inline(heading["text"]))
            yield replace(at, text=text, gap=True, heading=section)
            gap = True
        elif _RULE.match(line.text) or ("|" in line.text and _ROW_RULE.match(line.text)):
            gap = True
        elif _TARGET.fullmatch(line.text):
            left.append(left_out(line, around.RELATED))
        elif _ROW.match(line.text) and line.text.startswith("|"):
            yield from _cells(at)
        elif _BOLD_LINE.match(line.text) and line.gap and plain == 0:
            yield replace(at, text=_inline(line.text), heading=min(section + 1, 6))
        else:
            text = _item(line.text)
            if has_words(text) or set(text) <= set("=-~"):
                yield replace(at, text=text, heading=plain)


def _cells(line: Line) -> Iterator[Line]:
    parts = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
    texts = [[_inline(each) for each in _LINE_BREAK.split(part)] for part in parts]
    said = [(at, part) for at, part in enumerate(texts) if has_words(" ".join(part))]
    cells, number = numbered_cells(" ".join(part) for _, part in said)
    for place, (column, part) in enumerate(said[len(said) - len(cells) :]):
        first = replace(line, cell=place, grid=(line.number, column), gap=True)
        for at, text in enumerate(filter(has_words, part)):
            count = None if place or at else number
            yield replace(first, text=text, count=count)


def _item(text: str) -> str:
    """A line without its inline signs; the mark of an item stays."""
    mark = _LIST.match(text)
    return f"{mark['mark']} {_inline(text[mark.end() :])}" if mark else _inline(text)


def _inline(text: str) -> str:
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(" ", text)
    text = _CODE.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return html.unescape(_ESCAPE.sub(r"\1", text)).strip()
