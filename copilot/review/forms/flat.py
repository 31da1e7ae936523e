"""Text from elsewhere on one line, without what a terminal or an editor would obey."""

import unicodedata

#: Turns the order of what is shown around; nobody says that.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def flat(text: str) -> str:
    """The text with single spaces, and without control characters or signs that turn it around."""
    kept = (
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if character not in _TURNING
    )
    return " ".join("".join(kept).split())
