"""PDF files as lines, in the order they are read in, with what their fonts say of them."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from copilot.guides.documents import around_words as said
from copilot.guides.documents.letters import has_words
from copilot.guides.documents.lines import Line, Read, left_out
from copilot.guides.documents.model import LeftOut
from copilot.guides.documents.pdf.fonts import Fonts
from copilot.guides.documents.pdf.layout import Page, rows_in, rows_of
from copilot.guides.documents.pdf.margins import margins_of
from copilot.guides.documents.pdf.rows import lines_of_page
from copilot.guides.documents.trouble import DocumentError, missing_library
from copilot.i18n import N_, _

MOST_PAGES = 100
_SCRIPT = Path(__file__).with_name("process.py")
#: A page of text is taken apart in some 50 ms.
_PATIENCE_S = 90.0
_RECOGNISE = N_("Run text recognition (OCR) on it and give the result, or paste its text.")
_CODES = re.compile(r"\(cid:[0-9]+\)")
#: More of the characters without a meaning than this, and the text cannot be read.
_MOST_CODES = 0.05
#: A page with less is a picture, if there is one on it.
_LEAST = 20


def pdf_lines(path: Path) -> Read:
    """The lines of a PDF file; their numbers count those of a page, in the order of reading.

    Args:
        path: The file.

    Raises:
        DocumentError: It is locked, broken, too long, or pictures without text.
    """
    told = _taken_apart(path)
    pages = [Page.of(each) for each in told["pages"]]
    if not pages:
        raise _broken(path, N_("there is no page in it"))
    pictures = [at for at, each in enumerate(told["pages"], 1) if _is_picture(each)]
    text = "".join(segment.text for page in pages for segment in page.segments)
    if pictures and len(text) < _LEAST * len(pages):
        raise DocumentError(
            _("{path}: its pages are pictures, with no text in them (a scan?).", path=path),
            _RECOGNISE,
        )
    codes = len(_CODES.findall(text))
    if codes > _MOST_CODES * (len(text) + 1):
        raise DocumentError(
            _("{path}: its fonts do not say which letters they show.", path=path), _RECOGNISE
        )
    return _read(pages, pictures, told["title"])


def _read(pages: list[Page], pictures: list[int], title: str) -> Read:
    around = margins_of(pages)
    rows = [
        rows_of([each for each in page.segments if each not in margins])
        for page, margins in zip(pages, around, strict=True)
    ]
    fonts = Fonts(row for of_page in rows for row in of_page)
    lines: list[Line] = []
    left: list[LeftOut] = []
    for number, (page, margins) in enumerate(zip(pages, around, strict=True), start=1):
        own = rows[number - 1]
        head = rows_in([each for each in margins if each.y0 > page.height / 2])
        foot = rows_in([each for each in margins if each.y0 <= page.height / 2])
        numbered = list(enumerate([*head, *own, *foot], start=1))
        lines += lines_of_page(numbered[len(head) : len(head) + len(own)], number, fonts)
        for at, row in (*numbered[: len(head)], *numbered[len(head) + len(own) :]):
            left += [
                left_out(Line(each.text, at, page=number), margins[each]) for each in row.segments
            ]
    left += [
        left_out(Line(_("page {number}", number=number), 1, page=number), said.PICTURE)
        for number in pictures
    ]
    return Read(lines, left, title if has_words(title) and not _is_a_file(title) else "")


def _is_picture(page: dict[str, Any]) -> bool:
    letters = sum(len(line[4].strip()) for line in page["lines"])
    return bool(page["pictures"]) and letters < _LEAST


def _is_a_file(title: str) -> bool:
    """Whether a title is only what a program called the file."""
    return re.search(r"\.\w{2,5}$|^(?:untitled|microsoft word)\b", title, re.IGNORECASE) is not None


def _taken_apart(path: Path) -> dict[str, Any]:
    """What the process says of a file."""
    # -P: the folder of the script holds modules of ours, not of the library's.
    command = [sys.executable, "-P", str(_SCRIPT), str(path.resolve()), str(MOST_PAGES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own script
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise _broken(path, N_("reading it does not come to an end")) from error
    except ValueError as error:
        raise _broken(path, N_("reading it needs too much memory")) from error
    kind = told.get("error")
    if kind == "missing":
        raise missing_library("pdfminer.six")
    if kind == "locked":
        raise DocumentError(
            _("{path}: the file is locked with a password.", path=path),
            N_("Open it, print it to a PDF file without a password, and give that."),
        )
    if kind == "pages":
        raise DocumentError(
            _(
                "{path}: it has {pages} pages; at most {most} are read.",
                path=path,
                pages=told["pages"] or _("more than {most}", most=MOST_PAGES),
                most=MOST_PAGES,
            ),
            N_("Give the pages with the interview guide alone, as a file of their own."),
        )
    if kind:
        raise _broken(path, told["why"])
    return told


def _broken(path: Path, why: str) -> DocumentError:
    return DocumentError(
        _("{path}: the PDF file is broken: {why}.", path=path, why=_(why)),
        N_("Open it in a viewer, print it to a new PDF file, and give that; or paste its text."),
    )
