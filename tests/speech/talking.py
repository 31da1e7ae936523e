"""A conversation on a clock that is only counted, heard by a recogniser that knows what is said.

For questions of what is transcribed when. Every sample is its own index, so the recogniser reads
from the sound which words lie in it; endpoints are the real ones, fed with made-up probabilities.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel, ModelRef
from copilot.speech.endpoints import Endpointer, Stretch
from copilot.speech.hearing import Heard
from copilot.speech.streaming import Effort, Job, Partial, Streaming, StreamingPolicy
from copilot.speech.transcriber import HeardWord, Transcription
from copilot.speech.voice import FRAME, FRAME_S

SILENT, VOICED = 0.05, 0.97
WORD = 12  # frames, 0.384 s
WORD_S = WORD * FRAME_S


@dataclass
class Speaker:
    """What one side says, frame by frame."""

    channel: Channel
    probabilities: list[float] = field(default_factory=list)
    words: list[tuple[int, int, str]] = field(default_factory=list)  # first and last frame + 1

    def pauses(self, seconds: float) -> "Speaker":
        """Says nothing."""
        self.probabilities += [SILENT] * round(seconds / FRAME_S)
        return self

    def says(self, count: int, *, frames: int = WORD, probability: float = VOICED) -> "Speaker":
        """So many words without a pause, each of so many frames."""
        for _ in range(count):
            start = len(self.probabilities)
            self.words.append((start, start + frames, f"{self.channel.value[0]}{len(self.words)}"))
            self.probabilities += [probability] * frames
        return self

    def breathes(self, probability: float = 0.6) -> "Speaker":
        """So short that it is no silence: the best place to cut, if one has to be found."""
        self.probabilities += [probability] * 3
        return self

    @property
    def text(self) -> list[str]:
        """All words."""
        return [text for _, _, text in self.words]


@dataclass
class Knowing:
    """A recogniser that hears whole words right, and the beginnings of those that are cut."""

    speakers: Sequence[Speaker]
    model = ModelRef(purpose="transcription", name="none", version="0", sha256="0" * 64)

    def transcribe(
        self,
        samples: Waveform,
        *,
        language: str,
        context: str = "",
        said: Sequence[HeardWord] = (),
    ) -> Transcription:
        """The words that lie in ``samples``."""
        if not len(samples):
            return Transcription(tuple(said))
        speaker = self.speakers[0 if samples[0] > 0 else 1]
        begin = round(abs(samples[0])) - 1
        end = begin + len(samples)
        after = begin + (round(said[-1].end_s * SAMPLE_RATE_HZ) if said else 0) - FRAME
        found = [
            _heard(start * FRAME, stop * FRAME, text, begin, end)
            for start, stop, text in speaker.words
            if max(after, begin) <= start * FRAME < end - FRAME
        ]
        return Transcription((*said, *found))

    draft = transcribe


def _heard(start: int, stop: int, text: str, begin: int, end: int) -> HeardWord:
    whole = stop <= end
    return HeardWord(
        text if whole else text + "-",
        (start - begin) / SAMPLE_RATE_HZ,
        (min(stop, end) - begin) / SAMPLE_RATE_HZ,
        0.9,
    )


@dataclass(frozen=True, slots=True)
class Started:
    """A job and when it was begun."""

    at_s: float
    job: Job

    @property
    def kind(self) -> str:
        """What it was for."""
        if self.job.stretch is not None:
            return "final"
        return "pause" if self.job.effort is Effort.FULL else "draft"


@dataclass(frozen=True, slots=True)
class Final:
    """A stretch that got its text, and when."""

    at_s: float
    stretch: Stretch
    heard: Transcription


class Talk:
    """A conversation as a session hears it, a frame at a time."""

    def __init__(
        self,
        *speakers: Speaker,
        policy: StreamingPolicy | None = None,
        workers: int = 2,
        took_s: Callable[[Job], float] = lambda _: 0.2,
        answer: Callable[[Job, Transcription], Transcription] = lambda _, heard: heard,
        echo: float = 0.0,
        swap_at_s: float | None = None,
    ) -> None:
        self.streaming = Streaming(policy)
        self.started: list[Started] = []
        self.finals: list[Final] = []
        self.partials: list[tuple[float, tuple[Partial, ...]]] = []
        self.now_s = 0.0
        self._speakers = speakers
        self._endpointers = [Endpointer(speaker.channel) for speaker in speakers]
        self._recogniser = Knowing(speakers)
        self._workers, self._took_s, self._answer = workers, took_s, answer
        self._busy: list[tuple[float, float, Job]] = []
        self._echo, self._swap_at_s = echo, swap_at_s

    def run(self, until_s: float | None = None) -> "Talk":
        """Hear all of it, and finish what is left; or hear only the beginning."""
        length = max(len(speaker.probabilities) for speaker in self._speakers)
        stop = length if until_s is None else round(until_s / FRAME_S)
        for frame in range(round(self.now_s / FRAME_S), stop):
            self._finish((frame + 1) * FRAME_S)
            self.now_s = (frame + 1) * FRAME_S
            self._swap_if_due()
            self._hear(frame)
        if until_s is None:
            self.streaming.hear(self._heard([s for e in self._endpointers for s in e.flush()]))
            self._go_on()
            while self._busy:
                self._finish(min(until_s for until_s, _, _ in self._busy))
        return self

    def kinds(self, channel: Channel | None = None) -> list[str]:
        """What the jobs were for, in the order in which they began."""
        return [s.kind for s in self.started if channel in (None, s.job.channel)]

    def text(self, source: int = 0) -> list[str]:
        """The words of all final texts of what the speaker of that number said."""
        return [word for final in self._finals_of(source) for word in final.heard.text.split()]

    def _finals_of(self, source: int) -> list[Final]:
        return [f for f in self.finals if bool(f.stretch.samples[0] > 0) == (source == 0)]

    def _swap_if_due(self) -> None:
        if self._swap_at_s is not None and self.now_s >= self._swap_at_s:
            self._swap_at_s = None
            self.streaming.swap()
            for endpointer in self._endpointers:
                endpointer.channel = endpointer.channel.other

    def _hear(self, frame: int) -> None:
        ended: list[Stretch] = []
        for source, (speaker, endpointer) in enumerate(
            zip(self._speakers, self._endpointers, strict=True)
        ):
            more = frame < len(speaker.probabilities)
            probability = speaker.probabilities[frame] if more else SILENT
            index = np.arange(frame * FRAME, (frame + 1) * FRAME, dtype=np.float32) + 1
            ended += endpointer.feed(
                index if source == 0 else -index, np.array([probability], np.float32)
            )
        self.streaming.hear(self._heard(ended))
        self._go_on()

    def _heard(self, ended: list[Stretch]) -> Heard:
        opened = [e.open for e in self._endpointers]
        return Heard(
            self.now_s,
            tuple(replace(s, echo=self._echo) for s in sorted(ended, key=lambda s: s.speech_end_s)),
            frozenset(),
            {},
            open=tuple(replace(o, echo=self._echo) for o in opened if o is not None),
        )

    def _go_on(self) -> None:
        self._deliver(self.streaming.ready())
        while len(self._busy) < self._workers and (job := self.streaming.next()) is not None:
            sides = [before.samples[0] > 0 for _, _, before in self._busy if len(before.samples)]
            assert not len(job.samples) or (job.samples[0] > 0) not in sides, "two jobs of one side"
            self.started.append(Started(self.now_s, job))
            took_s = self._took_s(job)
            self._busy.append((self.now_s + took_s, took_s, job))
        self.partials.append((self.now_s, self.streaming.partials))

    def _finish(self, until_s: float) -> None:
        while self._busy and (first := min(self._busy, key=lambda b: b[0]))[0] <= until_s:
            self._busy.remove(first)
            self.now_s = max(self.now_s, first[0])
            job = first[2]
            heard = self._answer(job, job.run(self._recogniser, "en"))
            self._deliver(self.streaming.take(job, heard, first[1]))
            self._go_on()

    def _deliver(self, said: Sequence[tuple[Stretch, Transcription]]) -> None:
        self.finals += [Final(self.now_s, *one) for one in said]


def candidate() -> Speaker:
    """A candidate who is silent for a second first."""
    return Speaker(Channel.CANDIDATE).pauses(1.0)


def interviewer() -> Speaker:
    """An interviewer who is silent for a second first."""
    return Speaker(Channel.INTERVIEWER).pauses(1.0)


def check_promises(talk: Talk) -> None:
    """What must be true of any conversation."""
    ends = [final.stretch.speech_end_s for final in talk.finals]
    assert ends == sorted(ends)
    assert talk.streaming.done
    assert talk.streaming.partials == ()
    assert talk.streaming.next() is None
    check_settled(talk)


def check_settled(talk: Talk) -> None:
    """Settled words are only appended to, and the final text begins with them."""
    settled: dict[tuple[Channel, int], list[str]] = {}
    for _, partials in talk.partials:
        for partial in partials:
            words = [word.text for word in partial.settled]
            before = settled.setdefault((partial.channel, partial.start), [])
            assert words[: len(before)] == before
            settled[partial.channel, partial.start] = words
    for channel in Channel:
        finals = [final for final in talk.finals if final.stretch.channel is channel]
        for final, later in itertools.zip_longest(finals, finals[1:]):
            # Where speech went on after a cut, some of the words belong to the next stretch.
            texts = [word.text for one in (final, later) if one for word in one.heard.words]
            words = settled.get((channel, final.stretch.start), [])
            assert texts[: len(words)] == words
