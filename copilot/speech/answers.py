"""What a transcription server answers: words with times and how sure it was, or nothing usable.

Servers differ. Some time every word, some give segments alone, some nothing but a text. OpenAI's
own leaves punctuation out of its timed words. So the text is taken as it stands, and times and
probabilities are put to its words from whatever there is. Nothing in an answer is believed
unchecked: it may be huge, of other types than promised, or hold control characters.
"""

import difflib
import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.errors import ServerError
from copilot.speech.transcriber import HeardWord

#: How probable a word is of which the server does not say how sure it was: as likely as not.
UNKNOWN_PROBABILITY = 0.5
_LONGEST_WORD = 80  # characters
_MOST_WORDS = 2000  # more than thirty seconds can hold by far
_PUNCTUATION = frozenset(".,;:!?…-\u2013\u2014'\"“”«»()[]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words the server is equally sure of.

    Attributes:
        words: With times from the sound's start, in seconds.
        logprob: Mean log probability of its tokens; None where the server does not say.
        no_speech: What the server gives for there being no speech, 0 to 1; None where unknown.
    """

    words: tuple[HeardWord, ...]
    logprob: float | None
    no_speech: float | None


@dataclass(frozen=True, slots=True)
class _Timed:
    """A word the server timed."""

    text: str
    start_s: float
    end_s: float
    probability: float | None


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in their order, without times of their own, somewhere between start and end."""

    words: list[str]
    start_s: float
    end_s: float
    logprob: float | None
    no_speech: float | None


def read_answer(raw: bytes, duration_s: float) -> tuple[Segment, ...]:
    """The segments of an answer in ``json`` or ``verbose_json``; none where nothing was said.

    Args:
        raw: The answer's body.
        duration_s: Length of the sound.

    Raises:
        ServerError: It is no such answer.
    """
    try:
        found = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ServerError("what the server answers is no JSON.") from None
    if not isinstance(found, dict) or not isinstance(found.get("text", ""), str):
        raise ServerError("what the server answers is no transcription.")
    if "text" not in found and not isinstance(found.get("segments"), list):
        raise ServerError("what the server answers holds no text.")
    timed = list(_timed_words(found.get("words"), duration_s))
    runs = list(_runs(found, timed, duration_s))
    return tuple(_segments(runs, timed))


def _no_number(name: str) -> float:
    raise ValueError(name)


def _timed_words(listed: Any, duration_s: float) -> Iterator[_Timed]:
    if not isinstance(listed, list):
        return
    before_s = 0.0
    for entry in listed[:_MOST_WORDS]:
        if not isinstance(entry, dict):
            continue
        start_s, end_s = _number(entry.get("start")), _number(entry.get("end"))
        if start_s is None or end_s is None:
            continue
        start_s = min(max(start_s, before_s), duration_s)
        end_s = min(max(end_s, start_s), duration_s)
        before_s = start_s
        probability = _share(entry.get("probability"))
        texts = _words(entry.get("word"))
        step_s = (end_s - start_s) / max(len(texts), 1)
        for number, text in enumerate(texts):
            begin_s = start_s + number * step_s
            yield _Timed(text, begin_s, begin_s + step_s, probability)


def _runs(found: dict[str, Any], timed: Sequence[_Timed], duration_s: float) -> Iterator[_Run]:
    listed = found.get("segments")
    runs = [
        _Run(
            _words(entry.get("text")),
            min(max(_number(entry.get("start")) or 0.0, 0.0), duration_s),
            min(max(_number(entry.get("end")) or duration_s, 0.0), duration_s),
            _logprob(entry.get("avg_logprob")),
            _share(entry.get("no_speech_prob")),
        )
        for entry in (listed[:_MOST_WORDS] if isinstance(listed, list) else ())
        if isinstance(entry, dict)
    ]
    if any(run.words for run in runs):
        yield from (run for run in runs if run.words)
        return
    words = _words(found.get("text")) or [word.text for word in timed]
    if words:
        yield _Run(words[:_MOST_WORDS], 0.0, duration_s, None, None)


def _segments(runs: Sequence[_Run], timed: Sequence[_Timed]) -> Iterator[Segment]:
    places = [(run, text) for run in runs for text in run.words]
    matched = _matched([text for _, text in places], timed)
    number = 0
    words: list[HeardWord] = []
    while number < len(places):
        last = number
        while last < len(places) and last not in matched and places[last][0] is places[number][0]:
            last += 1
        if last == number:
            run, text = places[number]
            words.append(_sure(text, matched[number], run))
            number += 1
            continue
        # A stretch of words of one run that the server did not time.
        run = places[number][0]
        before_s = words[-1].end_s if words else 0.0
        end_s = matched[last].start_s if last in matched else run.end_s
        start_s = before_s if number - 1 in matched else max(run.start_s, before_s)
        words += _spread([text for _, text in places[number:last]], start_s, end_s, run)
        number = last
    words = list(_in_order(words))
    count = 0
    for run in runs:
        mine = tuple(words[count : count + len(run.words)])
        count += len(run.words)
        yield Segment(mine, run.logprob, run.no_speech)


def _in_order(words: Iterable[HeardWord]) -> Iterator[HeardWord]:
    """The same words, none beginning before the one before it, whatever the segments say."""
    start_s = 0.0
    for word in words:
        start_s = max(start_s, word.start_s)
        yield HeardWord(word.text, start_s, max(word.end_s, start_s), word.probability)


def _matched(texts: Sequence[str], timed: Sequence[_Timed]) -> dict[int, _Timed]:
    """Which of ``texts`` is which timed word, in order."""
    if not timed:
        return {}
    one, other = [plain(text) for text in texts], [plain(word.text) for word in timed]
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return {block.a + step: timed[block.b + step] for block in blocks for step in range(block.size)}


def _sure(text: str, word: _Timed, run: _Run) -> HeardWord:
    probability = _probability(run) if word.probability is None else word.probability
    return HeardWord(text, word.start_s, word.end_s, probability)


def _spread(texts: Sequence[str], start_s: float, end_s: float, run: _Run) -> Iterator[HeardWord]:
    """Words over a time, each as long as it is written."""
    end_s = max(start_s, end_s)
    letters = [len(text) + 1 for text in texts]
    pace_s = (end_s - start_s) / sum(letters)
    for text, length in zip(texts, letters, strict=True):
        yield HeardWord(text, start_s, min(start_s + length * pace_s, end_s), _probability(run))
        start_s = min(start_s + length * pace_s, end_s)


def _probability(run: _Run) -> float:
    return UNKNOWN_PROBABILITY if run.logprob is None else math.exp(run.logprob)


def plain(text: str) -> str:
    """A word as it sounds, for comparing."""
    kept = "".join(c for c in text.casefold() if c not in _PUNCTUATION)
    return kept or text


def _words(text: Any) -> list[str]:
    """The words of a text: whole, printable, and no longer than words are."""
    if not isinstance(text, str):
        return []
    clean = "".join(c if _shows(c) else " " for c in text[: _LONGEST_WORD * _MOST_WORDS])
    return [
        word[:_LONGEST_WORD]
        for word in clean.split()[:_MOST_WORDS]
        if not _PUNCTUATION.issuperset(word)
    ]


def _shows(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _share(value: Any) -> float | None:
    number = _number(value)
    return number if number is not None and 0.0 <= number <= 1.0 else None


def _logprob(value: Any) -> float | None:
    number = _number(value)
    return number if number is not None and number <= 0.0 else None


# -- the seam to what is settled ------------------------------------------------------------------

_SEAM_S = 1.0  # so far times may be off on either side
_SEAM_WORDS = 4


def joined(said: Sequence[HeardWord], found: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """The settled words, and of those found what comes after them.

    A server cannot be told what is settled, and times of two recognisers differ by some tenths of
    a second. So the cut is where the words before it are those that were settled last; where none
    are, it is by time alone.
    """
    if not said:
        return tuple(found)
    end_s = said[-1].end_s
    by_time = sum(1 for word in found if (word.start_s + word.end_s) / 2 <= end_s)
    near = [
        cut
        for cut in range(1, len(found) + 1)
        if abs(found[cut - 1].end_s - end_s) <= _SEAM_S or cut == by_time
    ]
    best = max(near, key=lambda cut: (_agreed(said, found[:cut]), -abs(cut - by_time)), default=0)
    cut = best if best and _agreed(said, found[:best]) else by_time
    start_s = max(end_s, 0.0)
    return (*said, *_after(found[cut:], start_s))


def _agreed(said: Iterable[HeardWord], found: Iterable[HeardWord]) -> int:
    """How many words at the end are the same, up to a few."""
    count = 0
    for one, other in zip(reversed(list(said)), reversed(list(found)), strict=False):
        if plain(one.text) != plain(other.text) or count == _SEAM_WORDS:
            break
        count += 1
    return count


def _after(words: Iterable[HeardWord], start_s: float) -> Iterator[HeardWord]:
    """The same words, none of them before ``start_s``."""
    for word in words:
        begin_s = max(word.start_s, start_s)
        yield HeardWord(word.text, begin_s, max(word.end_s, begin_s), word.probability)
