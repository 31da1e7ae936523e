"""What another speech model made of a stored session's sound, and where that lies.

A file a session, in a folder a batch: ``lab/transcripts/<time>/<session>.json``. The session itself
is never touched. Deleting a session deletes its files here by their name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from pydantic import Field, ValidationError

from copilot.errors import StorageError
from copilot.lab.cases import LabModel
from copilot.lab.errors import RunError
from copilot.lab.folders import lab_folder
from copilot.private_file import make_private_folder, write_private

#: Raised with every change that older readers cannot understand.
FORMAT = 1
#: What a folder says of itself; no session is called so.
BATCH = "batch.json"
_WORD = re.compile(r"\w+(?:'\w+)*")


class HeardUtterance(LabModel):
    """One stretch of speech as the other model heard it.

    Attributes:
        start_s: Session seconds at which its first word begins.
        end_s: Session seconds at which its last word ends.
        text: What was said.
        confidence: Mean word probability, 0 to 1.
        uncertain: Whether the text is doubtful.
    """

    start_s: float
    end_s: float
    text: str
    confidence: float
    uncertain: bool


class ChannelTranscript(LabModel):
    """One channel of a session.

    Attributes:
        utterances: In the order in which speech ended.
        sound_s: Length of the recording.
        took_s: Seconds it took, loading the model included.
        worker: Who did it.
        stored_words: Words of the session's own text on this channel.
        changed_words: Fewest words put in, taken out or replaced that make one text the other;
            case and punctuation do not count. It tells how much changes, not which text is right.
    """

    utterances: tuple[HeardUtterance, ...]
    sound_s: float
    took_s: float
    worker: str
    stored_words: int
    changed_words: int

    @property
    def changed_per_hundred(self) -> float | None:
        """Words changed in a hundred stored ones; None where none is stored."""
        return 100 * self.changed_words / self.stored_words if self.stored_words else None


class Transcript(LabModel):
    """What lies in a file.

    Attributes:
        format: ``FORMAT``.
        session: The session's id.
        language: In which it was heard, ISO 639-1.
        model: The speech model's name.
        model_sha256: Hash of its files.
        channels: By channel; one that is missing had no recording, failed, or is not done yet.
    """

    format: int = FORMAT
    session: str
    language: str
    model: str
    model_sha256: str
    channels: Mapping[str, ChannelTranscript] = Field(default_factory=dict)


class Batch(LabModel):
    """``batch.json``: what a folder's transcripts were made by.

    Attributes:
        format: ``FORMAT``.
        model: The speech model's name.
        model_sha256: Hash of its files.
        language: That of all sessions; empty for each session's own.
        sessions: Which were asked for.
        began_at: With the offset.
        done_at: The same; empty until every one was tried.
    """

    format: int = FORMAT
    model: str
    model_sha256: str
    language: str
    sessions: tuple[str, ...]
    began_at: str
    done_at: str = ""

    def goes_on_from(self, earlier: "Batch") -> bool:
        """Whether this is the same task as an earlier one."""
        mine = self.model_sha256, self.language, self.sessions
        return mine == (earlier.model_sha256, earlier.language, earlier.sessions)


def transcripts_folder() -> Path:
    """Where batches lie, a folder each."""
    return lab_folder() / "transcripts"


def transcripts_of(session: str) -> tuple[Path, ...]:
    """Every file that holds what was said in a session, for whoever deletes it."""
    return tuple(sorted(transcripts_folder().glob(f"*/{session}.json")))


def read_transcript(path: Path) -> Transcript | None:
    """A transcript; None where there is none.

    Raises:
        RunError: It is damaged, or a newer version wrote it.
    """
    text = _text(path)
    try:
        return None if text is None else Transcript.model_validate_json(text)
    except ValidationError as error:
        raise _damaged(path, error) from error


def read_batch(folder: Path) -> Batch | None:
    """What a folder says of itself; None where it says nothing.

    Raises:
        RunError: It is damaged, or a newer version wrote it.
    """
    text = _text(folder / BATCH)
    try:
        return None if text is None else Batch.model_validate_json(text)
    except ValidationError as error:
        raise _damaged(folder / BATCH, error) from error


def unfinished(batch: Batch) -> Path | None:
    """The newest folder in which the same task was begun and not done."""
    for folder in sorted(transcripts_folder().glob("*/"), reverse=True):
        try:
            earlier = read_batch(folder)
        except RunError:
            continue  # another's trouble; it stays as it is
        if earlier is not None and not earlier.done_at and batch.goes_on_from(earlier):
            return folder
    return None


def write(path: Path, what: Transcript | Batch) -> None:
    """Replace a file in one step, for its owner alone.

    Raises:
        StorageError: The disk refused.
    """
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    write_private(path, what.model_dump_json(indent=1).encode() + b"\n")


def words_of(texts: Sequence[str]) -> list[str]:
    """The words of some texts in a row, without case and punctuation."""
    return list(_words(texts))


def changed_words(before: Sequence[str], after: Sequence[str]) -> int:
    """Fewest words put in, taken out or replaced that make ``before`` ``after``.

    The edit distance of Levenshtein, row by row: what putting words in costs along a row is a
    running minimum.
    """
    numbers = {word: number for number, word in enumerate(dict.fromkeys((*before, *after)))}
    there = np.array([numbers[word] for word in after], np.int64)
    steps = np.arange(len(after) + 1)
    row = steps.copy()
    for count, word in enumerate(before, start=1):
        best = np.empty_like(row)
        best[0] = count
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (there != numbers[word]))
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])


def _words(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from _WORD.findall(text.casefold().replace("\u2019", "'"))


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no text"
        raise RunError(f"{path}: {why}.", "Remove it, or choose another folder.") from error


def _damaged(path: Path, error: ValidationError) -> RunError:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return RunError(
        f"{path}: {where or 'the file'}: {first['msg']}.",
        "It is damaged, or a newer version wrote it. Remove it, and it is made again.",
    )
