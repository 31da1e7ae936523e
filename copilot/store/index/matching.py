"""Which sessions a query finds, and which of their lines."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.store.index.content import Speaker
from copilot.store.index.narrowing import known_named, number_range, sessions_with
from copilot.store.index.query import Query, expressions, single_words
from copilot.store.index.schema import line_floor, session_of_lines

# Around each match in a highlighted text; nobody says them.
_BEGIN, _END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found.

    Attributes:
        line: The utterance's or note's id.
        speaker: Whose words it is.
        at_s: Session time at which it begins, in seconds.
        question: The planned question it falls under, or None.
        question_label: Its label; empty where there is none.
        text: All of it, as it stands.
        matches: Where in ``text`` what was searched for stands: from and to, as offsets.
    """

    line: str
    speaker: Speaker
    at_s: float
    question: str | None
    question_label: str
    text: str
    matches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session that was found.

    Attributes:
        id: Its id.
        role: The guide's id; this and what follows is empty where it cannot be read.
        title: The role's name.
        language: Language of the interview.
        source: Where the sound came from, in words for people.
        started_at: Wall-clock start, ISO 8601.
        alias: What the candidate is called instead of a name; empty where nothing is.
        duration_s: Its length in seconds; None where it has no end.
        hits: The lines, by time; none where the query has no words.
    """

    id: str
    role: str
    title: str
    language: str
    source: str
    started_at: str
    alias: str
    duration_s: float | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The sessions a query finds, no more than it asks for, and how many there are."""

    sessions: tuple[FoundSession, ...]
    total: int
    is_apart: bool = False


def find(connection: sqlite3.Connection, query: Query) -> Found:
    """What a query finds in the index as it is.

    Raises:
        UsageError: As ``search`` says.
        sqlite3.Error: The index cannot be read.
    """
    terms = expressions(query.words)
    allowed = sessions_with(connection, query)
    if not terms:
        return _without_words(connection, query, allowed)
    lines = _Lines(connection, query)
    found = lines.found(lines.numbers(" AND ".join(terms)), allowed, " AND ".join(terms))
    words = single_words(query.words)
    if found.total or len(words) < 2:
        return found
    numbers = set.intersection(*(lines.numbers(word) for word in words))
    apart = lines.found(numbers, allowed, " OR ".join(words))
    return Found(apart.sessions, apart.total, is_apart=bool(apart.total))


def _without_words(connection: sqlite3.Connection, query: Query, allowed: set[int] | None) -> Found:
    rows = connection.execute(
        "SELECT number FROM session WHERE number >= ? AND number < ? AND NOT is_encrypted",
        number_range(query.filters),
    )
    numbers = _newest_first({number for [number] in rows}, allowed)
    shown = tuple(_session(connection, number, ()) for number in numbers[: query.limit])
    return Found(shown, len(numbers))


class _Lines:
    """Lines of all sessions that a query looks at, whatever their words."""

    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self._connection = connection
        self._limit = query.limit
        self._range = number_range(query.filters)
        self._columns = "{candidate interviewer note}" if query.speaker is None else query.speaker
        self._questions: tuple[str, ...] = ()
        if query.question is not None:
            self._questions = known_named(connection, "question", query.question)

    def numbers(self, expression: str) -> set[int]:
        """The sessions that have lines with these words, as far as full text can tell."""
        first, stop = self._range
        rows = self._connection.execute(
            f"SELECT DISTINCT {session_of_lines('rowid')} FROM words"  # noqa: S608 - ours
            " WHERE words MATCH ? AND rowid >= ? AND rowid < ?",
            (self._match(expression), line_floor(first), line_floor(stop)),
        )
        return {number for [number] in rows}

    def found(self, numbers: set[int], allowed: set[int] | None, expression: str) -> Found:
        """Those of the sessions that are allowed, with their lines that have these words."""
        wanted = _newest_first(numbers, allowed)
        shown: list[FoundSession] = []
        total = len(wanted)
        for number in wanted:
            if len(shown) == self._limit:
                break
            hits = self._hits(number, expression)
            if hits:
                shown.append(_session(self._connection, number, hits))
            else:
                total -= 1  # only an id like the wanted question's
        return Found(tuple(shown), total)

    def _match(self, expression: str) -> str:
        match = f"{self._columns} : ({expression})"
        if self._questions:
            match += f" AND question : ({' OR '.join(map(_quoted, self._questions))})"
        return match

    def _hits(self, number: int, expression: str) -> tuple[Hit, ...]:
        # The columns stand in the table in this order, after the question.
        marked = ", ".join(f"highlight(words, {place}, ?, ?)" for place, _ in enumerate(Speaker, 1))
        labels = dict(
            self._connection.execute(
                "SELECT id, label FROM known WHERE session = ? AND kind = 'question'", (number,)
            )
        )
        rows = self._connection.execute(
            f"SELECT line, at_s, said.question, {marked} FROM words"  # noqa: S608 - ours
            " CROSS JOIN said ON said.number = words.rowid"
            " WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? ORDER BY words.rowid",
            (
                *(_BEGIN, _END) * len(Speaker),
                self._match(expression),
                line_floor(number),
                line_floor(number + 1),
            ),
        )
        return tuple(
            Hit(line, speaker, at_s, question, labels.get(question, ""), *_unmarked(text))
            for line, at_s, question, *texts in rows
            for speaker, text in zip(Speaker, texts, strict=True)
            if text is not None and (not self._questions or question in self._questions)
        )


def _session(connection: sqlite3.Connection, number: int, hits: Sequence[Hit]) -> FoundSession:
    session_id, role, title, language, source, started_at, alias, duration_s = connection.execute(
        "SELECT id, role, title, language, source, started_at, alias, duration_s FROM session"
        " WHERE number = ?",
        (number,),
    ).fetchone()
    return FoundSession(
        session_id,
        role or "",
        title or "",
        language or "",
        source or "",
        started_at or "",
        alias or "",
        duration_s,
        tuple(hits),
    )


def _newest_first(numbers: set[int], allowed: set[int] | None) -> list[int]:
    return sorted(numbers if allowed is None else numbers & allowed, reverse=True)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A highlighted text without its marks, and where they stood."""
    text, matches = "", []
    for part in marked.split(_BEGIN):
        match, found, rest = part.partition(_END)
        if found:
            matches.append((len(text), len(text) + len(match)))
        text += match + rest
    return text, tuple(matches)
