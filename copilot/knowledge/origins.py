"""Where an item or a text of a guide comes from, as its ``origin`` says.

``project``             whoever wrote the guide made it up
``SOURCE``              the id of one of the guide's sources
``FILE:LINE``           a line of a document, the ``file`` of one of the guide's sources
``FILE:pPAGE:LINE``     a line of a page of it
``interview:DATE``      said in an interview, confirmed by a human, made anonymous
``model:NAME``          proposed by a language model, taken over by a human
``worksheet:DATE``      written into a worksheet
"""

import re
from collections.abc import Iterable

from copilot.errors import nearest

PROJECT = "project"

_LINE = re.compile(r"^(?P<file>.+?):(?:p[1-9][0-9]*:)?[1-9][0-9]*$")
_TAKEN_OVER = re.compile(
    r"^(?:interview:[0-9]{4}(?:-[0-9]{2}){0,2}|model:.+|worksheet:[0-9-]{10})$"
)


def line_origin(file: str, line: int, page: int | None = None) -> str:
    """The origin of what stands on a line.

    Args:
        file: The document's name, without its folder.
        line: Counted from 1; on its page, where there is one.
        page: Counted from 1; None for a document without pages.
    """
    return f"{file}:{line}" if page is None else f"{file}:p{page}:{line}"


def fault_of(origin: str, sources: Iterable[str], files: Iterable[str]) -> str:
    """What is wrong with an origin, as a sentence; empty where nothing is.

    Args:
        origin: As it stands in the guide.
        sources: The ids of the guide's sources.
        files: The names of the documents among them.
    """
    known = [*sources, PROJECT]
    if origin in known or _TAKEN_OVER.match(origin):
        return ""
    of_line = _LINE.match(origin)
    if of_line is None:
        return f"{origin!r} is no source of this guide. {nearest(origin, known)}"
    file = of_line["file"]
    documents = [name for name in files if name]
    if file in documents:
        return ""
    return f"{file!r} is the file of no source of this guide. {nearest(file, documents)}".rstrip()
