"""Takes a PDF file's text apart, by a process of its own; run as a script, never imported.

A process of its own because a broken or malicious file may keep a reader busy for ever or fill the
memory: then this is ended, and whoever started it goes on. What was found is told on stdout, as one
JSON object.
"""

import contextlib
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

_MEMORY = 2 << 30  # bytes
#: Seconds of work; whoever started this waits no longer, and may have been ended meanwhile.
_WORK_S = 90
_MB = 1 << 20
#: Words of an item's text stand this near to its bullet, in points.
_BULLET = (1.5, 9.0)


def main(path: str, most_pages: int) -> dict[str, Any]:
    """What is on the pages of a file.

    Args:
        path: The file.
        most_pages: More are not read.
    """
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415 - told apart from other errors
    from pdfminer.pdfexceptions import PDFException  # noqa: PLC0415
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415
    from pdfminer.psexceptions import PSException  # noqa: PLC0415

    with open(path, "rb") as file:  # noqa: PTH123 - a script with nothing but the standard library
        try:
            document = PDFDocument(PDFParser(file))
            pages: list[Any] = []
            for page in PDFPage.create_pages(document):
                pages.append(page)
                if len(pages) > most_pages:
                    return {"error": "pages", "pages": _count(document)}
            found = [_page(page) for page in pages]
        except (PDFException, PSException) as error:
            locked = "Password" in type(error).__name__ or "Encryption" in type(error).__name__
            return {"error": "locked" if locked else "broken", "why": type(error).__name__}
    return {"pages": found, "title": _title(document)}


def _page(page: Any) -> dict[str, Any]:
    from pdfminer.converter import PDFPageAggregator  # noqa: PLC0415
    from pdfminer.layout import LAParams  # noqa: PLC0415
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415

    manager = PDFResourceManager()
    # Lines are put in order by whoever reads this; wide gaps part them, as between columns.
    params = LAParams(boxes_flow=None, char_margin=1.5, all_texts=True)
    device = PDFPageAggregator(manager, laparams=params)
    PDFPageInterpreter(manager, device).process_page(page)
    layout = device.get_result()
    found: dict[str, Any] = {"width": layout.width, "height": layout.height, "pictures": 0}
    found["lines"], found["dots"] = [], []
    for each in _within(layout):
        _note(each, found)
    return found


def _within(container: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer, LTTextLine  # noqa: PLC0415

    for each in container:
        if isinstance(each, LTContainer) and not isinstance(each, LTTextLine):
            yield from _within(each)
        else:
            yield each


def _note(each: Any, found: dict[str, Any]) -> None:
    from pdfminer.layout import LTChar, LTCurve, LTImage, LTTextLine  # noqa: PLC0415

    if isinstance(each, LTImage):
        found["pictures"] += 1
    elif isinstance(each, LTTextLine):
        letters = [char for char in each if isinstance(char, LTChar) and char.get_text().strip()]
        if letters:
            bold = sum(_is_bold(char.fontname) for char in letters)
            sizes = sorted(char.size for char in letters)
            size = sizes[len(sizes) // 2]
            text = each.get_text()
            found["lines"].append([*each.bbox, text, size, bold == len(letters)])
    elif isinstance(each, LTCurve):
        least, most = _BULLET
        if least <= each.width <= most and abs(each.width - each.height) < 0.2 * each.width:
            found["dots"].append(list(each.bbox))


def _is_bold(font: str) -> bool:
    name = font.lower()
    return any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))


def _count(document: Any) -> int:
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415

    with contextlib.suppress(Exception):  # a file that says anything of itself
        return int(resolve1(resolve1(document.catalog["Pages"])["Count"]))
    return 0


def _title(document: Any) -> str:
    with contextlib.suppress(Exception):  # as above
        raw = document.info[0]["Title"]
        if isinstance(raw, bytes):
            wide = raw.startswith((b"\xfe\xff", b"\xff\xfe"))
            return raw.decode("utf-16" if wide else "cp1252", "replace")
    return ""


def _limit() -> None:
    """Keep within memory and time."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # only where the system can
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_WORK_S, _WORK_S))


if __name__ == "__main__":
    logging.disable()
    _limit()
    try:
        answer = main(sys.argv[1], int(sys.argv[2]))
    except ImportError as error:
        answer = {"error": "missing", "why": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes of the library
        answer = {"error": "broken", "why": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode())
