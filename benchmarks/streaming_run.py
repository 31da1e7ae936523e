"""One session of ``benchmarks.streaming``, in its own process so that its memory is its own."""

import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel

from benchmarks.measuring import Spent, timed
from benchmarks.streaming_clock import Answer, Run, System, Work, run_real, run_virtual
from benchmarks.streaming_peers import BEAM, LocalAgreement, PlainSegments
from benchmarks.streaming_screen import Final, Screen
from copilot.audio import SAMPLE_RATE_HZ, Block
from copilot.audio.files import probe
from copilot.audio.recording import RecordingSource
from copilot.events import Channel
from copilot.speech.endpoints import Stretch
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.models import speech_model, verified_folder
from copilot.speech.streaming import Effort, Job, Partial, Streaming
from copilot.speech.transcriber import Transcriber, Transcription
from copilot.speech.whisper import WhisperTranscriber

OURS, PLAIN, AGREEMENT = "interview-copilot", "faster-whisper on segments", "local agreement"
WHOLE = "faster-whisper on the whole file"
SYSTEMS = (OURS, PLAIN, AGREEMENT)

#: How time passes; see ``benchmarks.streaming.METHOD``.
PACES = ("virtual", "processor", "free", "real")

_BLOCK = 512  # samples, 32 ms: what a sound card delivers
#: Silence after each reading, in seconds: a call does not end with its last word.
_AFTER_S = 1.0


@dataclass(frozen=True, slots=True)
class Sounds:
    """A recording to be heard.

    Attributes:
        path: The file.
        language: ISO 639-1 code.
        references: What is said on each channel, piece by piece; with one channel, all channels
            of the file are mixed to it.
        seconds: How much of it is heard; None for all.
        repeat: How often it is heard, in a row.
    """

    path: Path
    language: str
    references: Mapping[Channel, tuple[str, ...]]
    seconds: float | None = None
    repeat: int = 1

    def once(self) -> Iterator[Block]:
        """One reading in blocks of 32 ms, as fast as they are taken."""
        source = RecordingSource(
            [(probe(self.path), tuple(self.references))], speed=1.0, sleep=lambda _: None
        )
        for block in source.blocks():
            if self.seconds is not None and block.end_s > self.seconds:
                return
            yield block

    def blocks(self) -> Iterator[Block]:
        """All readings, with silence after each."""
        start = 0
        for _ in range(self.repeat):
            for block in itertools.chain(self.once(), self._silence()):
                yield Block(start, block.samples)
                start += len(block)

    def _silence(self) -> Iterator[Block]:
        silence = np.zeros(_BLOCK, np.float32)
        for _ in range(round(_AFTER_S * SAMPLE_RATE_HZ / _BLOCK)):
            yield Block(0, dict.fromkeys(self.references, silence))


@dataclass(frozen=True, slots=True)
class Setting:
    """How all systems are run.

    Attributes:
        model: The speech model.
        pace: One of ``PACES``.
        workers: How many workers this pipeline has, of one thread each; the others have one of
            as many threads.
    """

    model: str
    pace: str
    workers: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system made of one recording.

    Attributes:
        texts: What it understood of each channel.
        duration_s: Seconds of sound it heard.
        run: What was observed; None for the whole file.
        spent: Time on the wall and of the processor, loading of models left out.
        peak_mb: The most memory its process has had so far, in megabytes; NaN where unknown.
        load: Mean number of running processes in the minute before it was done.
    """

    texts: Mapping[Channel, str]
    duration_s: float
    run: Run | None
    spent: Spent
    peak_mb: float
    load: float


class Pipeline:
    """This project's stages of live text, put together as a session does."""

    def __init__(
        self, transcriber: Transcriber, language: str, channels: Iterable[Channel]
    ) -> None:
        self.hearing = Hearing(channels)
        self._streaming = Streaming()
        self._language = language
        self._transcriber = transcriber
        self._finals: list[Final] = []

    def hear(self, heard: Heard) -> None:
        """Take in what a block brought."""
        self._streaming.hear(heard)

    def next(self) -> Work | None:
        """What the streaming policy says."""
        at_once = self._streaming.ready()
        self._keep(at_once)
        job = self._streaming.next()
        if job is None:
            return None
        kind = "draft" if job.effort is Effort.DRAFT else "final" if job.stretch else "at a pause"
        return Work(kind, lambda: self._run(job))

    def _run(self, job: Job) -> Answer:
        heard = job.run(self._transcriber, self._language)

        def answer(took_s: float) -> None:
            self._keep(self._streaming.take(job, heard, took_s))

        return answer

    def _keep(self, said: Iterable[tuple[Stretch, Transcription]]) -> None:
        for stretch, heard in said:
            words = tuple(word.moved(stretch.start_s) for word in heard.words)
            final = Final(stretch.channel, stretch.start, stretch.speech_end_s, words)
            self._finals.append(final)

    def finals(self) -> Sequence[Final]:
        """What has become final since the last call."""
        found, self._finals = self._finals, []
        return found

    @property
    def lines(self) -> Iterable[Partial]:
        """The text of what is not final."""
        return self._streaming.partials

    @property
    def done(self) -> bool:
        """Whether all that ended has its text."""
        return self._streaming.done


def hear(system: str, sounds: Sounds, setting: Setting) -> Outcome:
    """Run one system on one recording, in this process."""
    # Where a decoder doubts itself it draws words by lot: the same lot every time.
    ctranslate2.set_random_seed(0)
    if system == WHOLE:
        whisper = _whisper(setting.model, setting.workers)
        (texts, duration_s), spent = timed(_read_whole, sounds, whisper)
        return Outcome(texts, duration_s, None, spent, _peak_mb(), os.getloadavg()[0])
    ready = _system(system, sounds, setting)
    screen = Screen(ends_with_last_word=system == AGREEMENT)
    workers = setting.workers if system == OURS else 1
    if setting.pace == "real":
        run, spent = timed(run_real, ready, sounds.blocks(), workers, screen)
    else:
        clock = _clock(setting.pace, setting.workers // workers)
        run, spent = timed(run_virtual, ready, sounds.blocks(), workers, screen, clock)
    texts = {channel: run.seen.text(channel) for channel in sounds.references}
    return Outcome(texts, run.duration_s, run, spent, _peak_mb(), os.getloadavg()[0])


def _clock(pace: str, threads: int) -> Callable[[], float]:
    """What tells how long work took; seconds."""
    if pace == "virtual":
        return time.perf_counter
    if pace == "processor":
        return lambda: time.process_time() / threads
    return lambda: 0.0


def _system(name: str, sounds: Sounds, setting: Setting) -> System:
    language, channels = sounds.language, sounds.references
    if name == OURS:
        return Pipeline(_transcriber(setting.model, setting.workers), language, channels)
    whisper = _whisper(setting.model, setting.workers)
    make = PlainSegments if name == PLAIN else LocalAgreement
    return make(whisper, language, channels)


@cache
def _transcriber(model: str, workers: int) -> Transcriber:
    return WhisperTranscriber(model, threads=1, callers=workers)


@cache
def _whisper(model: str, threads: int) -> WhisperModel:
    folder = str(verified_folder(speech_model(model)))
    return WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads)


def _read_whole(sounds: Sounds, whisper: WhisperModel) -> tuple[dict[Channel, str], float]:
    """Each channel from its start to its end, repeated as text; and the length of one reading."""
    blocks = list(sounds.once())
    texts: dict[Channel, str] = {}
    for channel in sounds.references:
        samples = np.concatenate([block.samples[channel] for block in blocks])
        segments, _ = whisper.transcribe(samples, language=sounds.language, beam_size=BEAM)
        text = " ".join(segment.text for segment in segments)
        texts[channel] = " ".join([text] * sounds.repeat)
    return texts, blocks[-1].end_s


def _peak_mb() -> float:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return np.nan
    peaks = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return float(next(peaks, np.nan)) / 1024
