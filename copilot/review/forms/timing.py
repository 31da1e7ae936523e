"""When each word of a line was said, its corrections and omissions included."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from copilot.events import Utterance, Word
from copilot.review.plain_line import plain_line
from copilot.review.report import ReportLine

#: What was heard, by utterance: the words of a line and their times are looked up there.
WordTimes = Mapping[str, Utterance]


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as it is shown, and when it was said, in seconds of session time."""

    text: str
    start_s: float
    end_s: float


def timed_words(line: ReportLine, word_times: WordTimes) -> list[TimedWord]:
    """The words of a line with their times.

    Those that stand as they were heard keep the recogniser's times. Those that a reviewer wrote,
    and the sign for what is left out, share the time between their neighbours by their length; so
    do all words of an utterance without times.
    """
    shown = plain_line(line.text).split()
    said = word_times.get(line.utterance_id)
    heard = () if said is None else said.words
    known = _known(shown, heard)
    placed: list[TimedWord] = []
    for run in _runs(shown, known):
        first = known.get(run[0])
        if first is not None:
            placed.append(TimedWord(shown[run[0]], first.start_s, first.end_s))
            continue
        begin_s = placed[-1].end_s if placed else line.start_s
        follower = known.get(run[-1] + 1)
        end_s = line.end_s if follower is None else follower.start_s
        placed += _shared([shown[at] for at in run], begin_s, max(begin_s, end_s))
    return placed


def _known(shown: Sequence[str], heard: Sequence[Word]) -> dict[int, Word]:
    """The words heard that stand in the line, by their place there."""
    texts = [word.text for word in heard]
    if texts == shown:
        return dict(enumerate(heard))
    matcher = difflib.SequenceMatcher(None, texts, shown, autojunk=False)
    return {
        block.b + step: heard[block.a + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }


def _runs(shown: Sequence[str], known: Mapping[int, Word]) -> Iterator[list[int]]:
    """Places in the line: each known word alone, unknown ones together."""
    waiting: list[int] = []
    for at in range(len(shown)):
        if at not in known:
            waiting.append(at)
            continue
        if waiting:
            yield waiting
            waiting = []
        yield [at]
    if waiting:
        yield waiting


def _shared(texts: Sequence[str], begin_s: float, end_s: float) -> Iterator[TimedWord]:
    whole, at_s = sum(len(text) + 1 for text in texts), begin_s
    for text in texts:
        until_s = at_s + (end_s - begin_s) * (len(text) + 1) / whole
        yield TimedWord(text, at_s, until_s)
        at_s = until_s
