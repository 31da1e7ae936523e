"""Text from elsewhere inside Markdown."""

from collections.abc import Iterator, Sequence


def safe(text: str) -> str:
    """Text as Markdown that shows it as it is: nothing in it formats, links or opens a tag."""
    flat = " ".join(text.split())
    for character in "\\`*_{}[]<>#|~&@":
        flat = flat.replace(character, "\\" + character)
    # Many readers turn bare addresses into links.
    return flat.replace("://", "\\://").replace("www.", "www\\.")


def table_head(titles: Sequence[str]) -> Iterator[str]:
    """The two lines a table begins with."""
    yield "| " + " | ".join(titles) + " |"
    yield "|" + " --- |" * len(titles)
