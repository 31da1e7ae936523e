"""Cutting what was said into subtitles that can be read.

A cue has at most two lines of 42 characters and lasts at most seven seconds, the usual limits of
subtitling. Where to cut is chosen over a whole utterance at once: at the ends of sentences rather
than at commas, at commas rather than elsewhere, never across a pause if that can be helped, and
with no more cues than needed.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from copilot.events import Channel
from copilot.review.forms.timing import TimedWord, WordTimes, timed_words
from copilot.review.report import Report, ReportLine

LINE_CHARS = 42
LONGEST_S = 7.0
SHORTEST_S = 1.0

#: What a cut costs: any, at a comma, within a phrase; and what a cue costs that is gone too soon,
#: or that runs over a pause.
_ANY, _CLAUSE, _PHRASE, _BRIEF, _PAUSE = 10, 3, 7, 6, 25
_PAUSE_S = 1.0
#: How many characters longer than the other a line may be to end with its clause.
_AWKWARD = 12
_SENTENCE_ENDS, _CLAUSE_ENDS = ".?!…", ",;:\u2013\u2014"
_CLOSERS = "\"'\u201d\u2019»)]"


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time.

    Attributes:
        utterance_id: The utterance it is of.
        speaker: Who says it.
        start_ms: When it appears, in milliseconds of session time.
        end_ms: When it goes; always later.
        lines: One or two lines.
        corrected: Whether a reviewer corrected the utterance.
        uncertain: Whether its text is doubtful.
    """

    utterance_id: str
    speaker: Channel
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    corrected: bool
    uncertain: bool


def cues_of(
    report: Report, word_times: WordTimes, prefixes: Mapping[Channel, str] | None = None
) -> list[Cue]:
    """Everything said as cues, in the order in which they appear; those of both sides may overlap.

    Args:
        report: What was said.
        word_times: The utterances as they were heard, for the times of their words.
        prefixes: What stands before the first line of each side's cues and takes room there.
    """
    cues: list[Cue] = []
    for line in report.transcript:
        prefix = "" if prefixes is None else prefixes[line.speaker]
        cues += _line_cues(line, timed_words(line, word_times), prefix)
    cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    return list(_readable(cues))


def _line_cues(line: ReportLine, words: Sequence[TimedWord], prefix: str) -> Iterator[Cue]:
    words = list(itertools.chain.from_iterable(_pieces(word, len(prefix)) for word in words))
    since_ms = 0
    for first, last in itertools.pairwise(_cuts(words, len(prefix))):
        shown = words[first:last]
        lines = _lines([word.text for word in shown], len(prefix))
        start_s = shown[0].start_s
        end_s = min(shown[-1].end_s, start_s + LONGEST_S)
        start_ms = max(round(start_s * 1000), since_ms)
        since_ms = max(round(end_s * 1000), start_ms + 1)
        yield Cue(
            line.utterance_id,
            line.speaker,
            start_ms,
            since_ms,
            (prefix + lines[0], *lines[1:]),
            line.corrected,
            line.uncertain,
        )


def _pieces(word: TimedWord, indent: int) -> Iterator[TimedWord]:
    """A word too long for any line, in pieces."""
    room = LINE_CHARS - indent
    if len(word.text) <= room:
        yield word
        return
    count = -(-len(word.text) // room)
    step_s = (word.end_s - word.start_s) / count
    for at in range(count):
        start_s = word.start_s + at * step_s
        yield TimedWord(word.text[at * room : (at + 1) * room], start_s, start_s + step_s)


def _cuts(words: Sequence[TimedWord], indent: int) -> list[int]:
    """The places between words at which cues begin and end, the cheapest in all."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(words) + 1):
        steps = _candidates(words, last, indent)
        best.append(min((best[first][0] + cost, first) for first, cost in steps))
    places = [len(words)]
    while places[-1] > 0:
        places.append(best[places[-1]][1])
    return places[::-1] if words else []


def _candidates(words: Sequence[TimedWord], last: int, indent: int) -> Iterator[tuple[int, float]]:
    """Where a cue that ends before ``last`` may begin, and what each costs; the latest first."""
    end = _ends(words[last - 1].text)
    cost = float(_ANY)
    if last < len(words) and end not in _SENTENCE_ENDS:
        cost += _CLAUSE if end in _CLAUSE_ENDS else _PHRASE
    # The lower line is filled from its end, which leaves as little as can be to the upper one.
    upper, lower = indent - 1, -1
    for first in range(last - 1, -1, -1):
        word = words[first]
        spoken_s = words[last - 1].end_s - word.start_s
        if upper < indent and lower + 1 + len(word.text) <= LINE_CHARS:
            lower += 1 + len(word.text)
        else:
            upper += 1 + len(word.text)
        if last - first > 1:
            cost += _PAUSE * (words[first + 1].start_s - word.end_s >= _PAUSE_S)
            if upper > LINE_CHARS or spoken_s > LONGEST_S:
                return
        yield first, cost + (_BRIEF if spoken_s < SHORTEST_S else 0)


def _ends(text: str) -> str:
    """The sign a word ends with; a letter where it ends with none."""
    return text.rstrip(_CLOSERS)[-1:] or text[-1:]


def _lines(texts: Sequence[str], indent: int) -> tuple[str, ...]:
    """The text on one line or on two of about one length; it fits."""
    whole = " ".join(texts)
    if indent + len(whole) <= LINE_CHARS:
        return (whole,)
    fitting: list[tuple[int, int]] = []
    upper = indent - 1
    for at, text in enumerate(texts[:-1], 1):
        upper += len(text) + 1
        lower = indent + len(whole) - upper - 1
        if upper <= LINE_CHARS and lower <= LINE_CHARS:
            unwieldy = 0 if _ends(text) in _SENTENCE_ENDS + _CLAUSE_ENDS else _AWKWARD
            fitting.append((abs(upper - lower) + unwieldy, at))
    cut = min(fitting)[1]
    return " ".join(texts[:cut]), " ".join(texts[cut:])


def _readable(cues: Sequence[Cue]) -> Iterator[Cue]:
    """The cues, brief ones left standing a little longer where their side is silent after them."""
    following: dict[Channel, int] = {}
    held: list[Cue] = []
    for cue in reversed(cues):
        wanted_ms = cue.start_ms + round(SHORTEST_S * 1000)
        until_ms = min(wanted_ms, following.get(cue.speaker, wanted_ms))
        held.append(replace(cue, end_ms=max(cue.end_ms, until_ms)))
        following[cue.speaker] = cue.start_ms
    return reversed(held)
