"""Keeping the candidate's words, heard out of the loudspeakers, from becoming the interviewer's.

The last line behind acoustic cancellation, and the only one where that is not installed: what the
interviewer's side says at the same time, in the same words, with a sound that the candidate's
channel explains, is the candidate's. Words said again afterwards, and words said over the echo,
are the interviewer's own.
"""

import difflib
import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from copilot.events import Channel
from copilot.speech.echo_share import STEP_S
from copilot.speech.endpoints import Stretch
from copilot.speech.transcriber import HeardWord, Transcription

#: Why a stretch has no words of its own.
ECHO_REASON = "the loudspeakers' echo of the candidate"
#: Why a stretch is doubtful: the candidate's words came too late to tell.
UNTOLD_REASON = "may hold the loudspeakers' echo of the candidate"

_LONGEST_WAIT_S = 8.0
_REMEMBERED_S = 120.0  # for so long after an echo another one is expected
_WORDS_KEPT_S = 90.0

_LIKELY = 0.15  # share of a stretch from which on it may hold an echo …
_LIKELY_STEP = 0.6  # … or this share of some steps of it
_LIKELY_STEPS = 2
_SURE = 0.7  # without the candidate's words: a word with such a share is echo
_MISHEARD = 0.5  # while the candidate speaks: a word that is not theirs, but has such a share
_MAINLY = 0.4  # … or no word at all that was understood, in a stretch with such a share
_SOME = 0.1  # a word the candidate said at that time too is echo from this share on …
_RUN = 4  # … or with so many words in a row
#: Nobody says so many words in a row along with somebody else, whatever the sound looks like.
_CERTAIN_RUN = 8
_MARGIN_S = 0.2  # by so much a word's sound is looked for around its times

#: How much later than the original a word of its echo may stand, in seconds; the echo lags by up
#: to 0.4 s and word times are off by up to half a second.
_EARLIEST_S, _LATEST_S = -0.55, 0.95
#: Two spellings this much alike are one word.
_ALIKE = 0.72
#: In one run, words may differ this much in how far they lag.
_STEADY_S = 0.6
#: Words not matched that a run may hold between two that are.
_MISSED = 2

Said = tuple[Stretch, Transcription]


@dataclass(frozen=True, slots=True)
class Timed:
    """A word in lower case without signs or accents; session times in seconds."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class _Held:
    stretch: Stretch
    heard: Transcription
    since_s: float


class EchoFilter:
    """Decides what of the interviewer's side is the interviewer's; belongs to one thread."""

    def __init__(self) -> None:
        self._spoken: deque[Timed] = deque()  # the candidate's words, by session time
        self._held: deque[_Held] = deque()
        self._echo_at_s: float | None = None

    def take(
        self,
        stretch: Stretch,
        heard: Transcription,
        *,
        now_s: float,
        candidate_pending_since_s: float | None,
    ) -> list[Said]:
        """Take in what one stretch says.

        Args:
            stretch: Where it was said.
            heard: What the transcriber made of it.
            now_s: Session time.
            candidate_pending_since_s: When the earliest speech of the candidate's began that has
                no text yet; None where all of it has.

        Returns:
            What can be published now, in order. A stretch that was nothing but echo has no words
            and ``ECHO_REASON``.
        """
        if stretch.channel is Channel.CANDIDATE:
            self._remember(stretch, heard)
            ready = self.release(now_s=now_s, candidate_pending_since_s=candidate_pending_since_s)
            return [(stretch, heard), *ready]
        self._held.append(_Held(stretch, heard, now_s))
        return self.release(now_s=now_s, candidate_pending_since_s=candidate_pending_since_s)

    def release(self, *, now_s: float, candidate_pending_since_s: float | None) -> list[Said]:
        """What has been held back and needs to wait no longer; to be called on every tick."""
        ready: list[Said] = []
        while self._held:
            held = self._held[0]
            known = (
                candidate_pending_since_s is None
                or candidate_pending_since_s >= held.stretch.speech_end_s
            )
            waited_s = now_s - held.since_s
            if not known and self._echo_likely(held) and waited_s < _LONGEST_WAIT_S:
                break
            self._held.popleft()
            ready.append(self._decided(held, known=known))
        return ready

    def flush(self) -> list[Said]:
        """All that is held back; the session ends, and no more text will come."""
        ready = [self._decided(held, known=False) for held in self._held]
        self._held.clear()
        return ready

    def _remember(self, stretch: Stretch, heard: Transcription) -> None:
        self._spoken.extend(_timed(stretch, heard.words))
        needed_from_s = min((held.stretch.start_s for held in self._held), default=stretch.start_s)
        while self._spoken and self._spoken[0].end_s < needed_from_s - _WORDS_KEPT_S:
            self._spoken.popleft()

    def _echo_likely(self, held: _Held) -> bool:
        stretch = held.stretch
        if not held.heard.words:
            return False
        if stretch.echo >= _LIKELY:
            return True
        if sum(step >= _LIKELY_STEP for step in stretch.echo_course) >= _LIKELY_STEPS:
            return True
        return self._echo_at_s is not None and stretch.start_s - self._echo_at_s < _REMEMBERED_S

    def _decided(self, held: _Held, *, known: bool) -> Said:
        stretch, heard = held.stretch, held.heard
        if not heard.words:
            return stretch, heard
        words = _timed(stretch, heard.words)
        echoed = self._echoed(stretch, words, understood=not heard.uncertain)
        if not known:
            echoed |= {i for i, w in enumerate(words) if _mean_share(stretch, w) >= _SURE}
        if echoed:
            self._echo_at_s = stretch.speech_end_s
        kept = tuple(word for i, word in enumerate(heard.words) if i not in echoed)
        if not kept:
            return stretch, Transcription((), reason=ECHO_REASON)
        if not known and stretch.echo >= _LIKELY:
            return stretch, Transcription(kept, uncertain=True, reason=UNTOLD_REASON)
        return stretch, replace(heard, words=kept)

    def _echoed(self, stretch: Stretch, words: Sequence[Timed], *, understood: bool) -> set[int]:
        """Which words are the candidate's."""
        spoken = [
            word
            for word in self._spoken
            if stretch.start_s - 2 < word.end_s and word.start_s < stretch.end_s + 1
        ]
        echoed: set[int] = set()
        for run in matches(words, spoken):
            sound = max((_share(stretch, words[i]) for i in run), default=0.0)
            in_a_row = _RUN if stretch.echo > 0 else _CERTAIN_RUN
            if sound >= _SOME or len(run) >= in_a_row:
                echoed.update(run)
        for index, word in enumerate(words):
            if index in echoed or not _overlaps(word, spoken):
                continue
            between = index - 1 in echoed and index + 1 in echoed
            misheard = _mean_share(stretch, word) >= (_LIKELY if between else _MISHEARD)
            if misheard or (stretch.echo >= _MAINLY and not understood):
                echoed.add(index)
        return echoed


def _timed(stretch: Stretch, words: Iterable[HeardWord]) -> list[Timed]:
    at_s = stretch.start_s
    return [Timed(normal(w.text), at_s + w.start_s, at_s + w.end_s) for w in words]


def _overlaps(word: Timed, spoken: Sequence[Timed]) -> bool:
    return any(s.start_s - 0.3 < word.end_s and word.start_s < s.end_s + 0.7 for s in spoken)


def _steps(stretch: Stretch, word: Timed, margin_s: float) -> Sequence[float]:
    if not stretch.echo_course:
        return (stretch.echo,)
    last = len(stretch.echo_course) - 1
    first = int((word.start_s - stretch.start_s - margin_s) / STEP_S)
    until = int((word.end_s - stretch.start_s + margin_s) / STEP_S)
    first, until = min(max(first, 0), last), min(max(until, 0), last)
    return stretch.echo_course[first : until + 1]


def _share(stretch: Stretch, word: Timed) -> float:
    """The largest share of echo at about the time of a word."""
    return max(_steps(stretch, word, _MARGIN_S))


def _mean_share(stretch: Stretch, word: Timed) -> float:
    steps = _steps(stretch, word, 0.0)
    return sum(steps) / len(steps)


# -- the same words in two transcripts -------------------------------------------------------------


def normal(text: str) -> str:
    """``text`` as it is compared: letters and digits alone, lower case, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def matches(words: Sequence[Timed], spoken: Sequence[Timed]) -> list[list[int]]:
    """The runs of ``words`` that stand in ``spoken`` as well, at about the same time.

    Returns:
        For each run the indices of its matched words, in order.
    """
    pairs = _aligned(words, spoken)
    runs: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if runs and _continues(runs[-1], pair, words, spoken):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return [[index for index, _ in run] for run in runs]


def _continues(
    run: Sequence[tuple[int, int]],
    pair: tuple[int, int],
    words: Sequence[Timed],
    spoken: Sequence[Timed],
) -> bool:
    last = run[-1]
    if pair[0] - last[0] > _MISSED + 1 or pair[1] - last[1] > _MISSED + 1:
        return False
    return abs(_lag(words[pair[0]], spoken[pair[1]]) - _lag(words[last[0]], spoken[last[1]])) < (
        _STEADY_S
    )


def _lag(word: Timed, original: Timed) -> float:
    return word.start_s - original.start_s


def _aligned(words: Sequence[Timed], spoken: Sequence[Timed]) -> list[tuple[int, int]]:
    """The longest pairing in order of words that match; longer words weigh more."""
    best = [[0.0] * (len(spoken) + 1) for _ in range(len(words) + 1)]
    for i, word in enumerate(words):
        for j, original in enumerate(spoken):
            found = max(best[i][j + 1], best[i + 1][j])
            weight = _match(word, original)
            best[i + 1][j + 1] = max(found, best[i][j] + weight) if weight else found
    pairs: list[tuple[int, int]] = []
    i, j = len(words), len(spoken)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _match(word: Timed, original: Timed) -> float:
    lag = _lag(word, original)
    if not _EARLIEST_S <= lag <= _LATEST_S or not word.text or not original.text:
        return 0.0
    if word.text != original.text:
        pair = difflib.SequenceMatcher(None, word.text, original.text, autojunk=False)
        if pair.quick_ratio() < _ALIKE or pair.ratio() < _ALIKE:
            return 0.0
    # Among equals the pair that lies closest in time.
    return 1.0 + 0.1 * min(len(word.text), 10) - 0.2 * abs(lag - 0.15)
