"""What stands before an item of a list: bullets, numbers, letters, "Question 3:"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from copilot.guides.documents.letters import DASHES, HYPHENS, has_words

#: Bullets that need no space behind them, as no sentence begins with one.
_SURE = "•◦‣▪▫■□●○✓✔☐☑☒➢➤►▶❖\uf0b7\uf0a7\uf0fc"
_CAPITAL = r"[A-ZÀ-Ý\u00ab\u201c\"']"
_BULLET = re.compile(
    rf"(?:[{_SURE}]\s*|[·*+→{HYPHENS}{DASHES}]\s+|-(?={_CAPITAL})|o\s+(?=[A-ZÀ-Ý]))"
)
_END = rf"(?:[.:){DASHES}]\s*)"
_NUMBER = re.compile(
    rf"""(?:
        (?i:question|q)\s*(?:n\s*[°ºo]\.?\s*)?\#?(?P<asked>[0-9]{{1,3}})
            \s*(?:{_END}|\s(?={_CAPITAL})|$)
        | \(?(?P<closed>[0-9]{{1,3}})\s?\)\s*(?![0-9])
        | (?P<chain>(?:[0-9]{{1,2}}\.){{1,4}})(?P<last>[0-9]{{1,2}})(?:\.?\s+(?={_CAPITAL})|\.\s+)
        | (?P<dotted>[0-9]{{1,3}})\s?\.(?:\s+|$|(?={_CAPITAL}))
        | (?:n\s*[°º]\s*|\#)(?P<hashed>[0-9]{{1,3}})\s*(?:{_END}|\s)
        | (?P<dashed>[0-9]{{1,3}})(?:\s?:\s+|\s?[\u2013\u2014]\s+|\s-\s+)(?={_CAPITAL})
    )""",
    re.VERBOSE,
)
_ROMAN = re.compile(r"\(?(?P<roman>[ivx]{1,6}|[IVX]{1,6})[.)](?:\s+|$)")
_LETTER = re.compile(r"\(?(?P<letter>[a-z])(?:\)\s*|\.\s+)|\(?(?P<capital>[A-Z])\)\s*")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_LONE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an item begins with.

    Attributes:
        number: What it counts; None for a bullet or letter.
        rest: What follows it.
        bullet: Whether it is a bullet.
        asked: Whether it names a question, as ``Q3`` does.
        depth: How many numbers stand before the last one, as 1 in ``2.3``.
    """

    number: int | None
    rest: str
    bullet: bool = False
    asked: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """Which marks count in this document: single letters and Roman numbers do only in a row."""

    roman: bool = False
    letters: bool = False

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Series":
        """What the first two of a row show.

        Args:
            lines: The document's lines, without indentation.
        """
        romans: set[int] = set()
        letters: set[str] = set()
        for line in lines:
            roman = _ROMAN.match(line)
            if roman is not None:
                romans.add(_value(roman["roman"]))
            letter = _LETTER.match(line)
            if letter is not None:
                letters.add((letter["letter"] or letter["capital"]).lower())
        return cls(roman={1, 2} <= romans, letters={"a", "b"} <= letters)


def mark_of(text: str, series: Series) -> Mark | None:
    """The mark that ``text`` begins with, None where it begins with a word.

    Args:
        text: A line without its indentation.
        series: Which marks count in the document.
    """
    bullet = _BULLET.match(text)
    if bullet is not None:
        rest = text[bullet.end() :]
        within = _numbered(rest, series)
        return Mark(None, rest, bullet=True) if within is None else within
    return _numbered(text, series)


def lone_number(text: str) -> int | None:
    """The number that is all of ``text``, as the badge of a step on a web page."""
    return int(text) if _LONE.fullmatch(text) else None


def numbered_cells(cells: Iterable[str]) -> tuple[list[str], int | None]:
    """The cells of a row that say something, and the number that the first of them was.

    Args:
        cells: All of the row's.
    """
    said = [cell for cell in cells if has_words(cell)]
    number = lone_number(said[0].rstrip(".)")) if len(said) > 1 else None
    return (said, None) if number is None else (said[1:], number)


def _numbered(text: str, series: Series) -> Mark | None:
    number = _NUMBER.match(text)
    if number is not None:
        rest = text[number.end() :]
        digits = next(
            number[name]
            for name in ("asked", "closed", "last", "dotted", "hashed", "dashed")
            if number[name]
        )
        chain = number["chain"] or ""
        return Mark(int(digits), rest, asked=bool(number["asked"]), depth=chain.count("."))
    roman = _ROMAN.match(text) if series.roman else None
    if roman is not None and _value(roman["roman"]):
        return Mark(_value(roman["roman"]), text[roman.end() :])
    letter = _LETTER.match(text) if series.letters else None
    if letter is not None:
        return Mark(None, text[letter.end() :])
    return None


def _value(roman: str) -> int:
    """The value of a Roman number; 0 where it is none."""
    values = [_ROMAN_VALUES[letter] for letter in roman.lower()]
    total = 0
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total if _written(total) == roman.lower() else 0


def _written(value: int) -> str:
    tens, ones = divmod(value, 10)
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * tens + units[ones]
