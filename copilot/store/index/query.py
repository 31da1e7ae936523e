"""What is searched for: the user's words, taken literally, and what narrows the search."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from copilot.errors import UsageError
from copilot.i18n import N_, _
from copilot.store.index.content import Speaker
from copilot.store.index.rows import spelt_out

_WORDS = N_('Give words, "a phrase" or the beginning of a word with a star: migrat*')


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sessions are looked at; what is None or empty excludes none.

    Attributes:
        role: A guide's id, or words of the role's title.
        since: The first day on which they may have started, in local time.
        until: The last such day.
    """

    role: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search over all sessions.

    Attributes:
        words: As the user typed them, one or more strings; see ``expressions``.
        filters: Which sessions are looked at.
        question: Only lines under this question: its id, or words of its label.
        flag: Only sessions in which this flag stands as raised: its id, or words of its label.
        point: Only sessions in which this point stands as evidenced, named likewise.
        speaker: Only lines of this speaker.
        limit: How many sessions are shown at most.
    """

    words: tuple[str, ...] = ()
    filters: Filters = Filters()
    question: str | None = None
    flag: str | None = None
    point: str | None = None
    speaker: Speaker | None = None
    limit: int = 20


def expressions(words: Sequence[str]) -> tuple[str, ...]:
    """The user's words in the full-text language, one expression a word or phrase.

    A string with spaces is a phrase, as the user's shell took its quotes away; so is what stands in
    quotes within a string. A star at a word's end stands for any ending. All else is literal.

    Raises:
        UsageError: There are words, but no letter or digit in them.
    """
    found = [
        expression
        for text in words
        for piece in _pieces(text)
        if (expression := _expression(piece))
    ]
    if words and not found:
        raise UsageError(
            _("there is no word in {words!r} to search for.", words=" ".join(words)), _WORDS
        )
    return tuple(dict.fromkeys(found))


def single_words(words: Sequence[str]) -> tuple[str, ...]:
    """The same with phrases taken apart."""
    return expressions([word for text in words for word in text.replace('"', " ").split()])


def _pieces(text: str) -> list[str]:
    if '"' not in text:
        return [text]
    pieces: list[str] = []
    for place, part in enumerate(text.split('"')):
        if place % 2:
            pieces.append(part)  # within quotes; a star after them belongs to their last word
        elif pieces and part.startswith("*"):
            pieces[-1] += "*"
            pieces += part[1:].split()
        else:
            pieces += part.split()
    return pieces


def _expression(piece: str) -> str:
    """A piece as a full-text string, which has no syntax inside but the doubled quote."""
    word = piece.rstrip()
    star = "*" if word.endswith("*") else ""
    literal = spelt_out(word.rstrip("*")).replace("\0", " ")
    if not any(map(_is_word, literal)):
        return ""
    return f'"{literal}"{star}'


def _is_word(character: str) -> bool:
    """Whether the tokenizer takes it for a part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"
