"""A batch of sessions heard again: what is to be done, what is there already, and what it brought.

A kill at any moment loses the channels that were being heard and nothing else: the same command
goes on where it stopped.
"""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import filelock

from copilot.errors import CopilotError, StorageError
from copilot.events import Channel
from copilot.lab.errors import RunError
from copilot.lab.executing.on_worker import told
from copilot.lab.transcribing import Heard, Stored, Unit, stored
from copilot.lab.transcripts import (
    BATCH,
    Batch,
    ChannelTranscript,
    Transcript,
    changed_words,
    read_batch,
    read_transcript,
    transcripts_folder,
    unfinished,
    words_of,
    write,
)
from copilot.private_file import make_private_folder
from copilot.speech.models import speech_model
from copilot.store import SessionFolder

#: Hears units, here or elsewhere, in any order.
Hear = Callable[[Sequence[Unit]], Generator[Heard, None, None]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was not heard.

    Attributes:
        session: The session's id.
        channel: Which channel; None for the session as a whole.
        why: For people.
    """

    session: str
    channel: Channel | None
    why: str


@dataclass(frozen=True, slots=True)
class News:
    """A channel was tried.

    Attributes:
        heard: What became of it.
        transcript: What is kept of it; None where it failed.
        tried: Channels tried so far, this one included.
        total: Channels to be tried.
    """

    heard: Heard
    transcript: ChannelTranscript | None
    tried: int
    total: int


@dataclass(slots=True)
class Outcome:
    """What a batch came to.

    Attributes:
        folder: Where the transcripts lie.
        heard: Channels heard.
        there: Channels that were there already.
        skipped: Sessions of which nothing can be heard.
        failed: Channels that failed.
    """

    folder: Path
    heard: int = 0
    there: int = 0
    skipped: list[Trouble] = field(default_factory=list)
    failed: list[Trouble] = field(default_factory=list)


def transcribe_sessions(
    sessions: Sequence[SessionFolder],
    model: str,
    hear: Hear,
    *,
    language: str = "",
    out: Path | None = None,
    on_news: Callable[[News], None] = lambda _news: None,
    now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
) -> Outcome:
    """Hear every session again, and keep what was heard; the sessions are not touched.

    Args:
        sessions: Which.
        model: Name of the speech model, or the folder of one.
        hear: Where.
        language: ISO 639-1; empty for each session's own.
        out: Where the transcripts go; by default a new folder of the lab, or the one in which the
            same was begun and not done.
        on_news: Told of each channel that was tried.
        now: The time of day, with the offset.

    Raises:
        CopilotError: The model is missing, the folder holds something else or is in use, the disk
            refused, or the cluster is gone. What was heard before is kept.
    """
    spec = speech_model(model)
    batch = Batch(
        model=spec.name,
        model_sha256=spec.sha256,
        language=language,
        sessions=tuple(sorted(folder.id for folder in sessions)),
        began_at=now().isoformat(timespec="seconds"),
    )
    folder = out or unfinished(batch) or transcripts_folder() / f"{now():%Y%m%d-%H%M%S}"
    outcome = Outcome(folder)
    with _held(folder):
        _begin(folder, batch)
        work: dict[str, tuple[Stored, Transcript]] = {}
        units: list[Unit] = []
        for session in sessions:
            try:
                found = stored(session, spec, model, language)
                there = read_transcript(folder / f"{session.id}.json")
            except CopilotError as error:
                outcome.skipped.append(Trouble(session.id, None, told(error)))
                continue
            if there is not None and there.model_sha256 != spec.sha256:
                raise _of_another(folder, there.model, there.language)
            transcript = there or Transcript(
                session=session.id,
                language=found.units[0].language,
                model=spec.name,
                model_sha256=spec.sha256,
            )
            missing = [each for each in found.units if each.channel not in transcript.channels]
            outcome.there += len(found.units) - len(missing)
            work[session.id] = found, transcript
            units += missing
        # The longest first, so that at the end nobody waits for one that began last.
        units.sort(key=lambda unit: unit.path.stat().st_size, reverse=True)
        with contextlib.closing(hear(units)) as hearing:
            for tried, heard in enumerate(hearing, start=1):
                kept = _take_in(folder, heard, work, sessions, outcome)
                on_news(News(heard, kept, tried, len(units)))
        write(folder / BATCH, batch.model_copy(update={"done_at": now().isoformat("T", "seconds")}))
    return outcome


def _take_in(
    folder: Path,
    heard: Heard,
    work: dict[str, tuple[Stored, Transcript]],
    sessions: Sequence[SessionFolder],
    outcome: Outcome,
) -> ChannelTranscript | None:
    unit, hearing = heard.unit, heard.hearing
    if hearing is None:
        outcome.failed.append(Trouble(unit.session, unit.channel, heard.error))
        return None
    if not any(each.id == unit.session and each.path.is_dir() for each in sessions):
        # What was said in it must not come back by this way.
        why = "the session was deleted meanwhile."
        outcome.failed.append(Trouble(unit.session, unit.channel, why))
        return None
    found, transcript = work[unit.session]
    before = words_of(found.texts[unit.channel])
    after = words_of([each.text for each in hearing.utterances])
    kept = ChannelTranscript(
        utterances=hearing.utterances,
        sound_s=hearing.sound_s,
        took_s=hearing.took_s,
        worker=heard.worker,
        stored_words=len(before),
        changed_words=changed_words(before, after),
    )
    channels = {**transcript.channels, str(unit.channel): kept}
    transcript = transcript.model_copy(update={"channels": dict(sorted(channels.items()))})
    work[unit.session] = found, transcript
    write(folder / f"{unit.session}.json", transcript)
    outcome.heard += 1
    return kept


def _begin(folder: Path, batch: Batch) -> None:
    earlier = read_batch(folder)
    if earlier is None:
        write(folder / BATCH, batch)
        return
    mine = batch.model_sha256, batch.language
    if mine != (earlier.model_sha256, earlier.language):
        raise _of_another(folder, earlier.model, earlier.language)
    # Sessions that were asked for earlier stay named beside those of today.
    both = tuple(sorted({*earlier.sessions, *batch.sessions}))
    write(folder / BATCH, earlier.model_copy(update={"sessions": both, "done_at": ""}))


def _of_another(folder: Path, model: str, language: str) -> RunError:
    return RunError(
        f"{folder} holds transcripts by {model}{f' in {language}' if language else ''}.",
        "Choose another folder: one is of one model and language.",
    )


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    try:
        make_private_folder(folder)
        lock = filelock.FileLock(folder / ".lock", timeout=0, mode=0o600)
        lock.acquire()
    except filelock.Timeout as error:
        raise RunError(
            f"{folder} is in use by another program.", "Wait until it is done, or end it."
        ) from error
    except OSError as error:
        raise StorageError.from_os_error(error, folder) from error
    try:
        yield
    finally:
        lock.release()
