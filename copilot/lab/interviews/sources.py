"""What a whole interview is heard from: a transcript, a recording, a stored session."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from copilot.coach import CoachPolicy
from copilot.errors import AudioFileError
from copilot.events import Channel, UtteranceHeard
from copilot.interview import replay
from copilot.lab.tasks.interview_cases import InterviewVars, SpokenTurn
from copilot.store import SessionFolder, SessionStore

if TYPE_CHECKING:
    from copilot.engine.by_transcript import Spoken

#: Two and a half words a second is how fast people talk.
_WORDS_A_SECOND = 2.5
#: Silence between turns where a transcript does not say, in seconds. After an answer the
#: interviewer looks at the screen: where nobody is silent, nothing can be suggested.
_AFTER_ANSWER_S = 2.6
_AFTER_QUESTION_S = 0.8
_BETWEEN_OWN_S = 0.6


@dataclass(frozen=True, slots=True)
class Told:
    """What a case says of its interview, or its session where the case does not.

    Attributes:
        role: The guide's id.
        language: ``en`` or ``fr``.
        plan: Ids of the questions chosen; all of the guide's when empty.
        coach: When and how often to suggest.
    """

    role: str
    language: str
    plan: tuple[str, ...]
    coach: CoachPolicy


def told(given: InterviewVars) -> Told:
    """What is known of an interview before anything is heard.

    Raises:
        SessionError: There is no such session, or it is broken.
    """
    if not given.session:
        return Told(given.role, given.language, given.plan, CoachPolicy())
    folder = session_of(given)
    record = folder.record()
    role = given.role or record.role
    events = folder.read_journal().events
    interview = replay(events)
    started = interview.started
    # The plan of a session names questions of its own guide.
    planned = () if started is None or role != record.role else interview.plan
    return Told(
        role=role,
        language=given.language or record.language,
        plan=given.plan or tuple(question.id for question in planned),
        coach=CoachPolicy() if started is None else CoachPolicy(probes_a_question=started.probes),
    )


def session_of(given: InterviewVars) -> SessionFolder:
    """The stored session.

    Raises:
        SessionError: There is none of that id.
    """
    return SessionStore().find(given.session)


def transcript_of(given: InterviewVars) -> "tuple[Spoken, ...]":
    """What is said, with times.

    Raises:
        SessionError: There is no such session, or it is broken.
    """
    if given.session:
        return tuple(_from_session(session_of(given)))
    return tuple(_timed(given.transcript))


def source_hash(given: InterviewVars) -> str:
    """Hash of what is heard.

    Raises:
        AudioFileError: The recording is not there.
        SessionError: There is no such session, or it is broken or has no sound.
    """
    if given.recording is not None:
        return _file_hash(given.recording)
    if not given.session:
        return hashlib.sha256(repr(transcript_of(given)).encode()).hexdigest()
    folder = session_of(given)
    digest = hashlib.sha256(folder.read_journal().head.encode())
    if given.hear == "sound":
        for path in folder.audio_paths().values():
            digest.update(_file_hash(path).encode())
    return digest.hexdigest()


def _from_session(folder: SessionFolder) -> "Iterator[Spoken]":
    """The texts as they were heard, when they were; on the sides they are on in the end."""
    # Loads what holds interviews; reading a suite wants no more than who they are with.
    from copilot.engine.by_transcript import Spoken, words_of  # noqa: PLC0415
    from copilot.speech.transcriber import HeardWord  # noqa: PLC0415

    events = folder.read_journal().events
    arrived_s = {e.utterance.id: e.at_s for e in events if isinstance(e, UtteranceHeard)}
    for said in replay(events).utterances.values():
        words = tuple(
            HeardWord(word.text, word.start_s, word.end_s, word.probability) for word in said.words
        )
        yield Spoken(
            channel=said.channel,
            start_s=said.start_s,
            end_s=said.end_s,
            words=words or words_of(said.text, said.start_s, said.end_s),
            uncertain=said.uncertain,
            known_s=arrived_s[said.id],
        )


def _timed(transcript: Sequence[SpokenTurn]) -> "Iterator[Spoken]":
    """Each turn with its times; where they are missing, it is spoken after the one before."""
    from copilot.engine.by_transcript import Spoken, words_of  # noqa: PLC0415

    end_s = 0.0
    before: SpokenTurn | None = None
    for turn in transcript:
        start_s = end_s + _silence_s(before, turn) if turn.start_s is None else turn.start_s
        length_s = len(turn.text.split()) / _WORDS_A_SECOND
        end_s = start_s + length_s if turn.end_s is None else max(start_s, turn.end_s)
        before = turn
        words = words_of(turn.text, start_s, end_s)
        yield Spoken(turn.speaker, round(start_s, 3), round(end_s, 3), words)


def _silence_s(before: SpokenTurn | None, turn: SpokenTurn) -> float:
    if before is None or before.speaker is turn.speaker:
        return _BETWEEN_OWN_S
    return _AFTER_ANSWER_S if before.speaker is Channel.CANDIDATE else _AFTER_QUESTION_S


def _file_hash(path: Path) -> str:
    try:
        known = path.stat()
        return _hash_of(path, known.st_mtime_ns, known.st_size)
    except OSError as error:
        raise AudioFileError(f"{path}: {error.strerror}.", "Check the path.") from error


@lru_cache(maxsize=256)
def _hash_of(path: Path, mtime_ns: int, size: int) -> str:  # noqa: ARG001 - tell when it changed
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
