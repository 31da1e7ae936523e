"""Running heads and feet and page numbers of a PDF file: what stands at the edge of many pages."""

import re
from collections import Counter
from collections.abc import Sequence

from copilot.guides.documents import around_words as said
from copilot.guides.documents.pdf.layout import Page, Segment

#: How far from the edge they stand, of a page's height.
_EDGE = 0.12
_OFTEN = 0.4  # of all pages; left and right ones may have heads of their own
_NUMBER = re.compile(
    r"(?:page |p\. ?|- ?)?[0-9]{1,3}(?: ?(?:/|of|sur|de) ?[0-9]{1,3})?(?: ?-)?", re.I
)
_DIGITS = re.compile(r"[0-9]+")


def margins_of(pages: Sequence[Page]) -> list[dict[Segment, str]]:
    """What of each page is around the text, and why.

    Args:
        pages: Of the document.
    """
    edges = [
        [each for each in page.segments if _is_at_the_edge(each, page.height)] for page in pages
    ]
    pages_with = Counter(shape for edge in edges for shape in {_shape(each) for each in edge})
    found: list[dict[Segment, str]] = []
    for number, edge in enumerate(edges, start=1):
        of_page: dict[Segment, str] = {}
        for each in edge:
            repeated = pages_with[_shape(each)]
            if _NUMBER.fullmatch(each.text) and (repeated > 1 or _counts(each.text, number)):
                of_page[each] = said.PAGE_NUMBER
            elif repeated > 1 and repeated >= _OFTEN * len(pages):
                of_page[each] = said.RUNNING
        found.append(of_page)
    return found


def _is_at_the_edge(segment: Segment, height: float) -> bool:
    return segment.y0 > (1 - _EDGE) * height or segment.y1 < _EDGE * height


def _shape(segment: Segment) -> str:
    return _DIGITS.sub("#", segment.text.lower())


def _counts(text: str, number: int) -> bool:
    """Whether the first number of a text is its page's."""
    digits = _DIGITS.search(text)
    return digits is not None and int(digits[0]) == number
