"""Characters as typesetters and web pages leave them, brought to what a keyboard writes."""

import re
import unicodedata

#: Ligatures that PDF files keep as one character.
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
#: Seen by nobody: zero-width spaces, marks of direction, the byte order mark.
_UNSEEN = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
#: Where a word may be broken; at the end of a line it was.
SOFT_HYPHEN = "\u00ad"
_TABLE = str.maketrans(
    _LIGATURES
    | dict.fromkeys(_UNSEEN, "")
    # A line separator parts words, whatever the editor shows; so do the rarer control characters.
    | dict.fromkeys("\u2028\u2029\u0085", " ")
    | {chr(code): " " for code in range(32) if chr(code) not in "\t\n\r"}
)
#: Dashes of every length, and the hyphens that typesetters use, for regular expressions' sets.
DASHES = r"\u2013\u2014\u2012\u2015-"
HYPHENS = r"\u2010\u2011-"
#: What may close a sentence behind its full stop.
CLOSING = r")\]\u00bb\u201d\u2019\"'"
_SPACES = re.compile(r"\s+")
_WITHIN = re.compile(rf"{SOFT_HYPHEN}(?![ \t]*$)", re.MULTILINE)
_NOT_A_SPACE = re.compile(r"[^\S\t\n\r ]")


def tidy(text: str) -> str:
    """``text`` with plain characters: no ligatures, soft hyphens or control characters.

    Line ends, tabs and the number of spaces stay; a no-break space becomes a space. A soft hyphen
    at the end of a line stays too: it says that the word goes on.
    """
    plain = unicodedata.normalize("NFC", text.translate(_TABLE))
    return _NOT_A_SPACE.sub(" ", _WITHIN.sub("", plain))


def on_one_line(text: str) -> str:
    """``text`` with every run of spaces and line ends as a single space."""
    return _SPACES.sub(" ", text.replace(SOFT_HYPHEN, "")).strip()


def has_words(text: str) -> bool:
    """Whether there is anything to read: a letter or a digit."""
    return any(map(str.isalnum, text))
