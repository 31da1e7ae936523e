"""What the fonts of a PDF file say: which size is its text's, and which lines are headings."""

from collections import Counter
from collections.abc import Iterable

from copilot.guides.documents.pdf.layout import Row, text_of_row

_LARGER = 1.12
_MOST_LEVELS = 4
_MOST_BOLD = 0.4  # of the text; where more is bold, bold says nothing
_LONGEST = 120
_LARGEST_SHARE = 0.25  # of the text that is set larger; more is a document in two sizes


class Fonts:
    """The sizes of a document's text, and what they are used for."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Count the letters of each size.

        Args:
            rows: Of all pages, without running heads and feet.
        """
        sizes: Counter[float] = Counter()
        bold = 0
        for row in rows:
            for segment in row.segments:
                letters = len(segment.text)
                sizes[_rounded(segment.size)] += letters
                bold += letters * segment.bold
        self._all = max(1, sum(sizes.values()))
        self.body = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 10.0
        larger = sorted((size for size in sizes if size > self.body * _LARGER), reverse=True)
        share = sum(sizes[size] for size in larger) / self._all
        self._larger = larger if share <= _LARGEST_SHARE or len(sizes) > 2 else []
        self._bold = 0 < bold <= _MOST_BOLD * self._all
        #: Whether lines that are set like the text are no headings.
        self.speak = bool(self._larger) or self._bold

    def heading(self, row: Row) -> int | None:
        """The level of a heading, 0 for none; None where the fonts say nothing."""
        if not self.speak:
            return None
        text = text_of_row(row)
        size = _rounded(max(segment.size for segment in row.segments))
        if size in self._larger:
            return min(self._larger.index(size) + 1, _MOST_LEVELS)
        whole = all(segment.bold for segment in row.segments)
        if whole and self._bold and len(text) <= _LONGEST and not text.endswith((".", ",", ";")):
            return min(len(self._larger) + 1, _MOST_LEVELS + 1)
        return 0


def _rounded(size: float) -> float:
    return round(size * 2) / 2
