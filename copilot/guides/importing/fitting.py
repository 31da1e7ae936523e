"""Texts of a document as a guide takes them: one line each, within its limits, nothing lost."""

import re
from dataclasses import dataclass, field

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.draft import Unplaced
from copilot.i18n import _

#: The limits of ``copilot.knowledge.guide``.
LONGEST_TEXT = 600
LONGEST_LABEL = 30
LONGEST_TERM = 60
LONGEST_MINUTES = 120

# What YAML takes for the end of a line, or refuses.
_BREAKS = re.compile("[\\t\\n\\r\\v\\f\x1c-\x1f\x85\u2028\u2029 ]+")
_REFUSED = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SENTENCE_END = re.compile(r"[.!?…](?:[\"'\u201d\u2019)\]]|[\u00a0\u202f ]?»)?(?= )")
_PLACE = re.compile(r":(?:p(?P<page>[0-9]+):)?(?P<line>[0-9]+)$")


def one_line(text: str) -> str:
    """``text`` on one line, without what YAML cannot hold; no-break spaces stay."""
    # A refused character may stand between two spaces, or before the first word.
    return _BREAKS.sub(" ", _REFUSED.sub("", _BREAKS.sub(" ", text))).strip()


def cut(text: str, longest: int) -> tuple[str, str]:
    """The beginning of a text and the rest, which is empty where all of it fits.

    It is cut behind a sentence where one ends within the limit, else behind a word, else within.

    Args:
        text: On one line.
        longest: In characters.
    """
    if len(text) <= longest:
        return text, ""
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() <= longest]
    at = ends[-1] if ends else text.rfind(" ", 0, longest + 1)
    if at <= 0:
        at = longest
    return text[:at].strip(), text[at:].strip()


def unplaced(text: str, origin: str, why: str) -> Unplaced:
    """A text that has no place, as the block that it stands in.

    Args:
        text: It.
        origin: ``FILE:LINE`` or ``FILE:pPAGE:LINE``.
        why: It has none.
    """
    place = _PLACE.search(origin)
    line = int(place["line"]) if place else 0
    page = int(place["page"]) if place and place["page"] else None
    return Unplaced(Block(text, line, BlockKind.PARAGRAPH, page=page), origin, why)


@dataclass(slots=True)
class Fitting:
    """Fits texts into a guide, and keeps what of them did not fit.

    Attributes:
        rest: What was cut off, in the order of fitting.
    """

    rest: list[Unplaced] = field(default_factory=list)

    def text(self, text: str, origin: str) -> str:
        """``text`` as a guide takes it."""
        kept, rest = cut(one_line(text), LONGEST_TEXT)
        if rest:
            why = _("beyond {count} characters, the most a text of a guide has", count=LONGEST_TEXT)
            self.leave(rest, origin, why)
        return kept

    def label(self, label: str, text: str, origin: str) -> str:
        """``label`` as a guide takes it; ``text`` is what else is said of the item."""
        whole = one_line(label)
        kept, rest = cut(whole, LONGEST_LABEL)
        if rest and whole not in one_line(text):
            why = _("beyond {count} characters, the most a label has", count=LONGEST_LABEL)
            self.leave(rest, origin, why)
        return kept

    def minutes(self, minutes: float | None, label: str, origin: str) -> float | None:
        """``minutes`` where a guide takes so many, else None."""
        if minutes is None:
            return None
        if 0 < minutes <= LONGEST_MINUTES:
            return int(minutes) if minutes == int(minutes) else minutes  # as a human writes it
        why = _("a guide takes 1 to {count} minutes", count=LONGEST_MINUTES)
        self.leave(f"{label}: {minutes:g} min", origin, why)
        return None

    def leave(self, text: str, origin: str, why: str) -> None:
        """Keep a text that has no place."""
        self.rest.append(unplaced(text, origin, why))
