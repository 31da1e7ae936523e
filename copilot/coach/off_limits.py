"""What an interview must leave alone: questions that touch it, and candidates who tell of it.

The interviewer is warned in private, with a lawful rewording. What a candidate tells unasked about
health, family, origin and the like is found so that it can be kept out of prompts, suggestions and
recaps. Both are found by the phrases of a pack, without a model; see ``knowledge/off-limits``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.coach.words import word_set
from copilot.knowledge.off_limits import Pack, Patterns, Topic
from copilot.knowledge.phrases import Plain, matches, plain

#: What stands where a protected fact was.
LEFT_OUT = "[…]"

#: A fact is told to the end of its clause, but not endlessly where nothing marks it.
_MOST_WORDS_AFTER = 15
_CLAUSE_MARKS = frozenset(",;:\u2013\u2014")
#: Words a statement about something else begins with, after a mark or one of ``_JOINING``.
_SUBJECTS = {
    "en": word_set(
        "i we they he she it you that this there at in when what then but so since after"
    ),
    "fr": word_set(
        "je j nous on ils elles il elle ca c cela vous mais donc alors quand dans chez depuis "
        "apres puis ce"
    ),
}
_JOINING = {"en": frozenset(("and", "but", "so", "then")), "fr": frozenset(("et", "mais", "donc"))}


@dataclass(frozen=True, slots=True)
class Touch:
    """An off-limits topic that a question touches.

    Attributes:
        topic: The topic, with its lawful rewording.
        start: Where the words that touch it begin, as a character offset.
        end: Where they end.
    """

    topic: Topic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProtectedFact:
    """Something protected that a candidate told unasked.

    Attributes:
        topic: The id of its topic.
        start: Where it begins, as a character offset.
        end: Where it ends.
    """

    topic: str
    start: int
    end: int


def touches(text: str, language: str, pack: Pack) -> list[Touch]:
    """The topics that an interviewer's words touch, each once, in the order of the text.

    Args:
        text: What the interviewer said, or a question that is about to be suggested.
        language: ``en`` or ``fr``; phrases of this language are looked for.
        pack: The topics; several packs are joined by ``copilot.knowledge.off_limits.joined``.
    """
    words = plain(text)
    found: dict[str, Touch] = {}
    for topic in pack.topics:
        patterns = topic.patterns.get(language)
        if patterns is None or topic.id in found:
            continue
        for first, after in _in_this_sense(patterns.asked, patterns, words):
            found[topic.id] = Touch(topic, words.spans[first][0], words.spans[after - 1][1])
            break
    return sorted(found.values(), key=lambda touch: (touch.start, touch.end))


def volunteered(text: str, language: str, pack: Pack) -> list[ProtectedFact]:
    """The protected facts that a candidate tells of himself, each with its whole clause.

    Args:
        text: What the candidate said.
        language: ``en`` or ``fr``.
        pack: The topics.

    Returns:
        In the order of the text; those of different topics may overlap.
    """
    words = plain(text)
    found: dict[tuple[str, int, int], ProtectedFact] = {}
    for topic in pack.topics:
        patterns = topic.patterns.get(language)
        if patterns is None:
            continue
        for first, after in _in_this_sense(patterns.volunteered, patterns, words):
            start = words.spans[first][0]
            end = words.spans[_clause_end(text, words, after, language) - 1][1]
            found.setdefault((topic.id, start, end), ProtectedFact(topic.id, start, end))
    return sorted(found.values(), key=lambda fact: (fact.start, fact.end, fact.topic))


def redacted(text: str, language: str, pack: Pack) -> str:
    """``text`` with ``LEFT_OUT`` in place of every protected fact; the same text without any."""
    parts: list[str] = []
    at = 0
    for start, end in _merged(volunteered(text, language, pack)):
        parts += [text[at:start], LEFT_OUT]
        at = end
    return "".join([*parts, text[at:]])


def _in_this_sense(pattern: str, patterns: Patterns, words: Plain) -> Iterator[tuple[int, int]]:
    """Where a pattern stands and no phrase for another sense overlaps it, in words."""
    found = list(matches(pattern, words))
    if not found:
        return
    others = list(matches(patterns.unless, words))
    for first, after in found:
        if not any(start < after and first < end for start, end in others):
            yield first, _without_end_mark(words, first, after)


def _without_end_mark(words: Plain, first: int, after: int) -> int:
    return after - 1 if after - first > 1 and _is_end(words, after - 1) else after


def _is_end(words: Plain, index: int) -> bool:
    return words.text.startswith(". ", words.starts[index])


def _clause_end(text: str, words: Plain, after: int, language: str) -> int:
    """The index after the last word of the clause that goes on at word ``after``."""
    said = words.words()
    for index in range(after, min(len(said), after + _MOST_WORDS_AFTER)):
        if said[index] == "." or _begins_another(text, words, said, index, language):
            return index
    return min(len(said), after + _MOST_WORDS_AFTER)


def _begins_another(text: str, words: Plain, said: list[str], index: int, language: str) -> bool:
    """Whether a new statement begins at a word: "…, we moved", "… and I moved"."""
    joining, subjects = _JOINING[language], _SUBJECTS[language]
    between = text[words.spans[index - 1][1] : words.spans[index][0]]
    if not _CLAUSE_MARKS.isdisjoint(between) and said[index] in subjects:
        return True
    return (
        said[index] in joining
        and said[index + 1 : index + 2] != []
        and (said[index + 1] in subjects)
    )


def _merged(facts: list[ProtectedFact]) -> Iterator[tuple[int, int]]:
    """The spans of facts that are sorted by their start, overlapping ones as one."""
    current: tuple[int, int] | None = None
    for fact in facts:
        if current is not None and fact.start <= current[1]:
            current = current[0], max(current[1], fact.end)
            continue
        if current is not None:
            yield current
        current = fact.start, fact.end
    if current is not None:
        yield current
