"""What stood on the screen and when: delays, flicker and broken promises of text in real time."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from copilot.events import Channel
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import HeardWord

_PUNCTUATION = ".,;:!?…-\u2013\u2014'\"“”«»()"

#: A delay and the session time of what came so late, both in seconds.
Late = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Final:
    """The final text of one stretch of speech.

    Attributes:
        channel: Whose it is.
        start: Index of the stretch's first sample since the session's start.
        speech_end_s: Session time at which the voice stopped, in seconds.
        words: What was said; session times.
    """

    channel: Channel
    start: int
    speech_end_s: float
    words: tuple[HeardWord, ...]


@dataclass(slots=True)
class Seen:
    """What was observed over one session.

    Attributes:
        finals: From the end of speech to the final text, of each that has words.
        words: From the end of each word of the final texts to when it first stood in its place.
        shown: Words that appeared on the screen.
        changed: How many of them were later replaced or taken away.
        promised: Words that appeared as committed before their final text.
        broken: How many of them were later changed.
        texts: Each channel's final texts by the start of their stretch, sample first.
    """

    finals: list[Late] = field(default_factory=list)
    words: list[Late] = field(default_factory=list)
    shown: int = 0
    changed: int = 0
    promised: int = 0
    broken: int = 0
    texts: dict[Channel, list[tuple[int, str]]] = field(default_factory=dict)

    def text(self, channel: Channel) -> str:
        """All that was understood of a channel."""
        return " ".join(text for _, text in sorted(self.texts.get(channel, ())))


@dataclass(frozen=True, slots=True)
class _Look:
    """A line of text at one moment."""

    at_s: float
    settled: tuple[HeardWord, ...]
    tentative: tuple[HeardWord, ...]

    @property
    def words(self) -> tuple[HeardWord, ...]:
        return self.settled + self.tentative


class Screen:
    """Notes the text of each stretch from its first word to its last change."""

    def __init__(self, *, ends_with_last_word: bool = False) -> None:
        """Begin with an empty screen.

        Args:
            ends_with_last_word: Whether text counts as final from when its last word was
                committed, rather than from when it was said to be final.
        """
        self.seen = Seen()
        self._ends_with_last_word = ends_with_last_word
        self._lines: dict[tuple[Channel, int], list[_Look]] = {}

    def look(self, now_s: float, lines: Iterable[Partial], finals: Iterable[Final]) -> None:
        """Note what stands there now, and what has become final."""
        for final in finals:
            looks = self._lines.pop((final.channel, final.start), [])
            self._finish(looks, final, now_s)
        shown = {(line.channel, line.start): (line.settled, line.tentative) for line in lines}
        for key in shown.keys() | self._lines.keys():
            settled, tentative = shown.get(key, ((), ()))
            looks = self._lines.setdefault(key, [])
            if not looks or (looks[-1].settled, looks[-1].tentative) != (settled, tentative):
                looks.append(_Look(now_s, settled, tentative))

    def end(self, now_s: float) -> Seen:
        """All that was observed; text that never became final has vanished."""
        for looks in self._lines.values():
            self._compare([*looks, _Look(now_s, (), ())])
        self._lines = {}
        return self.seen

    def _finish(self, looks: list[_Look], final: Final, now_s: float) -> None:
        self._compare([*looks, _Look(now_s, final.words, ())])
        if not final.words:
            return
        ended_s = self._complete_s(looks, final, now_s)
        self.seen.finals.append((final.speech_end_s, ended_s - final.speech_end_s))
        firsts = _first_seen(looks, final.words, now_s)
        self.seen.words += [
            (word.end_s, first_s - word.end_s)
            for word, first_s in zip(final.words, firsts, strict=True)
        ]
        text = " ".join(word.text for word in final.words)
        self.seen.texts.setdefault(final.channel, []).append((final.start, text))

    def _complete_s(self, looks: Sequence[_Look], final: Final, now_s: float) -> float:
        if not self._ends_with_last_word:
            return now_s
        whole = [word.text for word in final.words]
        complete = (k.at_s for k in looks if [word.text for word in k.settled] == whole)
        return next(complete, now_s)

    def _compare(self, looks: Sequence[_Look]) -> None:
        """Count what appeared and what changed from one look to the next."""
        seen = self.seen
        before: list[str] = []
        promised: list[str] = []
        for look in looks:
            after = [_plain(word.text) for word in look.words]
            kept = len(_equal(before, after))
            seen.changed += len(before) - kept
            seen.shown += len(after) - kept
            exact = [word.text for word in look.words]
            seen.broken += sum(word != now for word, now in zip(promised, exact, strict=False))
            seen.broken += max(0, len(promised) - len(exact))
            settled = [word.text for word in look.settled] if look is not looks[-1] else []
            seen.promised += max(0, len(settled) - len(promised))
            before, promised = after, settled


def _first_seen(
    looks: Sequence[_Look], words: Sequence[HeardWord], final_s: float
) -> Sequence[float]:
    """When each word of a final text first stood in its place."""
    plain = [_plain(word.text) for word in words]
    firsts = [final_s] * len(words)
    for look in reversed(looks):
        # A look can only hold what had begun to be spoken: the third "the" is not the first.
        spoken = sum(word.start_s <= look.at_s for word in words)
        for _, index in _equal([_plain(word.text) for word in look.words], plain[:spoken]):
            firsts[index] = look.at_s
    return firsts


def _equal(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the words that two texts have in common, in order."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    found = [(place, place) for place in range(same)]
    rest = difflib.SequenceMatcher(None, one[same:], other[same:], autojunk=False)
    for block in rest.get_matching_blocks():
        found += [(same + block.a + i, same + block.b + i) for i in range(block.size)]
    return found


def _plain(text: str) -> str:
    return text.casefold().strip(_PUNCTUATION)
