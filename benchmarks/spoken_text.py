"""Answers read aloud, and what was heard of them put beside what is written."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import soundfile
import soxr

from benchmarks.measuring import progress
from benchmarks.voices import candidate, choices
from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.recording import RecordingSource
from copilot.demo.synthesis.placing import mix, place_turns
from copilot.demo.synthesis.script import Script, Turn
from copilot.demo.synthesis.sound import RATE_HZ
from copilot.demo.synthesis.voices import Reader
from copilot.events import Channel
from copilot.paths import cache_folder
from copilot.speech.offline import transcribe_blocks
from copilot.speech.transcriber import Transcriber

#: Part of the name under which a reading is kept; to be raised when it would sound otherwise.
_VERSION = 1
_SEED = 7


class Aloud:
    """Answers as recordings, read when first asked for and kept in the cache folder."""

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}

    def path(self, answer: dict[str, Any]) -> Path:
        """The recording of an answer, one channel at 16 kHz.

        Raises:
            ModelError: A voice is missing.
        """
        text, language = answer["answer"], answer["language"]
        key = hashlib.sha256(f"{_VERSION} {language} {text}".encode()).hexdigest()[:16]
        path = cache_folder() / "benchmarks" / "answers" / f"{answer['id']}-{key}.flac"
        if not path.is_file():
            if language not in self._readers:
                self._readers[language] = candidate(language)
            progress(f"reading {answer['id']} aloud")
            samples = self._read(answer, self._readers[language])
            path.parent.mkdir(parents=True, exist_ok=True)
            # Only what is whole gets the name, even if this is interrupted.
            draft = path.with_name(f".{os.getpid()}-{path.name}")
            soundfile.write(draft, samples, SAMPLE_RATE_HZ, subtype="PCM_16")
            draft.replace(path)
        return path

    def _read(self, answer: dict[str, Any], reader: Reader) -> Any:
        placed = place_turns(script_of(answer, _SEED), {Channel.CANDIDATE: reader})
        both = mix(placed, _SEED)
        return soxr.resample(
            both[:, list(Channel).index(Channel.CANDIDATE)], RATE_HZ, SAMPLE_RATE_HZ
        )


def script_of(answer: dict[str, Any], seed: int) -> Script:
    """An answer as the only turn of an interview."""
    return Script(
        title=answer["id"],
        role=answer["role"],
        language=answer["language"],
        seed=seed,
        voices=choices(answer["language"]),
        turns=(Turn(speaker=Channel.CANDIDATE, kind="answer", text=answer["answer"]),),
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer's utterances, in order.

    Attributes:
        texts: What they say.
        doubtful: Whether each is uncertain.
        spoken: Whether they were recognised from speech.
    """

    texts: tuple[str, ...]
    doubtful: tuple[bool, ...]
    spoken: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.texts)

    def joined(self) -> "Heard":
        """As one utterance, which is not doubtful."""
        return Heard((self.text,), (False,), self.spoken)

    def sure(self) -> "Heard":
        """The same, none of it doubtful."""
        return Heard(self.texts, tuple(False for _ in self.texts), self.spoken)


def understood(recording: Path, transcriber: Transcriber, language: str) -> Heard:
    """What the stages of a session find, cut and recognise in a recording of one speaker.

    Raises:
        AudioFileError: It cannot be read.
    """
    source = RecordingSource.from_anything(recording)
    found = list(transcribe_blocks(source.blocks(), source.channels, transcriber, language))
    return Heard(tuple(u.text for u in found), tuple(u.uncertain for u in found), spoken=True)


class Beside:
    """The words heard of a text, beside those written."""

    def __init__(self, written: str, heard: Heard) -> None:
        """Put them beside each other."""
        self._written = written
        self._words = written.split()
        self._heard = heard
        self._places = _places(self._words, heard.text.split())

    def cut(self) -> Heard:
        """The written words, cut into utterances where the heard ones were."""
        pieces: list[str] = []
        begin = words = 0
        for text in self._heard.texts:
            words += len(text.split())
            end = self._places[words]
            pieces.append(" ".join(self._words[begin:end]))
            begin = end
        kept = tuple(piece for piece in pieces if piece)
        return Heard(kept, tuple(False for _ in kept))

    def quotes_some_of(self, quote: str, labelled: str) -> bool:
        """Whether a quote of what was heard stands for a word of the labelled one."""
        heard = self._heard.text
        at = heard.find(quote)
        if at < 0:
            return False
        first = len(heard[:at].split())
        begin, end = self._places[first], self._places[first + len(quote.split())]
        start = len(self._written[: self._written.find(labelled)].split())
        return begin < start + len(labelled.split()) and start < end


def _places(written: list[str], heard: list[str]) -> list[int]:
    """For each word heard, and for the end, the place among those written."""
    if not heard:
        return [len(written)]
    places = np.full(len(heard) + 1, len(written))
    aligned = jiwer.process_words(
        " ".join(map(_plain, written)), " ".join(map(_plain, heard))
    ).alignments[0]
    for part in aligned:
        for word in range(part.hyp_start_idx, part.hyp_end_idx):
            place = part.ref_start_idx + word - part.hyp_start_idx
            places[word] = min(place, max(part.ref_end_idx, part.ref_start_idx))
    return [int(place) for place in places]


def _plain(word: str) -> str:
    return "".join(c for c in word.lower() if c.isalnum()) or "-"


def bare(text: str) -> str:
    """``text`` without case and punctuation, as the poorest of recognisers might write it."""
    kept = "".join(c if c.isalnum() or c in "'\u2019-%" else " " for c in text.lower())
    return " ".join(kept.split())
