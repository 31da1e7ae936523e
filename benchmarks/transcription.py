"""Word error rate and speed of ``transcribe``, beside faster-whisper on the whole file.

    python -m benchmarks.transcription [FOLDER]

FOLDER holds recordings whose names begin with their language (``en-…``, ``fr-…``), and beside each
a ``.txt`` of the same name with what is said. Needs the extra ``benchmarks``.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import soundfile
from faster_whisper import WhisperModel

from benchmarks.measuring import ROOT, Spent, progress, this_machine, timed
from benchmarks.reporting import NOTHING, Report, Table, arguments, number, percent, show
from benchmarks.word_errors import WordErrors, error_rate, rate_difference, word_errors
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.audio.files import probe, read_16k
from copilot.audio.recording import RecordingSource
from copilot.knowledge.guide import LANGUAGES
from copilot.lab.measuring.bootstrap import Estimate
from copilot.speech.models import DEFAULT_MODEL, speech_model, verified_folder
from copilot.speech.offline import transcribe_blocks
from copilot.speech.whisper import WhisperTranscriber

_SOUNDS = {".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav"}
_PAUSE_S = 1.0
_BEAM = 5

OURS, PLAIN, FILTERED = "interview-copilot", "faster-whisper", "faster-whisper + vad"
CLIPS, JOINED = "clip by clip", "one long file"

#: From a recording and its language to the text heard in it.
Reader = Callable[[Path, str], str]

METHOD = f"""
interview-copilot: the stages of `transcribe` (voice activity, endpoints, the speaker's last words
as context), called in this process. faster-whisper: WhisperModel.transcribe on the file with the
same model files, int8, beam {_BEAM}, as many threads, the language given, all else
by its defaults; + vad is with its vad_filter.

One long file: all clips of a language in a row, {_PAUSE_S:g} s of silence between them.

Words are compared after Whisper's normalisers (English; basic for French). WER is substituted,
deleted and inserted words over all words that were said. Intervals are 95%, bootstrapped by clip;
the difference to plain faster-whisper is paired: the same clips are drawn for both.

Times include decoding the file, not loading the model. The ways take turns on each recording,
after one recording that is not counted. RTF is wall time over sound; CPU s/s is processor seconds
of all threads for a second of sound; CPU ratio compares those with plain faster-whisper.
"""


@dataclass(frozen=True, slots=True)
class Recording:
    """A file to be heard.

    Attributes:
        path: The file.
        language: What is spoken.
        references: What is said, clip by clip.
        duration_s: Its length in seconds.
    """

    path: Path
    language: str
    references: tuple[str, ...]
    duration_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way made of some recordings."""

    pieces: list[WordErrors]
    spent: Spent


@dataclass(frozen=True, slots=True)
class Row:
    """One way on one kind of material.

    Attributes:
        language: What is spoken.
        material: Clip by clip, or all clips as one long file.
        way: Who transcribed.
        clips: How many clips there are.
        duration_s: Seconds of sound.
        errors: Words and errors, summed.
        wer: Word error rate, 0 to 1.
        difference: The rate less that of plain faster-whisper; None for that itself.
        real_time_factor: Wall time over sound.
        processor_s_per_s: Processor seconds for a second of sound.
        processor_ratio: Processor time over that of plain faster-whisper.
    """

    language: str
    material: str
    way: str
    clips: int
    duration_s: float
    errors: WordErrors
    wer: Estimate
    difference: Estimate | None
    real_time_factor: float
    processor_s_per_s: float
    processor_ratio: float

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        one_by_one = (self.errors.substitutions, self.errors.deletions, self.errors.insertions)
        return (
            self.language,
            self.material,
            self.way,
            str(self.errors.words),
            *map(str, one_by_one),
            percent(self.wer, 1),
            NOTHING if self.difference is None else percent(self.difference, 1, signed=True),
            number(self.real_time_factor),
            number(self.processor_s_per_s),
            number(self.processor_ratio),
        )


COLUMNS = (
    *("", "material", "by", "words", "sub", "del", "ins"),
    *("WER %", "difference", "RTF", "CPU s/s", "CPU ratio"),
)


def find_clips(folder: Path) -> list[Recording]:
    """The recordings of ``folder`` that have a reference, by name."""
    found: list[Recording] = []
    for path in sorted(folder.glob("*")):
        language, text = path.name.partition("-")[0], path.with_suffix(".txt")
        if path.suffix not in _SOUNDS or language not in LANGUAGES or not text.is_file():
            continue
        reference = text.read_text(encoding="utf-8").strip()
        if reference:
            duration_s = probe(path).duration_s or 0.0
            found.append(Recording(path, language, (reference,), duration_s))
    return found


@contextmanager
def joined(clips: Sequence[Recording]) -> Iterator[Recording]:
    """All ``clips`` in a row as one file, for as long as it is needed."""
    pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), np.float32)
    parts: list[Waveform] = []
    for clip in clips:
        parts += [pause, *(frames.mean(axis=1) for frames in read_16k(probe(clip.path)))]
    sound = np.concatenate(parts[1:])
    references = tuple(text for clip in clips for text in clip.references)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "joined.wav"
        soundfile.write(path, sound, SAMPLE_RATE_HZ, subtype="PCM_16")
        yield Recording(path, clips[0].language, references, len(sound) / SAMPLE_RATE_HZ)


def readers(model: str) -> dict[str, Reader]:
    """The three ways, each with its model loaded."""
    ours = WhisperTranscriber(model)
    theirs = WhisperModel(
        str(verified_folder(speech_model(model))),
        device="cpu",
        compute_type="int8",
        cpu_threads=min(4, os.cpu_count() or 1),
    )

    def read_ours(path: Path, language: str) -> str:
        source = RecordingSource.from_anything(path)
        heard = transcribe_blocks(source.blocks(), source.channels, ours, language)
        return " ".join(utterance.text for utterance in heard)

    def read_theirs(path: Path, language: str, **more: Any) -> str:
        segments, _ = theirs.transcribe(str(path), language=language, beam_size=_BEAM, **more)
        return " ".join(segment.text for segment in segments)

    return {
        OURS: read_ours,
        PLAIN: read_theirs,
        FILTERED: lambda path, language: read_theirs(path, language, vad_filter=True),
    }


def hear(recordings: Sequence[Recording], ways: dict[str, Reader]) -> dict[str, Outcome]:
    """Let every way hear every recording, in turns."""
    outcomes = {way: Outcome([], Spent()) for way in ways}
    for recording in recordings:
        progress(recording.path.name)
        for way, read in ways.items():
            # Where the decoder doubts itself it draws words by lot: the same lot every time.
            ctranslate2.set_random_seed(0)
            text, spent = timed(read, recording.path, recording.language)
            before = outcomes[way]
            pieces = word_errors(recording.references, text, recording.language)
            outcomes[way] = Outcome(before.pieces + pieces, before.spent + spent)
    return outcomes


def rows(material: str, recordings: Sequence[Recording], ways: dict[str, Reader]) -> list[Row]:
    """Measure recordings of one language."""
    outcomes = hear(recordings, ways)
    plain = outcomes[PLAIN]
    duration_s = sum(recording.duration_s for recording in recordings)
    return [
        Row(
            language=recordings[0].language,
            material=material,
            way=way,
            clips=len(outcome.pieces),
            duration_s=round(duration_s, 2),
            errors=sum(outcome.pieces, WordErrors()),
            wer=error_rate(outcome.pieces),
            difference=None if way == PLAIN else rate_difference(outcome.pieces, plain.pieces),
            real_time_factor=outcome.spent.wall_s / duration_s,
            processor_s_per_s=outcome.spent.processor_s / duration_s,
            processor_ratio=outcome.spent.processor_s / plain.spent.processor_s,
        )
        for way, outcome in outcomes.items()
    ]


def measure(clips: Sequence[Recording], model: str) -> list[Row]:
    """Every way, on every language, clip by clip and as one long file."""
    ways = readers(model)
    for read in ways.values():
        read(clips[0].path, clips[0].language)
    found: list[Row] = []
    for language in dict.fromkeys(clip.language for clip in clips):
        same = [clip for clip in clips if clip.language == language]
        found += rows(CLIPS, same, ways)
        with joined(same) as long_file:
            found += rows(JOINED, [long_file], ways)
    return found


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tests" / "data")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="speech model (default base)")
    options = parser.parse_args()
    clips = _clips(options.folder, options.model, parser)
    machine = this_machine()
    seconds = {
        language: sum(clip.duration_s for clip in clips if clip.language == language)
        for language in dict.fromkeys(clip.language for clip in clips)
    }
    heard = ", ".join(f"{length:.0f} s of {language}" for language, length in seconds.items())
    table = Table(f"Whisper {options.model} on {heard}", COLUMNS, measure(clips, options.model))
    show(Report("transcription", METHOD, machine, [table]), options)


def _clips(folder: Path, model: str, parser: argparse.ArgumentParser) -> list[Recording]:
    languages = speech_model(model).languages
    clips = [clip for clip in find_clips(folder) if clip.language in languages]
    if not clips:
        parser.error(
            f"{folder} holds no recordings with references; name a folder with "
            "en-….ogg and en-….txt, fr-….ogg and fr-….txt"
        )
    return clips


if __name__ == "__main__":
    main()
