"""Word lists written as text, and the patterns made of them."""

import re


def listed(text: str) -> list[str]:
    """The entries of a list written with commas, over as many lines as it takes."""
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]


def any_of(text: str) -> str:
    """A pattern for any whole entry of a list; an entry may be a pattern, without commas."""
    return r"(?:\b(?:" + "|".join(entry.replace(" ", r"\s") for entry in listed(text)) + r")\b)"


def compiled(*patterns: str) -> re.Pattern[str]:
    """One pattern for any of these, blind to case."""
    return re.compile("|".join(patterns), re.IGNORECASE)
