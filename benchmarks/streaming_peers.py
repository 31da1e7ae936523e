"""Two other ways to write down speech while it is spoken, to measure this pipeline against."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from faster_whisper import WhisperModel

from benchmarks.streaming_clock import Answer, Work
from benchmarks.streaming_screen import Final
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.events import Channel
from copilot.speech.endpoints import EndpointPolicy, OpenStretch, Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Partial, StreamingPolicy
from copilot.speech.transcriber import HeardWord

BEAM = 5
#: From this share of echo on, an open stretch gets no text, as in this pipeline.
_OTHERS_WORDS = 0.5

Key = tuple[Channel, int]


def _key(stretch: Stretch | OpenStretch) -> Key:
    return stretch.channel, stretch.start


class PlainSegments:
    """``WhisperModel.transcribe`` on what voice activity has cut, and on what is open."""

    def __init__(self, whisper: WhisperModel, language: str, channels: Iterable[Channel]) -> None:
        self.hearing = Hearing(channels)
        self._whisper = whisper
        self._language = language
        self._cadence = StreamingPolicy()
        self._ended: deque[Stretch] = deque()
        self._open: dict[Key, OpenStretch] = {}
        self._heard_until: dict[Key, int] = {}
        self._lines: dict[Key, Partial] = {}
        self._finals: list[Final] = []
        self._under_way: set[Key] = set()

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""
        self._ended.extend(heard.stretches)
        self._open = {_key(stretch): stretch for stretch in heard.open}

    def next(self) -> Work | None:
        """An ended stretch, else the open one with the most new voice."""
        if self._ended:
            stretch = self._ended.popleft()
            self._under_way.add(_key(stretch))
            return Work("final", lambda: self._final(stretch))
        due = [s for s in self._open.values() if self._is_due(s)]
        if not due:
            return None
        newest = max(due, key=self._new_s)
        self._under_way.add(_key(newest))
        return Work("partial", lambda: self._partial(newest))

    def finals(self) -> Sequence[Final]:
        """What has become final since the last call."""
        found, self._finals = self._finals, []
        return found

    @property
    def lines(self) -> Iterable[Partial]:
        """The text of what is not final."""
        return self._lines.values()

    @property
    def done(self) -> bool:
        """Whether all that ended has its text."""
        return not self._ended and not self._under_way

    def _new_s(self, stretch: OpenStretch) -> float:
        heard_until = self._heard_until.get(_key(stretch), stretch.start)
        return (stretch.voice_end - heard_until) / SAMPLE_RATE_HZ

    def _is_due(self, stretch: OpenStretch) -> bool:
        return (
            _key(stretch) not in self._under_way
            and stretch.echo < _OTHERS_WORDS
            and stretch.voiced_s >= self._cadence.voiced_s
            and self._new_s(stretch) >= self._cadence.every_s
        )

    def _final(self, stretch: Stretch) -> Answer:
        segments, _ = self._whisper.transcribe(
            stretch.samples, language=self._language, beam_size=BEAM, word_timestamps=True
        )
        words = tuple(_words(segments, stretch.start_s))

        def answer(_: float) -> None:
            key = _key(stretch)
            self._finals.append(Final(*key, stretch.speech_end_s, words))
            self._lines.pop(key, None)
            self._heard_until.pop(key, None)
            self._under_way.discard(key)

        return answer

    def _partial(self, stretch: OpenStretch) -> Answer:
        segments, _ = self._whisper.transcribe(
            stretch.samples(stretch.start),
            language=self._language,
            beam_size=1,
            temperature=0.0,
            condition_on_previous_text=False,
        )
        text = " ".join(segment.text for segment in segments)
        words = tuple(HeardWord(word, 0.0, 0.0, 1.0) for word in text.split() if _says(word))

        def answer(_: float) -> None:
            key = _key(stretch)
            self._under_way.discard(key)
            if key in self._open or any(_key(ended) == key for ended in self._ended):
                self._heard_until[key] = stretch.end
                self._lines[key] = Partial(*key, (), words)

        return answer


@dataclass(frozen=True, slots=True)
class AgreementPolicy:
    """The settings of the published policy.

    Attributes:
        chunk_s: So much new sound starts the next decode.
        longest_s: A buffer that is longer is cut after a sentence or segment that is committed.
        prompt_chars: How much of the text before the buffer is given as prompt.
        overlap_words: Up to so many committed words are looked for at the start of new ones.
        tolerance_s: How far before the end of what is committed a new word may begin.
    """

    chunk_s: float = 1.0
    longest_s: float = 15.0
    prompt_chars: int = 200
    overlap_words: int = 5
    tolerance_s: float = 0.1


@dataclass(slots=True)
class _Buffer:
    """The sound of one stretch that is decoded again and again, and its text; session times."""

    channel: Channel
    start: int
    begin: int  # first sample that is still decoded
    heard_until: int  # index after the last sample that was decoded
    committed: list[HeardWord] = field(default_factory=list)
    pending: list[HeardWord] = field(default_factory=list)

    @property
    def begin_s(self) -> float:
        return self.begin / SAMPLE_RATE_HZ

    @property
    def line(self) -> Partial:
        return Partial(self.channel, self.start, tuple(self.committed), tuple(self.pending))

    def agree(self, words: Iterable[HeardWord], policy: AgreementPolicy) -> None:
        """Commit what this decode and the one before it both begin with."""
        new = self._without_committed(list(words), policy)
        same = 0
        while same < min(len(new), len(self.pending)) and new[same].text == self.pending[same].text:
            same += 1
        self.committed += new[:same]
        self.pending = new[same:]

    def _without_committed(
        self, words: list[HeardWord], policy: AgreementPolicy
    ) -> list[HeardWord]:
        if not self.committed:
            return words
        end_s = self.committed[-1].end_s
        new = [word for word in words if word.start_s > end_s - policy.tolerance_s]
        for count in range(min(policy.overlap_words, len(new), len(self.committed)), 0, -1):
            last = [word.text for word in self.committed[-count:]]
            near = new[0].start_s < end_s + 1.0
            if near and [word.text for word in new[:count]] == last:
                return new[count:]
        return new

    def commit_all(self) -> None:
        self.committed += self.pending
        self.pending = []

    def cut(self, segment_ends_s: Sequence[float], policy: AgreementPolicy) -> None:
        """Where the buffer is long, leave out what is committed up to a sentence's end."""
        length_s = (self.heard_until - self.begin) / SAMPLE_RATE_HZ
        if length_s <= policy.longest_s or not self.committed:
            return
        sentences = [word.end_s for word in self.committed if word.text.endswith((".", "?", "!"))]
        ends = [*sentences, *segment_ends_s[:-1]]
        possible = [end_s for end_s in ends if self.begin_s < end_s <= self.committed[-1].end_s]
        if possible:
            self.begin = round(max(possible) * SAMPLE_RATE_HZ)


class LocalAgreement:
    """The policy of Macháček, Dabre and Bojar, on every channel for itself.

    "Turning Whisper into Real-Time Transcription System", IJCNLP-AACL 2023 (demonstrations),
    written from the paper. What it gains here over the paper: voice activity cuts the sound, so
    silence costs nothing; the rest of a stretch is decoded once more when the voice stops, so that
    its last words are not lost; and the buffer is cut at whichever comes last of a sentence's and
    a segment's end.
    """

    def __init__(self, whisper: WhisperModel, language: str, channels: Iterable[Channel]) -> None:
        # It cuts its buffer by itself, so only silence ends a stretch.
        endless = EndpointPolicy(long_s=math.inf, longest_s=math.inf)
        self.hearing = Hearing(channels, endless)
        self._whisper = whisper
        self._language = language
        self._policy = AgreementPolicy()
        self._ended: deque[Stretch] = deque()
        self._open: dict[Key, OpenStretch] = {}
        self._buffers: dict[Key, _Buffer] = {}
        self._said: dict[Channel, str] = {}
        self._finals: list[Final] = []
        self._under_way: set[Channel] = set()

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""
        self._ended.extend(heard.stretches)
        self._open = {_key(stretch): stretch for stretch in heard.open}
        alive = {*self._open, *map(_key, self._ended)}
        self._buffers = {
            key: self._buffers.get(key) or _Buffer(*key, key[1], key[1]) for key in alive
        }

    def next(self) -> Work | None:
        """The rest of a stretch that has ended, else the open one with the most new sound."""
        for stretch in [s for s in self._ended if s.channel not in self._under_way]:
            buffer = self._buffers[_key(stretch)]
            if buffer.heard_until < round(stretch.speech_end_s * SAMPLE_RATE_HZ):
                samples = stretch.samples[buffer.begin - stretch.start :]
                return self._work("last", buffer, samples)
            self._finish(stretch, buffer)
        due = [s for s in self._open.values() if self._is_due(s)]
        if not due:
            return None
        newest = max(due, key=self._new_s)
        buffer = self._buffers[_key(newest)]
        return self._work("chunk", buffer, newest.samples(buffer.begin))

    def finals(self) -> Sequence[Final]:
        """What has become final since the last call."""
        found, self._finals = self._finals, []
        return found

    @property
    def lines(self) -> Iterable[Partial]:
        """The text of what is not final."""
        return [b.line for b in self._buffers.values() if b.committed or b.pending]

    @property
    def done(self) -> bool:
        """Whether all that ended has its text."""
        return not self._ended

    def _new_s(self, stretch: OpenStretch) -> float:
        return (stretch.end - self._buffers[_key(stretch)].heard_until) / SAMPLE_RATE_HZ

    def _is_due(self, stretch: OpenStretch) -> bool:
        # After a long silence within the stretch there is sound, but no new voice in it.
        voiced = stretch.voice_end > self._buffers[_key(stretch)].heard_until
        enough = self._new_s(stretch) >= self._policy.chunk_s
        return stretch.channel not in self._under_way and voiced and enough

    def _work(self, kind: str, buffer: _Buffer, samples: Waveform) -> Work:
        self._under_way.add(buffer.channel)
        before = [word.text for word in buffer.committed if word.end_s <= buffer.begin_s]
        spoken = " ".join([self._said.get(buffer.channel, ""), *before]).strip()
        prompt = spoken[-self._policy.prompt_chars :]
        return Work(kind, lambda: self._decode(buffer, samples, prompt))

    def _decode(self, buffer: _Buffer, samples: Waveform, prompt: str) -> Answer:
        found, _ = self._whisper.transcribe(
            samples,
            language=self._language,
            beam_size=BEAM,
            word_timestamps=True,
            initial_prompt=prompt or None,
        )
        segments = list(found)
        words = list(_words(segments, buffer.begin_s))
        ends_s = [buffer.begin_s + segment.end for segment in segments]

        def answer(_: float) -> None:
            self._under_way.discard(buffer.channel)
            buffer.heard_until = buffer.begin + len(samples)
            buffer.agree(words, self._policy)
            buffer.cut(ends_s, self._policy)

        return answer

    def _finish(self, stretch: Stretch, buffer: _Buffer) -> None:
        buffer.commit_all()
        self._ended.remove(stretch)
        del self._buffers[_key(stretch)]
        final = Final(*_key(stretch), stretch.speech_end_s, tuple(buffer.committed))
        self._finals.append(final)
        said = [self._said.get(stretch.channel, ""), *(word.text for word in final.words)]
        self._said[stretch.channel] = " ".join(said)[-self._policy.prompt_chars :]


def _words(segments: Iterable[Any], begin_s: float) -> Iterator[HeardWord]:
    """The words of faster-whisper as people write them; times moved to the session's."""
    groups: list[list[Any]] = []
    for piece in (word for segment in segments for word in segment.words or ()):
        if groups and not piece.word.startswith(" "):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        text = "".join(piece.word for piece in group).strip()
        if _says(text):
            start_s, end_s = begin_s + float(group[0].start), begin_s + float(group[-1].end)
            yield HeardWord(text, start_s, end_s, float(group[0].probability))


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
