"""Text of people and files, on one line and without what a terminal would obey."""

import unicodedata

#: Control characters and ends of lines, which part words.
_PARTING = {"Cc", "Zl", "Zp"}
#: Signs that turn the order of a line around or cannot be seen; they may stand inside a word.
_UNSEEN = {"Cf", "Cs", "Co"}
#: Joins letters and emoji into one sign, as Persian and many scripts of India need.
_JOINERS = {"\u200c", "\u200d"}


def plain_line(text: str) -> str:
    """The text with single spaces, and nothing in it that would not be seen as it is."""
    return " ".join("".join(map(_plain, text)).split())


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _PARTING:
        return " "
    return "" if category in _UNSEEN and sign not in _JOINERS else sign


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or sign in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """A text as lines of at most so many columns; those after the first begin with ``indent``.

    A word too long for a line is cut.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        rest = word
        while rest:
            start = line or (indent if lines else "")
            gap = " " if line else ""
            if columns_of(start + gap + rest) <= columns:
                line, rest = start + gap + rest, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                head = _fitting(rest, max(columns - columns_of(start), 2))
                lines.append(start + head)
                rest = rest[len(head) :]
    return [*lines, line] if line or not lines else lines


def _fitting(text: str, columns: int) -> str:
    """As much of the beginning of a text as so many columns hold."""
    taken = 0
    for at, sign in enumerate(text):
        taken += _columns(sign)
        if taken > columns:
            return text[:at]
    return text
