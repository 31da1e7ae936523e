"""Stored sessions heard again by another speech model, many at a time, here or on a cluster.

One unit is one channel of one session, each heard by a model loaded for it alone, with one thread:
so the same sound brings the same words wherever and beside whatever it is heard.
"""

import contextlib
import itertools
import os
import pickle
import queue
import socket
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.audio.files import probe
from copilot.audio.recording import RecordingSource
from copilot.errors import AudioFileError, InputError, ModelError, SessionError
from copilot.events import Channel
from copilot.lab.executing.cluster import Cluster
from copilot.lab.executing.flight import Finished
from copilot.lab.executing.on_worker import told
from copilot.lab.running.keys import hash_of
from copilot.lab.transcripts import HeardUtterance
from copilot.review.reading import read_what_there_is
from copilot.speech.models import SpeechModel, check_knows, speech_model
from copilot.speech.offline import transcribe_blocks
from copilot.speech.whisper import WhisperTranscriber
from copilot.store import SessionFolder


@dataclass(frozen=True, slots=True)
class Unit:
    """One channel of one session.

    Attributes:
        session: The session's id.
        channel: Whose voice.
        path: The recording.
        language: ISO 639-1.
        model: Name of the speech model, or the folder of one.
        model_sha256: Hash of its files here; those on a worker must be the same.
    """

    session: str
    channel: Channel
    path: Path
    language: str
    model: str
    model_sha256: str

    @property
    def key(self) -> str:
        """Unique in a batch; says nothing of what is in it but the session's id."""
        parts = [str(self.path), self.language, self.model_sha256]
        return f"{self.session}-{self.channel}-{hash_of(parts)[:16]}"


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the model heard.

    Attributes:
        utterances: In the order in which speech ended.
        sound_s: Length of the recording.
        took_s: Seconds it took.
    """

    utterances: tuple[HeardUtterance, ...]
    sound_s: float
    took_s: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a unit.

    Attributes:
        unit: Which.
        hearing: What was heard; None where it failed.
        error: Why it failed, for people; else empty.
        worker: Who did it.
    """

    unit: Unit
    hearing: Hearing | None
    error: str = ""
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a session holds that can be heard again.

    Attributes:
        units: One a recording.
        texts: By channel, the session's own text in the order of time.
    """

    units: tuple[Unit, ...]
    texts: dict[Channel, list[str]]


def stored(folder: SessionFolder, model: SpeechModel, name: str, language: str) -> Stored:
    """What is to be heard of a session.

    Args:
        folder: The session's.
        model: The speech model.
        name: As it was named, so that a worker finds it.
        language: ISO 639-1; empty for the session's own.

    Raises:
        SessionError: It is encrypted, runs, holds nothing, or was kept without sound.
        UsageError: The model does not know the language.
    """
    if folder.is_encrypted:
        raise SessionError(
            "it is encrypted.", f"Decrypt it first: interview-copilot sessions decrypt {folder.id}"
        )
    record = folder.record()
    check_knows(model, language or record.language)
    interview = read_what_there_is(folder).reviewed.interview
    found = {c: path for c in Channel if (path := folder.recording(c)) is not None}
    if not found:
        raise SessionError("it was kept without sound.", "Nothing of it can be heard again.")
    if record.ended is None and interview.capture.swapped:
        # Only a clean end puts the recordings the right way round.
        found = {c.other: path for c, path in found.items()}
    said = sorted(interview.utterances.values(), key=lambda each: each.start_s)
    texts = {c: [each.text for each in said if each.channel is c] for c in found}
    units = tuple(
        Unit(folder.id, c, path.resolve(), language or record.language, name, model.sha256)
        for c, path in found.items()
    )
    return Stored(units, texts)


def heard_here(units: Sequence[Unit], jobs: int | None = None) -> Generator[Heard, None, None]:
    """Hear units on this machine, in any order; closing stops after the stretch under way.

    Args:
        units: What is to be heard.
        jobs: How many at a time, each with one thread and a model of its own; by default as many
            as there are cores, 4 at most.
    """
    todo = iter(units)
    done: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    stopping, drawing = threading.Event(), threading.Lock()

    def work() -> None:
        while not stopping.is_set():
            with drawing:
                unit = next(todo, None)
            if unit is None:
                return
            try:
                done.put(Heard(unit, hear(unit, stopping.is_set), worker="this machine"))
            except Exception as error:  # noqa: BLE001 - one recording must not end the others
                done.put(Heard(unit, None, told(error)))

    count = min(jobs or min(4, os.cpu_count() or 1), max(1, len(units)))
    threads = [threading.Thread(target=work, name=f"hearing {n}") for n in range(count)]
    for thread in threads:
        thread.start()
    try:
        for _ in units:
            yield done.get()
    finally:
        stopping.set()
        for thread in threads:
            thread.join()


def heard_there(units: Sequence[Unit], cluster: Cluster) -> Generator[Heard, None, None]:
    """Hear units on the workers of a cluster, in any order.

    Raises:
        ClusterError: The scheduler is gone, or no worker has been there for too long.
    """
    known = {unit.key: unit for unit in units}
    sent = ((key, pickle.dumps(unit)) for key, unit in known.items())
    with contextlib.closing(cluster.each(hear_on_worker, sent)) as running:
        for finished in running:
            yield _heard(known[finished.key], finished)


def hear_on_worker(_shared: bytes, unit: bytes) -> Hearing:
    """Hear a unit; runs on a worker."""
    # Whoever reaches a worker can run code there anyway.
    given: Unit = pickle.loads(unit)  # noqa: S301
    if not given.path.is_file():
        raise AudioFileError(
            f"{socket.gethostname()} does not see {given.path}.",
            "Share the data folder with the workers, under the same path.",
        )
    return hear(given)


def hear(unit: Unit, stopped: Callable[[], bool] = lambda: False) -> Hearing:
    """Hear a unit in this thread.

    Args:
        unit: What.
        stopped: Whether to break off; asked after every block of sound.

    Raises:
        ModelError: The model is missing, or not the one that is meant.
        AudioFileError: The recording cannot be read.
        InputError: It was broken off.
    """
    began = time.perf_counter()
    model = speech_model(unit.model)
    if model.sha256 != unit.model_sha256:
        raise ModelError(
            f"the speech model {unit.model} on {socket.gethostname()} is another one.",
            f"Fetch it there: interview-copilot models fetch {unit.model}",
        )
    transcriber = WhisperTranscriber(unit.model, threads=1)
    source = RecordingSource([(probe(unit.path), (unit.channel,))])
    blocks = itertools.takewhile(lambda _block: not stopped(), source.blocks())
    said = tuple(
        HeardUtterance(
            start_s=each.start_s,
            end_s=each.end_s,
            text=each.text,
            confidence=each.confidence,
            uncertain=each.uncertain,
        )
        for each in transcribe_blocks(blocks, source.channels, transcriber, unit.language)
    )
    if stopped():
        raise InputError("it was broken off.")
    return Hearing(said, source.duration_s or 0.0, round(time.perf_counter() - began, 3))


def _heard(unit: Unit, finished: Finished) -> Heard:
    found = finished.value if isinstance(finished.value, Hearing) else None
    return Heard(unit, found, finished.error, finished.worker)
