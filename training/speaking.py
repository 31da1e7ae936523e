"""Answers read aloud in many manners, so that recognising them goes wrong in many ways."""

import importlib
import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import soxr

from benchmarks.spoken_text import script_of
from benchmarks.voices import Joe
from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.demo.synthesis.placing import place_turns
from copilot.demo.synthesis.script import VoiceChoice
from copilot.demo.synthesis.sound import (
    RATE_HZ,
    ROOM_TONES,
    SPEECH_LEVEL_DBFS,
    Samples,
    make_room_tone,
)
from copilot.demo.synthesis.voices import Reader, load_voices
from copilot.events import Channel

#: Kokoro's voice for what joe does not speak; most of what the others say in French is lost.
_KUMO = "jm_kumo"
_TELEPHONE_HZ = (300, 3400)
#: How many answers in all come through a telephone, and how many are quiet.
_ON_THE_TELEPHONE = _QUIET = 0.25
#: Silence before and after an answer, in seconds.
_AROUND_S = 0.8


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is spoken and what its sound goes through.

    Attributes:
        pace: 1 is the voice's usual pace, more is faster.
        pitch: Everything is played so many times as fast, which makes another speaker of it.
        over_noise_db: How far speech is above the noise of the room.
        slope: Exponent of the noise's power spectrum: 0 is white, 2 like brown.
        gain_db: Of speech and noise together.
        telephone: Whether only what a telephone lets through is left.
    """

    pace: float
    pitch: float
    over_noise_db: float
    slope: float
    gain_db: float
    telephone: bool


def manner_of(row_id: str) -> Manner:
    """Drawn for a row; always the same for the same id."""
    draw = random.Random(row_id)
    return Manner(
        pace=draw.uniform(0.88, 1.22),
        pitch=draw.uniform(0.94, 1.06),
        over_noise_db=draw.uniform(12, 42),
        slope=draw.uniform(0.4, 1.8),
        gain_db=draw.uniform(-22, -8) if draw.random() < _QUIET else 0.0,
        telephone=draw.random() < _ON_THE_TELEPHONE,
    )


class PacedJoe(Joe):
    """English joe of Piper, at whatever pace he is told to read next."""

    def __init__(self) -> None:
        """Load him.

        Raises:
            ModelError: A package is missing.
        """
        super().__init__()
        self._config: Any = importlib.import_module("piper.config").SynthesisConfig
        self.pace = 1.0

    def read(self, sentence: str, /) -> Samples:
        """The sentence as float32 mono at 24 kHz, shape ``(n,)``."""
        config = self._config(length_scale=1 / self.pace)
        chunks = self._voice.synthesize(sentence, syn_config=config)
        spoken = np.concatenate([chunk.audio_float_array for chunk in chunks]).astype(np.float32)
        return np.asarray(soxr.resample(spoken, self._voice.config.sample_rate, RATE_HZ))


class Speaker:
    """Reads answers aloud, each in its manner."""

    def __init__(self) -> None:
        self._joe: PacedJoe | None = None

    def speak(self, answer: dict[str, Any], manner: Manner, seed: int) -> Waveform:
        """The sound of an answer with the room around it.

        Args:
            answer: A labelled one; its text and language matter.
            manner: How.
            seed: Decides the noise and the gaps between sentences.

        Raises:
            ModelError: A voice is missing.
            InputError: A sentence cannot be read aloud.
        """
        reader = self._reader(answer["language"], manner)
        placed = place_turns(script_of(answer, seed), {Channel.CANDIDATE: reader})
        # From the rate of a faster tape to the rate of the recogniser.
        spoken = soxr.resample(
            placed[0].spoken.samples, RATE_HZ * manner.pitch, SAMPLE_RATE_HZ, quality="HQ"
        )
        return in_room(spoken, manner, seed)

    def _reader(self, language: str, manner: Manner) -> Reader:
        if language == "en":
            self._joe = self._joe or PacedJoe()
            self._joe.pace = manner.pace
            return self._joe
        choice = VoiceChoice(voice=_KUMO, speed=manner.pace)
        return load_voices({Channel.CANDIDATE: choice}, language)[Channel.CANDIDATE]


def in_room(spoken: Waveform, manner: Manner, seed: int) -> Waveform:
    """Speech at its usual level with noise, gain and line of a manner; 16 kHz, shape ``(n,)``."""
    around = np.zeros(round(_AROUND_S * SAMPLE_RATE_HZ), np.float32)
    sound = np.concatenate([around, spoken, around])
    tone = replace(
        ROOM_TONES[Channel.CANDIDATE],
        level_dbfs=SPEECH_LEVEL_DBFS - manner.over_noise_db,
        slope=manner.slope,
    )
    sound = sound + make_room_tone(tone, len(sound), np.random.default_rng(seed))
    if manner.telephone:
        sound = _through_telephone(sound)
    louder = sound * 10 ** (manner.gain_db / 20)
    return np.clip(louder, -1, 1).astype(np.float32)


def _through_telephone(sound: Waveform) -> Waveform:
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    low, high = _TELEPHONE_HZ
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(sound)), dtype=np.float32)
