"""What to transcribe next while people speak: the policy of the one worker, without any thread.

Ended stretches come first, in the order in which speech ended. When nobody has said anything for a
moment, the stretch is taken for ended and transcribed as well as can be; if it turns out to have
ended there, its text is ready when that is known, and if not, the words serve as a draft. Else the
open stretch whose newest sound is the oldest gets a draft. A draft is always made of what has been
heard by then: none waits in a queue, so none is ever stale.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel
from copilot.speech.draft import Draft, DraftPolicy
from copilot.speech.endpoints import OpenStretch, Stretch
from copilot.speech.hearing import Heard
from copilot.speech.transcriber import HeardWord, Transcriber, Transcription


@dataclass(frozen=True, slots=True)
class StreamingPolicy:
    """When to transcribe what.

    Attributes:
        drafts: Whether to make drafts at all.
        every_s: New sound that makes another draft worth its while.
        voiced_s: So much of a stretch must have a voice before it gets a draft.
        pause_s: After so long without a voice a stretch is taken for ended.
        rest: A draft that took a time is followed by so many times that without drafts, so that a
            slow machine has time left for final text.
        no_drafts_s: Where final text is so far behind, there are no drafts.
        draft: How drafts become settled.
    """

    drafts: bool = True
    every_s: float = 0.5
    voiced_s: float = 0.35
    pause_s: float = 0.25
    rest: float = 1.0
    no_drafts_s: float = 3.0
    draft: DraftPolicy = field(default_factory=DraftPolicy)


class Effort(Enum):
    """How well something is transcribed."""

    DRAFT = "draft"
    FULL = "full"


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One piece of sound to transcribe.

    Attributes:
        channel: Whose it is.
        effort: How well.
        samples: The sound, float32 mono at 16 kHz.
        begin: Index of its first sample since the session's start.
        before: Settled words of the stretch that stand before it; session times.
        context: What the speaker said before it.
        said: Words it begins with that are settled.
        until: Index after its last sample since the session's start.
        voice_end: Index after its last sample with a voice.
        draft: The stretch's text so far; None where it has none.
        stretch: The stretch, where it has ended.
    """

    channel: Channel
    effort: Effort
    samples: Waveform
    begin: int
    before: tuple[HeardWord, ...]
    context: str
    said: tuple[HeardWord, ...]
    until: int
    voice_end: int
    draft: Draft | None
    stretch: Stretch | None

    def run(self, transcriber: Transcriber, language: str) -> Transcription:
        """Have it done."""
        do = transcriber.transcribe if self.effort is Effort.FULL else transcriber.draft
        return do(self.samples, language=language, context=self.context, said=self.said)


@dataclass(frozen=True, slots=True)
class Partial:
    """The text of a stretch that has no final text yet.

    Attributes:
        channel: Whose it is.
        start: Index of the stretch's first sample since the session's start.
        settled: Words that will not change.
        tentative: Words after them that may.
    """

    channel: Channel
    start: int
    settled: tuple[HeardWord, ...]
    tentative: tuple[HeardWord, ...]


@dataclass(slots=True)
class _Anticipated:
    """The full text of a stretch, made when it seemed to have ended; session times."""

    voice_end: int
    heard: Transcription


#: How much of a speaker's last words is passed on, in characters.
_CONTEXT_CHARS = 160
#: In a stretch shorter than this the recogniser hears little and goes on from the context instead,
#: which makes whole sentences of a noise; in seconds.
_SHORTEST_WITH_CONTEXT_S = 2.0
#: From this share of echo on, a stretch holds the other speaker's words rather than this one's.
_OTHERS_WORDS = 0.5


class Streaming:
    """Decides for one conversation what is transcribed next, and makes text of the answers."""

    def __init__(self, policy: StreamingPolicy | None = None) -> None:
        self._policy = policy or StreamingPolicy()
        self._ended: deque[Stretch] = deque()
        self._texts: dict[int, Transcription] = {}  # of ended stretches, by their identity
        self._under_way: dict[Job, Channel] = {}  # and whose it is by now
        self._on_the_other_side: set[int] = set()  # ended stretches from before an exchange
        self._now_s = 0.0
        self._open: dict[Channel, OpenStretch] = {}
        self._drafts: dict[Channel, Draft] = {}
        self._anticipated: dict[Channel, _Anticipated] = {}
        self._rests_until_s: dict[Channel, float] = {}
        self._last_words: dict[Channel, str] = {}

    # -- what comes in --------------------------------------------------------------------------

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""
        self._now_s = max(self._now_s, heard.end_s)
        self._ended.extend(heard.stretches)
        self._open = {stretch.channel: stretch for stretch in heard.open}

    def forget(self) -> None:
        """What was said before is no help for what comes."""
        self._last_words = {}

    def swap(self) -> None:
        """The sides have changed places: what was last heard of one was the other's."""
        self._last_words = {}
        self._open = {c.other: replace(o, channel=c.other) for c, o in self._open.items()}
        self._drafts = {c.other: draft for c, draft in self._drafts.items()}
        self._anticipated = {c.other: text for c, text in self._anticipated.items()}
        self._rests_until_s = {c.other: at_s for c, at_s in self._rests_until_s.items()}
        self._under_way = {job: channel.other for job, channel in self._under_way.items()}
        self._on_the_other_side ^= {id(stretch) for stretch in self._ended}

    # -- what is to be done ---------------------------------------------------------------------

    def ready(self) -> tuple[tuple[Stretch, Transcription], ...]:
        """The ended stretches whose text was made already when they seemed to end."""
        for stretch in self._ended:
            text = self._anticipated.get(self._side(stretch))
            if (
                id(stretch) not in self._texts
                and self._of(stretch) is not None
                and text is not None
                and text.voice_end == _voice_end(stretch)
            ):
                self._texts[id(stretch)] = self._final(stretch, text.heard)
        return self._in_order()

    def next(self) -> Job | None:
        """What is to be transcribed now; None where there is nothing new.

        Several jobs may be under way at a time, of each channel one.
        """
        for stretch in self._ended:
            if id(stretch) not in self._texts and not self._is_busy(stretch):
                return self._begun(self._final_job(stretch))
        if not self._policy.drafts or self.behind_s > self._policy.no_drafts_s:
            return None
        waiting = [
            stretch
            for stretch in self._open.values()
            if self._worth_it(stretch) and not self._is_busy(stretch)
        ]
        paused = [stretch for stretch in waiting if self._pauses(stretch)]
        if paused:
            return self._begun(self._open_job(paused[0], Effort.FULL))
        due = [stretch for stretch in waiting if self._is_due(stretch)]
        if not due:
            return None
        return self._begun(self._open_job(max(due, key=self._new_s), Effort.DRAFT))

    def take(
        self, job: Job, heard: Transcription, took_s: float
    ) -> tuple[tuple[Stretch, Transcription], ...]:
        """Take in a job's answer.

        Args:
            job: As ``next`` gave it.
            heard: The words.
            took_s: How long it took, in seconds.

        Returns:
            The stretches that have their final text now, in the order in which speech ended.
        """
        del self._under_way[job]
        if job.stretch is not None:
            self._texts[id(job.stretch)] = self._final(job.stretch, _whole(job, heard))
            return self._in_order()
        draft = job.draft
        channel = next((c for c, mine in self._drafts.items() if mine is draft), None)
        if draft is None or channel is None:
            return ()  # it has its final text already
        if job.effort is Effort.FULL:
            self._anticipated[channel] = _Anticipated(job.voice_end, _whole(job, heard))
        else:
            self._rests_until_s[channel] = self._now_s + self._policy.rest * took_s
        if heard.words:
            draft.take(heard.words, job.until)
        else:
            draft.miss(job.until)
        return self.ready()

    @property
    def done(self) -> bool:
        """Whether everything that ended has its text."""
        return not self._ended

    @property
    def behind_s(self) -> float:
        """How long ago the earliest speech ended that has no text yet; 0 where none waits."""
        return max(0.0, self._now_s - self._ended[0].speech_end_s) if self._ended else 0.0

    @property
    def partials(self) -> tuple[Partial, ...]:
        """The text so far of all that ``ready`` and ``take`` have not returned yet."""
        waiting = tuple(
            Partial(
                self._side(stretch),
                stretch.start,
                tuple(word.moved(stretch.start_s) for word in self._texts[id(stretch)].words),
                (),
            )
            for stretch in self._ended
            if id(stretch) in self._texts
        )
        drafts = tuple(
            Partial(channel, draft.start, draft.settled, draft.tentative)
            for channel, draft in self._drafts.items()
            if draft.settled or draft.tentative
        )
        return waiting + drafts

    # -- how ------------------------------------------------------------------------------------

    def _begun(self, job: Job) -> Job:
        self._under_way[job] = job.channel
        return job

    def _is_busy(self, stretch: Stretch | OpenStretch) -> bool:
        """Whether something of the same channel is under way, which comes first."""
        return self._side(stretch) in self._under_way.values()

    def _side(self, stretch: Stretch | OpenStretch) -> Channel:
        """Whose it is by now."""
        exchanged = id(stretch) in self._on_the_other_side
        return stretch.channel.other if exchanged else stretch.channel

    def _in_order(self) -> tuple[tuple[Stretch, Transcription], ...]:
        """The final texts that need not wait for an earlier one."""
        said = []
        while self._ended and id(self._ended[0]) in self._texts:
            stretch = self._ended.popleft()
            self._on_the_other_side.discard(id(stretch))
            said.append((stretch, self._texts.pop(id(stretch))))
        return tuple(said)

    def _of(self, stretch: Stretch | OpenStretch) -> Draft | None:
        draft = self._drafts.get(self._side(stretch))
        return draft if draft is not None and draft.start == stretch.start else None

    def _worth_it(self, stretch: OpenStretch) -> bool:
        long_enough = stretch.voiced_s >= self._policy.voiced_s and not stretch.voice.weak
        return long_enough and stretch.echo < _OTHERS_WORDS

    def _heard_until(self, stretch: OpenStretch) -> int:
        draft = self._of(stretch)
        return stretch.start if draft is None else draft.heard_until

    def _new_s(self, stretch: OpenStretch) -> float:
        """How much voice there is that no draft has heard."""
        return (stretch.voice_end - self._heard_until(stretch)) / SAMPLE_RATE_HZ

    def _is_due(self, stretch: OpenStretch) -> bool:
        rested = self._now_s >= self._rests_until_s.get(stretch.channel, 0.0)
        return rested and self._new_s(stretch) >= self._policy.every_s

    def _pauses(self, stretch: OpenStretch) -> bool:
        text = self._anticipated.get(stretch.channel) if self._of(stretch) else None
        done = text is not None and text.voice_end == stretch.voice_end
        return stretch.silence_s >= self._policy.pause_s and not done

    def _open_job(self, stretch: OpenStretch, effort: Effort) -> Job:
        draft = self._of(stretch)
        if draft is None:
            draft = self._drafts[stretch.channel] = Draft(stretch.start, self._policy.draft)
            self._anticipated.pop(stretch.channel, None)
        return Job(
            channel=stretch.channel,
            effort=effort,
            samples=stretch.samples(draft.window),
            begin=draft.window,
            before=draft.left_out,
            context=self._context(stretch.channel, draft, stretch.end - stretch.start),
            said=draft.said,
            until=stretch.end,
            voice_end=stretch.voice_end,
            draft=draft,
            stretch=None,
        )

    def _final_job(self, stretch: Stretch) -> Job:
        draft, end = self._of(stretch), stretch.start + len(stretch.samples)
        if draft is not None:
            draft = draft.until(end)
        window = stretch.start if draft is None else draft.window
        side = self._side(stretch)
        return Job(
            channel=side,
            effort=Effort.FULL,
            samples=stretch.samples[window - stretch.start :],
            begin=window,
            before=() if draft is None else draft.left_out,
            context=self._context(side, draft, len(stretch.samples)),
            said=() if draft is None else draft.said,
            until=end,
            voice_end=_voice_end(stretch),
            draft=draft,
            stretch=stretch,
        )

    def _context(self, channel: Channel, draft: Draft | None, length: int) -> str:
        if draft is not None and draft.left_out:
            return " ".join(word.text for word in draft.left_out)[-_CONTEXT_CHARS:]
        if length < _SHORTEST_WITH_CONTEXT_S * SAMPLE_RATE_HZ:
            return ""
        return self._last_words.get(channel, "")

    def _final(self, stretch: Stretch, heard: Transcription) -> Transcription:
        """The stretch's text, from the words of all of it; their times from its start."""
        side = self._side(stretch)
        if self._of(stretch) is not None:
            del self._drafts[side]
            self._anticipated.pop(side, None)
        if stretch.voice.weak and not heard.firm:
            return Transcription((), reason="no words recognised")
        if heard.words and not heard.uncertain and stretch.echo < _OTHERS_WORDS:
            self._last_words[side] = heard.text[-_CONTEXT_CHARS:]
        return replace(heard, words=tuple(word.moved(-stretch.start_s) for word in heard.words))


def transcribed(
    streaming: Streaming, transcriber: Transcriber, language: str
) -> Iterator[tuple[Stretch, Transcription]]:
    """The final text of all that has ended, made while the caller waits."""
    while (job := streaming.next()) is not None:
        yield from streaming.take(job, job.run(transcriber, language), 0.0)


def _voice_end(stretch: Stretch) -> int:
    return round(stretch.speech_end_s * SAMPLE_RATE_HZ)


def _whole(job: Job, heard: Transcription) -> Transcription:
    """What a job found and what stands before it; session times."""
    begin_s = job.begin / SAMPLE_RATE_HZ
    # What is settled stays, whatever the recogniser or its judge made of it since.
    new = heard.words[len(job.said) :]
    words = job.before + tuple(word.moved(begin_s) for word in (*job.said, *new))
    doubtful = heard.uncertain or not heard.words
    if not words:
        return heard
    return replace(heard, words=words, uncertain=doubtful, firm=heard.firm and not doubtful)
