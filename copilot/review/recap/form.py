"""How a recap's headings, quotes and tables are written: with Markdown's marks, or without."""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.review.markdown_line import safe, table_head
from copilot.review.plain_line import plain_line
from copilot.review.recap.words import RecapWords


@dataclass(frozen=True, slots=True)
class Form:
    """How headings, quotes and the like are written.

    Attributes:
        words: The language's.
        marks: Whether with Markdown's marks.
    """

    words: RecapWords
    marks: bool

    def safe(self, text: str) -> str:
        """Text that shows as it is: nothing in it formats, links, opens a tag or moves a cursor."""
        return safe(text) if self.marks else plain_line(text)

    def heading(self, level: int, text: str) -> list[str]:
        """A heading and the empty line after it."""
        if self.marks:
            return [f"{'#' * level} {text}", ""]
        return [text, {1: "=", 2: "-"}.get(level, ".") * min(len(text), 72), ""]

    def strong(self, text: str) -> str:
        """A small heading."""
        return f"**{text}**" if self.marks else text

    def faint(self, text: str) -> str:
        """An aside."""
        return f"_{text}_" if self.marks else text

    def quoted(self, text: str) -> str:
        """A quote under a point."""
        return f"  > {text}" if self.marks else f"    {text}"

    def columns(self, rows: list[tuple[str, ...]]) -> Iterator[str]:
        """A table, its headings in the first row."""
        if self.marks:
            head, *rest = rows
            yield from table_head(head)
            yield from ("| " + " | ".join(row) + " |" for row in rest)
            return
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
