"""Text from elsewhere inside Markdown."""

from collections.abc import Iterator, Sequence

from copilot.review.plain_line import plain_line


def safe(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing in it formats, links or opens a tag."""
    line = plain_line(text)
    for sign in "\\`*_{}[]<>#|~&@":
        line = line.replace(sign, "\\" + sign)
    # Many readers turn bare addresses into links.
    return line.replace("://", "\\://").replace("www.", "www\\.")


def table_head(titles: Sequence[str]) -> Iterator[str]:
    """The two lines a table begins with."""
    yield "| " + " | ".join(titles) + " |"
    yield "|" + " --- |" * len(titles)
