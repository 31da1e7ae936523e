"""Text as a page shows it: harmless characters, and the spaces and dates of the language."""

import re
import unicodedata
from datetime import datetime, timedelta

_NARROW, _NO_BREAK = "\u202f", "\u00a0"
#: They reorder all that follows; an ordinary text in Arabic or Hebrew needs none of them.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """``text`` with every character that is not seen, or turns others around, made visible.

    Line ends and tabs stay; a page shows them as spaces.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    if character in _OVERRIDES:
        return f"[U+{ord(character):04X}]"
    match unicodedata.category(character):
        case "Cc":
            # Control pictures, as ␀ for NUL; there are none for those above 127.
            return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"
        case "Cs" | "Cn" | "Co":
            return "\ufffd"
        case _:
            return character


def french_spaces(text: str) -> str:
    """``text`` with the spaces that French sets before ``; : ! ? %`` and inside guillemets."""
    text = re.sub(r" ([;!?%»])", _NARROW + r"\1", text)
    text = re.sub(r"(?<=\d)%|(?<=\w);(?=\s)", _NARROW + r"\g<0>", text)
    text = text.replace("« ", "«" + _NARROW)
    return text.replace(" :", _NO_BREAK + ":")


def share_text(share: float | None, language: str) -> str:
    """``0.78`` as ``78%``, in French with a space; ``-`` for None."""
    if share is None:
        return "-"
    return f"{share * 100:.0f}{_NARROW if language == 'fr' else ''}%"


def date_text(moment: str, form: str, months: str, after_s: float = 0.0) -> str:
    """A date and time for people, of an ISO 8601 text and some seconds after it.

    Args:
        moment: ISO 8601 with offset; what is not that is returned as it is.
        form: Has ``{day}``, ``{month}``, ``{year}``, ``{time}`` and ``{zone}``.
        months: The months' names, with spaces between.
        after_s: How much later, in seconds.
    """
    try:
        at = datetime.fromisoformat(moment) + timedelta(seconds=after_s)
    except (ValueError, OverflowError):
        return moment
    offset = at.strftime("%z")
    zone = "UTC" if offset in ("", "+0000") else f"UTC{offset[:3]}:{offset[3:5]}"
    return form.format(
        day=at.day, month=months.split()[at.month - 1], year=at.year, time=f"{at:%H:%M}", zone=zone
    )
