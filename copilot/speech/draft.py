"""The text of a stretch of speech while it is being spoken.

Each time the newest sound is decoded, the words of this decode are compared with those of the one
before. What both say, from the beginning on, is settled and will not change any more (local
agreement: Liu, Spanakis and Niehues, "Low-Latency Sequence-to-Sequence Speech Recognition and
Translation by Partial Hypothesis Selection", Interspeech 2020). Settled words are given to the
decoder as words it has written already, so that it finds only the new ones, and old sound is left
out altogether once enough settled words stand before the rest.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.audio import SAMPLE_RATE_HZ
from copilot.speech.transcriber import HeardWord


@dataclass(frozen=True, slots=True)
class DraftPolicy:
    """How drafts become settled.

    Attributes:
        settle_s: Only words that ended so long before the newest sound may be settled.
        show_s: Words that end less than this before the newest sound may be cut, and are not
            shown.
        settle_probability: Words that are less probable than this are settled later, …
        settle_doubtful_s: … when they ended so long before the newest sound.
        forced_s: Words that ended so long before it are settled even if decodes do not agree, so
            that the window stays bounded.
        window_s: From this length on, sound is left out of the window …
        window_kept_s: … so that about this much settled sound is left before the rest.
    """

    settle_s: float = 1.2
    show_s: float = 0.12
    settle_probability: float = 0.5
    settle_doubtful_s: float = 5.0
    forced_s: float = 9.0
    window_s: float = 8.0
    window_kept_s: float = 2.5


class Draft:
    """The words of one open stretch so far; times are session times in seconds."""

    def __init__(self, start: int, policy: DraftPolicy | None = None) -> None:
        """Begin with the stretch whose first sample is ``start``."""
        self.start = start
        self.window = start  # first sample of the window that is decoded
        self.heard_until = start  # index after the last sample that was decoded
        self.settled: tuple[HeardWord, ...] = ()
        self.tentative: tuple[HeardWord, ...] = ()
        self._left_out = 0  # how many settled words stand before the window
        self._before: tuple[HeardWord, ...] = ()  # all that the last decode found after settled
        self._policy = policy or DraftPolicy()

    @property
    def said(self) -> tuple[HeardWord, ...]:
        """The settled words in the window; times from its start."""
        start_s = self.window / SAMPLE_RATE_HZ
        return tuple(word.moved(-start_s) for word in self.settled[self._left_out :])

    @property
    def left_out(self) -> tuple[HeardWord, ...]:
        """The settled words before the window."""
        return self.settled[: self._left_out]

    def until(self, end: int) -> "Draft":
        """The same as far as sample ``end``, where speech that does not pause was cut.

        What was settled beyond it belongs to the next stretch.
        """
        within = itertools.takewhile(lambda word: _end(word) <= end, self.settled)
        before = Draft(self.start, self._policy)
        before.settled = tuple(within)
        before.window, before._left_out = self.window, self._left_out
        latest = end - round(self._policy.window_kept_s * SAMPLE_RATE_HZ)
        if self._left_out > len(before.settled) or self.window >= end:
            before.window, before._left_out = self.start, 0
            before._begin_before(latest)
        return before

    def take(self, found: Sequence[HeardWord], until: int) -> None:
        """Take in what a decode of the window found.

        Args:
            found: The words; the settled ones of the window first, as they were given. Times from
                the window's start.
            until: Index after the last sample that was decoded.
        """
        start_s, until_s = self.window / SAMPLE_RATE_HZ, until / SAMPLE_RATE_HZ
        settled_here = len(self.settled) - self._left_out
        new = tuple(word.moved(start_s) for word in found[settled_here:])
        agreed = 0
        for word, before in itertools.zip_longest(new, self._before):
            if word is None or not self._settles(word, before, until_s):
                break
            agreed += 1
        self.settled += new[:agreed]
        self._before = new[agreed:]
        self.tentative = tuple(
            word for word in self._before if word.end_s <= until_s - self._policy.show_s
        )
        self.heard_until = until
        self._leave_out_old_sound(until)

    def _settles(self, word: HeardWord, before: HeardWord | None, until_s: float) -> bool:
        policy = self._policy
        age_s = until_s - word.end_s
        if self._before and age_s >= policy.forced_s:
            return True
        agreed = before is not None and _plain(word) == _plain(before)
        sure = word.probability >= policy.settle_probability or age_s >= policy.settle_doubtful_s
        return agreed and sure and age_s >= policy.settle_s

    def miss(self, until: int) -> None:
        """A decode came to nothing: what was known before still stands."""
        self.heard_until = until

    def _leave_out_old_sound(self, until: int) -> None:
        """Move the window on to the beginning of a settled word."""
        policy = self._policy
        if until - self.window < policy.window_s * SAMPLE_RATE_HZ or not self.settled:
            return
        kept = round(policy.window_kept_s * SAMPLE_RATE_HZ)
        self._begin_before(_end(self.settled[-1]) - kept)

    def _begin_before(self, latest: int) -> None:
        """Have the window begin with the last settled word that begins by sample ``latest``."""
        for number in range(len(self.settled) - 1, self._left_out, -1):
            begin = _begin(self.settled[number])
            if self.window < begin <= latest:
                self.window, self._left_out = begin, number
                return


def _begin(word: HeardWord) -> int:
    return round(word.start_s * SAMPLE_RATE_HZ)


def _end(word: HeardWord) -> int:
    return round(word.end_s * SAMPLE_RATE_HZ)


def _plain(word: HeardWord) -> str:
    return word.text.casefold().strip(".,;:!?…\"'")
