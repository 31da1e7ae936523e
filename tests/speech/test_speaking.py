"""Real speech fed block by block, as a session hears it: settled words hold, and nothing is lost."""

import difflib
import heapq
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from copilot.audio import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.files import probe, read_16k
from copilot.events import Channel
from copilot.paths import demo_folder
from copilot.speech.endpoints import EndpointPolicy, Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Effort, Job, Streaming, StreamingPolicy
from copilot.speech.transcriber import Transcription
from copilot.speech.voice import FRAME, VoiceDetector, load_voice_model
from copilot.speech.whisper import WhisperTranscriber
from tests.builders import silence, spoken

BLOCK = 800
#: What work takes on the counted clock, in seconds: that of the reference machine, roughly.
TOOK_S = {Effort.DRAFT: 0.4, Effort.FULL: 0.7}
#: Fewer drafts than in a session, because they take most of the time.
SELDOM = StreamingPolicy(every_s=2.0)


@dataclass
class Session:
    """One voice, heard in blocks on a clock that is only counted."""

    transcriber: WhisperTranscriber
    policy: StreamingPolicy
    finals: list[tuple[Stretch, Transcription]] = field(default_factory=list)
    settled: dict[int, list[str]] = field(default_factory=dict)

    def hear(self, sound: Waveform) -> "Session":
        hearing, streaming = Hearing([Channel.CANDIDATE]), Streaming(self.policy)
        busy: list[tuple[float, int, Job]] = []
        numbers = itertools.count()
        for heard in _heard(hearing, sound):
            while busy and busy[0][0] <= heard.end_s:
                self._take(streaming, heapq.heappop(busy)[2])
                self._begin(streaming, busy, heard.end_s, numbers)
            streaming.hear(heard)
            self.finals += streaming.ready()
            self._begin(streaming, busy, heard.end_s, numbers)
        while busy:
            now_s, _, job = heapq.heappop(busy)
            self._take(streaming, job)
            self._begin(streaming, busy, now_s, numbers)
        assert streaming.done
        return self

    def _begin(
        self,
        streaming: Streaming,
        busy: list[tuple[float, int, Job]],
        now_s: float,
        numbers: Iterator[int],
    ) -> None:
        while len(busy) < 2 and (job := streaming.next()) is not None:
            heapq.heappush(busy, (now_s + TOOK_S[job.effort], next(numbers), job))

    def _take(self, streaming: Streaming, job: Job) -> None:
        self.finals += streaming.take(job, job.run(self.transcriber, "en"), TOOK_S[job.effort])
        for partial in streaming.partials:
            words = [_plain(word.text) for word in partial.settled]
            before = self.settled.get(partial.start, [])
            assert words[: len(before)] == before, "a settled word has changed"
            self.settled[partial.start] = words

    @property
    def words(self) -> list[str]:
        return [_plain(word.text) for _, heard in self.finals for word in heard.words]


def _heard(hearing: Hearing, sound: Waveform) -> Iterator[Heard]:
    for start in range(0, len(sound), BLOCK):
        yield hearing.hear(Block(start, {Channel.CANDIDATE: sound[start : start + BLOCK]}))
    yield Heard(len(sound) / SAMPLE_RATE_HZ, hearing.flush(), frozenset(), {})


def _plain(word: str) -> str:
    return word.casefold().strip(".,;:!?")


def wrong(reference: Sequence[str], heard: Sequence[str]) -> int:
    """How many words are missing, added or others."""
    return sum(
        max(b - a, d - c)
        for kind, a, b, c, d in difflib.SequenceMatcher(
            None, reference, heard, autojunk=False
        ).get_opcodes()
        if kind != "equal"
    )


def runs(reference: Sequence[str], heard: Sequence[str]) -> list[str]:
    """Three and more words in a row that are lost or doubled."""
    matcher = difflib.SequenceMatcher(None, reference, heard, autojunk=False)
    return [
        " ".join((*reference[a:b], "->", *heard[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal" and abs((b - a) - (d - c)) >= 3
    ]


# -- an answer ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answer() -> Waveform:
    return np.concatenate([silence(0.5), spoken("en-000"), silence(1.2), spoken("en-004")])


@pytest.fixture(scope="module")
def drafted(tiny: WhisperTranscriber, answer: Waveform) -> Session:
    return Session(tiny, StreamingPolicy()).hear(answer)


def test_settled_words_are_the_beginning_of_the_final_text(drafted: Session) -> None:
    assert sum(map(len, drafted.settled.values())) > 5
    for stretch, heard in drafted.finals:
        settled = drafted.settled.get(stretch.start, [])
        assert [_plain(word.text) for word in heard.words][: len(settled)] == settled


def test_drafts_cost_hardly_a_word(
    drafted: Session, tiny: WhisperTranscriber, answer: Waveform
) -> None:
    finals_only = Session(tiny, StreamingPolicy(drafts=False)).hear(answer)

    assert len(finals_only.words) > 25
    assert wrong(finals_only.words, drafted.words) <= 3


# -- a monologue ----------------------------------------------------------------------------------


def breathless(sound: Waveform) -> Waveform:
    """The voice alone, at one loudness, with no pause longer than a few frames."""
    whole = sound[: len(sound) // FRAME * FRAME]
    frames = whole.reshape(-1, FRAME)
    voiced = VoiceDetector(load_voice_model()).probabilities(whole) >= 0.5
    kept = frames[np.convolve(voiced, np.ones(5), "same") > 0].ravel()
    return np.asarray(kept * (0.06 / np.sqrt(np.mean(kept**2))), np.float32)


def _answers(seconds: float) -> Iterator[Waveform]:
    """What the demo's candidate says, a turn at a time, until it is that long without pauses."""
    story = json.loads((demo_folder() / "interview.json").read_text("utf-8"))
    recording = np.concatenate([*read_16k(probe(demo_folder() / "interview.ogg"))])
    voice, length_s = recording[:, story["channels"].index("candidate")], 0.0
    for turn in story["turns"]:
        if turn["speaker"] != "candidate" or length_s >= seconds:
            continue
        first, last = (round(turn[at] * SAMPLE_RATE_HZ) for at in ("start_s", "end_s"))
        clip = breathless(voice[first:last])
        if len(clip) < EndpointPolicy().longest_s * SAMPLE_RATE_HZ:  # else it would be cut as well
            yield clip
            length_s += len(clip) / SAMPLE_RATE_HZ


@pytest.fixture(scope="module")
def clips() -> list[Waveform]:
    return [*_answers(45), breathless(spoken("en-000")), breathless(spoken("en-004"))]


@pytest.fixture(scope="module")
def each(tiny: WhisperTranscriber, clips: list[Waveform]) -> list[str]:
    """The words of each clip on its own."""
    return [
        _plain(word.text) for clip in clips for word in tiny.transcribe(clip, language="en").words
    ]


def test_a_monologue_without_a_pause_is_cut_well(
    tiny: WhisperTranscriber, clips: list[Waveform], each: list[str]
) -> None:
    talk = Session(tiny, StreamingPolicy(drafts=False)).hear(np.concatenate(clips))

    assert len(talk.finals) > 2
    assert runs(each, talk.words) == []


def test_a_monologue_that_is_drafted_is_cut_well(
    tiny: WhisperTranscriber, clips: list[Waveform], each: list[str]
) -> None:
    talk = Session(tiny, SELDOM).hear(np.concatenate(clips))

    assert runs(each, talk.words) == []
