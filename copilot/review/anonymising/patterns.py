"""Contact data and numbers, found by their form."""

import enum
import re
from collections.abc import Iterator


class Kind(enum.StrEnum):
    """What is replaced; the placeholder's word."""

    PERSON = "person"
    NAME = "name"  # of a company, a place, a product, or a person not recognised as one
    E_MAIL = "e-mail"
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"
    ADDRESS = "address"
    ACCOUNT = "account"
    NUMBER = "number"
    HOST = "host"
    DEVICE = "device"
    PATH = "path"


_CAPITAL = r"[^\W\d_a-zß-ÿ][\w'\u2019-]*"
_STREET_EN = (
    r"Street|Road|Avenue|Lane|Drive|Close|Way|Square|Boulevard|Court|Terrace|Crescent|St|Rd|Ave"
)
_STREET_FR = r"rue|avenue|boulevard|chemin|place|impasse|all[ée]e|quai|route|cours|square"
_TOP = r"com|org|net|edu|gov|io|dev|ai|app|eu|fr|de|uk|be|ch|es|it|nl|ca|info|biz"
_DIGIT_EN = r"zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_DIGIT_FR = r"z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf"

#: In the order in which they are looked for; what one has taken is not looked at again.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.E_MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        Kind.E_MAIL,
        re.compile(
            rf"\b[\w.+-]+(?:\s(?:dot|point)\s[\w-]+)*\s(?:at|arobase)\s[\w-]+"
            rf"(?:\s?(?:dot|point)\s?[\w-]+)*\s?(?:\.|\s(?:dot|point)\s)\s?(?:{_TOP})\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.LINK, re.compile(r"\bhttps?://[^\s<>\"”»]+[^\s<>\"”».,;:!?)]", re.IGNORECASE)),
    (
        Kind.LINK,
        re.compile(
            rf"\b(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:{_TOP})\b(?:/[^\s,;]*\w)?", re.IGNORECASE
        ),
    ),
    (Kind.HANDLE, re.compile(r"(?<!\w)@\w{2,}")),
    (Kind.ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?\b")),
    (
        Kind.ADDRESS,
        re.compile(
            rf"\b\d{{1,5}}\w?,?\s(?:{_CAPITAL}\s){{1,3}}(?:{_STREET_EN})\b\.?"
            rf"|\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?i:{_STREET_FR})\s"
            rf"(?:(?:de|du|des|la|le|les|l['\u2019]|d['\u2019])\s?)*{_CAPITAL}(?:[\s-]{_CAPITAL})*"
        ),
    ),
    (Kind.ADDRESS, re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]?\s\d[A-Z]{2}\b")),
    (Kind.ADDRESS, re.compile(rf"\b\d{{5}}\s{_CAPITAL}(?:-[\w'\u2019]+)*")),
    (Kind.PHONE, re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d(?:[\s().-]{0,2}\d){7,14}(?![\w]|[.,]\d)")),
    (Kind.NUMBER, re.compile(r"(?<![\w.,])\d{6,}(?![\w]|[.,]\d)")),
    (
        Kind.NUMBER,
        re.compile(
            rf"\b(?:(?:{_DIGIT_EN})[\s,-]+){{5,}}(?:{_DIGIT_EN})\b"
            rf"|\b(?:(?:{_DIGIT_FR})[\s,-]+){{5,}}(?:{_DIGIT_FR})\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.PATH, re.compile(r"(?<!\w)(?:~|/[\w.-]+|[A-Z]:)(?:[/\\][^\s/\\,;:]+)+")),
)

#: Thousands in groups of three, as French writes them: an amount and no telephone.
_AMOUNT = re.compile(r"\d{1,3}(?:[\s.]\d{3})+")


def contacts_in(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Each stretch of contact data or a long number: its kind, begin and end; none overlap."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            begin, end = found.span()
            if any(begin < last and first < end for first, last in taken):
                continue
            if kind is Kind.PHONE and _AMOUNT.fullmatch(found[0]):
                continue
            taken.append((begin, end))
            yield kind, begin, end
