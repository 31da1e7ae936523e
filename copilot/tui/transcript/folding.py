"""Searching as people type: accents and capitals make no difference."""

import unicodedata

from copilot.tui.transcript.wrapping import Range

#: What Unicode does not take apart: joined letters, and the apostrophes that stand for ``'``.
_LIGATURES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\u2019": "'", "\u2018": "'"}


class _Folded(dict[int, str]):
    """Each character as it is searched for, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        base = "".join(
            char
            for char in unicodedata.normalize("NFKD", chr(code).casefold())
            if not unicodedata.combining(char)
        )
        self[code] = "".join(_LIGATURES.get(char, char) for char in base)
        return self[code]


_FOLDED = _Folded()


def folded(text: str) -> str:
    """``text`` without accents and capitals; its length may differ."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def occurrences(text: str, folded_text: str, wanted: str) -> list[Range]:
    """Where ``wanted`` stands in ``text``.

    Args:
        text: The text as it is shown.
        folded_text: The same, folded; given, so that it is folded once for many searches.
        wanted: What to look for, folded; not empty.
    """
    found: list[Range] = []
    begin = folded_text.find(wanted)
    places: list[int] | None = None
    while begin >= 0:
        end = begin + len(wanted)
        if places is None:
            places = _places(text)
        found.append((places[begin], places[end - 1] + 1))
        begin = folded_text.find(wanted, end)
    return found


def _places(text: str) -> list[int]:
    """Of each folded character, the index of the one that it comes from."""
    if text.isascii():
        return list(range(len(text)))
    return [index for index, char in enumerate(text) for _ in _FOLDED[ord(char)]]
