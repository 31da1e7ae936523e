"""What ``benchmarks.terms`` has read aloud: the sentences, and the voices that read them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import soundfile
import soxr
import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.measuring import ROOT
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.demo.synthesis.sound import RATE_HZ, Samples, normalise, trim_silence
from copilot.demo.synthesis.voices import _load_engine

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

SENTENCES = ROOT / "benchmarks" / "data" / "terms.yaml"
#: What the sentences are for.
Kind = Literal["terms", "numbers", "controls"]
KINDS: tuple[Kind, ...] = ("terms", "numbers", "controls")
#: As espeak, which finds the phonemes, names the languages.
_SPOKEN = {"en": "en-us", "fr": "fr-fr"}
_VOICES = ("jf_alpha", "jm_kumo")
#: Every other sentence comes over a telephone: its band, and noise under the speech.
_BAND_HZ = (300.0, 3400.0)
_NOISE_DB = -25.0
_SILENCE_S = 0.3  # before and after


class Sentence(BaseModel):
    """One sentence of the data file.

    Attributes:
        guide: The role whose guide the session would have.
        text: The sentence as it should be written.
        spoken: What is read aloud, where that is not the text.
        numbers: For each figure, the ways to write it that say the same.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    guide: str
    text: str
    spoken: str = ""
    numbers: tuple[tuple[str, ...], ...] = ()


class Sentences(BaseModel):
    """The sentences of one language; ``say`` is how a voice should read a term."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: Mapping[str, str]
    terms: tuple[Sentence, ...]
    numbers: tuple[Sentence, ...]
    controls: tuple[Sentence, ...]

    def aloud(self, sentence: Sentence) -> str:
        """What is to be read."""
        text = sentence.spoken or sentence.text
        for term, said in self.say.items():
            text = re.sub(rf"(?<!\w){re.escape(term)}(?!\w)", said, text)
        return text


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A sentence as sound.

    Attributes:
        sentence: What is said.
        kind: What it is for.
        language: ISO 639-1 code.
        samples: float32 mono at 16 kHz, shape (n,).
    """

    sentence: Sentence
    kind: Kind
    language: str
    samples: Waveform


def read_sentences() -> dict[str, Sentences]:
    """The data file, by language."""
    data = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return {language: Sentences.model_validate(part) for language, part in data.items()}


def said(sentences: Mapping[str, Sentences], folder: Path) -> Iterator[Said]:
    """Every sentence as sound; what ``folder`` does not hold yet is spoken and kept there.

    Raises:
        ModelError: A sentence is missing there and the extra ``voices`` is not installed.
    """
    speaker = _Speaker(folder)
    for language, part in sentences.items():
        for kind in KINDS:
            for index, sentence in enumerate(getattr(part, kind)):
                spoken = speaker.read(part.aloud(sentence), language, _VOICES[index % 2])
                samples = over_the_line(spoken, seed=index, telephone=index // 2 % 2 == 1)
                yield Said(sentence, kind, language, samples)


class _Speaker:
    """Kokoro, loaded when the first sentence is missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engine: Kokoro | None = None

    def read(self, text: str, language: str, voice: str) -> Samples:
        key = hashlib.sha256(f"{language} {voice} {text}".encode()).hexdigest()[:16]
        path = self._folder / f"{language}-{key}.wav"
        if not path.is_file():
            if self._engine is None:
                self._engine = _load_engine()
            samples, _ = self._engine.create(text, voice=voice, lang=_SPOKEN[language])
            spoken = normalise(trim_silence(np.asarray(samples, np.float32)))
            soundfile.write(path, spoken, RATE_HZ, subtype="PCM_16")
        return np.asarray(soundfile.read(path, dtype="float32")[0], np.float32)


def over_the_line(spoken: Samples, *, seed: int, telephone: bool) -> Waveform:
    """Speech as a call brings it: 16 kHz, a little noise, and maybe only a telephone's band.

    Args:
        spoken: float32 mono at 24 kHz, shape (n,).
        seed: Of the noise.
        telephone: Whether only the band from 300 to 3400 Hz comes through.
    """
    silence = np.zeros(round(_SILENCE_S * SAMPLE_RATE_HZ), np.float32)
    sound = np.concatenate([silence, soxr.resample(spoken, RATE_HZ, SAMPLE_RATE_HZ), silence])
    if telephone:
        spectrum = np.fft.rfft(sound)
        hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
        spectrum[(hz < _BAND_HZ[0]) | (hz > _BAND_HZ[1])] = 0
        sound = np.fft.irfft(spectrum, len(sound))
    level = np.sqrt(np.mean(np.square(sound))) * 10 ** (_NOISE_DB / 20)
    noise = np.random.default_rng(seed).normal(0, level, len(sound))
    return (sound + noise).astype(np.float32)
